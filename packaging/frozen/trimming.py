"""What PyInstaller finds and the frozen program does without: half of its size."""

from __future__ import annotations

import re

# Never used by us, but found since something names them.
EXCLUDED = [
    # qtawesome is there for its fonts only (gui/icons.py); its code would bring QtPy, and that QtOpenGL.
    "qtpy", "PySide6.QtOpenGL", "PySide6.QtOpenGLWidgets",
    "PySide6.QtQml", "PySide6.QtQuick", "PySide6.QtSql", "PySide6.QtTest", "PySide6.QtNetwork",
    "tkinter", "unittest", "doctest", "pydoc", "lib2to3", "pdb", "readline", "setuptools", "pip", "pytest",
    "lxml.isoschematron", "lxml.html", "pygments", "IPython", "babel", "hatchling", "_wmi",
]  # fmt: skip

# What PyInstaller does at each start for programs that look at their own source, or start copies of themselves.
UNNEEDED_HOOKS = ("pyi_rth_inspect", "pyi_rth_multiprocessing")

# Of Qt's platform plugins those of desktops stay, and `offscreen`, which the self-check uses.
_QT_LIBRARIES = (
    r"OpenGL|OpenGLWidgets|Network|Qml|QmlModels|QmlMeta|QmlWorkerScript|Quick|Pdf|VirtualKeyboard|EglFS\w*"
    r"|EglFs\w*|WlShellIntegration"
)
_GTK_AND_ITS_LIKE = (
    r"gtk-3|gdk-3|gdk_pixbuf|atk|atspi|cairo|pango|harfbuzz|epoxy|fribidi|thai|datrie|pixman|graphite2|gio-|gmodule"
    r"|krb5|k5crypto|gssapi|keyutils|com_err|mount|blkid|selinux|(?-i:X(?!11|au|dmcp))|tinfo|readline|systemd|cap|gcrypt"
    r"|gpg-error|lz4"
)
_DROPPED = re.compile(
    "|".join(
        [
            r"/platforms/(lib)?q(eglfs|linuxfb|minimalegl|vkkhrdisplay|vnc|minimal|direct2d)\b",
            r"/(egldeviceintegrations|generic|tls|networkinformation|qmltooling|sqldrivers|printsupport)/",
            r"/platformthemes/libqgtk3",  # brings GTK, cairo, pango and systemd's libraries
            r"/platforminputcontexts/(lib)?qtvirtualkeyboard",
            r"/imageformats/(lib)?q(tiff|webp|icns|tga|wbmp|pdf)\b",
            rf"(lib)?Qt6?({_QT_LIBRARIES})(\.|$)",
            r"/wayland-shell-integration/lib(ivi|fullscreen|wl-shell)",
            r"/wayland-graphics-integration-client/lib(vulkan|drm-egl|dmabuf|shm-em|qt-plugin-wayland-egl)",
            r"opengl32sw\.dll$",
            r"(^|/)(icuuc|mscms)\.dll$",  # of Windows itself
            rf"^lib({_GTK_AND_ITS_LIKE})",
            # Of the system, so that an older one than the builder's will do (linux/libraries.py).
            r"^lib(stdc\+\+|gcc_s|expat)\.so",
        ]
    ),
    re.IGNORECASE,
)
# Qt's own words: only the languages that we speak.
_OTHER_LANGUAGES = re.compile(r"/translations/(?!(qtbase|qt)_(en|zh_CN)\.qm$)")


def kept(file: str) -> bool:
    """Whether a file stays that PyInstaller would put there, under that name in the bundle."""
    name = file.replace("\\", "/")
    return not _DROPPED.search(name) and not _OTHER_LANGUAGES.search(name)
