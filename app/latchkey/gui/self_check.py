"""The part of the self-check that needs Qt: its plugins, our icons, a window. On the window's thread only."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QPluginLoader, QSize, qVersion
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QApplication

from latchkey.catalogue.loader import load_catalogue
from latchkey.errors import Refused
from latchkey.gui.icons import Tiles, program_icon
from latchkey.paths import resource
from latchkey.self_check import Probe, load_all
from latchkey.text import N_, _, ngettext

_WINDOWS_OF = {"win32": ("windows",), "darwin": ("cocoa",)}
_ON_OTHERS = ("xcb", "wayland")
_SMALLEST = QSize(16, 16)


def probes() -> tuple[Probe, ...]:
    """All probes of the wizard, in the order in which they are told."""
    return (
        Probe("qt", N_("Qt"), qt),
        Probe("wizard", N_("A part of the wizard"), wizard),
        Probe("icons", N_("An icon"), icons),
    )


def qt() -> str:
    """Load the plugins that windows need; Qt itself would end the process where one is broken."""
    wanted = _WINDOWS_OF.get(sys.platform, _ON_OTHERS)
    wrong = {name: problem for name in wanted if (problem := _load_platform(name))}
    if len(wrong) == len(wanted):
        raise Refused(
            _("Qt can't open windows here: {reason}.").format(reason=" ".join(wrong[wanted[0]].split()).rstrip(".")),
            _("On Linux, install the system libraries that it names."),
        )
    names = ", ".join(name for name in wanted if name not in wrong)
    return _("Qt {version} can open windows ({names}).").format(version=qVersion(), names=names)


def wizard() -> str:
    """Import every module of the wizard."""
    count = load_all("latchkey.gui")
    return ngettext(
        "{count} part of the wizard can be loaded.", "{count} parts of the wizard can be loaded.", count
    ).format(count=count)


def icons() -> str:
    """Draw the tile of every provider, from the font that it names, and open the program's own icon."""
    # The wizard's own, or one that shows nothing and needs no screen; it outlives what is drawn.
    application = QApplication.instance() or QApplication([*sys.argv[:1], "-platform", "offscreen"])
    found = _draw_icons()
    del application
    return found


def _draw_icons() -> str:
    made = Tiles()
    if program_icon().pixmap(_SMALLEST).isNull():
        raise Refused(_("{path} is no picture.").format(path=resource("icons")), _("Please install Latchkey again."))
    entries = load_catalogue(resource("providers", "none")).values()
    for entry in entries:
        if entry.icon and not made.has_glyph(entry.icon):
            raise Refused(
                _("The icon {icon} of {name} is missing.").format(icon=entry.icon, name=entry.title),
                _("Please install Latchkey again."),
            )
        made.tile(entry.icon, entry.color, entry.title)
    files = sorted(resource("icons").glob("*.png"))
    for file in files:
        if QImage(str(file)).size().boundedTo(_SMALLEST) != _SMALLEST:
            raise Refused(_("{path} is no picture.").format(path=file), _("Please install Latchkey again."))
    count = len(entries) + len(files)
    return ngettext("{count} icon can be drawn.", "{count} icons can be drawn.", count).format(count=count)


def _load_platform(name: str) -> str:
    """What stands against loading a platform plugin; nothing where it is in use already or can be loaded."""
    if QGuiApplication.instance() is not None and QGuiApplication.platformName() == name:
        return ""
    folder = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath), "platforms")
    found = sorted(folder.glob(f"*q{name}.*")) or sorted(folder.glob(f"*q{name}-generic.*"))
    if not found:
        return _("{path} is missing.").format(path=folder / name)
    loader = QPluginLoader(str(found[0]))
    return "" if loader.load() else loader.errorString()
