"""Qt speaks the person's language too."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QCoreApplication

from latchkey.gui.qt_words import QtWords


def words() -> str:
    return QCoreApplication.translate("QFileDialog", "File &name:")


def test_the_file_dialog_speaks_the_language(qapp: Any) -> None:
    qt = QtWords(qapp)
    assert words() == "File &name:"
    qt.speak("zh_CN")
    assert "文件" in words()
    qt.speak("en")
    assert words() == "File &name:"


def test_a_language_that_qt_does_not_know_is_left_in_english(qapp: Any) -> None:
    qt = QtWords(qapp)
    qt.speak("zh_CN")
    qt.speak("xx_XX")
    assert words() == "File &name:"
