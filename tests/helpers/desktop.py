"""A desktop that nobody looks at: a screen, a window manager, a session bus, and a keyring that is open.

Everything runs as an ordinary user, so that programs in a bare system can join with that user's rights.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

_NEEDED = ("Xvfb", "openbox", "dbus-daemon", "gnome-keyring-daemon", "secret-tool", "xdotool", "setpriv", "unshare")
# This machine need not know the user; a bus asks for the name of who starts it.
_AS_USER = 'mount --bind "$1/passwd" /etc/passwd; shift; exec "$@"'
_PYTHON = "/usr/bin/python3"  # the one that Debian's python3-pyatspi is for


def why_not() -> str:
    """What is missing here for a desktop; nothing where it can be had."""
    missing = [name for name in _NEEDED if shutil.which(name) is None]
    if missing:
        return f"{', '.join(missing)} is missing"
    done = subprocess.run([_PYTHON, "-c", "import pyatspi"], capture_output=True, check=False)
    return "" if done.returncode == 0 else "python3-pyatspi is missing"


class Desktop:
    """Starts with `with`, ends with it. `folder` holds its sockets and must be seen by programs under the same name."""

    def __init__(self, folder: Path, user: int, log: Path) -> None:
        self.folder = folder
        self.log = log
        self._user = user
        self._started: list[subprocess.Popen[Any]] = []
        self.environ = {"XDG_RUNTIME_DIR": str(folder), "DBUS_SESSION_BUS_ADDRESS": f"unix:path={folder}/bus"}

    def __enter__(self) -> Desktop:
        self.folder.mkdir(parents=True)
        self.log.unlink(missing_ok=True)
        self.folder.chmod(0o700)
        home = self.folder / "home"
        home.mkdir()
        for path in (self.folder, home):
            os.chown(path, self._user, self._user)
        known = Path("/etc/passwd").read_text(encoding="utf-8")
        line = f"person:x:{self._user}:{self._user}::{home}:/bin/sh\n"
        (self.folder / "passwd").write_text(known + line, encoding="utf-8")
        try:
            self._begin()
        except BaseException:
            self.__exit__()
            raise
        return self

    def _begin(self) -> None:
        self.environ["DISPLAY"] = self._screen()
        self.start("dbus-daemon", "--session", "--nofork", f"--address={self.environ['DBUS_SESSION_BUS_ADDRESS']}")
        wait_for((self.folder / "bus").exists, "the session bus")
        self.start("openbox")
        keyring = self.start(
            "gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets", stdin=subprocess.PIPE
        )
        assert keyring.stdin is not None
        keyring.stdin.write(b"password")
        keyring.stdin.close()
        wait_for(lambda: self.tool("secret-tool", "search", "no", "such").returncode == 0, "the keyring")

    def __exit__(self, *_error: object) -> None:
        for process in reversed(self._started):
            process.terminate()
        for process in self._started:
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def command(self, *words: str) -> list[str]:
        """The command that runs these words on this machine as the user."""
        number = str(self._user)
        environ = {**self.environ, "HOME": str(self.folder / "home"), "PATH": os.environ["PATH"], "LANG": "C.UTF-8"}
        given = [f"{name}={value}" for name, value in environ.items()]
        enter = ["unshare", "--mount", "sh", "-euc", _AS_USER, "sh", str(self.folder)]
        return [*enter, "setpriv", "--reuid", number, "--regid", number, "--clear-groups", "env", "-i", *given, *words]

    def start(self, *words: str, stdin: int = subprocess.DEVNULL) -> subprocess.Popen[Any]:
        """Start a program that runs until the desktop ends."""
        return self.follow(self.command(*words), stdin)

    def follow(self, command: list[str], stdin: int = subprocess.DEVNULL) -> subprocess.Popen[Any]:
        """Start any command, its output into the log, and end it with the desktop."""
        with self.log.open("ab") as log:
            self._started.append(subprocess.Popen(command, stdin=stdin, stdout=log, stderr=log))
        return self._started[-1]

    def tool(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run a program of this machine to its end."""
        return subprocess.run(self.command(*words), capture_output=True, text=True, timeout=300, check=False)

    def person(self, script: Path, *words: str) -> None:
        """Let somebody do what a script says."""
        done = self.tool(_PYTHON, str(script), *words)
        if done.returncode:
            self.picture(self.log.with_suffix(".png"))
        assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-4000:]

    def picture(self, file: Path) -> None:
        """What is on the screen."""
        subprocess.run(["import", "-window", "root", str(file)], env={**os.environ, **self.environ}, check=False)

    def _screen(self) -> str:
        read, write = os.pipe()
        command = [
            "Xvfb",
            "-displayfd",
            str(write),
            "-screen",
            "0",
            "1280x800x24",
            "-ac",
            "-noreset",
            "-nolisten",
            "tcp",
        ]
        with self.log.open("ab") as log:
            self._started.append(subprocess.Popen(command, pass_fds=[write], stdout=log, stderr=log))
        os.close(write)
        with os.fdopen(read) as numbers:
            return f":{numbers.readline().strip()}"


def wait_for(look: Callable[[], bool], what: str, longest: float = 30.0) -> None:
    """Look again and again until it is so."""
    end = time.monotonic() + longest
    while not look():
        assert time.monotonic() < end, f"waited in vain: {what}"
        time.sleep(0.05)
