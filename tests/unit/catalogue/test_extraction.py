"""Which texts go to translators: ours do, a portal's own words don't."""

from __future__ import annotations

import io

from babel.messages.extract import extract as babel_extract

from latchkey.catalogue.extraction import extract, translatable
from latchkey.catalogue.loader import load_catalogue
from latchkey.paths import resource

CATALOGUE = load_catalogue()


def test_a_portals_words_are_not_translated() -> None:
    for entry in CATALOGUE.values():
        if not entry.generic:
            labels = {entry.callback.label, entry.title, *(field.label for field in entry.callback.also)}
            labels |= {part.label for part in (entry.client_id, entry.secret) if part}
            labels -= {setting.label for setting in entry.settings} | {"Signing certificate"}  # questions of ours
            assert not labels & set(translatable(entry))


def test_what_we_ask_is_ours() -> None:
    asked = translatable(CATALOGUE["entra-single-tenant"])
    tenant = CATALOGUE["entra-single-tenant"].settings[0]
    assert {tenant.label, tenant.help, tenant.shape} <= set(asked)
    assert "Signing certificate" in translatable(CATALOGUE["adfs-saml"])


def test_explanations_shapes_and_generic_labels_are() -> None:
    assert "wx and then 16 digits or letters from a to f" in translatable(CATALOGUE["wechat"])
    generic = translatable(CATALOGUE["openid-connect"])
    assert {"Client ID", "Client secret", "Redirect URI", "Metadata URL", "Scope"} <= set(generic)
    for setting in CATALOGUE["openid-connect"].settings:
        assert setting.help in generic


def test_babel_reads_them_with_their_lines() -> None:
    path = resource("providers", "openid-connect.toml")
    lines = path.read_text("utf-8").splitlines()
    with path.open("rb") as file:
        found = list(babel_extract(extract, file, keywords={"_": None}))
    assert [message for _line, message, _comments, _context in found] == list(translatable(CATALOGUE["openid-connect"]))
    for line, message, comments, _context in found:
        assert str(message) in lines[line - 1]
        assert comments == ["OpenID Connect"]


def test_nothing_to_translate_is_fine() -> None:
    data = resource("providers", "qq.toml").read_bytes()
    kept = [line for line in data.split(b"\n") if not line.startswith((b"pattern", b"shape"))]
    file = io.BytesIO(b"\n".join(kept))
    file.name = "qq.toml"
    assert list(extract(file, (), (), {})) == []
