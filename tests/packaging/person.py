"""Somebody who uses the installed wizard with what the desktop gives to screen readers: names, roles and actions (AT-SPI).

    person.py answer FOLDER DRAFT       answers from start to saved files; keeps the answers as the file DRAFT
    person.py see NAME                  waits until a window shows the draft of that name, then closes the wizard

Needs the system's Python with python3-pyatspi, a screen, a session bus and a running wizard.

Nothing of the program is imported: what is not reachable here is not reachable for a screen reader either. Text is typed
by xdotool, after the field has taken the focus.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

import pyatspi

LONGEST = 40.0  # seconds to wait for anything
APPLICATION = "Latchkey"
SECRET = "0123456789abcdef0123456789abcdef"


def showing() -> Iterator[Any]:
    """Everything of the program that can be seen now, from its windows down; dialogs first, being the newest."""
    desktop = pyatspi.Registry.getDesktop(0)
    for application in desktop:
        if application is not None and application.name == APPLICATION:
            for window in reversed(list(application)):
                yield from _below(window)


def _below(node: Any) -> Iterator[Any]:
    if node is None:
        return
    try:
        if not node.getState().contains(pyatspi.STATE_SHOWING):
            return
        children = list(node)
    except Exception:  # noqa: BLE001  (it went while we looked: AT-SPI raises errors of GLib's own)
        return
    yield node
    for child in children:
        yield from _below(child)


def find(role: str, name: str) -> Any:
    """The first that is shown with that role and a name that begins so; waited for."""
    return wait_for(lambda: next((one for one in showing() if _is(one, role, name)), None), f"{role} {name}")


def _is(node: Any, role: str, name: str) -> bool:
    try:
        return bool(node.getRoleName() == role and (node.name or "").startswith(name))
    except Exception:  # noqa: BLE001  (as above)
        return False


def wait_for(look: Callable[[], Any], what: str) -> Any:
    """What `look` finds, as soon as it finds something."""
    end = time.monotonic() + LONGEST
    while time.monotonic() < end:
        try:
            found = look()
        except Exception:  # noqa: BLE001  (what was looked at went meanwhile, as above)
            found = None
        if found:
            return found
        time.sleep(0.05)
    sys.exit(f"waited in vain: {what}. There is:\n" + "\n".join(_told(one) for one in showing()))


def _told(node: Any) -> str:
    try:
        return f"  {node.getRoleName()}: {node.name}"
    except Exception:  # noqa: BLE001  (as above)
        return "  what is gone"


def act(node: Any, *wanted: str) -> None:
    """Do one of the node's actions."""
    actions = node.queryAction()
    names = [actions.getName(number) for number in range(actions.nActions)]
    chosen = next(name for name in wanted if name in names)
    actions.doAction(names.index(chosen))


def press(name: str, *, whole: bool = False) -> None:
    """Press a button once it can be pressed. `whole`: this is its whole name, and not only how it begins."""

    def ready() -> Any:
        for node in showing():
            if _is(node, "push button", name) and (not whole or node.name == name):
                return node if node.getState().contains(pyatspi.STATE_SENSITIVE) else None
        return None

    act(wait_for(ready, f"the button {name}, ready"), "Press")


def choose(name: str) -> None:
    """Choose a card."""
    act(find("radio button", name), "Toggle", "Press")


def fill(name: str, text: str, role: str = "text") -> None:
    """Type into a field, in the place of what is there, and see that it is there."""
    field = find(role, name)
    act(field, "SetFocus")
    wait_for(lambda: field.getState().contains(pyatspi.STATE_FOCUSED), f"the focus in {name}")
    subprocess.run(["xdotool", "key", "ctrl+a"], check=True)
    subprocess.run(["xdotool", "type", "--delay", "15", text], check=True)
    there = text if role == "text" else "●" * len(text)  # what a screen reader gets of a secret
    wait_for(lambda: content(field) == there, f"“{there}” in {name}, which holds “{content(field)}”")


def content(field: Any) -> str:
    """What stands in a field."""
    return str(field.queryText().getText(0, -1))


def forward(step: str) -> None:
    """Go on to the next step, and wait until it is there."""
    press("Next: ")
    find("label", f"{title()} — {step}")


def title() -> str:
    """The draft's name, as the line above the page tells it."""
    label = wait_for(
        lambda: next((one.name for one in showing() if one.getRoleName() == "label" and " — " in one.name), ""),
        "the title",
    )
    return str(label).partition(" — ")[0]


def see(name: str) -> None:
    """Wait until the wizard shows a draft, and close it."""
    find("frame", name)
    close()


def close() -> None:
    """Close the window as its frame would."""
    subprocess.run(["xdotool", "key", "alt+F4"], check=True)


def answer(folder: str, draft: str) -> None:
    """Answer from start to saved files: one button, WeChat, whose secret is stored as well."""
    press("Begin", whole=True)
    forward("Your tenant")
    fill("Your tenant", "contoso")
    forward("Accounts")
    choose("Only with a provider")
    forward("Sign-in buttons")
    press("Add")
    fill("Search", "wechat")
    press("Add")
    forward("WeChat")
    fill("APP ID", "wx0123456789abcdef")
    fill("APP KEY", SECRET, "password text")
    press("Store the APP KEY")
    forward("Review")
    forward("Save")
    press("Choose a folder")
    fill("Directory:", folder)
    press("Choose", whole=True)
    press("Write the files")
    wait_for(lambda: any(_is(one, "label", "All ") for one in showing()), "the files")
    press("Keep them as a file")
    fill("File name:", draft)
    press("Save", whole=True)
    forward("Go live")
    close()


if __name__ == "__main__":
    {"answer": answer, "see": see}[sys.argv[1]](*sys.argv[2:])
