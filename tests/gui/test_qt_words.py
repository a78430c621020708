"""Qt speaks the person's language too."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QComboBox, QFileDialog, QFileSystemModel, QLineEdit, QWidget

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


@pytest.mark.parametrize("mode", [QFileDialog.FileMode.ExistingFile, QFileDialog.FileMode.Directory])
@pytest.mark.parametrize("accept", [QFileDialog.AcceptMode.AcceptOpen, QFileDialog.AcceptMode.AcceptSave])
def test_no_word_of_a_file_dialog_stays_english(qapp: Any, qtbot: Any, tmp_path: Path, mode: Any, accept: Any) -> None:
    qt = QtWords(qapp)
    qt.speak("zh_CN")
    dialog = QFileDialog(None, "选择", str(tmp_path))
    qtbot.addWidget(dialog)
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setFileMode(mode)
    dialog.setAcceptMode(accept)
    said = [
        text
        for widget in dialog.findChildren(QWidget)
        if not isinstance(widget, QComboBox | QLineEdit)
        for text in (getattr(widget, "text", str)(), widget.toolTip(), widget.accessibleName())
    ]
    said += [action.text() for action in dialog.findChildren(QAction)]
    model = next(made for made in dialog.findChildren(QFileSystemModel))
    said += [model.headerData(place, Qt.Orientation.Horizontal) for place in range(model.columnCount())]
    qt.speak("en")
    english = [text for text in said if re.search("[A-Za-z]", re.sub(r"\(&.\)", "", text))]
    assert said
    assert english == []


def test_arrow_keys_are_shown_as_arrows_in_chinese(qapp: Any) -> None:
    qt = QtWords(qapp)
    qt.speak("zh_CN")
    shown = QKeySequence("Alt+Up").toString(QKeySequence.SequenceFormat.NativeText)
    qt.speak("en")
    assert shown == "Alt+↑"
