"""`make screenshots`: every page and dialog of the wizard in both themes and both languages, at 1280 by 720, into
out/screenshots.

    screenshots.py [FOLDER] [NAME…]      pages and dialogs by name; `provider` means each provider's page

Needs a screen (`xvfb-run -a -s "-screen 0 1280x800x24"` where there is none). Nothing of the person who runs it is read
or written.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from itertools import chain
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer

from latchkey.gui.application import Wizard, make_application
from latchkey.gui.memory import Memory
from latchkey.secrets import Keychain
from latchkey.text import LANGUAGES

sys.path.insert(0, str(Path(__file__).parents[1]))  # for helpers, as pytest does
from helpers.drawer import Drawer
from helpers.scenes import Scene, dialogs, pages

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "resources/examples/contoso.latchkey.toml"
SIZE = (1280, 720)
LONGEST = 20_000  # milliseconds to wait for one picture


def keychain(folder: Path) -> Keychain:
    """Holds one secret in memory, so that both states are in the pictures."""
    made = Keychain(Drawer(), folder / "secrets.json")
    made.set("contoso", "WeChatSecret", "not-a-real-secret")
    return made


def wait_until(is_so: Callable[[], bool]) -> None:
    """Let Qt work until something is so."""
    loop = QEventLoop()
    look = QTimer(interval=20)
    look.timeout.connect(lambda: loop.quit() if is_so() else None)
    look.start()
    QTimer.singleShot(LONGEST, loop.quit)
    loop.exec()
    if not is_so():
        sys.exit("the wizard did not come to rest")


def settled(wizard: Wizard) -> bool:
    """Everything of this draft is checked, composed, saved and shown."""
    session = wizard.session
    return (
        not session.composing
        and session.composed.draft == session.draft
        and not wizard.runner.busy
        and not wizard.keeper.waiting
    )


def rest(wizard: Wizard) -> None:
    """Wait until nothing changes any more."""
    wait_until(lambda: settled(wizard))


def scenes(wizard: Wizard, wanted: list[str]) -> Iterator[Scene]:
    """What is wanted of all that there is to see."""
    for scene in chain(pages(wizard, rest, unfold=False), dialogs(wizard, rest)):
        if not wanted or scene.name in wanted or scene.name.partition(":")[0].partition("/")[0] in wanted:
            yield scene


def main() -> None:
    """All of them."""
    out = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "out/screenshots"
    out.mkdir(parents=True, exist_ok=True)
    app = make_application()
    with tempfile.TemporaryDirectory() as home:
        folder = Path(home)
        draft = folder / EXAMPLE.name
        draft.write_bytes(EXAMPLE.read_bytes())
        wizard = Wizard(
            app, Memory(folder / "window.json", folder / "settings.json"), folder / "drafts", partial(keychain, folder)
        )
        wizard.open(draft)
        window = wizard.show()
        wizard.furnish()
        wizard.session.choose_folder(folder / "policies")
        window.resize(*SIZE)
        for language in LANGUAGES:
            wizard.choose_language(language)
            for scheme in ("light", "dark"):
                wizard.theme.choose(scheme)  # type: ignore[arg-type]
                for scene in scenes(wizard, sys.argv[2:]):
                    name = scene.name.replace(":", "-").replace("/", "-")
                    scene.widget.grab().save(str(out / f"{name}-{scheme}-{language}.png"))
        window.close()
    sys.stdout.write(f"{len(list(out.glob('*.png')))} pictures are in {out}\n")


if __name__ == "__main__":
    main()
