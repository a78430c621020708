"""One provider: steps with ticks, credentials, settings, claims, identity; the secret goes to the keyring alone."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from keyring.errors import KeyringLocked
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit

from latchkey.draft import edits
from latchkey.draft.draft import ClaimSource, Provider
from latchkey.draft.store import dumps
from latchkey.gui.widgets.choice import Choice
from latchkey.gui.widgets.copy_row import CopyRow
from latchkey.gui.widgets.handover import HandOver
from latchkey.signing import expiry_of

SECRET = "0123456789abcdef0123456789abcdef"


@pytest.fixture
def show(contoso: Any, qtbot: Any) -> Callable[[int], Any]:
    """Shows the page of a row of the example: WeChat, QQ, Contoso employees."""

    def go(number: int) -> Any:
        contoso.session.go(f"provider:{contoso.session.draft.providers[number].key}")
        with qtbot.waitActive(contoso.window):
            contoso.window.activateWindow()
        return contoso.window.content.page

    return go


def provider(page: Any) -> Provider:
    return page.tools.session.draft.provider(page.key)


def type_into(qtbot: Any, editor: QLineEdit, text: str) -> None:
    editor.setFocus()
    editor.selectAll()
    qtbot.keyClick(editor, Qt.Key.Key_Delete)
    qtbot.keyClicks(editor, text)


def held(drawer: Any) -> dict[str, str]:
    return {name: secret for (_service, name), secret in drawer.held.items()}


# Register


def test_the_exact_callback_stands_at_its_step(show: Any) -> None:
    page = show(0)
    values = [copy.value for copy in page.register.findChildren(CopyRow)]
    assert values[0] == "login.contoso.com"
    page = show(1)
    values = [copy.value for copy in page.register.findChildren(CopyRow)]
    assert values[0] == "https://login.contoso.com/contoso.onmicrosoft.com/oauth2/authresp"


def test_a_tick_is_remembered_and_undone(show: Any) -> None:
    page = show(0)
    box = next(iter(page.register._boxes.values()))
    box.click()
    assert "wechat/register/1" in page.tools.session.draft.done
    page.tools.session.undo_stack.undo()
    assert not box.isChecked()


def test_help_says_what_the_guide_knows(show: Any) -> None:
    page = show(0)
    assert any("unionid" in text for text in page.good_to_know())
    assert page.good_to_know()[0].startswith("APP ID is public. APP KEY is a secret")


@pytest.mark.parametrize("code", ["en", "zh_CN"])
def test_the_sheet_to_hand_over_holds_the_values_and_no_secret(
    show: Any, qtbot: Any, tmp_path: Path, code: str
) -> None:
    page = show(0)
    dialog = HandOver(page.tools, page.tools.session.draft, page.key, "WeChat", page)
    dialog.language.show_value(code)
    file = tmp_path / "sheet.html"
    dialog.write(file, show=False)
    qtbot.waitUntil(lambda: dialog._job is None)
    sheet = file.read_text("utf-8")
    assert "login.contoso.com" in sheet
    assert ("请" in sheet or "登录" in sheet or "网站" in sheet) or code == "en"
    assert str(file) in dialog.said.text()
    dialog.deleteLater()


def test_a_sheet_that_cant_be_written_is_told(show: Any, qtbot: Any, tmp_path: Path) -> None:
    page = show(0)
    dialog = HandOver(page.tools, page.tools.session.draft, page.key, "WeChat", page)
    dialog.write(tmp_path, show=False)
    qtbot.waitUntil(lambda: dialog._job is None)
    assert "can't be written" in dialog.said.text()
    dialog.deleteLater()


# Credentials


def test_the_client_id_is_called_as_the_portal_calls_it(show: Any, qtbot: Any) -> None:
    page = show(0)
    field = page.credentials.client_id
    assert field.editor.accessibleName() == "APP ID (Azure calls it the client ID)"
    type_into(qtbot, field.editor, "wx1111222233334444")
    assert provider(page).client_id == "wx1111222233334444"
    page.tools.session.undo_stack.undo()
    assert field.text() == "wx0123456789abcdef"


def test_an_odd_client_id_is_said_while_typing(show: Any, qtbot: Any) -> None:
    page = show(0)
    type_into(qtbot, page.credentials.client_id.editor, SECRET)
    assert "APP KEY" in page.credentials.client_id._finding.text()


def test_a_pasted_secret_goes_into_the_keyring_at_once(show: Any, qtbot: Any, drawer: Any) -> None:
    page = show(0)
    field = page.credentials.secret
    QApplication.clipboard().setText(f"{SECRET}\n")
    field.editor.setFocus()
    field.editor.paste()
    field.editor.textEdited.emit(field.editor.text())
    qtbot.waitUntil(field._kept.isVisible)
    assert held(drawer) == {"contoso/wechatsecret": SECRET}
    assert field.editor.text() == ""
    assert "Stored in this computer's keyring" in field._place.text()
    assert SECRET not in dumps(page.tools.session.draft)
    assert not page.tools.session.undo_stack.canUndo()


def test_a_typed_secret_waits_for_enter_or_for_leaving_the_field(show: Any, qtbot: Any, drawer: Any) -> None:
    page = show(0)
    field = page.credentials.secret
    type_into(qtbot, field.editor, SECRET)
    assert held(drawer) == {}
    page.credentials.client_id.editor.setFocus()
    qtbot.waitUntil(lambda: bool(held(drawer)))


def test_what_looks_wrong_is_only_stored_when_asked(show: Any, qtbot: Any, drawer: Any) -> None:
    page = show(2)
    field = page.credentials.secret
    type_into(qtbot, field.editor, "00001111-aaaa-2222-bbbb-444455556666")
    assert "looks like the id of a secret" in field._doubt.text()
    assert field.store.text() == "Store anyway"
    page.credentials.client_id.editor.setFocus()
    page.leave()
    assert held(drawer) == {}
    field.store.click()
    qtbot.waitUntil(lambda: bool(held(drawer)))


def test_a_stored_secret_is_shown_only_when_asked_and_hidden_again(show: Any, qtbot: Any, contoso: Any) -> None:
    page = show(0)
    field = page.credentials.secret
    contoso.tools.vault.store("contoso", "WeChatSecret", SECRET)
    qtbot.waitUntil(field._kept.isVisible)
    assert not field._shown.isVisible()
    field.reveal.click()
    qtbot.waitUntil(lambda: field._shown.text() == SECRET)
    page.leave()
    assert field._shown.text() == ""


def test_a_stored_secret_is_replaced_or_kept(show: Any, qtbot: Any, contoso: Any, drawer: Any) -> None:
    page = show(0)
    field = page.credentials.secret
    contoso.tools.vault.store("contoso", "WeChatSecret", SECRET)
    qtbot.waitUntil(field._kept.isVisible)
    field.replace.click()
    assert field.editor.isVisible()
    field.keep.click()
    assert field._kept.isVisible()
    field.replace.click()
    type_into(qtbot, field.editor, SECRET[::-1])
    qtbot.keyClick(field.editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: held(drawer) == {"contoso/wechatsecret": SECRET[::-1]})
    qtbot.waitUntil(field._kept.isVisible)


def test_a_stored_secret_is_removed(show: Any, qtbot: Any, contoso: Any, drawer: Any) -> None:
    page = show(0)
    field = page.credentials.secret
    contoso.tools.vault.store("contoso", "WeChatSecret", SECRET)
    qtbot.waitUntil(field._kept.isVisible)
    field.remove.click()
    qtbot.waitUntil(field.editor.isVisible)
    assert held(drawer) == {}


def test_a_locked_keyring_loses_nothing(
    show: Any, qtbot: Any, contoso: Any, drawer: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = show(0)
    field = page.credentials.secret

    def locked(*_arguments: str) -> None:
        raise KeyringLocked

    monkeypatch.setattr(drawer, "set_password", locked)
    type_into(qtbot, field.editor, SECRET)
    qtbot.keyClick(field.editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "keyring is locked" in field._for_now.text())
    assert "memory, until Latchkey is closed" in field._place.text()
    assert field.editor.text() == ""
    field.again.click()  # still locked
    qtbot.waitUntil(field.again.isEnabled)
    assert held(drawer) == {}
    monkeypatch.undo()
    field.again.click()
    qtbot.waitUntil(lambda: held(drawer) == {"contoso/wechatsecret": SECRET})
    qtbot.waitUntil(lambda: not field.again.isVisible())
    assert "keyring" in field._place.text()
    assert field._for_now.text() == ""


def test_a_keyring_that_does_not_answer_is_said_and_the_window_goes_on(
    show: Any, qtbot: Any, drawer: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = show(0)
    field, answer, original = page.credentials.secret, threading.Event(), drawer.set_password

    def slow(*arguments: str) -> None:
        answer.wait(20)
        original(*arguments)

    monkeypatch.setattr(drawer, "set_password", slow)
    page.tools.vault._long.setInterval(50)
    type_into(qtbot, field.editor, SECRET)
    qtbot.keyClick(field.editor, Qt.Key.Key_Return)
    qtbot.waitUntil(field._slow.isVisible)
    assert "asks for its password" in field._slow.text()
    answer.set()
    qtbot.waitUntil(lambda: held(drawer) == {"contoso/wechatsecret": SECRET})
    qtbot.waitUntil(lambda: not field._slow.isVisible())


def test_the_field_does_not_bring_a_secret_back(show: Any, qtbot: Any, drawer: Any) -> None:
    field = show(0).credentials.secret
    type_into(qtbot, field.editor, SECRET)
    qtbot.keyClick(field.editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: held(drawer) != {})
    qtbot.waitUntil(lambda: field.editor.text() == "")
    assert not field.editor.isUndoAvailable()
    assert field.editor.inputMethodHints() & Qt.InputMethodHint.ImhSensitiveData


def test_a_shown_secret_can_not_be_marked_and_its_copy_is_a_secret(show: Any, qtbot: Any, contoso: Any) -> None:
    field = show(0).credentials.secret
    contoso.tools.vault.store("contoso", "WeChatSecret", SECRET)
    qtbot.waitUntil(field.reveal.isVisible)
    field.reveal.click()
    qtbot.waitUntil(lambda: field._shown.text() == SECRET)
    qtbot.mouseDClick(field._shown, Qt.MouseButton.LeftButton)
    qtbot.keyClick(field._shown, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(field._shown, Qt.Key.Key_End, Qt.KeyboardModifier.ShiftModifier)
    assert field._shown.selectedText() == ""
    QApplication.clipboard().setText("mine")
    qtbot.keyClick(field._shown, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: QApplication.clipboard().text() == SECRET)
    assert QApplication.clipboard().mimeData().data("x-kde-passwordManagerHint") == b"secret"
    contoso.tools.clipboard.forget()
    assert QApplication.clipboard().text() == ""


def test_without_a_tenant_nothing_can_be_stored_and_a_link_goes_there(show: Any, qtbot: Any, drawer: Any) -> None:
    page = show(0)
    page.do(edits.set_tenant_name(""))
    field = page.credentials.secret
    type_into(qtbot, field.editor, SECRET)
    assert not field.store.isEnabled()
    qtbot.keyClick(field.editor, Qt.Key.Key_Return)
    assert held(drawer) == {}
    field._tenant.click()
    assert page.tools.session.step == "tenant"


def test_a_stored_secrets_name_does_not_follow_the_button_any_more(show: Any, qtbot: Any, drawer: Any) -> None:
    page = show(2)
    page.do(edits.set_provider_id(page.key, "", "it"))
    type_into(qtbot, page.credentials.secret.editor, "kF8Q~something")
    qtbot.keyClick(page.credentials.secret.editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(held(drawer)))
    assert provider(page).policy_key == "ContosoEmployeesSecret"
    page.do(edits.rename_provider(page.key, "Fabrikam", "it"))
    assert page.secret_name() == ("contoso", "ContosoEmployeesSecret")


def test_without_need_of_a_secret_none_is_asked_for(show: Any) -> None:
    page = show(2)
    page.do(edits.set_setting(page.key, "response_type", "id_token", "it"))
    assert not page.credentials.secret.isVisible()
    assert not page.credentials.remind.isVisible()


def test_the_day_of_expiry_is_kept_and_counted(show: Any, qtbot: Any) -> None:
    page = show(0)
    part = page.credentials
    assert not part._expiry.isVisible()
    part.remind.click()
    type_into(qtbot, part.expires.editor, "2027-13-01")
    assert "year-month-day" in part.expires._finding.text()
    assert provider(page).secret_expires is None
    day = date.today() + timedelta(days=10)
    type_into(qtbot, part.expires.editor, day.isoformat())
    assert provider(page).secret_expires == day
    assert part._left.text().startswith("10 days left.")
    assert part._left.property("role") == "attention"
    type_into(qtbot, part.expires.editor, "2020-01-01")
    assert "has expired" in part._left.text()


# Settings


def test_settings_are_the_types_own_and_are_undone(show: Any, qtbot: Any) -> None:
    page = show(2)
    assert [field.field for field in page.settings.settings] == [
        "settings.metadata_url",
        "settings.response_type",
        "settings.response_mode",
        "settings.scope",
        "settings.client_authentication",
    ]
    scope = page.settings.settings[3]
    type_into(qtbot, scope.editor, "openid")
    assert provider(page).settings["scope"] == "openid"
    page.tools.session.undo_stack.undo()
    assert scope.text() == "openid profile email"


def test_a_choice_is_made_with_the_keyboard(show: Any, qtbot: Any) -> None:
    page = show(2)
    choice: Choice = page.settings.settings[1].editor
    choice.setFocus()
    qtbot.keyClick(choice, Qt.Key.Key_Down)
    assert provider(page).settings["response_type"] == "id_token"
    page.tools.session.undo_stack.undo()
    assert choice.value() == "code"


def test_a_wrong_address_is_refused_under_its_field(show: Any, qtbot: Any) -> None:
    page = show(2)
    address = page.settings.settings[0]
    type_into(qtbot, address.editor, "login.contoso.example")
    assert "is not a full address" in address._finding.text()
    assert address.editor.property("state") == "refusal"


def test_the_text_of_the_button_in_both_languages(show: Any, qtbot: Any) -> None:
    page = show(0)
    assert page.settings.name.editor.placeholderText() == "WeChat"
    assert page.settings.chinese.editor.placeholderText() == "微信"
    type_into(qtbot, page.settings.name.editor, "Weixin")
    assert page.settings.chinese.editor.placeholderText() == "Weixin"
    assert page.title() == "Set up Weixin"
    page.settings.chinese.editor.setText("微信登录")
    page.settings.chinese.editor.textEdited.emit("微信登录")
    assert dict(provider(page).names) == {"zh-Hans": "微信登录"}


def test_folded_settings_open_for_a_finding(show: Any) -> None:
    page = show(1)
    assert not page.settings.policy_key.isVisible()
    page.do(edits.set_policy_key(page.key, "not a name", "it"))
    finding = next(one for one in page.tools.session.findings if one.field.endswith("policy_key"))
    assert page.focus_field(finding)
    assert page.settings.policy_key.isVisible()


# Claims


def row_of(page: Any, claim: str) -> Any:
    return next(row for row in page.claims.rows if row.claim == claim)


def test_claims_are_edited_and_undone(show: Any, qtbot: Any) -> None:
    page = show(0)
    row = row_of(page, "givenName")
    assert "can type it on a page" in row._message.text()
    type_into(qtbot, row.editor, "first")
    assert provider(page).claims["givenName"] == ClaimSource("first")
    assert not row._message.isVisible()
    page.tools.session.undo_stack.undo()
    assert row.editor.text() == ""


def test_a_default_is_typed_beside_it(show: Any, qtbot: Any) -> None:
    page = show(2)
    row = row_of(page, "email")
    type_into(qtbot, row.default, "nobody@contoso.com")
    assert provider(page).claims["email"] == ClaimSource("email", "nobody@contoso.com")


def test_a_claim_goes_back_to_its_default(show: Any, qtbot: Any) -> None:
    page = show(2)
    row = row_of(page, "displayName")
    assert not row.drop.isVisible()
    type_into(qtbot, row.editor, "nickname")
    row.drop.click()
    assert "displayName" not in provider(page).claims
    assert row.editor.text() == "name"


def test_the_number_of_a_person_cant_be_left_out(show: Any, qtbot: Any) -> None:
    page = show(0)
    row = row_of(page, "issuerUserId")
    row.editor.setFocus()
    row.editor.selectAll()
    qtbot.keyClick(row.editor, Qt.Key.Key_Delete)
    assert "person's number" in row._message.text()
    assert row._message.property("role") == "refusal"


def test_another_claim_is_added_renamed_and_removed(show: Any, qtbot: Any) -> None:
    page = show(2)
    type_into(qtbot, page.claims._another, "phoneNumber")
    qtbot.keyClick(page.claims._another, Qt.Key.Key_Return)
    row = row_of(page, "phoneNumber")
    qtbot.waitUntil(row.editor.hasFocus)
    qtbot.keyClicks(row.editor, "phone_number")
    assert provider(page).claims["phoneNumber"] == ClaimSource("phone_number")
    row.name_editor.setText("mobile")
    qtbot.keyClick(row.name_editor, Qt.Key.Key_Return)
    assert provider(page).claims["mobile"] == ClaimSource("phone_number")
    row_of(page, "mobile").drop.click()
    assert "mobile" not in provider(page).claims


def test_an_impossible_name_for_a_claim_is_refused(show: Any, qtbot: Any) -> None:
    page = show(2)
    before = page.tools.session.draft
    type_into(qtbot, page.claims._another, "1 claim")
    page.claims._add.click()
    assert page.claims._refused.isVisible()
    assert page.tools.session.draft == before


def test_a_reserved_claim_is_found(show: Any, qtbot: Any) -> None:
    page = show(2)
    type_into(qtbot, page.claims._another, "objectId")
    page.claims._add.click()
    assert "Azure sets" in row_of(page, "objectId")._message.text()


# Identity


def test_both_halves_of_a_person_are_named(show: Any) -> None:
    page = show(0)
    assert page.identity.warning.text().startswith("WeChat's unionid and the name of the provider")
    assert not page.identity.choice.isVisible()


def test_any_provider_may_have_a_fixed_word(show: Any, qtbot: Any) -> None:
    page = show(2)
    assert page.identity.choice.isVisible()
    assert not page.identity.value.isVisible()
    page.identity.choice._cards["fixed"].radio.click()
    assert provider(page).identity_provider == "contoso.com"
    type_into(qtbot, page.identity.value.editor, "contoso")
    assert provider(page).identity_provider == "contoso"
    page.identity.value.editor.selectAll()
    qtbot.keyClick(page.identity.value.editor, Qt.Key.Key_Delete)
    assert provider(page).identity_provider == "contoso"
    assert "can't be empty" in page.identity.value._finding.text()
    page.identity.choice._cards["claim"].radio.click()
    assert provider(page).identity_provider is None


# The whole


def test_the_links_go_to_the_sections(show: Any, contoso: Any, qtbot: Any) -> None:
    page = show(2)
    contoso.window.resize(1280, 720)
    bar = contoso.window.stack.currentWidget().verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    page._jumps[3].click()
    assert bar.value() > 500
    assert page._jumps[3].accessibleName() == "Go to Claims"


def test_undo_that_takes_the_provider_away_closes_its_page(contoso: Any) -> None:
    session = contoso.session
    session.do(edits.add_provider("qq", "QQ", "p9"))
    session.go("provider:p9")
    session.undo_stack.undo()
    assert session.step != "provider:p9"


@pytest.fixture
def existing(contoso: Any) -> Any:
    session = contoso.session
    session.do(edits.add_provider("existing", "Own", "p9", profile="Our-Own-IdP"))
    session.go("provider:p9")
    return contoso.window.content.page


def test_one_that_was_there_before_is_only_named(existing: Any) -> None:
    assert existing.title() == "Our-Own-IdP"
    assert existing.why() == ""


# A secret that is made from a key file


def apple_page(contoso: Any, show: Any, **settings: str) -> Any:
    from latchkey.draft.draft import frozen

    session = contoso.session
    session.do(edits.add_provider("apple", "Apple", "p9", client_id="com.contoso.signin", settings=frozen(settings)))
    return show(len(session.draft.providers) - 1)


@pytest.fixture
def key_file(tmp_path: Path) -> Path:
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    data = ec.generate_private_key(ec.SECP256R1()).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file = tmp_path / "AuthKey_F6G7H8I9J0.p8"
    file.write_bytes(data)
    return file


def test_apples_secret_is_made_from_its_key(
    contoso: Any, show: Any, drawer: Any, qtbot: Any, key_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = apple_page(contoso, show, team_id="A1B2C3D4E5")
    part = page.credentials
    assert part.signed.isVisible()
    assert part.signed.choose.text().startswith("Make")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_rest: (str(key_file), ""))
    with qtbot.waitSignal(page.tools.vault.kept):
        qtbot.mouseClick(part.signed.choose, Qt.MouseButton.LeftButton)
    (token,) = drawer.held.values()
    assert provider(page).secret_expires == expiry_of(token)
    assert part.signed.choose.text().startswith("Renew")
    assert part.expires.isVisible()
    assert token not in dumps(page.tools.session.draft)
    page.tools.session.undo_stack.undo()
    assert provider(page).secret_expires is None


def test_a_wrong_key_file_is_said_under_the_button(
    contoso: Any, show: Any, drawer: Any, qtbot: Any, key_file: Path
) -> None:
    page = apple_page(contoso, show)
    part = page.credentials
    part.signed.make_from(key_file)
    qtbot.waitUntil(part.signed._wrong.isVisible)
    assert "Team ID" in part.signed._wrong.text()
    key_file.write_text("hush", "utf-8")
    page.do(edits.set_setting(page.key, "team_id", "A1B2C3D4E5", "Apple"))
    assert not part.signed._wrong.isVisible()
    part.signed.make_from(key_file)
    qtbot.waitUntil(part.signed._wrong.isVisible)
    assert "hush" not in part.signed._wrong.text()
    assert not held(drawer)
    assert provider(page).secret_expires is None


def test_other_secrets_are_not_made(show: Any) -> None:
    assert not show(0).credentials.signed.isVisible()
