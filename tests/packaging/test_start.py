"""What a command loads: start time is mostly that."""

from __future__ import annotations

import subprocess
import sys

import pytest

QT = {"PySide6", "shiboken6", "qtpy", "qtawesome"}

LOADED = """
import sys
from latchkey.__main__ import main
status = main(sys.argv[1:])
print(*sorted({name.split(".")[0] for name in sys.modules}), file=sys.stderr)
sys.exit(status)
"""


def loaded(*words: str) -> set[str]:
    """The top names of all modules after a command."""
    done = subprocess.run(
        [sys.executable, "-c", LOADED, *words], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    modules = set(done.stderr.splitlines()[-1].split())
    assert "latchkey" in modules
    return modules


@pytest.fixture(scope="module")
def composed(tmp_path_factory, root):
    """The example's policies."""
    target = tmp_path_factory.mktemp("composed") / "set"
    loaded("compose", str(root / "resources/examples/contoso.latchkey.toml"), "--out", str(target))
    return target


def test_providers_loads_nothing_heavy():
    assert loaded("providers") & (QT | {"lxml", "jinja2", "keyring", "markdown_it"}) == set()


def test_check_loads_only_what_reads_policies(composed):
    assert loaded("check", str(composed)) & (QT | {"jinja2", "keyring", "markdown_it"}) == set()


def test_show_loads_only_what_reads_policies(composed):
    assert loaded("show", str(composed)) & (QT | {"jinja2", "keyring", "markdown_it"}) == set()


def test_compose_needs_no_qt_and_no_guides(root, tmp_path):
    words = ("compose", str(root / "resources/examples/contoso.latchkey.toml"), "--out", str(tmp_path / "set"))
    assert loaded(*words) & (QT | {"keyring", "markdown_it"}) == set()


def test_existing_policies_need_no_qt_and_no_guides(composed, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    draft = tmp_path / "x.latchkey.toml"
    folder = str(composed)
    for words in (
        ["import", folder, "-o", str(draft)],
        ["compose", str(draft), "--into", folder],
        ["undo", folder, "--list"],
    ):
        assert loaded(*words) & (QT | {"keyring", "markdown_it", "lxml"}) == set()


def test_guide_needs_no_qt(root):
    assert loaded("guide", str(root / "resources/examples/contoso.latchkey.toml")) & QT == set()


def test_discover_needs_no_qt_and_no_secrets(tmp_path):
    file = tmp_path / "metadata.json"
    file.write_text(
        '{"issuer": "https://a.example", "authorization_endpoint": "https://a.example/1", "jwks_uri": "https://a.example/2",'
        ' "token_endpoint": "https://a.example/3", "response_types_supported": ["code"], "subject_types_supported": ["public"]}'
    )
    assert loaded("discover", str(file)) & (QT | {"lxml", "jinja2", "keyring", "markdown_it"}) == set()


def test_the_button_that_reads_from_a_provider_loads_no_network_before_it_is_pressed():
    code = "import sys, latchkey.gui.widgets.reader_card, latchkey.discovery.places; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert {"latchkey.discovery.fetch", "http.client", "ssl"} & set(done.stdout.split()) == set()
