"""The Debian package, from the source to a desktop without Python, and off it again. `make test-installers` runs this.

What an installed program does there is compared with what the checkout does, byte for byte. Nothing of this machine is
changed: the package is installed in a bare system in a folder of its own.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from helpers import bare_debian, desktop
from helpers.bare_debian import PERSON, Debian
from helpers.checkout import ROOT, clone
from helpers.desktop import Desktop, wait_for

PERSON_SCRIPT = Path(__file__).parent / "person.py"
SECRET = re.search(r'^SECRET = "(\w+)"', PERSON_SCRIPT.read_text(encoding="utf-8"), re.MULTILINE)[1]  # type: ignore[index]
HOME = Path("/home/person")
AS_PERSON = f"{PERSON}:{PERSON}"

pytestmark = [
    pytest.mark.timeout(1500),
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Debian packages are made and tried on Linux"),
    pytest.mark.skipif(bool(bare_debian.why_not()), reason=f"no bare Debian here: {bare_debian.why_not()}"),
]


class Source(NamedTuple):
    """A copy of the checkout, and the package that was made of it."""

    folder: Path
    version: str
    package: Path


@pytest.fixture(scope="module")
def place() -> Iterator[Path]:
    """A folder that goes when the tests have ended: bare systems are too big to be left lying about."""
    folder = Path(tempfile.mkdtemp(prefix="latchkey-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def source(place: Path) -> Source:
    """This checkout's package."""
    return build(place / "this", None)


@pytest.fixture(scope="module")
def newer(place: Path, source: Source) -> Source:
    """The package of the next version."""
    numbers = source.version.split(".")
    return build(place / "next", ".".join([*numbers[:-1], str(int(numbers[-1]) + 1)]))


def build(folder: Path, version: str | None) -> Source:
    """Make a package of a clone, in another version if asked; packed fast instead of small."""
    clone(folder)
    file = folder / "app" / "latchkey" / "__init__.py"
    text = file.read_text(encoding="utf-8")
    own = re.search(r'__version__ = "(.+)"', text)[1]  # type: ignore[index]  # test_product holds the form
    if version:
        file.write_text(text.replace(own, version), encoding="utf-8")
    environ = {**os.environ, "BUNDLE_VENV": str(ROOT / "build" / "bundle-venv"), "SOURCE_DATE_EPOCH": "1767225600"}
    done = subprocess.run(
        ["make", "-s", "deb", "ARGS=--quick"],
        cwd=folder, env=environ, capture_output=True, text=True, timeout=900, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    assert "This installation is whole." in done.stdout
    (package,) = (folder / "dist").glob("*.deb")
    return Source(folder, version or own, package)


def test_the_same_source_gives_the_same_package_wherever_it_lies(place: Path, source: Source) -> None:
    again = build(place / "somewhere else", None)
    digests = {hashlib.sha256(one.package.read_bytes()).hexdigest() for one in (source, again)}
    assert len(digests) == 1
    shutil.rmtree(again.folder)


def test_lintian_finds_nothing_but_what_a_bundle_is(source: Source) -> None:
    if shutil.which("lintian") is None:
        pytest.skip("lintian is missing")
    command = ["lintian", "--allow-root", "--fail-on", "error,warning", "--no-tag-display-limit", str(source.package)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=600)
    assert done.returncode == 0, done.stdout
    assert not [line for line in done.stdout.splitlines() if line[:2] in ("E:", "W:")]


@pytest.fixture(scope="module")
def bare(place: Path) -> Debian:
    """A bare system with what every desktop has: file types, and the libraries of graphics drivers."""
    made = bare_debian.make(place / "debian", (place / "run",))
    made.apt("update")
    made.apt("install", "shared-mime-info", "desktop-file-utils", "libglib2.0-bin", "fonts-dejavu-core")
    return made


@pytest.fixture(scope="module")
def screen(place: Path) -> Iterator[Desktop]:
    """Where the person sits."""
    if desktop.why_not():
        pytest.skip(f"no desktop here: {desktop.why_not()}")
    with Desktop(place / "run", PERSON, Path(tempfile.gettempdir(), "latchkey-installers.log")) as made:
        yield made


def test_installed_used_upgraded_and_removed(bare: Debian, screen: Desktop, source: Source, newer: Source) -> None:
    assert no_python(bare)
    bare.apt("satisfy", field(source.package, "Depends"))
    before = bare.files()
    install(bare, source)
    assert no_python(bare)
    the_installation_is_whole(bare, source.version)
    somebody_answers(bare, screen)
    the_files_are_those_of_the_checkout(bare, source)
    the_secret_is_only_in_the_keyring(bare, screen)
    a_double_click_opens_the_draft(bare, screen)
    own = home(bare)
    install(bare, newer)
    the_installation_is_whole(bare, newer.version)
    assert bare.run("latchkey", "check", f"{HOME}/policies", user=AS_PERSON, HOME=str(HOME)).returncode == 0
    listed = in_session(bare, screen, "latchkey", "secrets", "list")
    assert "WeChatSecret" in listed
    bare.apt("purge", "latchkey")
    assert home(bare) == own
    after = bare.files()
    assert {name for name in set(before) ^ set(after) if not name.startswith("home/person/")} == set()
    said = screen.log.read_text(encoding="utf-8", errors="replace")
    assert "Traceback" not in said, said[-4000:]


def no_python(bare: Debian) -> bool:
    """Whether there is no Python in the system."""
    return bare.run("sh", "-c", "command -v python3 || command -v python", check=False).returncode != 0


def field(package: Path, name: str) -> str:
    """What a package says of itself."""
    return subprocess.run(
        ["dpkg-deb", "--field", str(package), name], capture_output=True, text=True, check=True
    ).stdout.strip()


def install(bare: Debian, source: Source) -> None:
    """As a person would: apt, with the file's name."""
    target = bare.root / "tmp" / source.package.name
    shutil.copyfile(source.package, target)
    bare.apt("install", f"/tmp/{source.package.name}")
    target.unlink()


def the_installation_is_whole(bare: Debian, version: str) -> None:
    """Version, self-check, manual and file type."""
    assert bare.run("latchkey", "--version", user=AS_PERSON).stdout == f"latchkey {version}\n"
    report: dict[str, Any] = json.loads(
        bare.run("latchkey", "--self-check", "--json", user=AS_PERSON, HOME=str(HOME)).stdout
    )
    assert report["fine"], report
    assert report["packed"]
    assert (report["version"], len(report["checks"])) == (version, len({check["name"] for check in report["checks"]}))
    assert (bare.root / "usr/share/man/man1/latchkey.1.gz").is_file()
    default = bare.run("gio", "mime", "application/vnd.latchkey.draft+toml").stdout
    assert "latchkey.desktop" in default.splitlines()[0]


def wizard(bare: Debian, screen: Desktop, *words: str) -> subprocess.Popen[Any]:
    """Start a program as the person, on the screen, with what screen readers need."""
    environ = {"HOME": str(HOME), **screen.environ, "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1", "QT_ACCESSIBILITY": "1"}
    environ["XDG_CURRENT_DESKTOP"] = "openbox"
    return screen.follow(bare.command(*words, user=AS_PERSON, **environ))


def somebody_answers(bare: Debian, screen: Desktop) -> None:
    """From the first page to saved files."""
    bare.run("mkdir", f"{HOME}/policies", user=AS_PERSON)
    program = wizard(bare, screen, "latchkey")
    screen.person(PERSON_SCRIPT, "answer", f"{HOME}/policies", f"{HOME}/shop.latchkey.toml")
    assert program.wait(timeout=30) == 0


def the_files_are_those_of_the_checkout(bare: Debian, source: Source) -> None:
    """What the installed wizard wrote, and what the command of the checkout makes of the same answers."""
    draft, again = bare.root / "home/person/shop.latchkey.toml", source.folder / "again"
    done = subprocess.run(
        [sys.executable, "-m", "latchkey", "compose", str(draft), "--out", str(again)],
        env={**os.environ, "PYTHONPATH": str(source.folder / "app")}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    ours, theirs = (
        {file.name: file.read_bytes() for file in folder.glob("*.xml")}
        for folder in (bare.root / "home/person/policies", again)
    )
    assert len(ours) == 5
    assert ours == theirs


def the_secret_is_only_in_the_keyring(bare: Debian, screen: Desktop) -> None:
    """The session's keyring has it; no file of the person has."""
    found = screen.tool("secret-tool", "lookup", "service", "latchkey", "username", "contoso/wechatsecret")
    assert found.stdout.strip() == SECRET
    for file in (bare.root / "home/person").rglob("*"):
        assert not file.is_file() or SECRET.encode() not in file.read_bytes(), file


def a_double_click_opens_the_draft(bare: Debian, screen: Desktop) -> None:
    """`gio open` does what a file manager does: file type, desktop entry, program."""
    opener = wizard(bare, screen, "gio", "open", f"{HOME}/shop.latchkey.toml")
    screen.person(PERSON_SCRIPT, "see", "shop.latchkey.toml")
    assert opener.wait(timeout=30) == 0
    wait_for(lambda: not running(bare.root / "usr/lib/latchkey/latchkey"), "the wizard's end")


def running(program: Path) -> list[str]:
    """The processes that run that file, in whatever system they see it."""
    found = []
    for link in Path("/proc").glob("[0-9]*/exe"):
        with contextlib.suppress(OSError):  # it ended while we looked
            found += [link.parent.name] if link.samefile(program) else []
    return found


def in_session(bare: Debian, screen: Desktop, *words: str) -> str:
    """What a command prints to the person."""
    return bare.run(*words, user=AS_PERSON, HOME=str(HOME), **screen.environ).stdout


def home(bare: Debian) -> dict[str, bytes]:
    """The person's own files, but for caches."""
    folder = bare.root / "home/person"
    return {
        str(file.relative_to(folder)): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file() and ".cache" not in file.parts
    }
