"""Read from provider: only when somebody presses, never in the window's way, stopped at once, one step to undo."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QFileDialog

from helpers.bad_server import Server, answer, serving, silent
from latchkey.discovery.verdict import note, ok, wont
from latchkey.draft import edits
from latchkey.gui.widgets.reader_dialog import ReaderDialog

SECRET = "not-a-real-secret-0123456789"
CLIENT = "00001111-aaaa-2222-bbbb-3333cccc4444"


def document(base: str) -> dict[str, Any]:
    return {
        "issuer": base,
        "authorization_endpoint": f"{base}/authorize",
        "token_endpoint": f"{base}/token",
        "jwks_uri": f"{base}/keys",
        "response_types_supported": ["code"],
        "response_modes_supported": ["query"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "scopes_supported": ["openid", "email"],
        "claims_supported": ["sub", "preferred_username", "email", "department"],
        "token_endpoint_auth_methods_supported": ["client_secret_basic"],
    }


KEYS = json.dumps({"keys": [{"kty": "RSA", "use": "sig", "kid": "one", "n": "u" * 342 + "8", "e": "AQAB"}]})


@pytest.fixture
def server() -> Iterator[Server]:
    pages: dict[str, Any] = {"/keys": answer(KEYS)}
    with serving(pages) as made:
        pages["/.well-known/openid-configuration"] = answer(json.dumps(document(made.at("").rstrip("/"))))
        made.pages = pages
        yield made


@pytest.fixture
def page(contoso: Any, qtbot: Any) -> Any:
    """The page of the example's OpenID Connect provider, whose settings are all typed."""
    contoso.session.go(f"provider:{contoso.session.draft.providers[2].key}")
    return contoso.window.content.page


def reader(page: Any) -> Any:
    return page.settings.reader


def row(page: Any) -> Any:
    return page.tools.session.draft.provider(page.key)


def set_address(page: Any, address: str) -> None:
    page.tools.session.do(edits.set_setting(page.key, "metadata_url", address, ""))


def read(page: Any, qtbot: Any, address: str) -> Any:
    """Press the button."""
    set_address(page, address)
    card = reader(page)
    with qtbot.waitSignal(card.read):
        card.ask.click()
    return card


def boxes(card: Any) -> dict[str, Any]:
    return {proposal.field: box for box, proposal in card.result.proposals.boxes}


def test_nothing_is_asked_before_somebody_presses(
    page: Any, server: Server, qtbot: Any, settled: Any, contoso: Any
) -> None:
    set_address(page, server.at(""))
    settled(contoso)
    data = QMimeData()
    data.setUrls([QUrl(server.at("/x"))])
    drop(reader(page), data)
    settled(contoso)
    assert row(page).settings["metadata_url"] == server.at("/x")
    assert server.asked == []


def test_an_address_of_ones_own_network_needs_a_second_word(
    page: Any, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def nobody(*where: Any, **_more: Any) -> Any:
        asked.append(where[0])
        raise OSError

    monkeypatch.setattr("socket.getaddrinfo", nobody)
    set_address(page, "https://adfs.corp")
    card = reader(page)
    with qtbot.waitSignal(card.asking.refused) as refused:
        card.ask.click()
    assert refused.args[0].id == "private-address"
    assert asked == []
    assert not card.anyway.isHidden()
    with qtbot.waitSignal(card.asking.refused) as refused:
        card.anyway.click()
    assert refused.args[0].id == "no-such-host"
    assert asked == ["adfs.corp"]


def test_what_was_typed_stays_unless_it_is_ticked(page: Any, server: Server, qtbot: Any) -> None:
    before = row(page)
    card = read(page, qtbot, server.at("").rstrip("/"))
    found = boxes(card)
    ticked = {field for field, box in found.items() if box.isChecked()}
    assert ticked == {"settings.metadata_url", "settings.client_authentication"}
    assert set(found) - ticked == {"settings.response_mode", "settings.scope", "claims.displayName"}
    against = {one.id for one in card.result.verdicts._verdicts if one.kind.value == "will-not-work"}
    assert against == {"draft-not-offered"}
    found["settings.response_mode"].click()
    assert all(one.kind.value != "will-not-work" for one in card.result.verdicts._verdicts)
    found["claims.displayName"].click()
    stack = page.tools.session.undo_stack
    steps = stack.count()
    card.use.click()
    assert stack.count() == steps + 1
    assert row(page).settings["metadata_url"].endswith("/.well-known/openid-configuration")
    assert row(page).settings["response_mode"] == "query"
    assert row(page).settings["client_authentication"] == "client_secret_basic"
    assert row(page).settings["scope"] == "openid profile email"
    assert row(page).claims["displayName"].claim == "preferred_username"
    stack.undo()
    assert dict(row(page).settings) == {**before.settings, "metadata_url": server.at("").rstrip("/")}
    assert row(page).claims == before.claims


def test_what_has_changed_since_it_was_taken_over_is_told(page: Any, server: Server, qtbot: Any) -> None:
    from latchkey.discovery.seen import recall

    card = read(page, qtbot, server.at("").rstrip("/"))
    card.use.click()
    qtbot.waitUntil(lambda: recall(server.at("/.well-known/openid-configuration")) is not None)
    server.pages["/keys"] = answer(KEYS.replace('"one"', '"two"'))
    with qtbot.waitSignal(card.read):
        card.begin(server.at("").rstrip("/"), local=True)
    assert [one.id for one in card.result.verdicts._verdicts if one.id == "keys-rolled"] == ["keys-rolled"]


def test_the_claims_table_offers_what_the_provider_has(page: Any, server: Server, qtbot: Any) -> None:
    read(page, qtbot, server.at("").rstrip("/"))
    model = page.claims.rows[0].editor.completer().model()
    offered = [model.data(model.index(place, 0)) for place in range(model.rowCount())]
    assert offered == ["sub", "preferred_username", "email", "department"]


def test_no_secret_and_nothing_of_the_draft_is_sent(page: Any, server: Server, qtbot: Any, drawer: Any) -> None:
    field = page.credentials.secret
    field.editor.setText(SECRET)
    field.editor.returnPressed.emit()
    qtbot.waitUntil(lambda: SECRET in drawer.held.values())
    read(page, qtbot, server.at("").rstrip("/"))
    assert server.paths == ["/.well-known/openid-configuration", "/keys"]
    for question in server.asked:
        assert SECRET not in question
        assert CLIENT not in question
        assert "contoso" not in question.lower()
        assert "cookie" not in question.lower()
        assert "authorization:" not in question.lower()


def test_the_window_goes_on_and_cancel_works_at_once(page: Any, qtbot: Any, contoso: Any) -> None:
    with serving({"*": silent}) as slow:
        card = reader(page)
        gaps, last = [], [time.monotonic()]

        def tick() -> None:
            now = time.monotonic()
            gaps.append(now - last[0])
            last[0] = now

        beat = QTimer(interval=5)
        beat.timeout.connect(tick)
        beat.start()
        card.begin(slow.at("/x"), local=True)
        qtbot.waitUntil(lambda: bool(slow.asked))
        assert not card.busy.isHidden()
        assert not card.ask.isEnabled()
        contoso.session.do(edits.rename_provider(page.key, "Still usable", ""))
        begun = time.monotonic()
        with qtbot.waitSignal(card.asking.stopped, timeout=2000):
            qtbot.mouseClick(card.busy.cancel, Qt.MouseButton.LeftButton)
        took = time.monotonic() - begun
        beat.stop()
        assert took < 0.2
        assert max(gaps) < 0.5  # generous: other programs use the machine too
        assert card.busy.isHidden()
        assert card.ask.isEnabled()


def test_a_fault_is_told_with_what_to_do(page: Any, qtbot: Any) -> None:
    with serving({"*": answer("<!doctype html><html><body>Welcome", "text/html")}) as server:
        with qtbot.waitSignal(reader(page).asking.refused) as refused:
            reader(page).begin(server.at("/.well-known/openid-configuration"), local=True)
        assert refused.args[0].id == "web-page"
    card = reader(page)
    assert card.result._headline.text() == refused.args[0].message
    assert card.result._hint.text() == refused.args[0].hint
    assert card.use.isHidden()
    card.close_result.click()
    assert card.result.isHidden()


def test_closing_the_window_does_not_wait_for_a_slow_provider(
    make_wizard: Callable[..., Any], qtbot: Any, root: Path
) -> None:
    wizard = make_wizard(root / "resources/examples/contoso.latchkey.toml")
    wizard.session.go(f"provider:{wizard.session.draft.providers[2].key}")
    with serving({"*": silent}) as slow:
        wizard.window.content.page.settings.reader.begin(slow.at("/x"), local=True)
        qtbot.waitUntil(lambda: bool(slow.asked))
        begun = time.monotonic()
        wizard.window.close()
        wizard.runner.close()
        assert time.monotonic() - begun < 2


# Files and drops


def drop(widget: Any, data: QMimeData) -> None:
    event = QDropEvent(
        QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    widget.dropEvent(event)


def test_a_file_dropped_on_the_card_is_read_without_network(page: Any, qtbot: Any, tmp_path: Path) -> None:
    file = tmp_path / "metadata.json"
    file.write_text(json.dumps(document("https://login.fabrikam.com")))
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    with qtbot.waitSignal(reader(page).read) as got:
        drop(reader(page), data)
    assert got.args[0].issuer == "https://login.fabrikam.com"
    assert "settings.metadata_url" not in boxes(reader(page))


def test_a_file_is_chosen(page: Any, qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "metadata.json"
    file.write_text(json.dumps(document("https://login.fabrikam.com")))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a, **_k: (str(file), ""))
    with qtbot.waitSignal(reader(page).read) as got:
        reader(page).file.click()
    assert got.args[0].address == ""
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a, **_k: ("", ""))
    reader(page).file.click()
    assert not reader(page).asking.busy


def test_a_type_with_known_addresses_is_knocked_at(contoso: Any, qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def knock(entry: Any, settings: Any, watch: Any, limits: Any = None) -> Any:
        asked.append(entry.type)
        return [ok("answers", "Fine."), wont("no-such-host", "Not there."), note("cannot-know", "Who knows.")]

    monkeypatch.setattr("latchkey.discovery.reach.reach", knock)
    contoso.session.go(f"provider:{contoso.session.draft.providers[0].key}")
    card = reader(contoso.window.content.page)
    assert card.ask.isHidden()
    assert not card.knock.isHidden()
    with qtbot.waitSignal(card.asking.answered):
        card.knock.click()
    assert asked == ["wechat"]
    assert card.result._headline.text() == "Not all of its addresses answer."
    assert card.use.isHidden()


# From outside


def opened(wizard: Any, where: str) -> Any:
    wizard.window.content.read_metadata(where)
    return wizard.window.findChildren(ReaderDialog)[-1]


def test_a_file_from_outside_becomes_a_sign_in_button(contoso: Any, qtbot: Any, tmp_path: Path) -> None:
    file = tmp_path / "metadata.json"
    file.write_text(json.dumps(document("https://login.fabrikam.com")))
    dialog = opened(contoso, str(file))
    qtbot.waitUntil(lambda: dialog.told.reading is not None)
    steps = contoso.session.undo_stack.count()
    assert dialog.use.text() == "Add a sign-in button"
    dialog.use.click()
    added = contoso.session.draft.providers[-1]
    assert (added.type, added.name, added.domain_hint) == ("openid-connect", "Fabrikam", "fabrikam.com")
    assert contoso.session.undo_stack.count() == steps + 1
    assert contoso.session.step == f"provider:{added.key}"


def test_an_address_from_outside_waits_for_the_button(contoso: Any, qtbot: Any, server: Server) -> None:
    dialog = opened(contoso, server.at("").rstrip("/"))
    assert server.asked == []
    with qtbot.waitSignal(dialog.asking.answered):
        dialog.ask.click()
    assert dialog.told.reading is not None
    dialog.reject()


def test_metadata_of_a_button_that_is_there_fills_that_one(contoso: Any, qtbot: Any, server: Server) -> None:
    row = contoso.session.draft.providers[2]
    address = server.at("").rstrip("/")
    contoso.session.do(edits.set_setting(row.key, "metadata_url", address, ""))
    dialog = opened(contoso, address)
    with qtbot.waitSignal(dialog.asking.answered):
        dialog.ask.click()
    assert dialog.use.text() == "Use these values"
    count = len(contoso.session.draft.providers)
    dialog.use.click()
    assert len(contoso.session.draft.providers) == count
    assert contoso.session.step == f"provider:{row.key}"
