"""What no check of a draft can miss: secrets that are still to be stored, since no draft holds one, and the ids for
which the files of a fresh starter pack still have sample text.

Nothing waits for them: policies are made without, and a key that is in Azure already needs none here. So they are in
the list of what needs attention, and hold back nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

from latchkey.catalogue.catalogue import Catalogue
from latchkey.check.finding import Finding, Level
from latchkey.compose.secret_names import SecretName, secret_names
from latchkey.draft.draft import Draft
from latchkey.gui.session import Session
from latchkey.gui.vault import Vault
from latchkey.text import _

if TYPE_CHECKING:
    from latchkey.gui.existing import Into

RULE = "missing-secret"
SAMPLE = "placeholder-left"
_BEFORE = ("start", "tenant", "accounts")  # on these steps nobody thinks of secrets yet: the keyring stays locked

Stored = Callable[[str, str], bool | None]


def missing_secrets(
    draft: Draft,
    catalogue: Catalogue,
    places: Mapping[str, SecretName],
    stored: Stored,
    present: Callable[[str], bool],
) -> tuple[Finding, ...]:
    """One finding for each secret that is known not to be stored. `places`: where they are kept, by the rows' keys.
    `present`: the row is in the policies already, so that its key is in Azure.
    """
    found = []
    for number, row in enumerate(draft.providers):
        entry = catalogue.get(row.type)
        secret = entry.secret if entry is not None and row.key in places else None
        if entry is None or secret is None or present(row.key) or stored(*places[row.key]) is not False:
            continue
        found.append(
            Finding(
                RULE,
                Level.WARNING,
                _("The client secret is still missing.")
                if entry.generic
                else _("The {label} is still missing.").format(label=secret.label),
                _("Store it on the page of this provider. Where the key is in Azure already, you can leave it."),
                field=f"providers[{number}].secret",
                provider=row.key,
            )
        )
    return tuple(found)


def missing_ids(draft: Draft, catalogue: Catalogue, into: Into | None) -> tuple[Finding, ...]:
    """One finding for each id that the files have sample text for and the draft does not say."""
    if into is None:
        return ()
    from latchkey.check.placeholders import sample_in

    found = []
    for field, value, app in (
        ("ief_app_id", draft.policies.ief_app_id, "IdentityExperienceFramework"),
        ("proxy_ief_app_id", draft.policies.proxy_ief_app_id, "ProxyIdentityExperienceFramework"),
    ):
        if into.existing.apps_open and not value.strip():
            says = _("The id of the app {app} is still missing.").format(app=app)
            hint = _("Your files still have placeholders for their ids. Azure takes the files only with the real ones.")
            found.append(Finding(SAMPLE, Level.WARNING, says, hint, field=f"policies.{field}"))
    for number, row in enumerate(draft.providers):
        there, entry = into.rows.get(row.key), catalogue.get(row.type)
        if there is None or entry is None or entry.client_id is None or row.client_id.strip():
            continue
        if sample_in(there.profile.metadata_value("client_id") or ""):
            says = _("The {label} is still missing.").format(label=entry.client_id.label)
            hint = _("Put your own value there.")
            field = f"providers[{number}].client_id"
            found.append(Finding(SAMPLE, Level.WARNING, says, hint, field=field, provider=row.key))
    return tuple(found)


class MissingSecrets(QObject):
    """Tells the session, whenever the draft or the keyring says something new."""

    def __init__(self, session: Session, vault: Vault, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._vault = session, vault
        self._places: tuple[Draft, Mapping[str, SecretName]] | None = None  # of the draft as it was looked at last
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._look)
        for signal in (
            session.draft_changed, session.step_changed, session.opened, session.composed_changed, vault.changed,
        ):  # fmt: skip
            signal.connect(self.again)
        self.again()

    @Slot()
    def again(self) -> None:
        """Look anew, once for all that happens in one go."""
        self._soon.start()

    @Slot()
    def _look(self) -> None:
        session = self._session
        if session.known_catalogue is None:
            return
        if self._places is None or self._places[0] is not session.draft:
            self._places = session.draft, secret_names(session.draft, session.catalogue)
        places = self._places[1]
        if session.step not in _BEFORE:
            self._ask(places)
        secrets = missing_secrets(session.draft, session.catalogue, places, self._vault.stored, session.present)
        session.say_missing((*missing_ids(session.draft, session.catalogue, session.composed.into), *secrets))

    def _ask(self, places: Mapping[str, SecretName]) -> None:
        """Ask the keyring, which answers later; the vault asks once per name."""
        for key, place in places.items():
            if place.tenant and not self._session.present(key) and self._vault.stored(*place) is None:
                self._vault.look(*place)
