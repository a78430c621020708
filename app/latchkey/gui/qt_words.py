"""Qt's own words in the person's language: the file dialogs, and the menu of a text field.

Qt brings translations along. Where they leave a word in English, or name it oddly, ours come first.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence

from PySide6.QtCore import QLocale, QObject, QTranslator
from PySide6.QtWidgets import QApplication

# By Qt's context and its English; the letter in brackets is the key of that field.
_OWN: Mapping[str, Mapping[tuple[str, str], str]] = {
    "zh_CN": {
        ("QFileDialog", "Look in:"): "查找范围：",
        ("QFileDialog", "&Look in:"): "查找范围(&L)：",
        ("QFileDialog", "Files of &type:"): "文件类型(&T)：",
        ("QFileDialog", "&File name:"): "文件名(&N)：",
        ("QFileDialog", "File &name:"): "文件名(&N)：",
        ("QFileDialog", "Directory:"): "文件夹：",
        ("QFileDialog", "Directories"): "文件夹",
        ("QFileDialog", "Show "): "显示",
        ("QFileDialog", "Parent Directory"): "上一级文件夹",
        ("QFileDialog", "Go to the parent directory"): "转到上一级文件夹",
        ("QFileSystemModel", "Computer"): "计算机",
        ("QFileSystemModel", "Size"): "大小",
        ("QFileSystemModel", "%1 bytes"): "%1 字节",
        ("QAbstractFileIconProvider", "Drive"): "驱动器",
        ("QAbstractFileIconProvider", "File"): "文件",
        ("QAbstractFileIconProvider", "File Folder"): "文件夹",
        ("QAbstractFileIconProvider", "Folder"): "文件夹",
        ("QAbstractFileIconProvider", "Shortcut"): "快捷方式",
        ("QAbstractFileIconProvider", "Alias"): "替身",
        ("QAbstractFileIconProvider", "Unknown"): "未知",
        ("QAbstractFileIconProvider", "%1 File"): "%1 文件",
        ("QLocale", "%n byte(s)"): "%n 字节",
        ("QShortcut", "Up"): "↑",
        ("QShortcut", "Down"): "↓",
        ("QShortcut", "Left"): "←",
        ("QShortcut", "Right"): "→",
    }
}


class _OwnWords(QTranslator):
    """What we say ourselves; asked before Qt's own translation."""

    def __init__(self, words: Mapping[tuple[str, str], str], parent: QObject) -> None:
        super().__init__(parent)
        self._words = words

    def isEmpty(self) -> bool:
        """Say that there is something here: Qt passes over a translator without."""
        return False

    def translate(self, context: str, source: str, disambiguation: str | None = None, n: int = -1) -> str | None:
        """Our word for it; None: ask the next translator."""
        return self._words.get((context, source))


class QtWords(QObject):
    """Holds the translation that Qt brings along, and our own additions to it; English needs none."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._translators: list[QTranslator] = []

    def speak(self, code: str) -> None:
        """Let Qt speak `code`; it stays with English where it has no translation."""
        for installed in self._translators:
            self._app.removeTranslator(installed)
        self._translators = []
        translator = QTranslator(self)
        if code == "en" or not translator.load(f"qtbase_{code}", _folder()):
            return
        self._translators = [translator]
        if code in _OWN:
            self._translators.append(_OwnWords(_OWN[code], self))
        for made in self._translators:  # the last one installed is the first that is asked
            self._app.installTranslator(made)


def _folder() -> str:
    from PySide6.QtCore import QLibraryInfo

    return QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)


def desktop_languages() -> Sequence[str] | None:
    """The languages of the person's desktop where no environment variable tells them: on a Mac. None: look there."""
    return QLocale.system().uiLanguages() if sys.platform == "darwin" else None
