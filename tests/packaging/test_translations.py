"""Sentences for people: whole, translatable, and translated with the same fields."""

from __future__ import annotations

import ast
import string
import sys
from pathlib import Path

import pytest

from helpers.checkout import ROOT

PO = """msgid ""
msgstr ""
"Language: zh_CN\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

"""


@pytest.fixture
def translations(monkeypatch):
    """The script of packaging/."""
    monkeypatch.syspath_prepend(ROOT / "packaging")
    import translations as script

    yield script
    sys.modules.pop("translations")


def write(folder: Path, body: str) -> Path:
    """A translation into Chinese."""
    po = folder / "zh_CN" / "LC_MESSAGES" / "latchkey.po"
    po.parent.mkdir(parents=True, exist_ok=True)
    po.write_text(PO + body, encoding="utf-8")
    return po


TRANSLATE = {"_": 1, "N_": 1, "ngettext": 2}


def translated(node: ast.AST) -> list[ast.expr]:
    """The sentences of a call that translates; empty for anything else."""
    named = isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    return node.args[: TRANSLATE.get(node.func.id, 0)] if named else []


@pytest.mark.parametrize(
    "file", sorted((ROOT / "app").rglob("*.py")), ids=lambda file: file.relative_to(ROOT).as_posix()
)
def test_sentences_are_whole_and_their_fields_have_names(file):
    for node in ast.walk(ast.parse(file.read_bytes())):
        where = f"{file.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}"
        for sentence in translated(node):
            assert not isinstance(sentence, (ast.JoinedStr, ast.BinOp)), f"{where}: a sentence is not put together"
            formatted = isinstance(sentence, ast.Call) and getattr(sentence.func, "attr", "") == "format"
            assert not formatted, f"{where}: fields are filled after the translation"
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "format":
            for sentence in translated(node.func.value):
                if isinstance(sentence, ast.Constant):
                    fields = [name for _, name, _, _ in string.Formatter().parse(sentence.value) if name is not None]
                    assert all(field.isidentifier() for field in fields), f"{where}: fields have names"
                    assert not node.args, f"{where}: fields have names"


def test_a_translation_is_compiled_and_read(translations, tmp_path, monkeypatch):
    from latchkey import text

    write(tmp_path / "locale", 'msgid "{name} is missing."\nmsgstr "缺少{name}。"\n')
    (compiled,) = translations.compile_all(tmp_path / "locale")
    assert translations.compile_all(tmp_path / "locale") == []
    monkeypatch.setattr(text, "resource", lambda name: tmp_path / name)
    assert text.set_language("zh_CN") == "zh_CN"
    assert text._("{name} is missing.").format(name="x") == "缺少x。"
    assert text._("Not translated.") == "Not translated."
    assert compiled.suffix == ".mo"


@pytest.mark.parametrize(
    "body",
    [
        'msgid "{name} is missing."\nmsgstr "缺少{nam}。"\n',
        'msgid "{name} is missing."\nmsgstr "缺少。"\n',
        'msgid "Nothing."\nmsgstr "{x}"\n',
        'msgid "{n} file"\nmsgid_plural "{n} files"\nmsgstr[0] "{m} 个文件"\n',
    ],
)
def test_a_translation_with_other_fields_is_refused(translations, tmp_path, body):
    po = write(tmp_path, body)
    with pytest.raises(ValueError, match="fields of a translation"):
        translations.compile_all(tmp_path)
    assert not po.with_suffix(".mo").exists()


def test_what_is_left_to_translate_is_counted(translations, tmp_path):
    write(
        tmp_path,
        'msgid "a"\nmsgstr "甲"\n\nmsgid "b"\nmsgstr ""\n\n#, fuzzy\nmsgid "c"\nmsgstr "丙"\n\n'
        'msgid "{n} d"\nmsgid_plural "{n} ds"\nmsgstr[0] "{n} 丁"\n',
    )
    assert translations.count(tmp_path) == ["zh_CN: 4 sentences, 2 to translate"]


def test_our_translations_compile(translations, tmp_path):
    """Every language that the wizard offers beside English, whole: a person sees no sentence in another language."""
    for po in (ROOT / "resources" / "locale").glob("*/LC_MESSAGES/latchkey.po"):
        copy = tmp_path / po.relative_to(ROOT / "resources" / "locale")
        copy.parent.mkdir(parents=True)
        copy.write_bytes(po.read_bytes())
    translations.compile_all(tmp_path)
    assert [line for line in translations.count(tmp_path) if not line.endswith(" 0 to translate")] == []


@pytest.fixture(scope="module")
def collected(tmp_path_factory):
    """Every sentence that the program can say, as Babel finds them."""
    sys.path.insert(0, str(ROOT / "packaging"))
    try:
        import translations as script

        template = tmp_path_factory.mktemp("locale") / "latchkey.pot"
        script.collect(ROOT, template)
        return template
    finally:
        sys.path.remove(str(ROOT / "packaging"))
        sys.modules.pop("translations", None)


def test_every_sentence_of_the_program_is_translated(translations, collected):
    """Fails when somebody wrote a sentence and nobody ran `make locale` and translated it."""
    left = translations.left_out(ROOT / "resources" / "locale", collected)
    assert not left, "\n".join(("", *left))


def test_what_was_forgotten_is_told(translations, tmp_path):
    template = tmp_path / "latchkey.pot"
    template.write_text(
        PO + 'msgid "a"\nmsgstr ""\n\nmsgid "b"\nmsgstr ""\n\nmsgid "c"\nmsgstr ""\n\nmsgid "d {x}"\nmsgstr ""\n\n'
        'msgid "{n} e"\nmsgid_plural "{n} es"\nmsgstr[0] ""\nmsgstr[1] ""\n\nmsgid "f"\nmsgstr ""\n'
    )
    write(
        tmp_path,
        'msgid "a"\nmsgstr "甲"\n\nmsgid "b"\nmsgstr ""\n\n#, fuzzy\nmsgid "c"\nmsgstr "丙"\n\n'
        'msgid "d {x}"\nmsgstr "丁 {y}"\n\nmsgid "{n} e"\nmsgstr "戊 {n}"\n',
    )
    told = translations.left_out(tmp_path, template)
    assert [line.split(": ")[1] for line in told] == [
        "to translate", "to translate", "other fields or forms", "other fields or forms",
        "not collected yet (make locale)",
    ]  # fmt: skip
