"""What the parts of a provider's page know of the page that they stand on."""

from __future__ import annotations

from latchkey.compose.secret_names import SecretName, secret_names
from latchkey.draft.steps import PROVIDER
from latchkey.gui.pages.base import Page
from latchkey.gui.tools import Tools
from latchkey.gui.widgets.texts import Texts


class ProviderBase(Page):
    """A page that follows one row of the draft by its key."""

    def __init__(self, tools: Tools, step_id: str) -> None:
        super().__init__(tools, step_id)
        self.key = step_id.removeprefix(PROVIDER)

    @property
    def texts(self) -> Texts:
        """Where the parts of the page say what changes with the language."""
        return self._texts

    def secret_name(self) -> SecretName | None:
        """Under which name its secret is kept; None while that can't be worked out."""
        session = self.tools.session
        return secret_names(session.draft, session.catalogue).get(self.key)
