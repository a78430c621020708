"""macOS: the mark by which clipboard managers know a secret (http://nspasteboard.org). Qt for Python has no way to set
it, so the system's own pasteboard is asked, through the Objective-C runtime.
"""

from __future__ import annotations

import ctypes
import ctypes.util
from typing import Any

from latchkey.log import logger

CONCEALED = "org.nspasteboard.ConcealedType"
_log = logger(__name__)


def conceal() -> None:
    """Mark what is on the pasteboard now as a secret. Where that can't be done the secret is still cleared soon."""
    name = ctypes.util.find_library("objc")
    if name is None:
        return
    try:
        _mark(ctypes.CDLL(name))
    except (OSError, AttributeError) as error:
        _log.warning("the pasteboard was not marked: %s", type(error).__name__)


def _mark(objc: Any) -> None:
    """`[pasteboard addTypes:@[CONCEALED] owner:nil]`, then `[pasteboard setString:@"" forType:CONCEALED]`."""
    objc.objc_getClass.restype = objc.sel_registerName.restype = ctypes.c_void_p
    objc.objc_getClass.argtypes = objc.sel_registerName.argtypes = [ctypes.c_char_p]

    def send(target: int, message: str, *arguments: object) -> int:
        kinds = [ctypes.c_char_p if isinstance(one, bytes) else ctypes.c_void_p for one in arguments]
        call = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p, *kinds)(("objc_msgSend", objc))
        return int(call(target, objc.sel_registerName(message.encode()), *arguments) or 0)

    def string(text: str) -> int:
        return send(objc.objc_getClass(b"NSString"), "stringWithUTF8String:", text.encode())

    pasteboard = send(objc.objc_getClass(b"NSPasteboard"), "generalPasteboard")
    types = send(objc.objc_getClass(b"NSArray"), "arrayWithObject:", string(CONCEALED))
    if pasteboard and types:
        send(pasteboard, "addTypes:owner:", types, None)
        send(pasteboard, "setString:forType:", string(""), string(CONCEALED))
