"""What the loader refuses: for each, a file that is right and the same file with one thing wrong."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import tomlkit

from latchkey.catalogue.entries import Setting
from latchkey.catalogue.loader import SIZE_LIMIT, load_catalogue, load_entry, parse_entry
from latchkey.errors import Refused, Unreadable
from latchkey.paths import config_folder

NOTHING: Any = object()  # in `change`: take the key away


def right() -> dict[str, Any]:
    """A provider file, as data, in which every kind of key is used."""
    return {
        "type": "acme-id",
        "title": "Acme",
        "titles": {"zh-Hans": "极致"},
        "search": ["acme"],
        "protocol": "OAuth2",
        "icon": "fa6b.openid",
        "color": "#123abc",
        "documentation": "https://acme.example/sign-in",
        "portal_url": "https://acme.example/apps",
        "domain": "acme.example",
        "session": "SM-SocialLogin",
        "gives_email": False,
        "output_claims_transformations": ["CreateRandomUPNUserName", "CreateAlternativeSecurityId"],
        "ids": {"id": "Acme", "suffix": "OAuth2", "policy_key": "AcmeKey"},
        "client_id": {"label": "Id", "example": "a1", "pattern": "a[0-9]", "shape": "a and a digit"},
        "secret": {"label": "Key", "when": {"flow": "code"}},
        "callback": {"form": "url", "label": "Redirect URI"},
        "user_flow": {"way": "built-in", "portal_name": "Acme", "preview": True},
        "identity_provider": {"value": "acme.example"},
        "metadata": {"ProviderName": "acme", "AccessTokenEndpoint": "https://acme.example/token"},
        "claims": {"issuerUserId": "sub", "displayName": "name"},
        "settings": [
            {
                "name": "flow",
                "label": "Flow",
                "kind": "choice",
                "choices": ["code", "token"],
                "default": "code",
                "example": "code",
                "metadata": "response_types",
            },
            {"name": "home", "label": "Home", "kind": "url", "required": True, "example": "https://acme.example"},
        ],
    }


def changed(path: str, value: Any) -> dict[str, Any]:
    """The right file with the key at `path` (`settings.0.name`) set to `value`, or taken away."""
    data = right()
    *way, last = path.split("/")
    place: Any = data
    for part in way:
        place = place[int(part)] if isinstance(place, list) else place.setdefault(part, {})
    if value is NOTHING:
        del place[last]
    else:
        place[last] = value
    return data


def parse(data: dict[str, Any], file: str = "folder/acme-id.toml") -> Any:
    return parse_entry(tomlkit.dumps(data).encode(), file)


def test_the_right_file_is_read_whole() -> None:
    entry = parse(right())
    assert entry.ids.policy_key == "AcmeKey"
    assert entry.secret.when == {"flow": "code"}
    assert entry.claims == {"issuerUserId": "sub", "displayName": "name"}
    assert list(entry.metadata) == ["ProviderName", "AccessTokenEndpoint"]
    assert entry.settings[0].choices == ("code", "token")
    assert entry.setting("home") == Setting("home", "Home", kind="url", required=True, example="https://acme.example")
    assert entry.setting("nowhere") is None
    assert entry.kinds == ("custom", "user-flow")
    assert entry.title_in("zh_CN") == entry.title_in("zh-Hans") == "极致"
    assert entry.title_in("en") == "Acme"
    assert not entry.gives_email


REFUSED = [
    # the form: keys and types
    ("colour", "#123abc", "colour", "not a key"),
    ("ids/sufix", "x", "ids.sufix", "not a key"),
    ("settings/0/lable", "x", "settings[0].lable", "not a key"),
    ("title", NOTHING, "title", "missing"),
    ("ids", NOTHING, "ids", "missing"),
    ("settings/1/label", NOTHING, "settings[1].label", "missing"),
    ("title", 5, "title", "should"),
    ("title", ["Acme"], "title", "should"),
    ("gives_email", "no", "gives_email", "should"),
    ("gives_email", 0, "gives_email", "should"),
    ("ids", "Acme", "ids", "should"),
    ("search", "acme", "search", "should"),
    ("search", ["acme", 1], "search[1]", "should"),
    ("claims/displayName", 1, "claims.displayName", "should"),
    ("claims", ["sub"], "claims", "should"),
    ("settings", {"name": "flow"}, "settings", "should"),
    ("protocol", "OpenID", "protocol", "should"),
    ("callback/form", "URL", "callback.form", "should"),
    ("settings/0/kind", "many", "settings[0].kind", "should"),
    ("secret/lifetime_months", "6", "secret.lifetime_months", "should"),
    ("secret/lifetime_months", True, "secret.lifetime_months", "should"),
    ("callback/also", [{"form": "url", "label": "x"}], "callback.also[0].form", "should"),
    ("needs", "numeric-user-id", "needs", "should"),
    ("title", "Ac\x07me", "title", "U+0007"),
    ("title", "Ac\nme", "title", "U+000A"),
    ("metadata/a\tb", "x", "metadata", "U+0009"),
    ("title", " Acme", "title", "space"),
    # what it says
    ("title", "", "title", "empty"),
    ("callback/label", "", "callback.label", "empty"),
    ("search", [""], "search[0]", "empty"),
    ("settings/1/example", "", "settings[1].example", "empty"),
    ("type", "Acme_ID", "type", "name of a type"),
    ("type", "existing", "type", "name of a type"),
    ("type", "other", "type", "called otherwise"),
    ("icon", "acme", "icon", "glyph"),
    ("color", "blue", "color", "colour"),
    ("titles/Chinese", "x", "titles.Chinese", "language"),
    ("domain", "acme example", "domain", "domain"),
    ("documentation", "http://acme.example", "documentation", "https"),
    ("documentation", "https://", "documentation", "https"),
    ("documentation", "https://acme.example:99999/", "documentation", "https"),
    ("documentation", "https://[acme/", "documentation", "https"),
    ("documentation", "https://acme.example/a b", "documentation", "https"),
    ("documentation", "https://user@acme.example/", "documentation", "https"),
    ("portal_url", "acme.example", "portal_url", "browser"),
    ("portal_url", "javascript:alert(1)", "portal_url", "browser"),
    ("metadata/AccessTokenEndpoint", "http://acme.example/token", "metadata.AccessTokenEndpoint", "https"),
    ("settings/1/example", "acme", "settings[1].example", "https"),
    ("ids/id", "Ac-me", "ids.id", "id"),
    ("ids/suffix", "", "ids.suffix", "id"),
    ("ids/suffix", "OAuth 2", "ids.suffix", "id"),
    ("ids/technical_profile", "1Acme", "ids.technical_profile", "id"),
    ("ids/exchange", "Acme.Exchange", "ids.exchange", "id"),
    ("ids/policy_key", "Acme Secret", "ids.policy_key", "id"),
    ("ids/policy_key", "B2C_1A_AcmeSecret", "ids.policy_key", "B2C_1A_"),
    ("ids/id", NOTHING, "ids.id", "missing"),
    ("session", "", "session", "empty"),
    ("session", "SM SocialLogin", "session", "id"),
    ("output_claims_transformations", ["Create it"], "output_claims_transformations[0]", "id"),
    ("output_claims_transformations", ["A", "a"], "output_claims_transformations", "twice"),
    ("claims/issuerUserId", NOTHING, "claims.issuerUserId", "missing"),
    ("claims/display name", "x", "claims.display name", "id"),
    ("claims/DisplayName", "x", "claims", "twice"),
    ("claims/objectId", "oid", "claims.objectId", "provider"),
    ("claims/identityprovider", "iss", "claims.identityProvider", "provider"),
    ("claims/displayName", "", "claims.displayName", "empty"),
    ("identity_provider", {}, "identity_provider", "value or a claim"),
    ("identity_provider/claim", "iss", "identity_provider", "value or a claim"),
    ("settings/0/name", "Flow", "settings[0].name", "name of a setting"),
    ("settings/1/name", "flow", "settings[1].name", "earlier"),
    ("settings/0/choices", [], "settings[0].choices", "kind"),
    ("settings/1/choices", ["a"], "settings[1].choices", "kind"),
    ("settings/0/choices", ["code", "code"], "settings[0].choices", "twice"),
    ("settings/0/default", "id_token", "settings[0].default", "choices"),
    ("settings/0/default", NOTHING, "settings[0].default", "choices"),
    ("settings/0/example", "id_token", "settings[0].example", "choices"),
    ("settings/0/required", True, "settings[0].default", "no use"),
    ("settings/0/metadata", "ProviderName", "settings[0].metadata", "already"),
    ("settings/0/metadata", "providername", "settings[0].metadata", "already"),
    ("settings/1/metadata", "response_types", "settings[1].metadata", "already"),
    ("settings/1/metadata", "client_id", "settings[1].metadata", "already"),
    ("metadata/client_id", "x", "metadata.client_id", "already"),
    ("metadata/providerName", "x", "metadata", "already"),
    ("metadata/ProviderName", "", "metadata.ProviderName", "empty"),
    ("client_id/pattern", "a[", "client_id.pattern", "regular expression"),
    ("client_id/pattern", "b[0-9]", "client_id.example", "pattern"),
    ("client_id/shape", NOTHING, "client_id.shape", "belong"),
    ("secret/shape", "words", "secret.shape", "belong"),
    ("client_id", NOTHING, "client_id", "protocol"),
    ("secret/kind", "certificate", "secret.kind", "protocol"),
    ("callback/form", "saml", "callback.form", "protocol"),
    ("callback/form", "url-per-policy", "callback.form", "protocol"),
    ("secret/when/mode", "code", "secret.when.mode", "setting"),
    ("secret/when/flow", "id_token", "secret.when.flow", "setting"),
    ("user_flow/portal_name", NOTHING, "user_flow.portal_name", "user flow"),
    ("user_flow/way", "none", "user_flow.portal_name", "user flow"),
    ("user_flow/metadata", {"scope": "a"}, "user_flow.metadata", "custom"),
    ("user_flow/metadata", {"METADATA": "x"}, "user_flow.metadata.METADATA", "https"),
    ("identity_provider", {"setting": "nowhere"}, "identity_provider.setting", "required setting"),
    ("identity_provider", {"setting": "flow"}, "identity_provider.setting", "required setting"),
    ("identity_provider/setting", "home", "identity_provider", "value or a claim"),
    ("claim_defaults/displayName", "", "claim_defaults.displayName", "empty"),
    ("claim_defaults/display name", "x", "claim_defaults.display name", "id"),
    ("claim_defaults/objectId", "x", "claims.objectId", "provider"),
    ("claim_defaults/issueruserid", "x", "claim_defaults.issuerUserId", "everybody"),
    ("through/email", "numericUserId", "through.email", "among the claims"),
    ("through/issuerUserId", "numeric id", "through.issuerUserId", "id"),
    ("settings/1/value", "https://<>/", "settings[1].value", "place"),
    ("settings/0/value", "https://acme.example/", "settings[0].value", "place"),
    ("settings/0/value", "<>/<>", "settings[0].value", "place"),
    ("settings/0/value", "<>/<nowhere>", "settings[0].value", "always"),
    ("settings/1/pattern", "acme", "settings[1].shape", "belong"),
    ("callback/also", [{"form": "host", "label": ""}], "callback.also[0].label", "empty"),
    ("callback/also", [{"form": "host", "label": "x"}] * 2, "callback.also", "twice"),
    ("callback/also", [{"form": "saml-metadata", "label": "x"}], "callback.also", "SAML2"),
    ("secret/lifetime_months", -1, "secret.lifetime_months", "less"),
    ("needs", ["no-such-block"], "needs[0]", "building block"),
    ("needs", ["../saml2"], "needs[0]", "building block"),
    ("needs", ["saml-session", "saml-session"], "needs[1]", "building block"),
    ("template", "no-such-template", "template", "template"),
    ("template", "../policies/base", "template", "template"),
]


@pytest.mark.parametrize(("path", "value", "key", "word"), REFUSED)
def test_refused_with_file_key_and_expectation(path: str, value: Any, key: str, word: str) -> None:
    with pytest.raises(Refused) as caught:
        parse(changed(path, value))
    assert caught.value.message.startswith("folder/acme-id.toml: ")
    assert f" {key} " in caught.value.message.replace(":", "").replace(",", "")
    assert word in caught.value.message
    assert caught.value.hint
    assert "\n" not in str(caught.value)


def test_preview_is_only_for_built_in_ones() -> None:
    with pytest.raises(Refused, match=r"user_flow\.preview"):
        parse(changed("user_flow", {"way": "none", "preview": True}))
    assert parse(changed("user_flow", {"way": "none"})).kinds == ("custom",)


def test_saml_has_no_client_id_and_a_certificate() -> None:
    saml = right() | {
        "protocol": "SAML2",
        "callback": {"form": "saml", "label": "ACS URL"},
        "secret": {"label": "Certificate", "kind": "certificate"},
    }
    with pytest.raises(Refused, match="client_id"):
        parse(saml)
    del saml["client_id"]
    assert parse(saml).client_id is None


def test_what_an_expectation_says() -> None:
    """The hint tells what to write: the choices, the keys, the kind of value."""
    hints = {}
    for path, value in (
        ("protocol", "x"),
        ("gives_email", 1),
        ("search", 1),
        ("titles", 1),
        ("ids", 1),
        ("settings", 1),
    ):
        with pytest.raises(Refused) as caught:
            parse(changed(path, value))
        hints[path] = caught.value.hint
    assert "OpenIdConnect, OAuth2, OAuth1, SAML2" in hints["protocol"]
    assert "true or false" in hints["gives_email"]
    assert "list of texts" in hints["search"]
    assert "table of texts" in hints["titles"]
    assert "suffix, id, technical_profile, exchange, policy_key" in hints["ids"]
    assert "list of tables" in hints["settings"]


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"title = ", "TOML"),
        (b"\xff\xfe", "UTF-8"),
        (b"a = " + b"[" * 100_000, "TOML"),
        (b"a = " + b"9" * 10_000, "TOML"),
        (b"", "missing"),
        (b"#" * (SIZE_LIMIT + 1), "too big"),
        (b"\x00", "TOML"),
    ],
    ids=["not toml", "not utf-8", "deep", "long number", "empty", "too big", "nul"],
)
def test_no_provider_file_at_all(data: bytes, word: str) -> None:
    with pytest.raises(Refused, match=word) as caught:
        parse_entry(data, "folder/acme-id.toml")
    assert "folder/acme-id.toml" in caught.value.message
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 500


def test_line_ends_and_byte_order_mark_of_windows_are_fine() -> None:
    text = tomlkit.dumps(right()).replace("\n", "\r\n")
    assert parse_entry(b"\xef\xbb\xbf" + text.encode(), "acme-id.toml") == parse(right())


def own_folder(tmp_path: Path, data: dict[str, Any], name: str = "acme-id.toml") -> Path:
    folder = tmp_path / "providers"
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(tomlkit.dumps(data), "utf-8")
    return folder


def test_a_persons_own_folder_adds_to_ours(tmp_path: Path) -> None:
    catalogue = load_catalogue(own_folder(tmp_path, right()))
    assert "acme-id" in catalogue
    assert set(load_catalogue()) == set(catalogue) - {"acme-id"}


def test_an_own_folder_need_not_exist(tmp_path: Path) -> None:
    assert set(load_catalogue(tmp_path / "nowhere")) == set(load_catalogue())


def test_other_files_in_the_folder_are_left_alone(tmp_path: Path) -> None:
    folder = own_folder(tmp_path, right())
    (folder / "readme.txt").write_text("not ours", "utf-8")
    (folder / "._acme-id.toml").write_bytes(b"\x00\x05")
    assert "acme-id" in load_catalogue(folder)


def refused(folder: Path) -> tuple[str, str]:
    """The one file that is refused, with why; all that ships is there all the same."""
    catalogue = load_catalogue(folder)
    assert set(load_catalogue(folder / "nowhere")) <= set(catalogue)
    (one,) = catalogue.refused
    assert one.hint
    return one.file, one.message


def test_a_type_that_is_there_already_is_refused(tmp_path: Path) -> None:
    folder = own_folder(tmp_path, right() | {"type": "wechat"}, "wechat.toml")
    file, message = refused(folder)
    assert file == str(folder / "wechat.toml")
    assert "wechat" in message
    assert load_catalogue(folder)["wechat"].title == "WeChat"


def test_a_bad_file_there_is_a_finding_and_the_others_are_used(tmp_path: Path) -> None:
    own_folder(tmp_path, right())
    folder = own_folder(tmp_path, changed("title", 5) | {"type": "other-id"}, "other-id.toml")
    file, message = refused(folder)
    assert file.endswith("other-id.toml")
    assert "other-id.toml: title" in message
    assert "acme-id" in load_catalogue(folder)


def test_what_can_not_be_read_is_told_as_such(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="nowhere"):
        load_entry(tmp_path / "nowhere.toml")
    folder = own_folder(tmp_path, right())
    (folder / "folder.toml").mkdir()
    assert refused(folder)[0].endswith("folder.toml")


def test_a_folder_that_is_none_is_told_as_such(tmp_path: Path) -> None:
    (tmp_path / "providers").write_text("a file", "utf-8")
    assert "providers" in refused(tmp_path / "providers")[1]


def test_the_persons_own_folder_is_looked_into_by_itself() -> None:
    folder = config_folder() / "providers"
    folder.mkdir(parents=True)
    (folder / "acme-id.toml").write_text(tomlkit.dumps(right()), "utf-8")
    assert "acme-id" in load_catalogue()


@pytest.mark.parametrize("data", [b"", b"\xff", b"type = 1", b"[" * 50_000, b"\x00" * 300_000, b'type = "a"\x1b[2J'])
def test_no_bytes_there_stop_anything(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "bad\x1b.toml").write_bytes(data)
    catalogue = load_catalogue(tmp_path)
    assert len(catalogue.refused) == 1


def test_our_own_folder_must_be_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("latchkey.catalogue.loader.resource", tmp_path.joinpath)
    with pytest.raises(Unreadable, match="providers"):
        load_catalogue()


def test_entries_can_not_be_changed() -> None:
    entry = load_catalogue()["wechat"]
    with pytest.raises(AttributeError):
        entry.title = "other"  # type: ignore[misc]
    with pytest.raises(TypeError):
        entry.claims["objectId"] = "oid"  # type: ignore[index]
