"""Policies that somebody has already: opened, shown, changed, written, put back."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget

from helpers.improving import Settled, add_wechat, answer, data, opened, page, write
from helpers.small_set import BASE, EXTENSIONS, PARTY, policy, small_set
from helpers.wizard import close
from latchkey.check.finding import Level
from latchkey.compose.into.importing import import_set
from latchkey.compose.into.plan import plan_into
from latchkey.draft import edits
from latchkey.draft.draft import ClaimSource, Draft
from latchkey.gui.missing import SAMPLE
from latchkey.gui.models.chain_model import ROW as CHAIN_ROW
from latchkey.gui.models.story_model import NODE
from latchkey.gui.pages.policies import PoliciesPage
from latchkey.gui.pages.write import WritePage
from latchkey.gui.widgets.diff_list import DiffList
from latchkey.policy.folder import read_set
from latchkey.text import LANGUAGES

UNKNOWN = """    <ClaimsProvider>
      <DisplayName>Old</DisplayName>
      <TechnicalProfiles>
        <TechnicalProfile Id="Our-Own-IdP">
          <DisplayName>Our own</DisplayName>
          <Protocol Name="OAuth2" />
          <Metadata>
            <Item Key="client_id">own</Item>
            <Item Key="authorization_endpoint">https://own.example/authorize</Item>
            <Item Key="AccessTokenEndpoint">https://own.example/token</Item>
            <Item Key="ClaimsEndpoint">https://own.example/me</Item>
          </Metadata>
          <CryptographicKeys>
            <Key Id="client_secret" StorageReferenceId="B2C_1A_OwnSecret" />
          </CryptographicKeys>
          <OutputClaims>
            <OutputClaim ClaimTypeReferenceId="issuerUserId" PartnerClaimType="id" />
            <OutputClaim ClaimTypeReferenceId="identityProvider" DefaultValue="own" AlwaysUseDefaultValue="true" />
          </OutputClaims>
        </TechnicalProfile>
      </TechnicalProfiles>
    </ClaimsProvider>
"""


def with_unknown() -> dict[str, str]:
    """The small set with one more button, of a kind that nobody knows."""
    files = small_set()
    text = files[EXTENSIONS]
    at = text.index("</ClaimsProviders>")
    files[EXTENSIONS] = text[:at] + UNKNOWN + text[at:]
    for name in files:
        text = files[name]
        if "<ClaimsProviderSelections>" in text:
            one = '<ClaimsProviderSelection TargetClaimsExchangeId="OwnExchange" />'
            text = text.replace("</ClaimsProviderSelections>", one + "</ClaimsProviderSelections>", 1)
            first, second = text.split("</ClaimsProviderSelections>", 1)
            later = second.index("<ClaimsExchanges>", second.index('Order="2"')) + len("<ClaimsExchanges>")
            exchange = '<ClaimsExchange Id="OwnExchange" TechnicalProfileReferenceId="Our-Own-IdP" />'
            files[name] = first + "</ClaimsProviderSelections>" + second[:later] + exchange + second[later:]
            break
    return files


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write(tmp_path / "policies", small_set())


@pytest.fixture
def improving(make_wizard: Callable[..., Any], folder: Path, qtbot: Any, settled: Settled) -> Any:
    """A wizard on the small set."""
    return opened(make_wizard(folder), qtbot, settled)


# Opening


def test_a_folder_becomes_the_draft_that_says_the_same(improving: Any, folder: Path) -> None:
    session = improving.session
    assert session.draft == import_set(read_set(folder), session.catalogue)
    assert session.step == "accounts"
    assert isinstance(improving.window.content.page, PoliciesPage)
    assert [row.title for row in improving.window.model._rows if row.id == "accounts"] == ["Your policies"]
    assert not session.composed.into.plan.changes
    assert session.composed.written
    assert "save" not in session.finished
    assert data(folder) == {name: text.encode() for name, text in small_set().items()}


def test_a_folder_dropped_on_the_window_opens(wizard: Any, folder: Path, qtbot: Any, settled: Settled) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(folder))])
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(9, 9), Qt.DropAction.CopyAction, mime, left, none)
    wizard.window.dragEnterEvent(enter)
    assert enter.isAccepted()
    wizard.window.dropEvent(QDropEvent(QPoint(9, 9), Qt.DropAction.CopyAction, mime, left, none))
    opened(wizard, qtbot, settled)
    assert wizard.session.folder == folder


def test_what_is_no_file_and_no_text_is_not_taken(wizard: Any) -> None:
    mime = QMimeData()
    mime.setData("application/x-something", b"1")
    enter = QDragEnterEvent(
        QPoint(9, 9), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    enter.ignore()
    wizard.window.dragEnterEvent(enter)
    assert not enter.isAccepted()


def test_a_folder_is_chosen_on_the_start_page(
    wizard: Any, folder: Path, qtbot: Any, settled: Settled, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_given: str(folder))
    start = page(wizard, "start")
    assert start.kind.isVisible()
    start.choose.click()
    opened(wizard, qtbot, settled)
    start = page(wizard, "start")
    assert not start.kind.isVisible()
    assert not start.already.isVisible()
    assert not start.prefix.isVisible()
    assert folder.name in start._improve_name.text()


def test_closing_and_opening_goes_on(
    improving: Any, make_wizard: Callable[..., Any], folder: Path, qtbot: Any, settled: Settled
) -> None:
    add_wechat(improving)
    page(improving, "buttons")
    draft = improving.session.draft
    settled(improving)
    close(improving)
    again = opened(make_wizard(), qtbot, settled)
    assert again.session.draft == draft
    assert again.session.folder == folder
    assert again.session.step == "buttons"
    assert [change.file for change in again.session.composed.into.plan.changes] == [EXTENSIONS]


def test_the_same_folder_opened_again_goes_on_with_its_draft(
    improving: Any, folder: Path, qtbot: Any, settled: Settled
) -> None:
    add_wechat(improving)
    draft = improving.session.draft
    improving.window.acts["new"].trigger()
    assert improving.session.source is None
    assert improving.session.draft == Draft()
    recent = page(improving, "start")
    assert any(folder.name in made.text() for made in recent.findChildren(QPushButton) if made.property("file"))
    improving.tools.reader.open(folder)
    opened(improving, qtbot, settled)
    assert improving.session.draft == draft


def test_a_new_draft_has_the_usual_pages_again(improving: Any) -> None:
    page(improving, "save")
    assert isinstance(improving.window.content.page, WritePage)
    improving.window.acts["new"].trigger()
    assert not isinstance(page(improving, "accounts"), PoliciesPage)
    assert not isinstance(page(improving, "save"), WritePage)


# What stands against a folder


def circle() -> dict[str, str]:
    return {"A.xml": policy("A", builds_on="B"), "B.xml": policy("B", builds_on="A")}


def levels() -> dict[str, str]:
    files = {"P0.xml": policy("P0")}
    return files | {f"P{n}.xml": policy(f"P{n}", builds_on=f"P{n - 1}") for n in range(1, 11)}


BAD = {
    "not xml": ({**small_set(), "Bad.xml": "<TrustFrameworkPolicy"}, "Bad.xml"),
    "nothing": ({}, "no policy file"),
    "a circle": (circle(), "circle"),
    "eleven levels": (levels(), "11 levels"),
    "two of one id": ({**small_set(), "Twin.xml": small_set()[PARTY]}, "same policy name"),
    "no base": ({name: text for name, text in small_set().items() if name != BASE}, "not in this folder"),
    "no sign-in": ({BASE: small_set()[BASE]}, "No policy in this folder shows sign-in buttons"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_folder_is_one_clear_line_and_nothing_else(wizard: Any, tmp_path: Path, qtbot: Any, name: str) -> None:
    files, said = BAD[name]
    folder = write(tmp_path / "bad", files)
    wizard.session.do(edits.set_tenant_name("contoso"))
    draft = wizard.session.draft
    before = data(folder)
    wizard.window.content.files.open_folder(folder)
    qtbot.waitUntil(lambda: wizard.tools.reader.trouble is not None, timeout=20_000)
    qtbot.waitUntil(lambda: wizard.tools.reader.busy is None)
    start = wizard.window.content.page
    text = start._trouble_text.text()
    assert start._trouble.isVisible()
    assert said in text
    assert "\n" not in text
    assert "--" not in text
    assert (wizard.session.draft, wizard.session.source) == (draft, None)
    assert data(folder) == before


def test_a_folder_that_is_not_there_is_one_clear_line(wizard: Any, tmp_path: Path, qtbot: Any) -> None:
    wizard.window.content.files.open_folder(tmp_path / "gone")
    qtbot.waitUntil(lambda: wizard.tools.reader.trouble is not None)
    assert "gone" in wizard.tools.reader.trouble.text


def test_a_missing_base_can_be_said_to_be_in_azure(wizard: Any, tmp_path: Path, qtbot: Any, settled: Settled) -> None:
    files = small_set()
    folder = write(tmp_path / "part", {name: text for name, text in files.items() if name != BASE})
    wizard.window.content.files.open_folder(folder)
    qtbot.waitUntil(lambda: wizard.tools.reader.trouble is not None)
    start = wizard.window.content.page
    assert start.in_azure.isVisible()
    start.in_azure.click()
    opened(wizard, qtbot, settled)
    assert wizard.session.source.in_azure == ("B2C_1A_Base",)
    shown = page(wizard, "accounts")
    assert shown.chain.index(0, 0).data(CHAIN_ROW).roles == ("in Azure, as you said",)
    add_wechat(wizard)  # what a new provider leans on has to be read
    settled(wizard)
    assert wizard.session.composed.into.plan is None
    assert "download" in str(wizard.session.composed.refusal)
    (folder / BASE).write_bytes(files[BASE].encode())
    shown.again.click()
    settled(wizard)
    assert wizard.session.composed.into.plan.changes


# Your policies


def test_the_picture_shows_what_builds_on_what(improving: Any) -> None:
    shown = page(improving, "accounts")
    root = shown.chain.index(0, 0)
    extensions = shown.chain.index(0, 0, root)
    party = shown.chain.index(0, 0, extensions)
    rows = [index.data(CHAIN_ROW) for index in (root, extensions, party)]
    assert [row.title for row in rows] == [BASE, EXTENSIONS, PARTY]
    assert rows[1].roles == ("gets the changes",)
    assert rows[2].roles == ("shows the buttons",)
    assert "gets the changes" in extensions.data(Qt.ItemDataRole.AccessibleTextRole)


def test_which_policies_show_the_buttons_is_a_choice_where_there_are_several(
    make_wizard: Callable[..., Any], folder: Path, qtbot: Any, settled: Settled
) -> None:
    second = small_set()[PARTY].replace("B2C_1A_SignIn", "B2C_1A_SignInToo")
    (folder / "Too.xml").write_bytes(second.encode())
    wizard = opened(make_wizard(folder), qtbot, settled)
    shown = page(wizard, "accounts")
    boxes = {name: box for key, (name, box) in shown._boxes.items() if key.startswith("parties/")}
    assert set(boxes) == {"B2C_1A_SignIn", "B2C_1A_SignInToo"}
    assert all(box.isChecked() and box.isVisible() for box in boxes.values())
    boxes["B2C_1A_SignInToo"].click()
    assert wizard.session.draft.policies.relying_parties == ("B2C_1A_SignIn",)
    settled(wizard)
    boxes["B2C_1A_SignIn"].click()  # one has to be left
    assert wizard.session.draft.policies.relying_parties == ("B2C_1A_SignIn",)
    assert boxes["B2C_1A_SignIn"].isChecked()
    boxes["B2C_1A_SignInToo"].click()
    assert wizard.session.draft.policies.relying_parties is None


def test_the_file_for_the_changes_is_a_choice(improving: Any, settled: Settled) -> None:
    shown = page(improving, "accounts")
    offered = [shown.file.itemData(number) for number in range(shown.file.count())]
    assert offered == ["", "B2C_1A_Extensions", "B2C_1A_SignIn"]
    shown.file.setCurrentIndex(2)
    shown.file.activated.emit(2)
    assert improving.session.draft.policies.extensions == "B2C_1A_SignIn"
    settled(improving)
    assert improving.session.composed.into.places.extensions.id == "B2C_1A_SignIn"


def test_changes_can_be_forgotten_in_one_step(improving: Any, settled: Settled) -> None:
    before = improving.session.draft
    improving.session.do(edits.move_provider(before.providers[0].key, 1, "it"))
    shown = page(improving, "accounts")
    assert shown.start_over.isVisible()
    shown.start_over.click()
    assert improving.session.draft == before
    improving.session.undo_stack.undo()
    assert improving.session.draft != before
    settled(improving)


# Buttons


def test_rows_that_are_there_say_so_and_need_no_secret(improving: Any) -> None:
    buttons = page(improving, "buttons")
    rows = [buttons.model._rows[number] for number in range(buttons.model.rowCount())]
    assert [row.name for row in rows] == ["Litware", "Proseware"]
    assert {row.badge for row in rows} == {"in your policies"}


def test_one_that_people_use_goes_only_when_the_person_said_so(
    improving: Any, qtbot: Any, settled: Settled, folder: Path
) -> None:
    buttons = page(improving, "buttons")
    first = improving.session.draft.providers[0]
    buttons.list.select([first.key])
    buttons.remove.click()
    answer(improving, "Keep it", qtbot)
    assert first in improving.session.draft.providers
    buttons.remove.click()
    answer(improving, "Take it off", qtbot)
    assert first not in improving.session.draft.providers
    settled(improving)
    into = improving.session.composed.into
    assert into.plan is not None
    assert not into.unlisted
    expected = plan_into(read_set(folder), improving.session.draft, improving.session.catalogue, remove_unlisted=True)
    assert {Path(c.file).name: c.after for c in expected.changes} == {c.file: c.after for c in into.plan.changes}
    improving.session.undo_stack.undo()
    buttons.list.select([first.key])
    buttons.remove.click()  # it was said once
    assert first not in improving.session.draft.providers
    settled(improving)


def test_a_button_that_only_the_policies_know_is_told_and_taken_in(improving: Any, settled: Settled) -> None:
    draft = improving.session.draft
    improving.session.do(edits.remove_providers([draft.providers[1].key], "Proseware"))
    settled(improving)
    composed = improving.session.composed
    assert composed.into.plan is None
    assert [row.text for row in composed.into.unlisted] == ["Proseware"]
    assert not composed.writable
    assert any("Proseware" in finding.message for finding in improving.window.content.findings())
    buttons = page(improving, "buttons")
    assert buttons.there.isVisible()
    buttons.there.take.click()
    settled(improving)
    assert improving.session.draft == draft
    assert not buttons.there.isVisible()
    assert not improving.session.composed.into.plan.changes


def test_one_of_an_unknown_kind_is_ordered_and_removed_and_nothing_else(
    make_wizard: Callable[..., Any], tmp_path: Path, qtbot: Any, settled: Settled
) -> None:
    wizard = opened(make_wizard(write(tmp_path / "policies", with_unknown())), qtbot, settled)
    buttons = page(wizard, "buttons")
    key = next(p.key for p in wizard.session.draft.providers if p.type == "existing")
    row = buttons.model._rows[buttons.model.row_of(key)]
    assert row.name == "Our own"
    assert not buttons.model.flags(buttons.model.index(buttons.model.row_of(key))) & Qt.ItemFlag.ItemIsEditable
    assert wizard.window.model.at(wizard.window.model.row_of(f"provider:{key}")).title == "Our own"
    wizard.session.do(edits.move_provider(key, 0, "Our own"))
    settled(wizard)
    assert wizard.session.composed.into.plan.changes
    shown = page(wizard, f"provider:{key}")
    assert "does not know" in shown.unknown._text.text()
    shown.unknown.back.click()
    assert wizard.session.step == "buttons"


# A provider's page


def test_the_page_of_one_that_is_there_says_where_its_secret_is(improving: Any) -> None:
    provider = improving.session.draft.providers[0]
    shown = page(improving, f"provider:{provider.key}")
    assert shown.present.isVisible()
    assert "in Azure as B2C_1A_" in shown.present._text.text()
    assert shown.credentials.client_id.text() == provider.client_id
    assert not shown.register.isVisible()
    shown.how.click()
    assert shown.register.isVisible()


def test_who_people_are_is_changed_only_by_those_who_know(improving: Any, settled: Settled) -> None:
    provider = improving.session.draft.providers[0]
    shown = page(improving, f"provider:{provider.key}")
    improving.session.do(edits.set_claim(provider.key, "issuerUserId", ClaimSource("email"), "Litware"))
    settled(improving)
    assert improving.session.composed.into.plan is None
    assert shown.strangers.isVisible()
    finding = next(f for f in improving.session.findings if f.provider == provider.key)
    assert finding.field == "providers[0].claims.issuerUserId"
    shown.strangers.undo.click()
    settled(improving)
    assert not shown.strangers.isVisible()
    assert not improving.session.composed.into.plan.changes
    improving.session.do(edits.set_claim(provider.key, "issuerUserId", ClaimSource("email"), "Litware"))
    settled(improving)
    shown.strangers.know.click()
    settled(improving)
    assert not shown.strangers.isVisible()
    assert improving.session.composed.into.plan.changes


# Review


def origins(wizard: Any) -> dict[tuple[str, str], str]:
    told = page(wizard, "review")._told
    return {(node.kind, node.id): told.origin(node) for node in told.journeys[0].walk()}


def test_the_review_marks_what_is_new_and_what_changes(improving: Any, qtbot: Any, settled: Settled) -> None:
    review = page(improving, "review")
    settled(improving)
    qtbot.waitUntil(lambda: bool(review._told.journeys))
    assert not {"new", "changed"} & set(origins(improving).values())
    add_wechat(improving)
    settled(improving)
    qtbot.waitUntil(lambda: len(review._told.changes) > 0)
    found = origins(improving)
    assert found["button", "WeChatExchange"] == "new"
    assert found["exchange", "WeChatExchange"] == "new"
    told = review._told
    steps = {node.id: told.origin(node) for node in told.journeys[0].children}
    assert (steps["1"], steps["2"], steps["3"], steps["4"]) == ("changed", "changed", "yours", "yours")
    assert found["button", "LitwareExchange"] == "yours"
    assert review.journey.story.index(0, 0).data(NODE).id == "B2C_1A_SignIn"


def test_the_changes_are_told_in_words_and_file_by_file(improving: Any, qtbot: Any, settled: Settled) -> None:
    review = page(improving, "review")
    add_wechat(improving)
    settled(improving)
    qtbot.waitUntil(lambda: len(review._told.changes) > 0)
    tab = review.tabs.button(3)
    assert tab.isVisible()
    tab.click()
    shown = review.changes.files
    files = [shown.itemData(number) for number in range(shown.count())]
    assert files == [change.file for change in improving.session.composed.into.plan.changes]
    shown.setCurrentIndex(files.index(EXTENSIONS))
    lines = review.changes.view.lines
    told = lines.text_of(range(lines.rowCount())).splitlines()
    assert '+        <TechnicalProfile Id="WeChat-OAuth2">' in told


def test_what_was_wrong_before_stands_in_no_ones_way(
    make_wizard: Callable[..., Any], tmp_path: Path, qtbot: Any, settled: Settled
) -> None:
    files = small_set()
    files[PARTY] = files[PARTY].replace('PolicySchemaVersion="0.3.0.0"', 'PolicySchemaVersion="0.2.0.0"')
    wizard = opened(make_wizard(write(tmp_path / "policies", files)), qtbot, settled)
    add_wechat(wizard)
    settled(wizard)
    composed = wizard.session.composed
    assert any(finding.level.name == "ERROR" for finding in composed.into.before)
    assert not any(finding.level.name == "ERROR" for finding in composed.findings)
    assert composed.writable
    review = page(wizard, "review")
    review.tabs.button(2).click()
    assert review.found.old.isVisible()
    assert review.found.before.rowCount() == len(composed.into.before)


# Writing and putting back


def test_writing_changes_what_it_said_and_putting_back_gives_the_bytes_back(
    improving: Any, qtbot: Any, settled: Settled, folder: Path
) -> None:
    before = data(folder)
    times = {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}
    add_wechat(improving)
    save = page(improving, "save")
    settled(improving)
    assert save.write.isEnabled()
    assert not save.back.isEnabled()
    plan = improving.session.composed.into.plan
    improving.session.do(edits.tick(f"go-live/upload/{plan.after.policies[1].id}"))
    settled(improving)
    save.write.click()
    qtbot.waitUntil(lambda: "save" in improving.session.finished, timeout=20_000)
    settled(improving)
    changed = {change.file: change.after for change in plan.changes}
    assert data(folder) == before | changed
    assert all((folder / name).stat().st_mtime_ns == times[name] for name in plan.unchanged)
    assert not improving.session.draft.done
    assert not save.write.isEnabled()
    assert save.back.isEnabled()
    assert "Put back (20" in save.back.text()
    save.back.click()
    qtbot.waitUntil(lambda: data(folder) == before, timeout=20_000)
    settled(improving)
    assert not save.back.isEnabled()
    assert save.write.isEnabled()
    assert "save" not in improving.session.finished


def differences(save: Any) -> str:
    """What the page says is different."""
    lists = [one for one in save.findChildren(DiffList) if one.isVisible()]
    return "\n".join(one.lines.text_of(range(one.lines.rowCount())) for one in lists)


def test_a_file_that_changed_meanwhile_is_shown_before_anything_is_written(
    improving: Any, qtbot: Any, settled: Settled, folder: Path
) -> None:
    add_wechat(improving)
    save = page(improving, "save")
    settled(improving)
    theirs = (
        (folder / PARTY).read_bytes().replace(b"</TrustFrameworkPolicy>", b"<!-- mine -->\n</TrustFrameworkPolicy>")
    )
    (folder / PARTY).write_bytes(theirs)
    before = data(folder)
    save.write.click()
    qtbot.waitUntil(save._note.isVisible, timeout=20_000)
    assert PARTY in save._note_text.text()
    assert "+<!-- mine -->" in differences(save)
    assert data(folder) == before
    assert not save.write.isEnabled()
    save.take.click()
    settled(improving)
    assert not save._note.isVisible()
    save.write.click()
    qtbot.waitUntil(lambda: "save" in improving.session.finished, timeout=20_000)
    assert b"<!-- mine -->" in (folder / PARTY).read_bytes()
    settled(improving)


def test_what_was_edited_after_writing_is_not_put_back_over(
    improving: Any, qtbot: Any, settled: Settled, folder: Path
) -> None:
    add_wechat(improving)
    save = page(improving, "save")
    settled(improving)
    save.write.click()
    qtbot.waitUntil(lambda: "save" in improving.session.finished, timeout=20_000)
    settled(improving)
    file = folder / EXTENSIONS
    file.write_bytes(file.read_bytes().replace(b"</TrustFrameworkPolicy>", b"<!-- mine -->\n</TrustFrameworkPolicy>"))
    before = data(folder)
    save.back.click()
    qtbot.waitUntil(save._note.isVisible, timeout=20_000)
    assert "+<!-- mine -->" in differences(save)
    assert data(folder) == before
    settled(improving)


@pytest.mark.skipif(os.name == "nt", reason="read-only files are different there")
def test_a_read_only_file_is_one_clear_line(improving: Any, qtbot: Any, settled: Settled, folder: Path) -> None:
    (folder / EXTENSIONS).chmod(0o444)
    before = data(folder)
    add_wechat(improving)
    save = page(improving, "save")
    settled(improving)
    save.write.click()
    qtbot.waitUntil(improving.window.content.notice.isVisible, timeout=20_000)
    assert "read-only" in improving.window.content.notice._text.text()
    assert data(folder) == before
    settled(improving)


# Go live


def test_go_live_asks_only_for_what_is_left(improving: Any, settled: Settled) -> None:
    add_wechat(improving)
    settled(improving)
    guide = improving.session.composed.guide
    changed = {change.file for change in improving.session.composed.into.plan.changes}
    assert {upload.file for upload in guide.uploads} == changed
    assert [key.name for key in guide.policy_keys] == ["WeChatSecret"]
    assert guide.test_links
    live = page(improving, "go-live")
    said = [made.text() for made in live._parts["upload"].findChildren(QWidget) if hasattr(made, "text")]
    assert any("need not upload" in text for text in said)


def test_what_was_written_is_still_to_be_uploaded(improving: Any, qtbot: Any, settled: Settled) -> None:
    add_wechat(improving)
    save = page(improving, "save")
    settled(improving)
    uploads = improving.session.composed.guide.uploads
    save.write.click()
    qtbot.waitUntil(lambda: "save" in improving.session.finished, timeout=20_000)
    settled(improving)
    assert improving.session.composed.guide.uploads == uploads
    assert [key.name for key in improving.session.composed.guide.policy_keys] == ["WeChatSecret"]
    assert not improving.session.present("p9")


# All pages


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_that_can_have_the_focus_has_a_name(improving: Any, settled: Settled, language: str) -> None:
    add_wechat(improving)
    improving.choose_language(language)
    settled(improving)
    model = improving.window.model
    for number in range(model.rowCount()):
        shown = page(improving, model.at(number).id)
        settled(improving)
        nameless = [
            made
            for made in shown.findChildren(QWidget)
            if made.isVisible()
            and made.focusPolicy() & Qt.FocusPolicy.TabFocus
            and not (made.accessibleName() or getattr(made, "text", lambda: "")())
        ]
        assert not nameless, (model.at(number).id, nameless)


@pytest.mark.parametrize(
    ("page", "said"),
    [("~/tenant/default/unified.cshtml", ""), ("https://shop.contoso.com/in.html", "load a page of your own")],
)
def test_the_sketch_shows_the_page_design_of_the_policies(
    make_wizard: Callable[..., Any], folder: Path, qtbot: Any, settled: Settled, page: str, said: str
) -> None:
    for file in folder.glob("*.xml"):
        text = file.read_text(encoding="utf-8").replace("~/tenant/default/unified.cshtml", page)
        file.write_text(text, encoding="utf-8")
    wizard = opened(make_wizard(folder), qtbot, settled)
    wizard.session.go("buttons")
    sketch = wizard.window.content.page.sketch
    assert sketch.design == ("ocean-blue" if said else "classic")
    assert said in sketch.note.text()
    before = wizard.session.draft
    sketch.designs.actions()[1].trigger()
    assert sketch.design == "slate-gray"
    assert wizard.session.draft == before
    assert (said or "Your policies ask for Classic.") in sketch.note.text()


def test_sample_text_that_was_left_marks_its_step(
    make_wizard: Callable[..., Any], tmp_path: Path, qtbot: Any, settled: Settled
) -> None:
    files = {name: text.replace("litware", "yourtenant") for name, text in small_set().items()}
    wizard = opened(make_wizard(write(tmp_path / "fresh", files)), qtbot, settled)
    left = [finding for finding in wizard.session.findings if finding.field == "tenant.name"]
    assert [(finding.rule, finding.level) for finding in left] == [("placeholder-left", Level.WARNING)]
    assert wizard.window.model.at(wizard.window.model.row_of("tenant")).state == "attention"


def test_ids_that_the_files_have_sample_text_for_need_attention_until_they_are_said(
    make_wizard: Callable[..., Any], tmp_path: Path, qtbot: Any, settled: Settled
) -> None:
    own = '<ClaimType Id="{0}"><DisplayName>{0}AppId</DisplayName><DataType>string</DataType></ClaimType>'
    apps = "".join(own.format(name) for name in ("IdentityExperienceFramework", "ProxyIdentityExperienceFramework"))
    files = {name: text.replace(">litware-app<", ">facebook_clientid<") for name, text in small_set().items()}
    files[BASE] = files[BASE].replace("</ClaimsSchema>", f"{apps}</ClaimsSchema>", 1)
    assert files != small_set()
    wizard = opened(make_wizard(write(tmp_path / "fresh", files)), qtbot, settled)
    session = wizard.session

    def open_() -> list[str]:
        return [finding.field for finding in session.missing if finding.rule == SAMPLE]

    qtbot.waitUntil(lambda: bool(open_()))
    asked = [field for field in open_() if field.startswith("providers[")]
    assert asked
    assert open_() == ["policies.ief_app_id", "policies.proxy_ief_app_id", *asked]
    assert wizard.window.model.at(wizard.window.model.row_of("accounts")).state == "in-progress"
    assert session.do(edits.set_ief_app_id("11111111-2222-4333-8444-555555555555"))
    assert session.do(edits.set_proxy_ief_app_id("66666666-7777-4888-9999-aaaaaaaaaaaa"))
    qtbot.waitUntil(lambda: open_() == asked)
    session.undo_stack.undo()
    qtbot.waitUntil(lambda: open_() == ["policies.proxy_ief_app_id", *asked])
