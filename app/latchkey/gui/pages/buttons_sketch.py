"""The sketch beside the list of sign-in buttons: it follows draft, selection and policies; its buttons choose rows."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Slot

from latchkey.draft import edits
from latchkey.draft.draft import PageDesign
from latchkey.draft.reading import PAGE_DESIGNS
from latchkey.gui.session import Session
from latchkey.gui.sketch.asked import asked_design, asked_texts
from latchkey.gui.sketch.page import There, sketch_page
from latchkey.gui.sketch.pieces import Page
from latchkey.gui.tools import Tools
from latchkey.gui.widgets.button_list import ButtonList
from latchkey.gui.widgets.sketch_panel import SketchPanel
from latchkey.policy.page_designs import DEFAULT
from latchkey.text import _


class ButtonsSketch(QObject):
    """Between the panel and the list."""

    def __init__(self, tools: Tools, panel: SketchPanel, rows: ButtonList) -> None:
        super().__init__(panel)
        self._tools, self._panel, self._rows = tools, panel, rows
        panel.changed.connect(self.show)
        panel.design_wanted.connect(self._choose_design)
        panel.icons_wanted.connect(self.show_icons)
        panel.view.sketch.pressed.connect(self._choose_row)

    @property
    def _session(self) -> Session:
        return self._tools.session

    @Slot()
    def show(self) -> None:
        """Draw what the draft, and the policies that are there, say now."""
        page = self.page()
        self._panel.show_page(page, self._rows.selected_keys(), self._rows.current_key(), self._said_of(page))

    def page(self) -> Page:
        """The page in the design and language that are chosen."""
        session, panel = self._session, self._panel
        into = session.composed.into
        places = into.places if into is not None else None
        # The page design of new policies is the draft's to say.
        decides = session.source is None and session.draft.policies.kind == "custom"
        panel.follow(asked_design(session.draft, places), decides=decides)
        there = There(into.rows, into.local, asked_texts(places, panel.language)) if into is not None else None
        return sketch_page(session.draft, session.catalogue, panel.design, panel.language, there)

    def _said_of(self, page: Page) -> str:
        """What must be said of this very page."""
        if len(page.buttons) == 1 and not page.local and self._session.draft.policies.kind == "custom":
            return _("With a single button and nothing else Azure shows no page: people go straight to {name}.").format(
                name=page.buttons[0].text
            )
        return ""

    @Slot(str)
    def _choose_design(self, design: str) -> None:
        chosen: PageDesign = next((one for one in PAGE_DESIGNS if one == design), "")
        self._session.do(edits.set_page_design("" if chosen == DEFAULT else chosen))

    @Slot(str, bool)
    def _choose_row(self, key: str, more: bool) -> None:
        """A button of the sketch was pressed: its row is the chosen one."""
        self._rows.choose(key, more=more)
        self._rows.setFocus(Qt.FocusReason.MouseFocusReason)

    @Slot()
    def show_icons(self) -> None:
        """How buttons get an icon of their own on the real page."""
        from latchkey.gui.widgets.icons_dialog import IconsDialog
        from latchkey.guide.button_css import IconButton

        catalogue = self._session.catalogue
        types = {row.key: row.type for row in self._session.draft.providers}
        shown = [
            IconButton(one.exchange, one.text, catalogue[types[one.key]].color if types[one.key] in catalogue else "")
            for one in self.page().buttons
        ]
        dialog = IconsDialog(self._tools, shown, self._panel.design, self._panel)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
