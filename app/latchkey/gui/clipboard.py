"""Copying values, and copying secrets so that clipboard histories leave them out and they are gone soon."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QMimeData, QObject, QTimer, Signal, Slot
from PySide6.QtGui import QClipboard, QGuiApplication

SECRET_SECONDS = 30

# How each desktop is told to keep a text out of its clipboard history.
_CONCEALED = {
    "x-kde-passwordManagerHint": b"secret",
    "application/x-nspasteboard-concealed-type": b"1",
    'application/x-qt-windows-mime;value="ExcludeClipboardContentFromMonitorProcessing"': b"1",
    'application/x-qt-windows-mime;value="CanIncludeInClipboardHistory"': b"\0\0\0\0",
    'application/x-qt-windows-mime;value="CanUploadToCloudClipboard"': b"\0\0\0\0",
}


class Clipboard(QObject):
    """The system's clipboard; forgets a secret after half a minute, or when the window closes."""

    forgotten = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._secret = ""
        self._timer = QTimer(self, singleShot=True, interval=SECRET_SECONDS * 1000)
        self._timer.timeout.connect(self.forget)

    def copy(self, text: str) -> None:
        """Copy something that anybody may see."""
        self._timer.stop()
        self._secret = ""
        _system().setText(text)

    def copy_secret(self, text: str) -> None:
        """Copy a secret: kept out of histories where the desktop allows it, gone after half a minute."""
        data = QMimeData()
        data.setText(text)
        for kind, value in _CONCEALED.items():
            data.setData(kind, QByteArray(value))
        _system().setMimeData(data)
        self._secret = text
        self._timer.start()

    @Slot()
    def forget(self) -> None:
        """Clear the clipboard if it still holds our secret."""
        self._timer.stop()
        if self._secret and _system().text() == self._secret:
            _system().clear()
        if self._secret:
            self._secret = ""
            self.forgotten.emit()


def _system() -> QClipboard:
    return QGuiApplication.clipboard()
