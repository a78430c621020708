"""`latchkey compose --into`, `import` and `undo`, on policies that Latchkey composed and a person changed since."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from helpers.command import Command
from helpers.policy_files import policy as small
from latchkey.cli import into
from latchkey.compose.into import keeping
from latchkey.compose.into.plan import IntoPlan, plan_into
from latchkey.paths import kept_folder

SIGN_IN = "B2C_1A_signup_signin"
WECHAT = '[[providers]]\ntype = "wechat"\n'
QQ = '[[providers]]\ntype = "qq"\n'
OWN = '[[providers]]\ntype = "openid-connect"\nid = "Contoso"\n'
NEW = (
    '[[providers]]\ntype = "openid-connect"\nname = "Partners & <friends> 微"\nclient_id = "abc"\n[providers.settings]\n'
    'metadata_url = "https://partners.example/.well-known/openid-configuration"\n'
)


@pytest.fixture
def folder(composed: Path) -> Path:
    """The example's policies as somebody's own: WeChat, QQ, Contoso employees."""
    for path in composed.iterdir():
        path.write_bytes(path.read_bytes().replace(b"\r\n", b"\n") + b"<!-- mine -->\n")
    return composed


def draft(tmp_path: Path, *providers: str, tenant: str = "contoso", policies: str = "") -> Path:
    path = tmp_path / "x.latchkey.toml"
    head = f'format = 1\n[tenant]\nname = "{tenant}"\n[policies]\nkind = "custom"\n{policies}'
    path.write_text(head + "".join(providers), encoding="utf-8")
    return path


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def dates(folder: Path) -> dict[str, int]:
    return {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}


def shown(latchkey: Command, folder: Path, policy: str = SIGN_IN) -> list[str]:
    (found,) = latchkey("show", folder, "--policy", policy, "--json").json["policies"]
    return [button["text"] for button in found["buttons"]]


# Into ----------------------------------------------------------------------------------------------------------------


def test_a_provider_is_added_and_everything_said(latchkey: Command, folder: Path, tmp_path: Path) -> None:
    before, stamp = content(folder), dates(folder)
    done = latchkey("compose", draft(tmp_path, WECHAT, NEW, QQ, OWN), "--into", folder)
    assert (done.status, done.err) == (0, "")
    changed = {name for name, data in content(folder).items() if data != before[name]}
    assert changed == {"TrustFrameworkExtensions.xml"}
    assert {name for name, date in dates(folder).items() if date != stamp[name]} == changed
    assert "The technical profile PartnersFriends-OpenIdConnect is new." in done.out
    assert f"Changed 1 file in {folder}:" in done.out
    assert "5 files stay as they are." in done.out
    assert f"latchkey undo {folder} puts them back." in done.out
    (kept,) = keeping.history(folder, kept_folder())
    assert str(kept.place) in done.out
    for name in (SIGN_IN, "B2C_1A_ProfileEdit"):
        assert shown(latchkey, folder, name) == ["WeChat", "Partners & <friends> 微", "QQ", "Contoso employees"]
    assert latchkey("check", folder).status == 0


def test_json(latchkey: Command, folder: Path, tmp_path: Path) -> None:
    wanted = draft(tmp_path, NEW, WECHAT, QQ, OWN)
    looked = latchkey("compose", wanted, "--into", folder, "--dry-run", "--json").json
    assert (looked["written"], looked["kept"]) == ([f"{folder}/TrustFrameworkExtensions.xml"], None)
    assert len(looked["unchanged"]) == 5
    found = latchkey("compose", wanted, "--into", folder, "--json").json
    assert (found["written"], found["unchanged"], found["changes"]) == (
        looked["written"], looked["unchanged"], looked["changes"],
    )  # fmt: skip
    assert any("PartnersFriends" in sentence for sentence in found["changes"])
    assert Path(found["kept"], "TrustFrameworkExtensions.xml").is_file()
    assert found["findings"] == []
    again = latchkey("compose", wanted, "--into", folder, "--json").json
    assert (again["written"], len(again["unchanged"]), again["kept"], again["changes"]) == ([], 6, None, [])


def test_nothing_to_change_touches_nothing(latchkey: Command, folder: Path, tmp_path: Path) -> None:
    stamp = dates(folder)
    done = latchkey("compose", draft(tmp_path, WECHAT, QQ, OWN), "--into", folder)
    assert (done.status, done.err) == (0, "")
    assert "Nothing to change" in done.out
    assert dates(folder) == stamp
    assert not kept_folder().exists()


@pytest.mark.parametrize("switches", [["--dry-run"], ["--diff"], ["--dry-run", "--diff"]])
def test_looking_writes_nothing(latchkey: Command, folder: Path, tmp_path: Path, switches: list[str]) -> None:
    before, stamp = content(folder), dates(folder)
    done = latchkey("compose", draft(tmp_path, NEW, WECHAT, QQ, OWN), "--into", folder, *switches)
    assert (done.status, done.err) == (0, "")
    assert (content(folder), dates(folder)) == (before, stamp)
    assert not kept_folder().exists()
    assert ("Would change 1 file" in done.out) == ("--dry-run" in switches)
    assert ("--- TrustFrameworkExtensions.xml" in done.out) == ("--diff" in switches)
    assert ('+              <TechnicalProfile Id="Partners'.replace(" ", "") in done.out.replace(" ", "")) == (
        "--diff" in switches
    )


def test_what_is_shown_is_taken_off_only_when_asked(latchkey: Command, folder: Path, tmp_path: Path) -> None:
    before = content(folder)
    wanted = draft(tmp_path, QQ, OWN)
    done = latchkey("compose", wanted, "--into", folder)
    assert done.status == 1
    assert "WeChat" in done.told[0]
    assert "--remove-unlisted" in done.told[1]
    assert content(folder) == before
    assert latchkey("compose", wanted, "--into", folder, "--remove-unlisted").status == 0
    assert shown(latchkey, folder) == ["QQ", "Contoso employees"]
    assert b'TechnicalProfile Id="WeChat-OAuth2"' in content(folder)["TrustFrameworkExtensions.xml"]


def test_who_a_person_is_changes_only_when_asked(latchkey: Command, folder: Path, tmp_path: Path) -> None:
    before = content(folder)
    wanted = draft(tmp_path, WECHAT + '[providers.claims]\nissuerUserId = "unionid2"\n', QQ, OWN)
    done = latchkey("compose", wanted, "--into", folder)
    assert done.status == 1
    assert "WeChat-OAuth2" in done.told[0]
    assert "--change-identity" in done.told[1]
    assert content(folder) == before
    assert latchkey("compose", wanted, "--into", folder, "--change-identity").status == 0


def test_several_things_wrong_with_a_draft_are_listed(latchkey: Command, folder: Path, tmp_path: Path) -> None:
    before = content(folder)
    bad = '[[providers]]\ntype = "facebook"\n[[providers]]\ntype = "openid-connect"\nname = "x"\nclient_id = "y"\n'
    wanted = draft(tmp_path, WECHAT, QQ, OWN, bad)
    done = latchkey("compose", wanted, "--into", folder)
    assert (done.status, done.out) == (1, "")
    assert "providers[3].client_id" in done.err
    assert "providers[4].settings.metadata_url" in done.err
    document = latchkey("compose", wanted, "--into", folder, "--json")
    assert document.status == 1
    assert (document.json["written"], document.json["unchanged"]) == ([], [])
    assert {one["file"] for one in document.json["findings"]} == {str(wanted)}
    assert content(folder) == before


def test_errors_of_before_stay(latchkey: Command, folder: Path, tmp_path: Path) -> None:
    path = folder / "PasswordReset.xml"
    path.write_bytes(path.read_bytes().replace(b'PolicySchemaVersion="0.3.0.0"', b'PolicySchemaVersion="0.2.0.0"'))
    assert latchkey("check", folder).status == 1
    done = latchkey("compose", draft(tmp_path, NEW, WECHAT, QQ, OWN), "--into", folder)
    assert done.status == 0
    assert "1 finding was there before (1 of level error)" in done.out


def test_a_result_that_is_worse_is_refused(
    latchkey: Command, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As if there were a defect in the plan."""
    path = folder / "TrustFrameworkExtensions.xml"

    def spoilt(*words: Any, **more: Any) -> IntoPlan:
        plan = plan_into(*words, **more)
        data = plan.changes[0].after.replace(b'PolicySchemaVersion="0.3.0.0"', b'PolicySchemaVersion="0.2.0.0"')
        return replace(plan, after=plan.after.with_bytes({str(path): data}))

    monkeypatch.setattr(into, "plan_into", spoilt)
    before = content(folder)
    wanted = draft(tmp_path, NEW, WECHAT, QQ, OWN)
    done = latchkey("compose", wanted, "--into", folder)
    assert done.status == 1
    assert str(path) in done.told[0]
    found = latchkey("compose", wanted, "--into", folder, "--json").json
    assert ([one["rule"] for one in found["findings"]], found["written"]) == (["policy-schema-version"], [])
    assert content(folder) == before


def test_a_file_that_changes_while_we_think_is_refused_and_the_difference_shown(
    latchkey: Command, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    base = folder / "TrustFrameworkBase.xml"
    original, carry_out = base.read_bytes(), keeping.carry_out

    def late(*words: object) -> object:
        base.write_bytes(original + b"<!-- somebody else -->\n")
        return carry_out(*words)  # type: ignore[arg-type]

    monkeypatch.setattr(into.keeping, "carry_out", late)
    before = content(folder)
    for json in ([], ["--json"]):
        done = latchkey("compose", draft(tmp_path, NEW, WECHAT, QQ, OWN), "--into", folder, *json)
        assert done.status == 1
        assert "TrustFrameworkBase.xml" in done.told[0]
        assert "+<!-- somebody else -->" in (done.json["diff"] if json else done.out)
        before[base.name] = original + b"<!-- somebody else -->\n"
        assert content(folder) == before
        base.write_bytes(original)
        before[base.name] = original


def test_a_user_flow_points_to_the_guide(latchkey: Command, folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "flow.toml"
    path.write_text(
        'format = 1\n[tenant]\nname = "contoso"\n[policies]\nkind = "user-flow"\n' + WECHAT, encoding="utf-8"
    )
    done = latchkey("compose", path, "--into", folder)
    assert done.status == 1
    assert "guide" in done.told[1]


@pytest.mark.parametrize("switch", [["--remove-unlisted"], ["--change-identity"], ["--in-azure", "B2C_1A_X"]])
def test_switches_of_into_go_with_into_only(
    latchkey: Command, contoso: Path, tmp_path: Path, switch: list[str]
) -> None:
    done = latchkey("compose", contoso, "--out", tmp_path / "new", *switch)
    assert done.status == 2
    assert switch[0] in done.told[0]
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("words", [["--out", "a", "--into", "b"], []])
def test_either_out_or_into(latchkey: Command, contoso: Path, words: list[str]) -> None:
    done = latchkey("compose", contoso, *words)
    assert done.status == 2
    assert "--into" in done.told[0]


# Folders that can't be worked with -----------------------------------------------------------------------------------


def chain(levels: int) -> list[tuple[str, bytes]]:
    party = '<RelyingParty><DefaultUserJourney ReferenceId="J"/></RelyingParty>'
    files = [
        small(f"B2C_1A_L{n}", party if n == levels else "", f"B2C_1A_L{n - 1}" if n > 1 else "")
        for n in range(1, levels + 1)
    ]
    return [(file.file, file.data) for file in files]


@pytest.mark.parametrize(
    ("make", "named"),
    [
        ([("bad.xml", b"<a>\n<")], "bad.xml"),
        ([("dtd.xml", b"<!DOCTYPE x><x/>")], "dtd.xml"),
        ([("twin.xml", small(SIGN_IN).data)], "twin.xml"),
        (
            [("a.xml", small("B2C_1A_A", base="B2C_1A_B").data), ("b.xml", small("B2C_1A_B", base="B2C_1A_A").data)],
            "circle",
        ),
        ([("a.xml", small("B2C_1A_A", base="b2c_1a_a").data)], "circle"),
        (chain(11), "11 levels"),
        ([("a.xml", small("B2C_1A_A", base="B2C_1A_Gone").data)], "B2C_1A_Gone"),
        ([("a.xml", small("B2C_1A_A").data)], "t.onmicrosoft.com"),
    ],
    ids=["broken", "doctype", "twin", "circle", "itself", "levels", "base", "tenant"],
)
def test_one_clear_line_and_nothing_written(
    latchkey: Command, folder: Path, tmp_path: Path, make: list[tuple[str, bytes]], named: str
) -> None:
    for name, data in make:
        (folder / name).write_bytes(data)
    before, stamp = content(folder), dates(folder)
    for words in (
        ["compose", draft(tmp_path, NEW, WECHAT, QQ, OWN), "--into", folder],
        ["import", folder, "-o", tmp_path / "o"],
    ):
        if words[0] == "import" and named == "t.onmicrosoft.com":
            continue
        done = latchkey(*words)
        assert (done.status, done.out) == (1, "")
        assert named in done.told[0]
        document = latchkey(*words, "--json")
        assert document.json["error"]["message"] == done.told[0]
    assert (content(folder), dates(folder)) == (before, stamp)
    assert not (tmp_path / "o").exists()


def test_ten_levels_are_no_trouble(latchkey: Command, folder: Path, tmp_path: Path) -> None:
    for name, data in chain(10):
        (folder / name).write_bytes(data.replace(b"t.onmicrosoft", b"contoso.onmicrosoft"))
    assert latchkey("compose", draft(tmp_path, NEW, WECHAT, QQ, OWN), "--into", folder).status == 0


def test_a_base_said_to_be_in_azure_does_not_stop_the_others(latchkey: Command, folder: Path, tmp_path: Path) -> None:
    stray = small("B2C_1A_Stray", base="B2C_1A_Gone")
    (folder / "stray.xml").write_bytes(stray.data.replace(b"t.onmicrosoft", b"contoso.onmicrosoft"))
    wanted = draft(tmp_path, NEW, WECHAT, QQ, OWN)
    assert latchkey("compose", wanted, "--into", folder).status == 1
    assert "B2C_1A_Gone" in latchkey("check", folder).out
    assert latchkey("check", folder, "--in-azure", "b2c_1a_gone").status == 0
    assert latchkey("check", folder / "stray.xml", "--in-azure", "b2c_1a_gone").status == 0
    assert latchkey("compose", wanted, "--into", folder, "--in-azure", "B2C_1A_gone").status == 0


def test_a_base_in_azure_can_not_be_added_to(latchkey: Command, folder: Path, tmp_path: Path) -> None:
    """The journey is in the extensions file; but what a new provider leans on can't be seen."""
    for name in ("TrustFrameworkBase.xml", "TrustFrameworkLocalization.xml"):
        (folder / name).unlink()
    said = ["--in-azure", "B2C_1A_TrustFrameworkLocalization"]
    before = content(folder)
    done = latchkey("compose", draft(tmp_path, NEW, WECHAT, QQ, OWN), "--into", folder, *said)
    assert done.status == 1
    assert "B2C_1A_TrustFrameworkLocalization" in done.told[0]
    assert "download" in done.told[1]
    assert content(folder) == before
    assert latchkey("compose", draft(tmp_path, QQ, WECHAT, OWN), "--into", folder, *said).status == 0
    assert shown(latchkey, folder) == ["QQ", "WeChat", "Contoso employees"]


@pytest.mark.parametrize("make", ["missing", "file", "empty"])
def test_a_folder_that_is_none(latchkey: Command, tmp_path: Path, make: str) -> None:
    place = tmp_path / "place"
    if make == "file":
        place.write_bytes(b"")
    elif make == "empty":
        place.mkdir()
    for words in (["compose", draft(tmp_path, WECHAT), "--into", place], ["import", place, "-o", tmp_path / "o"]):
        done = latchkey(*words)
        assert done.status == (1 if make == "empty" else 2)
        assert done.told
    done = latchkey("undo", place)
    assert done.status == (1 if make == "empty" else 2)
    assert done.told


def test_a_read_only_file_is_left_alone(latchkey: Command, folder: Path, tmp_path: Path) -> None:
    extensions = folder / "TrustFrameworkExtensions.xml"
    extensions.chmod(0o444)
    before = content(folder)
    wanted = draft(tmp_path, NEW, WECHAT, QQ, OWN)
    assert latchkey("compose", wanted, "--into", folder, "--dry-run").status == 0
    done = latchkey("compose", wanted, "--into", folder)
    assert done.status == 2
    assert str(extensions) in done.told[0]
    assert content(folder) == before
    assert latchkey("compose", draft(tmp_path, WECHAT, QQ, OWN), "--into", folder).status == 0


def test_a_change_of_places_alone_is_said(latchkey: Command, folder: Path, tmp_path: Path) -> None:
    """Who changes an element of ours by hand makes it theirs: the rest of ours then stands behind it."""
    wanted = draft(tmp_path, WECHAT, QQ, OWN, NEW, NEW.replace("Partners", "Others"))
    assert latchkey("compose", wanted, "--into", folder).status == 0
    extensions = folder / "TrustFrameworkExtensions.xml"
    text = extensions.read_bytes()
    place = text.index(b"Partners &amp;")
    scope = text.index(b"openid profile email", place)
    extensions.write_bytes(text[:scope] + b"openid profile" + text[scope + len(b"openid profile email") :])
    done = latchkey("compose", wanted, "--into", folder)
    assert done.status == 0
    assert "Changed 1 file" in done.out
    assert done.out.splitlines()[1].startswith("  - Nothing that people notice")


# Import --------------------------------------------------------------------------------------------------------------


def test_import_says_what_it_found_and_changes_nothing(latchkey: Command, folder: Path, tmp_path: Path) -> None:
    path, stamp = tmp_path / "mine.latchkey.toml", dates(folder)
    done = latchkey("import", folder, "-o", path)
    assert (done.status, done.err) == (0, "")
    assert "B2C_1A_TrustFrameworkExtensions" in done.out
    assert "Contoso-OpenIdConnect" in done.out
    assert f"Wrote {path}." in done.out
    assert "Not told" not in done.out
    assert latchkey("compose", path, "--into", folder, "--json").json["written"] == []
    assert dates(folder) == stamp
    assert 'type = "wechat"' in path.read_text(encoding="utf-8")


def test_import_as_json(latchkey: Command, folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "mine.latchkey.toml"
    found = latchkey("import", folder, "-o", path, "--json").json
    assert (found["written"], found["unchanged"], found["differences"]) == ([str(path)], [], [])
    assert found["tenant"] == {"name": "contoso", "cloud": "global"}
    assert [(one["type"], one["technical_profile"]) for one in found["providers"]] == [
        ("wechat", "WeChat-OAuth2"), ("qq", "QQ-OAuth2"), ("openid-connect", "Contoso-OpenIdConnect"),
    ]  # fmt: skip
    assert [(page["relying_parties"], page["profile_edit"]) for page in found["pages"]] == [
        ([SIGN_IN], False), (["B2C_1A_ProfileEdit"], True),
    ]  # fmt: skip
    assert latchkey("import", folder, "-o", path, "--json").json["unchanged"] == [str(path)]


def test_several_ways_to_sign_in(latchkey: Command, folder: Path, tmp_path: Path) -> None:
    """A sign-in journey of one's own beside the pack's, as in many of Microsoft's samples: never profile editing alone."""
    party = (folder / "SignUpOrSignin.xml").read_text(encoding="utf-8")
    (folder / "Staff.xml").write_text(
        party.replace(SIGN_IN, "B2C_1A_staff").replace('"CustomSignUpSignIn"', '"StaffSignIn"'), encoding="utf-8"
    )
    extensions = folder / "TrustFrameworkExtensions.xml"
    forgot = '            <ClaimsProviderSelection TargetClaimsExchangeId="ForgotPasswordExchange" />\n'
    text = extensions.read_text(encoding="utf-8").replace(forgot, "")  # as many choices as profile editing has
    start = text.index('    <UserJourney Id="CustomSignUpSignIn"')
    end = text.index("</UserJourney>", start) + len("</UserJourney>\n")
    again = text[start:end].replace("CustomSignUpSignIn", "StaffSignIn")
    extensions.write_text(text[:end] + again + text[end:], encoding="utf-8")
    path = tmp_path / "mine.latchkey.toml"
    done = latchkey("import", folder, "-o", path)
    assert (done.status, done.err) == (0, "")
    assert f'relying_parties = ["{SIGN_IN}"]' in path.read_text(encoding="utf-8")
    assert "B2C_1A_staff signs people in too, and stays as it is." in done.out
    assert "policies.relying_parties" in done.out
    found = latchkey("import", folder, "-o", path, "--json").json
    assert [(page["relying_parties"], page["profile_edit"]) for page in found["pages"]] == [
        ([SIGN_IN], False), (["B2C_1A_ProfileEdit"], True),
    ]  # fmt: skip
    assert found["other_sign_in"] == ["B2C_1A_staff"]


def test_policies_without_a_provider(latchkey: Command, folder: Path, tmp_path: Path) -> None:
    extensions = folder / "TrustFrameworkExtensions.xml"
    lines = extensions.read_text(encoding="utf-8").splitlines(keepends=True)
    ways = ('"WeChatExchange"', '"QQExchange"', '"ContosoExchange"')
    extensions.write_text("".join(one for one in lines if not any(way in one for way in ways)), encoding="utf-8")
    done = latchkey("import", folder, "-o", tmp_path / "mine.latchkey.toml")
    assert done.status == 0
    assert "No provider yet." in done.out
    assert "0 providers" not in done.out


def test_what_stands_against_a_draft_is_said_as_such(latchkey: Command, folder: Path, tmp_path: Path) -> None:
    for path in folder.iterdir():
        path.write_bytes(path.read_bytes().replace(b"contoso.onmicrosoft.com", b"your-own.onmicrosoft.com"))
    done = latchkey("import", folder, "-o", tmp_path / "mine.latchkey.toml")
    assert done.status == 0
    assert "B2C_1A_ProfileEdit lets people choose" in done.out
    assert "As they are, these policies can't take a draft: “your-own” is not a tenant name." in done.out
    assert "Not told apart" not in done.out


def test_files_that_a_tool_still_has_to_fill(latchkey: Command, folder: Path, tmp_path: Path) -> None:
    """As the extension for Visual Studio Code keeps them."""
    for path in folder.iterdir():
        path.write_bytes(path.read_bytes().replace(b"contoso.onmicrosoft.com", b"{Settings:Tenant}"))
    done = latchkey("import", folder, "-o", tmp_path / "mine.latchkey.toml")
    assert done.status == 1
    assert "“{Settings:Tenant}”" in done.told[0]
    assert "tool" in done.told[1]


def test_a_draft_that_says_something_else_is_not_overwritten(latchkey: Command, folder: Path, tmp_path: Path) -> None:
    path = draft(tmp_path, WECHAT, QQ, OWN)
    old = path.read_bytes()
    done = latchkey("import", folder, "-o", path)
    assert done.status == 1
    assert "--force" in done.told[1]
    assert path.read_bytes() == old
    assert latchkey("import", folder, "-o", path, "--force").status == 0
    assert path.read_bytes() != old
    for content_ in ("no draft", "format = 99"):
        path.write_text(content_, encoding="utf-8")
        for force in ([], ["--force"]):
            assert latchkey("import", folder, "-o", path, *force).status == 1
            assert path.read_text(encoding="utf-8") == content_


def test_a_profile_of_a_kind_nobody_knows_is_said(latchkey: Command, folder: Path, tmp_path: Path) -> None:
    path = folder / "TrustFrameworkExtensions.xml"
    path.write_bytes(
        path.read_bytes().replace(b"api.weixin.qq.com", b"sso.example").replace(b"open.weixin.qq.com", b"x.example")
    )
    done = latchkey("import", folder, "-o", tmp_path / "x.toml")
    assert done.status == 0
    assert "ordered and taken off" in done.out
    assert 'type = "existing"\nprofile = "WeChat-OAuth2"' in (tmp_path / "x.toml").read_text(encoding="utf-8")
    assert latchkey("compose", tmp_path / "x.toml", "--into", folder, "--json").json["written"] == []


# Undo ----------------------------------------------------------------------------------------------------------------


def test_undo_puts_back_byte_for_byte(latchkey: Command, folder: Path, tmp_path: Path) -> None:
    before = content(folder)
    assert latchkey("undo", folder).status == 1
    latchkey("compose", draft(tmp_path, NEW, WECHAT, QQ, OWN), "--into", folder)
    between = content(folder)
    latchkey("compose", draft(tmp_path, QQ, NEW, OWN), "--into", folder, "--remove-unlisted")
    listed = latchkey("undo", folder, "--list")
    assert (listed.status, len(listed.out.splitlines())) == (0, 2)
    assert "1 file " in listed.out
    after = content(folder)
    looked = latchkey("undo", folder, "--diff")
    assert (looked.status, content(folder)) == (0, after)
    assert "--- TrustFrameworkExtensions.xml" in looked.out
    done = latchkey("undo", folder)
    assert (done.status, done.err) == (0, "")
    assert "Put back 1 file" in done.out
    assert content(folder) == between
    found = latchkey("undo", folder, "--json").json
    assert found["restored"] == [f"{folder}/TrustFrameworkExtensions.xml"]
    assert content(folder) == before
    assert latchkey("undo", folder).status == 1
    assert [one["put_back"] for one in latchkey("undo", folder, "--list", "--json").json["kept"]] == [True, True]


def test_undo_leaves_what_somebody_changed_since_and_shows_it(latchkey: Command, folder: Path, tmp_path: Path) -> None:
    latchkey("compose", draft(tmp_path, NEW, WECHAT, QQ, OWN), "--into", folder)
    path = folder / "TrustFrameworkExtensions.xml"
    path.write_bytes(path.read_bytes() + b"<!-- later -->\n")
    before = content(folder)
    done = latchkey("undo", folder)
    assert done.status == 1
    assert path.name in done.told[0]
    assert "+<!-- later -->" in done.out
    found = latchkey("undo", folder, "--json")
    assert found.status == 1
    assert "+<!-- later -->" in found.json["diff"]
    assert content(folder) == before


def test_nothing_kept_is_told(latchkey: Command, folder: Path) -> None:
    done = latchkey("undo", folder, "--list")
    assert (done.status, done.err) == (0, "")
    assert "Nothing is kept" in done.out
    assert latchkey("undo", folder, "--list", "--json").json == {"kept": []}
