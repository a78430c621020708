"""Doing the right thing with what people have at hand: dropped on the window, pasted, or named at the start.

`opening` says what it is; here it is opened, taken over or answered in one line. One place for each kind.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QObject, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from latchkey.draft import edits
from latchkey.gui import opening
from latchkey.gui.opening import Found
from latchkey.gui.shell.files import FileCommands
from latchkey.gui.tenant_words import said_back
from latchkey.gui.tools import Tools
from latchkey.gui.widgets.notice import Notice
from latchkey.text import _

if TYPE_CHECKING:
    from latchkey.draft.pasting import Pasted


class Taking(QObject):
    """Everything that comes from outside goes through `take`."""

    message_found = Signal(str)  # a message of Azure's: have it explained
    metadata_found = Signal(str)  # a provider's metadata: a path or an address

    def __init__(self, window: QWidget, tools: Tools, files: FileCommands, notice: Notice) -> None:
        super().__init__(window)
        self._tools, self._files, self._notice = tools, files, notice

    def take(self, found: Found) -> None:
        """Do what people expect of it."""
        if found.path is not None and found.kind == "draft":
            self._files.open(found.path)
        elif found.path is not None and found.kind == "folder":
            self._files.open_folder(found.path)
        elif found.path is not None and found.kind == "policy":
            self._files.open_folder(found.path.parent)
            self._notice.say(
                _("{file} is read together with the other policies in its folder, {folder}.").format(
                    file=found.path.name, folder=found.path.parent.name
                ),
                "note",
            )
        elif found.kind in ("metadata", "address"):
            self.metadata_found.emit(found.text or str(found.path))
        elif found.kind == "azure":
            self.message_found.emit(found.text)
        elif found.kind == "tenant":
            self._take_tenant(found.tenant)
        else:
            self._notice.say(found.says)

    def take_data(self, data: QMimeData) -> None:
        """What was dropped or is in the clipboard."""
        paths = local_files(data)
        self.take(opening.of_paths(paths) if paths else opening.of_text(data.text()))

    @Slot()
    def paste(self) -> None:
        """What is in the clipboard, when no field has the focus that would take it."""
        field = QApplication.focusWidget()
        if isinstance(field, QLineEdit | QPlainTextEdit | QTextEdit) and not field.isReadOnly():
            field.paste()
            return
        data = QGuiApplication.clipboard().mimeData()
        found = data is not None and (local_files(data) or data.text().strip())  # None: PySide's types don't tell
        if found:
            self.take_data(data)
        else:
            self._notice.say(_("There is nothing to paste. Copy a link, a file or a folder first."))

    def _take_tenant(self, tenant: Pasted) -> None:
        session = self._tools.session
        self._notice.hide()
        session.go("tenant")
        session.do(edits.set_tenant(tenant.name, tenant.cloud, tenant.custom_domain, tenant.object_id))
        self._notice.say(said_back(tenant), "note", choices=((_("Undo"), session.undo_stack.undo),))


def can_take(data: QMimeData) -> bool:
    """Whether something dragged over the window may be dropped; what it is, is said then."""
    return (
        bool(local_files(data))
        or (data.hasText() and not data.hasUrls())
        or any(url.scheme() in ("http", "https") for url in data.urls())
    )


def local_files(data: QMimeData) -> list[Path]:
    """The files and folders among what is dragged or copied."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
