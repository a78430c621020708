"""What a screen reader sees and does, through AT-SPI. Run by the system's own Python, which has pyatspi:

    /usr/bin/python3 screen_reader.py < a line of JSON for each command > a line of JSON for each answer

It knows nothing of Latchkey or Qt: it finds the application by its name, and in it things by role and name.
"""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

import pyatspi
from gi.repository import GLib

PATIENCE = 60  # seconds for anything to happen; a busy machine takes long to walk a tree over D-Bus
STATES = ("FOCUSED", "FOCUSABLE", "CHECKED", "SELECTED", "ENABLED", "SHOWING", "EDITABLE", "EXPANDED")

# What a node does that vanishes while one looks at it.
GONE = (GLib.Error, LookupError, RuntimeError, AttributeError)

heard: list[str] = []


def every(node: Any) -> Iterator[Any]:
    """A node and all that is showing under it. What vanishes meanwhile is left out."""
    yield node
    try:
        children = [child for child in node if child is not None]
    except GONE:
        return
    for child in children:
        try:
            showing = child.getState().contains(pyatspi.STATE_SHOWING)
        except GONE:
            continue
        if showing:
            yield from every(child)


def said(node: Any) -> dict[str, Any]:
    """What is told of a node."""
    state = node.getState()
    states = [name.lower() for name in STATES if state.contains(getattr(pyatspi, f"STATE_{name}"))]
    return {
        "role": node.getRoleName(), "name": node.name, "description": node.description, "states": states,
        "actions": actions(node),
    }  # fmt: skip


def actions(node: Any) -> list[str]:
    """What can be done with it."""
    try:
        offered = node.queryAction()
    except NotImplementedError:
        return []
    return [offered.getName(number) for number in range(offered.nActions)]


def text(node: Any) -> str:
    """What stands in a field."""
    held = node.queryText()
    return str(held.getText(0, held.characterCount))


def listening(is_so: Callable[[], Any], what: str) -> Any:
    """Listen until something is so; never for a fixed time."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        while GLib.MainContext.default().iteration(False):
            pass
        found = is_so()
        if found:
            return found
        time.sleep(0.05)
    raise TimeoutError(what)


def hear(event: Any) -> None:
    """An announcement came in."""
    heard.append(str(event.any_data))


class Reader:
    """One application."""

    def __init__(self, name: str) -> None:
        self.app = listening(lambda: self._application(name), f"no application {name}")

    def _application(self, name: str) -> Any:
        return next((one for one in pyatspi.Registry.getDesktop(0) if one is not None and one.name == name), None)

    def find(self, role: str, name: str) -> Any:
        """The first of that role whose name begins so."""

        def look() -> Any:
            for node in every(self.app):
                try:
                    if node.getRoleName() == role and node.name.startswith(name):
                        return node
                except GONE:
                    continue
            return None

        return listening(look, f"no {role} called {name}")

    def tree(self) -> list[dict[str, Any]]:
        """All that is showing. What vanishes meanwhile is left out."""
        found = []
        for node in every(self.app):
            try:
                found.append(said(node))
            except GONE:
                continue
        return found

    def press(self, role: str, name: str) -> bool:
        """Do the first thing that can be done with it."""
        return bool(self.find(role, name).queryAction().doAction(0))

    def focus(self, role: str, name: str) -> bool:
        """Put the focus there."""
        node = self.find(role, name)
        done = bool(node.queryComponent().grabFocus())
        listening(lambda: node.getState().contains(pyatspi.STATE_FOCUSED), f"{name} did not take the focus")
        return done

    def put(self, role: str, name: str, value: str) -> str:
        """Put a text into a field, as dictation does."""
        node = self.find(role, name)
        node.queryEditableText().setTextContents(value)
        listening(lambda: text(node) == value, f"{name} did not take the text")
        return text(node)

    def about(self, role: str, name: str) -> dict[str, Any]:
        """What is told of one node."""
        return said(self.find(role, name))

    def hears(self, part: str) -> str:
        """Wait for an announcement that says this."""
        return str(
            listening(lambda: next((one for one in heard if part in one), None), f"heard only {heard}, not {part}")
        )

    def describes(self, role: str, name: str, part: str) -> str:
        """Wait until a node's description says this."""

        def look() -> Any:
            described = self.find(role, name).description
            return described if part in described else None

        return str(listening(look, f"{name} does not say {part}"))

    def keys(self, *names: str) -> None:
        """Press keys, as a hand does."""
        subprocess.run(["xdotool", "key", "--delay", "60", *names], check=True)

    def focused(self) -> dict[str, Any]:
        """Who has the focus."""

        def look() -> Any:
            try:
                nodes = [node for node in every(self.app) if node.getState().contains(pyatspi.STATE_FOCUSED)]
            except GONE:  # the page is changing; look again
                return None
            return nodes[-1] if nodes else None

        return said(listening(look, "nothing has the focus"))


def main() -> None:
    """Answer until there are no more questions."""
    pyatspi.Registry.registerEventListener(hear, "object:announcement")
    reader = Reader("Latchkey")
    for line in sys.stdin:
        command, *words = json.loads(line)
        try:
            answer = {"answer": getattr(reader, command)(*words)}
        except (*GONE, TimeoutError, NotImplementedError, OSError) as error:
            answer = {"error": f"{type(error).__name__}: {error}"}
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


main()
