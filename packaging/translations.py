"""Compiles `resources/locale/LANGUAGE/LC_MESSAGES/latchkey.po` to the `.mo` files that gettext reads.

    python packaging/translations.py [--count]      --count also says what is still to be translated

A translation whose {fields} differ from its sentence would raise an error in front of a person: it is refused.
"""

from __future__ import annotations

import string
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog, Message


def compile_all(folder: Path) -> list[Path]:
    """Compile every translation under `folder` that is newer than its compiled form; returns the files written."""
    return [compiled for po in sorted(folder.glob("*/LC_MESSAGES/*.po")) if (compiled := compile_one(po))]


def compile_one(po: Path) -> Path | None:
    """Compile one translation; None when the compiled form is up to date."""
    mo = po.with_suffix(".mo")
    if mo.is_file() and mo.stat().st_mtime >= po.stat().st_mtime:
        return None
    catalog = read(po)
    wrong = [message for message in catalog if message.id and not same_fields(message)]
    if wrong:
        lines = "\n".join(f"  {message.id!r} -> {message.string!r}" for message in wrong)
        raise ValueError(f"{po}: the fields of a translation differ from its sentence:\n{lines}")
    with mo.open("wb") as target:
        write_mo(target, catalog)
    return mo


def read(po: Path) -> Catalog:
    """The translation in a file; its folder says which language it is."""
    with po.open("rb") as source:
        return read_po(source, locale=po.parts[-3])


def forms(message: Message) -> tuple[str, ...]:
    """What a sentence is translated to: one text, or one for each kind of number."""
    text = message.string
    return (text or "",) if text is None or isinstance(text, str) else tuple(text)


def same_fields(message: Message) -> bool:
    """Whether every translated form names only fields that its sentence names, and a plain sentence all of them."""
    if isinstance(message.id, (tuple, list)):  # one sentence, several numbers: a form may leave its number out
        known = set().union(*(fields(form) for form in message.id))
        return all(fields(form) <= known for form in forms(message))
    return not message.string or fields(forms(message)[0]) == fields(message.id)


def fields(sentence: str) -> set[str]:
    """The names in braces. `{ name = "text" }` is an example of TOML and no field."""
    try:
        return {name for _, name, _, _ in string.Formatter().parse(sentence) if name and name.isidentifier()}
    except ValueError:  # a lone brace: the sentence is not a format string
        return set()


def count(folder: Path) -> list[str]:
    """A line per language: how many sentences there are, and how many of them are still in English."""
    lines = []
    for po in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        messages = [message for message in read(po) if message.id]
        missing = sum(not all(forms(message)) or message.fuzzy for message in messages)
        lines.append(f"{po.parts[-3]}: {len(messages)} sentences, {missing} to translate")
    return lines


def left_out(folder: Path, template: Path) -> list[str]:
    """What somebody has still to do for each language: sentences of the program that its translation does not have,
    has in another form, without words, or only as a guess. `template` is what Babel collected.
    """
    with template.open("rb") as source:
        wanted = [message for message in read_po(source) if message.id]
    lines = []
    for po in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        catalog = read(po)
        for message in wanted:
            own = catalog.get(message.id, message.context)
            if own is None:
                lines.append(f"{po.parts[-3]}: not collected yet (make locale): {message.id!r}")
            elif own.fuzzy or not all(forms(own)):
                lines.append(f"{po.parts[-3]}: to translate: {message.id!r}")
            elif own.id != message.id or not same_fields(own):
                lines.append(f"{po.parts[-3]}: other fields or forms: {message.id!r}")
    return lines


def collect(root: Path, template: Path) -> None:
    """Have Babel collect every sentence of the checkout, as packaging/locale.sh does."""
    mapping = root / "packaging" / "babel.cfg"
    command = ["-m", "babel.messages.frontend", "--quiet", "extract", "--mapping", str(mapping), "--keywords", "N_"]
    subprocess.run([sys.executable, *command, "--output-file", str(template), "."], cwd=root, check=True)


def main() -> None:
    """Compile what stands in the checkout."""
    folder = Path(__file__).parents[1] / "resources" / "locale"
    for written in compile_all(folder):
        print(f"compiled {written.relative_to(folder)}")
    if "--count" in sys.argv[1:]:
        print("\n".join(count(folder)))


if __name__ == "__main__":
    main()
