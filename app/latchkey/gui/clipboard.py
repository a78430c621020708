"""Copying values, and copying secrets so that clipboard histories leave them out and they are gone soon."""

from __future__ import annotations

import os
import sys

from PySide6.QtCore import QByteArray, QMimeData, QObject, QTimer, Signal, Slot
from PySide6.QtGui import QClipboard, QGuiApplication

from latchkey.text import _

SECRET_SECONDS = 30

# How each desktop is told to keep a text out of its clipboard history. KDE's Klipper and what follows it; Windows:
# https://learn.microsoft.com/windows/win32/dataxchg/clipboard-formats#cloud-clipboard-and-clipboard-history-formats,
# under the names that Qt gives to formats of Windows.
_CONCEALED = {
    "x-kde-passwordManagerHint": b"secret",
    'application/x-qt-windows-mime;value="ExcludeClipboardContentFromMonitorProcessing"': b"1",
    'application/x-qt-windows-mime;value="CanIncludeInClipboardHistory"': b"\0\0\0\0",
    'application/x-qt-windows-mime;value="CanUploadToCloudClipboard"': b"\0\0\0\0",
}


class Clipboard(QObject):
    """The system's clipboard; forgets a secret after half a minute, or when the window closes."""

    forgotten = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._salt = b""
        self._ours = b""  # a digest of the secret that we put there; not the secret
        self._timer = QTimer(self, singleShot=True, interval=SECRET_SECONDS * 1000)
        self._timer.timeout.connect(self.forget)

    def copy(self, text: str) -> None:
        """Copy something that anybody may see."""
        self._timer.stop()
        self._ours = b""
        _system().setText(text)

    def copy_secret(self, text: str) -> None:
        """Copy a secret: kept out of histories where the desktop allows it, gone after half a minute."""
        data = QMimeData()
        data.setText(text)
        for kind, value in _CONCEALED.items():
            data.setData(kind, QByteArray(value))
        _system().setMimeData(data)
        if sys.platform == "darwin":
            from latchkey.gui.mac_pasteboard import conceal

            conceal()
        self._salt = os.urandom(16)
        self._ours = self._digest(text)
        self._timer.start()

    @Slot()
    def forget(self) -> None:
        """Clear the clipboard if it still holds our secret: what somebody copied since is theirs."""
        self._timer.stop()
        if self._ours and self._digest(_system().text()) == self._ours:
            _system().clear()
        if self._ours:
            self._ours = b""
            self.forgotten.emit()

    def _digest(self, text: str) -> bytes:
        from hashlib import scrypt

        return scrypt(text.encode("utf-8", "surrogatepass"), salt=self._salt, n=1024, r=8, p=1)


def copied_words() -> str:
    """What is said when a secret was copied."""
    return _("Copied. Paste it now: the clipboard forgets it in {seconds} seconds.").format(seconds=SECRET_SECONDS)


def _system() -> QClipboard:
    return QGuiApplication.clipboard()
