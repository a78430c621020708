"""`latchkey guide`."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.command import Command


def test_text(latchkey: Command, contoso: Path) -> None:
    done = latchkey("guide", contoso)
    assert (done.status, done.err) == (0, "")
    assert "https://login.contoso.com/contoso.onmicrosoft.com/oauth2/authresp" in done.out
    assert "WeChatSecret" in done.out


def test_json_has_the_contract_s_shape(latchkey: Command, contoso: Path) -> None:
    found = latchkey("guide", contoso, "--json").json
    assert {"providers", "policy_keys", "upload_order", "test_links"} <= set(found)
    assert [one["type"] for one in found["providers"]] == ["wechat", "qq", "openid-connect"]
    keys = {"type", "name", "portal_url", "callbacks", "steps", "client_id_is", "secret_is", "warnings"}
    assert all(keys <= set(one) for one in found["providers"])
    assert found["providers"][0]["callbacks"][0]["value"] == "login.contoso.com"
    assert found["upload_order"][0] == "B2C_1A_TrustFrameworkBase"
    assert all({"name", "usage", "options"} <= set(one) for one in found["policy_keys"])
    assert all({"policy", "url"} <= set(one) for one in found["test_links"])


def test_chinese(latchkey: Command, contoso: Path) -> None:
    for words in (["guide", contoso, "--language", "zh_CN"], ["--language", "zh_CN", "guide", contoso]):
        out = latchkey(*words).out
        assert "回调" in out
    assert latchkey("guide", contoso, "--language", "zh_CN", "--json").json["language"] == "zh_CN"


def test_a_page(latchkey: Command, contoso: Path, tmp_path: Path) -> None:
    page = tmp_path / "deep" / "guide.html"
    done = latchkey("guide", contoso, "--html", page)
    assert (done.status, done.out) == (0, f"Wrote {page}.\n")
    html = page.read_text(encoding="utf-8")
    assert html.startswith("<!DOCTYPE html>")
    assert "login.contoso.com" in html


def test_the_names_of_a_set(latchkey: Command, contoso: Path, composed: Path, tmp_path: Path) -> None:
    (composed / "PasswordReset.xml").unlink()
    assert "B2C_1A_PasswordReset" not in latchkey("guide", contoso, "--set", composed, "--json").json["upload_order"]
    empty = tmp_path / "empty"
    empty.mkdir()
    assert latchkey("guide", contoso, "--set", empty).status == 1
    assert latchkey("guide", contoso, "--set", tmp_path / "none").status == 2


@pytest.mark.parametrize("page", ["", "/", "/dev/null/x", "a\0b"])
def test_a_page_that_cannot_be_written(latchkey: Command, contoso: Path, page: str) -> None:
    done = latchkey("guide", contoso, "--html", page)
    assert (done.status, done.out) == (2, "")
    assert done.told


@pytest.mark.parametrize("option", ["--html", "--css"])
def test_a_file_of_another_kind_is_not_replaced(
    latchkey: Command, contoso: Path, composed: Path, tmp_path: Path, option: str
) -> None:
    draft = tmp_path / "mine.latchkey.toml"
    draft.write_bytes(contoso.read_bytes())
    for file in (draft, composed / "TrustFrameworkBase.xml"):
        old = file.read_bytes()
        done = latchkey("guide", draft, option, file)
        assert (done.status, done.out) == (1, "")
        assert f"{file} is there already" in done.told[0]
        assert option.removeprefix("--") in done.told[1]
        assert file.read_bytes() == old
    again = tmp_path / f"again.{option.removeprefix('--')}"
    again.write_text("of last week", encoding="utf-8")
    assert latchkey("guide", draft, option, again).status == 0
    empty = tmp_path / "as-mktemp-makes-it"
    empty.touch()
    assert latchkey("guide", draft, option, empty).status == 0


def test_a_draft_with_hardly_anything_in_it_has_a_guide(latchkey: Command, tmp_path: Path) -> None:
    draft = tmp_path / "x.latchkey.toml"
    for kind in ("custom", "user-flow"):
        draft.write_text(f'format = 1\n[policies]\nkind = "{kind}"\n', encoding="utf-8")
        assert latchkey("guide", draft).status == 0
        assert latchkey("guide", draft, "--json").json["providers"] == []


def test_a_user_flow_has_a_guide_without_files(latchkey: Command, tmp_path: Path) -> None:
    draft = tmp_path / "x.latchkey.toml"
    draft.write_text(
        'format = 1\n[tenant]\nname = "contoso"\n[policies]\nkind = "user-flow"\n'
        '[[providers]]\ntype = "qq"\nclient_id = "101000001"\n',
        encoding="utf-8",
    )
    found = latchkey("guide", draft, "--json").json
    assert (found["upload_order"], [one["type"] for one in found["providers"]]) == ([], ["qq"])


def test_the_css_for_buttons_without_an_icon(latchkey: Command, contoso: Path, composed: Path, tmp_path: Path) -> None:
    site = "https://shop.contoso.com/icons"
    printed = latchkey("guide", contoso, "--css", "-", "--pictures", site)
    assert printed.status == 0
    assert f'url("{site}/ContosoExchange.svg")' in printed.out
    assert "WeChatExchange" not in printed.out
    file = tmp_path / "buttons.css"
    done = latchkey("guide", contoso, "--css", file, "--design", "classic", "--set", composed, "--pictures", site)
    assert (done.status, done.out) == (0, f"Wrote {file}.\n")
    css = file.read_text(encoding="utf-8")
    assert "page design Classic" in css
    assert "#api #WeChatExchange {" in css
    found = latchkey("guide", contoso, "--json").json["button_css"]
    assert (found["design"], found["exchanges"]) == ("ocean-blue", ["ContosoExchange"])
    assert found["css"] == latchkey("guide", contoso, "--css", "-").out


def test_css_that_can_not_be_made(latchkey: Command, contoso: Path, tmp_path: Path) -> None:
    wrong = latchkey("guide", contoso, "--css", "-", "--pictures", "http://shop.contoso.com")
    assert (wrong.status, wrong.out) == (1, "")
    assert "https" in wrong.err
    assert latchkey("guide", contoso, "--css", "-", "--design", "nice").status == 2
    flow = tmp_path / "flow.latchkey.toml"
    text = contoso.read_text(encoding="utf-8")
    flow.write_text(
        text.replace('kind = "custom"', 'kind = "user-flow"').replace("accounts =", "# accounts ="), "utf-8"
    )
    done = latchkey("guide", flow, "--css", "-")
    assert (done.status, done.out) == (1, "")
    assert "user flow" in done.err
