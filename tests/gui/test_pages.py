"""Start, Your tenant, Accounts, Save, Go live: each shows the draft, changes it, and can be undone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton

from latchkey.draft import edits, store
from latchkey.draft.draft import Draft
from latchkey.gui.widgets.copy_row import CopyRow
from latchkey.gui.widgets.tick_box import TickBox

Settled = Callable[[Any], None]


def page(wizard: Any, step: str) -> Any:
    """Go to a step; its page."""
    wizard.session.go(step)
    return wizard.window.content.page


def choose(options: Any, value: str, qtbot: Any) -> None:
    """Press the card of a value, beside its radio button."""
    card = options._cards[value]
    qtbot.mouseClick(card, Qt.MouseButton.LeftButton, pos=QPoint(card.width() - 6, card.height() - 6))


def type_into(row: Any, text: str, qtbot: Any) -> None:
    """Type letter by letter over what stands there."""
    row.editor.selectAll()
    qtbot.keyClicks(row.editor, text)


def paste_into(row: Any, text: str, qtbot: Any) -> None:
    """Paste over what stands there."""
    QGuiApplication.clipboard().setText(text)
    row.editor.selectAll()
    qtbot.keyClick(row.editor, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)


# Start


def test_the_kind_is_chosen_by_pressing_its_card(wizard: Any, qtbot: Any) -> None:
    start = page(wizard, "start")
    assert start.already.isVisible()
    choose(start.kind, "user-flow", qtbot)
    assert wizard.session.draft.policies.kind == "user-flow"
    assert start.flow.isVisible()
    assert not start.already.isVisible()
    type_into(start.flow, "B2C_1_shop", qtbot)
    assert wizard.session.draft.user_flow.name == "B2C_1_shop"
    wizard.session.undo_stack.undo()
    wizard.session.undo_stack.undo()
    assert start.already.isVisible()
    assert wizard.session.draft == Draft()


def test_a_tenant_with_policies_asks_for_a_prefix(wizard: Any, qtbot: Any) -> None:
    start = page(wizard, "start")
    assert not start.prefix.isVisible()
    choose(start.already, "yes", qtbot)
    assert start.prefix.isVisible()
    type_into(start.prefix, "Shop_", qtbot)
    assert wizard.session.draft.policies.id_prefix == "Shop_"
    assert "B2C_1A_Shop_TrustFrameworkBase" in start.prefix._hint.text()
    choose(start.already, "no", qtbot)
    assert wizard.session.draft.policies.id_prefix == ""
    assert not start.prefix.isVisible()


def test_recent_drafts_are_offered_and_open(contoso: Any, tmp_path: Path) -> None:
    other = tmp_path / "other.latchkey.toml"
    other.write_bytes(contoso.keeper.file.read_bytes().replace(b'"contoso"', b'"fabrikam"'))
    first = contoso.keeper.file
    contoso.window.content.files.open(other)
    start = page(contoso, "start")
    link = next(made for made in start.findChildren(QPushButton) if made.text() == first.name)
    link.click()
    assert contoso.keeper.file == first
    assert contoso.session.draft.tenant.name == "contoso"


def test_a_draft_is_opened_saved_and_begun_by_its_commands(
    contoso: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / "copy.latchkey.toml"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_given: (str(copy), ""))
    contoso.window.acts["save_as"].trigger()
    assert store.load(copy) == contoso.session.draft
    contoso.window.acts["new"].trigger()
    assert contoso.session.draft == Draft()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_given: (str(copy), ""))
    contoso.window.acts["open"].trigger()
    assert contoso.keeper.file == copy


# Your tenant


def test_typing_shows_the_addresses_at_once(wizard: Any, qtbot: Any) -> None:
    tenant = page(wizard, "tenant")
    assert not tenant._card.isVisible()
    type_into(tenant.name, "contoso", qtbot)
    assert tenant.address.value == "https://contoso.b2clogin.com/contoso.onmicrosoft.com/B2C_1A_signup_signin"
    assert tenant.callback.value == "https://contoso.b2clogin.com/contoso.onmicrosoft.com/oauth2/authresp"
    choose(tenant.cloud, "china", qtbot)
    assert tenant.callback.value == "https://contoso.b2clogin.cn/contoso.partner.onmschina.cn/oauth2/authresp"
    type_into(tenant.domain, "login.contoso.com", qtbot)
    assert tenant.callback.value.startswith("https://login.contoso.com/contoso.partner.onmschina.cn/")
    assert wizard.session.undo_stack.count() == 3


@pytest.mark.parametrize(
    ("pasted", "name", "cloud", "domain"),
    [
        ("contoso.onmicrosoft.com", "contoso", "global", ""),
        ("https://portal.azure.cn/#@contoso.partner.onmschina.cn/resource/x", "contoso", "china", ""),
        ("https://login.contoso.com/contoso.onmicrosoft.com/oauth2/authresp", "contoso", "global", "login.contoso.com"),
        ("Domain name: contoso.onmicrosoft.com", "contoso", "global", ""),
    ],
)
def test_anything_pasted_is_understood_and_said_back(
    wizard: Any, qtbot: Any, pasted: str, name: str, cloud: str, domain: str
) -> None:
    tenant = page(wizard, "tenant")
    paste_into(tenant.name, pasted, qtbot)
    found = wizard.session.draft.tenant
    assert (found.name, found.cloud, found.custom_domain) == (name, cloud, domain)
    assert tenant.name.text() == name
    assert "contoso" in tenant.understood.text()
    assert tenant.understood.isVisible()
    wizard.session.undo_stack.undo()
    assert wizard.session.draft == Draft()


def test_what_is_not_understood_is_said_in_red_and_stays(wizard: Any, qtbot: Any) -> None:
    tenant = page(wizard, "tenant")
    paste_into(tenant.name, "con toso", qtbot)
    assert wizard.session.draft.tenant.name == "con toso"
    assert tenant.name._finding.isVisible()
    assert tenant.name._finding.property("role") == "refusal"
    assert "con toso" in tenant.name._finding.text()
    assert "con toso" in tenant.name.editor.accessibleDescription()


def test_a_control_character_is_refused_under_its_field(wizard: Any, qtbot: Any) -> None:
    tenant = page(wizard, "tenant")
    tenant.domain.editor.setText("login\x07.contoso.com")
    tenant.domain.editor.textEdited.emit("login\x07.contoso.com")
    assert wizard.session.draft == Draft()
    assert "U+0007" in tenant.domain._finding.text()
    assert tenant.domain._finding.property("role") == "refusal"


def test_a_missing_answer_is_amber_and_only_after_a_visit(wizard: Any) -> None:
    tenant = page(wizard, "tenant")
    assert not tenant.name._finding.isVisible()
    page(wizard, "accounts")
    tenant = page(wizard, "tenant")
    assert tenant.name._finding.isVisible()
    assert tenant.name._finding.property("role") == "attention"


def test_a_wrong_answer_is_red_at_once(contoso: Any, qtbot: Any) -> None:
    tenant = page(contoso, "tenant")
    type_into(tenant.domain, "https://login.contoso.com/", qtbot)
    assert tenant.domain._finding.isVisible()
    assert tenant.domain.editor.property("state") == "refusal"
    type_into(tenant.domain, "login.contoso.com", qtbot)
    assert not tenant.domain._finding.isVisible()


# Accounts


def test_a_forgotten_password_and_a_missing_address_are_asked_about(contoso: Any, qtbot: Any) -> None:
    accounts = page(contoso, "accounts")
    assert accounts.embedded_reset.isChecked()
    qtbot.mouseClick(accounts.embedded_reset, Qt.MouseButton.LeftButton)
    assert contoso.session.draft.policies.password_reset == "separate"
    assert any("AADB2C90118" in line for line in accounts.good_to_know())
    qtbot.mouseClick(accounts.embedded_reset, Qt.MouseButton.LeftButton)
    assert contoso.session.draft.policies.password_reset == ""
    choose(accounts.ask_email, "verified", qtbot)
    assert contoso.session.draft.policies.ask_email == "verified"
    choose(accounts.ask_email, "no", qtbot)
    assert contoso.session.draft.policies.ask_email == ""
    choose(accounts.accounts, "social", qtbot)
    assert not accounts.embedded_reset.isVisible()
    assert accounts.ask_email.isVisible()


def test_accounts_show_what_belongs_to_them(wizard: Any, qtbot: Any) -> None:
    accounts = page(wizard, "accounts")
    choose(accounts.accounts, "social", qtbot)
    assert wizard.session.draft.policies.accounts == "social"
    assert not accounts.password_reset.isVisible()
    assert not accounts.ief.isVisible()
    choose(accounts.accounts, "social-and-local", qtbot)
    assert accounts.password_reset.isVisible()
    assert accounts.password_reset.isChecked()
    type_into(accounts.ief, "11111111-2222-4333-8444-555555555555", qtbot)
    assert wizard.session.draft.policies.ief_app_id == "11111111-2222-4333-8444-555555555555"
    while wizard.session.undo_stack.canUndo():
        wizard.session.undo_stack.undo()
    assert wizard.session.draft == Draft()


def test_journeys_are_chosen_and_all_of_them_is_the_default(contoso: Any, qtbot: Any) -> None:
    accounts = page(contoso, "accounts")
    qtbot.mouseClick(accounts.profile_edit, Qt.MouseButton.LeftButton)
    assert contoso.session.draft.policies.include == ("password-reset",)
    qtbot.mouseClick(accounts.password_reset, Qt.MouseButton.LeftButton)
    assert contoso.session.draft.policies.include == ()
    qtbot.mouseClick(accounts.profile_edit, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(accounts.password_reset, Qt.MouseButton.LeftButton)
    assert contoso.session.draft.policies.include is None


def test_the_same_id_twice_is_said(contoso: Any, qtbot: Any) -> None:
    accounts = page(contoso, "accounts")
    type_into(accounts.proxy, contoso.session.draft.policies.ief_app_id, qtbot)
    assert accounts.proxy._finding.isVisible()


# Save


def test_saving_writes_what_it_said_and_says_so(contoso: Any, qtbot: Any, settled: Settled, tmp_path: Path) -> None:
    save = page(contoso, "save")
    settled(contoso)
    assert not save.write.isEnabled()
    save.choose_folder(tmp_path / "policies")
    settled(contoso)
    assert save.write.isEnabled()
    assert save.own_primary()
    assert "6 files are new" in save._summary.text()
    assert not (tmp_path / "policies").exists()
    save.write.click()
    qtbot.waitUntil(lambda: "save" in contoso.session.finished)
    written = {path.name: path.read_bytes() for path in (tmp_path / "policies").iterdir()}
    assert written == {file.file: file.data for file in contoso.session.composed.composed.files}
    assert not save.write.isEnabled()
    assert save.open.isVisible()
    assert contoso.window.bottom.next.property("look") == "primary"


def test_what_was_written_is_put_back(contoso: Any, qtbot: Any, settled: Settled, tmp_path: Path) -> None:
    save = page(contoso, "save")
    folder = tmp_path / "policies"
    folder.mkdir()
    save.choose_folder(folder)
    settled(contoso)
    assert not save.back.isVisible()
    save.write.click()
    qtbot.waitUntil(lambda: contoso.session.composed.written)
    settled(contoso)
    save.back.click()
    qtbot.waitUntil(lambda: not contoso.session.composed.written)
    settled(contoso)
    assert list(folder.iterdir()) == []
    assert save.write.isEnabled()
    assert not save.back.isVisible()


def test_nothing_is_put_back_over_a_change_by_hand(contoso: Any, qtbot: Any, settled: Settled, tmp_path: Path) -> None:
    save = page(contoso, "save")
    save.choose_folder(tmp_path / "policies")
    settled(contoso)
    save.write.click()
    qtbot.waitUntil(lambda: contoso.session.composed.written)
    settled(contoso)
    (tmp_path / "policies" / "SignUpOrSignin.xml").write_bytes(b"mine")
    save.back.click()
    qtbot.waitUntil(contoso.window.content.notice.isVisible)
    settled(contoso)
    assert (tmp_path / "policies" / "SignUpOrSignin.xml").read_bytes() == b"mine"
    assert (tmp_path / "policies" / "ProfileEdit.xml").exists()


def test_a_change_after_saving_is_a_change_to_write(contoso: Any, qtbot: Any, settled: Settled, tmp_path: Path) -> None:
    save = page(contoso, "save")
    save.choose_folder(tmp_path)
    settled(contoso)
    save.write.click()
    qtbot.waitUntil(lambda: "save" in contoso.session.finished)
    contoso.session.do(edits.move_provider(contoso.session.draft.providers[0].key, 1, "WeChat"))
    settled(contoso)
    assert "save" not in contoso.session.finished
    assert "change" in save._summary.text()
    assert save.write.isEnabled()
    contoso.session.undo_stack.undo()
    settled(contoso)
    assert "save" in contoso.session.finished


def test_files_in_the_way_are_named_and_nothing_is_written(contoso: Any, settled: Settled, tmp_path: Path) -> None:
    save = page(contoso, "save")
    settled(contoso)
    file = contoso.session.composed.composed.files[0]
    (tmp_path / file.file).write_bytes(file.data.replace(b"Written by Latchkey", b"Written by me"))
    save.choose_folder(tmp_path)
    settled(contoso)
    assert not save.write.isEnabled()
    assert file.file in save._note_text.text()
    assert save._note.property("role") == "note-refusal"


def test_a_folder_that_can_t_be_written_is_one_clear_line(
    contoso: Any, qtbot: Any, settled: Settled, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    save = page(contoso, "save")
    save.choose_folder(tmp_path / "file" / "policies")
    settled(contoso)
    if save.write.isEnabled():
        save.write.click()
        qtbot.waitUntil(contoso.window.content.notice.isVisible)
    else:
        assert save._note.isVisible()
    assert (tmp_path / "file").read_text(encoding="utf-8") == ""
    settled(contoso)


def test_an_unfinished_draft_can_t_be_written_and_says_where_to_look(
    wizard: Any, settled: Settled, tmp_path: Path
) -> None:
    save = page(wizard, "save")
    save.choose_folder(tmp_path)
    settled(wizard)
    assert not save.write.isEnabled()
    assert save._note.isVisible()
    assert save._note.property("role") == "note-attention"


def test_the_folder_is_remembered_with_the_draft(contoso: Any, settled: Settled, tmp_path: Path) -> None:
    page(contoso, "save").choose_folder(tmp_path / "policies")
    file = contoso.keeper.file
    contoso.keeper.new()
    assert contoso.session.folder is None
    contoso.keeper.open(file)
    assert contoso.session.folder == tmp_path / "policies"


# Go live


def test_ticks_are_kept_in_the_draft_and_counted(contoso: Any, qtbot: Any, settled: Settled) -> None:
    live = page(contoso, "go-live")
    settled(contoso)
    part = live._parts["prepare"]
    box = part.view._boxes["go-live/prepare/1"]
    qtbot.mouseClick(box, Qt.MouseButton.LeftButton)
    assert contoso.session.draft.done == {"go-live/prepare/1"}
    assert part.fold.pill.text() == "1 of 1 done"
    contoso.session.undo_stack.undo()
    assert not box.isChecked()
    assert part.fold.pill.text() == "0 of 1 done"


def test_keys_uploads_and_links_can_all_be_ticked(contoso: Any, settled: Settled) -> None:
    live = page(contoso, "go-live")
    settled(contoso)
    guide = contoso.session.composed.guide
    boxes = {name for part in live._parts.values() for name in part.view._boxes}
    for each in (*guide.policy_keys, *guide.uploads, *guide.test_links):
        assert each.id in boxes
    assert all(box.accessibleName() for box in live.findChildren(TickBox))


def test_sections_open_and_close(contoso: Any, settled: Settled) -> None:
    live = page(contoso, "go-live")
    settled(contoso)
    fold = live._parts["keys"].fold
    assert not fold.content.isVisible()
    fold.head.click()
    assert fold.content.isVisible()
    assert fold.head.accessibleName().endswith("open")
    assert live._parts["prepare"].fold.content.isVisible()


def test_the_test_applications_id_completes_the_links(contoso: Any, qtbot: Any, settled: Settled) -> None:
    live = page(contoso, "go-live")
    settled(contoso)
    live._parts["test-app"].fold.open(True)
    live._parts["test"].fold.open(True)
    type_into(live.app_id, "22222222-2222-4333-8444-555555555555", qtbot)
    settled(contoso)
    links = [row.value for row in live._parts["test"].findChildren(CopyRow)]
    assert links
    assert all("22222222-2222-4333-8444-555555555555" in link for link in links)
    assert live.app_id.text() == "22222222-2222-4333-8444-555555555555"


def test_a_finding_on_the_test_application_opens_its_section(contoso: Any, settled: Settled) -> None:
    page(contoso, "start")
    contoso.session.do(edits.set_test_app_id("not an id"))
    settled(contoso)
    finding = next(f for f in contoso.session.findings if f.field == "policies.test_app_id")
    contoso.window.activateWindow()
    contoso.window.content.go_to(finding)
    live = contoso.window.content.page
    assert live.step == "go-live"
    settled(contoso)
    contoso.window.content.go_to(finding)
    assert live._parts["test-app"].fold.content.isVisible()
    assert contoso.window.focusWidget() is live.app_id.editor


def test_a_stored_secret_goes_to_the_clipboard_from_its_key(contoso: Any, qtbot: Any, settled: Settled) -> None:
    live = page(contoso, "go-live")
    settled(contoso)
    with qtbot.waitSignal(contoso.tools.vault.changed):
        contoso.tools.vault.store("contoso", "WeChatSecret", "the-app-key")
    live._parts["keys"].fold.open(True)
    buttons = [b for b in live._parts["keys"].findChildren(QPushButton) if b.text() == "Copy secret" and b.isVisible()]
    assert len(buttons) == 1
    buttons[0].click()
    qtbot.waitUntil(lambda: QGuiApplication.clipboard().text() == "the-app-key")
    assert not any("the-app-key" in label.text() for label in live.findChildren(QLabel))
    contoso.tools.clipboard.forget()


def test_the_list_is_saved_and_opened_as_a_page(
    contoso: Any, qtbot: Any, settled: Settled, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    live = page(contoso, "go-live")
    settled(contoso)
    contoso.session.do(edits.tick("go-live/prepare/1"))
    file = tmp_path / "list.html"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_given: (str(file), ""))
    live.save_page.click()
    qtbot.waitUntil(file.is_file)
    assert "contoso.onmicrosoft.com" in file.read_text(encoding="utf-8")
    settled(contoso)
    opened: list[Any] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    live.print_page.click()
    qtbot.waitUntil(lambda: len(opened) == 1)
    assert Path(opened[0]).is_file()


def test_a_user_flow_is_walked_through_here(contoso: Any, settled: Settled) -> None:
    contoso.session.do(edits.set_kind("user-flow"))
    live = page(contoso, "go-live")
    settled(contoso)
    providers = [name for name in live._parts if name.startswith("provider/")]
    assert len(providers) == 3
    assert "keys" not in live._parts
    contoso.session.undo_stack.undo()
    settled(contoso)
    assert "keys" in live._parts
    assert not [name for name in live._parts if name.startswith("provider/")]


def test_a_page_that_a_long_word_makes_wide_does_not_grow_for_ever(contoso: Any, settled: Settled) -> None:
    key = contoso.session.draft.providers[0].key
    contoso.session.do(edits.rename_provider(key, "x" * 120, "x"))
    contoso.session.go(f"provider:{key}")
    settled(contoso)
    assert contoso.window.content.page.width() < 4000
