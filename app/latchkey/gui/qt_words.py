"""Qt's own words in the person's language: the file dialogs, and the menu of a text field."""

from __future__ import annotations

from PySide6.QtCore import QLibraryInfo, QObject, QTranslator
from PySide6.QtWidgets import QApplication


class QtWords(QObject):
    """Holds the translation that Qt brings along; English needs none."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._translator: QTranslator | None = None

    def speak(self, code: str) -> None:
        """Let Qt speak `code`; it stays with English where it has no translation."""
        if self._translator is not None:
            self._app.removeTranslator(self._translator)
            self._translator = None
        if code == "en":
            return
        translator = QTranslator(self)
        if translator.load(f"qtbase_{code}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
            self._translator = translator
            self._app.installTranslator(translator)
