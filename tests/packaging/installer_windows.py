"""The Windows setup, from building it to the last file that it leaves, as a person meets it: under Wine, on a screen.

    .venv/bin/python -m pytest -s tests/packaging/installer_windows.py        (also part of `make test-installers`)

The tests stand in the order of one computer's life and lean on each other: after the first that fails the others are
skipped. With LATCHKEY_FROZEN=1 the frozen program of the last run is taken; LATCHKEY_PICTURES may name a folder for
pictures of the screen.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from helpers.checkout import ROOT
from helpers.windows import LONGEST, PYTHON, Computer, computer, missing, screen, wait_until

build = importlib.import_module("windows.build")  # helpers.windows has put packaging/ on the path

EXAMPLE = ROOT / "resources" / "examples" / "contoso.latchkey.toml"
UNINSTALL = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\Latchkey"
NEWER = "99.0.1"
SECRET = "Windows-Geheimnis-0123456789"

pytestmark = [
    pytest.mark.timeout(1500),
    pytest.mark.skipif(bool(missing()), reason=f"the Windows setup is NOT tested: {', '.join(missing())} missing"),
]


class Setups(NamedTuple):
    """What is installed: a setup of this version, one that calls itself newer, and who signed them."""

    this: Path
    newer: Path
    certificate: Path | None


Tell = Callable[[str], None]


@pytest.fixture(scope="module")
def tell(request: pytest.FixtureRequest) -> Tell:
    """Say a figure at once, past what pytest holds back."""
    return lambda text: request.config.pluginmanager.getplugin("terminalreporter").write_line(f"windows: {text}")


@pytest.fixture(scope="module")
def failed_before(request: pytest.FixtureRequest) -> int:
    """How many tests had failed when these began."""
    return request.session.testsfailed


@pytest.fixture(autouse=True)
def in_order(request: pytest.FixtureRequest, failed_before: int) -> None:
    """Each step needs the one before."""
    if request.session.testsfailed > failed_before:
        pytest.skip("not tried, since a step before failed")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path | None:
    """A certificate that we have made ourselves, and LATCHKEY_SIGN set to sign with it."""
    if not (shutil.which("osslsigncode") and shutil.which("openssl")):
        return None
    folder = tmp_path_factory.mktemp("signing")
    key, certificate, script = folder / "key.pem", folder / "certificate.pem", folder / "sign.sh"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", certificate, "-days", "2",
         "-subj", "/CN=Latchkey test", "-addext", "extendedKeyUsage=codeSigning"],
        check=True, capture_output=True,
    )  # fmt: skip
    script.write_text(
        f'#!/bin/sh\nset -e\nosslsigncode sign -h sha256 -certs {certificate} -key {key} -n Latchkey -in "$1" -out "$1.signed" '
        '>/dev/null\nmv "$1.signed" "$1"\n',
        encoding="ascii",
    )
    script.chmod(0o755)
    os.environ["LATCHKEY_SIGN"] = str(script)
    return certificate


@pytest.fixture(scope="module")
def setups(certificate: Path | None, tmp_path_factory: pytest.TempPathFactory, tell: Tell) -> Setups:
    """The setup, built here; and a newer one, with a file more and a file less."""
    folder = tmp_path_factory.mktemp("setups")
    this = folder / "Latchkey-this-setup.exe"
    begun = time.monotonic()
    if os.environ.get("LATCHKEY_FROZEN"):
        build.pack(build.PROGRAM, this, quick=True)
    else:
        build.build(this, quick=True)
    tell(f"built in {time.monotonic() - begun:.0f} s: {this.stat().st_size / 1e6:.1f} MB")
    newer = folder / "newer"
    shutil.copytree(build.PROGRAM, newer)
    (newer / "licences.txt").unlink()
    (newer / "_internal" / "came-later.txt").write_text("new", encoding="ascii")
    target = folder / "Latchkey-newer-setup.exe"
    build.pack(newer, target, quick=True, called=NEWER)
    return Setups(this, target, certificate)


@pytest.fixture(scope="module")
def pc(setups: Setups, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Computer]:
    """A computer that has never seen Latchkey."""
    with screen() as seen:
        made = computer(tmp_path_factory.mktemp("windows"), seen)
        yield made
        made.close()


@pytest.fixture(scope="module")
def before(pc: Computer) -> set[str]:
    """The files of the computer before anything was installed."""
    return pc.files()


def look(pc: Computer, name: str) -> None:
    """Take a picture for who wants to see it."""
    if folder := os.environ.get("LATCHKEY_PICTURES"):
        Path(folder).mkdir(parents=True, exist_ok=True)
        pc.screen.picture(Path(folder) / f"windows-{name}.png")


def installed_files(pc: Computer) -> set[str]:
    return {path.relative_to(pc.programs).as_posix() for path in pc.programs.rglob("*") if path.is_file()}


def contents(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir() if file.is_file()}


def expected_files(program: Path) -> set[str]:
    return {path.relative_to(program).as_posix() for path in program.rglob("*") if path.is_file()} | {"uninstall.exe"}


def registered(pc: Computer, key: str) -> str:
    """Everything below a key of the registry; nothing if it is not there."""
    done = pc.run("reg", "query", key, "/s")
    return "" if done.returncode else done.stdout


def is_signed(file: Path, certificate: Path) -> bool:
    """Whether the file carries a signature that the certificate answers for."""
    words = ["osslsigncode", "verify", "-CAfile", str(certificate), "-ignore-cdp", "-ignore-crl", "-in", str(file)]
    return "Signature verification: ok" in subprocess.run(words, capture_output=True, text=True, check=False).stdout


def test_setup_and_programs_are_signed(setups: Setups) -> None:
    if setups.certificate is None:
        pytest.skip("signing is NOT tested: osslsigncode or openssl missing")
    for file in (setups.this, build.PROGRAM / "latchkey.exe", build.PROGRAM / "latchkey-wizard.exe"):
        assert is_signed(file, setups.certificate)


def test_it_installs_without_a_question(pc: Computer, setups: Setups, before: set[str], tell: Tell) -> None:
    begun = time.monotonic()
    assert pc.run(setups.this, "/S").returncode == 0
    tell(f"installed in {time.monotonic() - begun:.1f} s")
    assert installed_files(pc) == expected_files(build.PROGRAM)
    for name in installed_files(pc) - {"uninstall.exe"}:
        assert (pc.programs / name).read_bytes() == (build.PROGRAM / name).read_bytes(), name
    elsewhere = {name for name in pc.files() - before if "/Programs/Latchkey/" not in name}
    assert elsewhere == {pc.link.relative_to(pc.wine.drive).as_posix()}


def test_windows_lists_it(pc: Computer) -> None:
    listed = pc.registry(UNINSTALL)
    assert listed["DisplayName"] == "Latchkey"
    assert listed["DisplayVersion"] == build.version()
    size = sum(path.stat().st_size for path in pc.programs.rglob("*") if path.is_file()) / 1024
    assert abs(int(listed["EstimatedSize"], 16) - size) < size * 0.05
    assert pc.wine.path(pc.programs / "uninstall.exe") in listed["QuietUninstallString"]
    assert "Latchkey" in pc.run("uninstaller", "--list").stdout


def test_the_uninstaller_is_signed(pc: Computer, setups: Setups) -> None:
    if setups.certificate is None:
        pytest.skip("signing is NOT tested: osslsigncode or openssl missing")
    assert is_signed(pc.programs / "uninstall.exe", setups.certificate)


def test_the_command_works(pc: Computer) -> None:
    checked = pc.latchkey("--self-check")
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert "Windows Credential Manager" in checked.stdout
    assert pc.latchkey("--version").stdout.strip() == f"latchkey {build.version()}"


def test_it_composes_the_same_bytes_as_the_checkout(pc: Computer, tmp_path: Path) -> None:
    drafts = pc.wine.person / "我的 草稿"
    drafts.mkdir()
    draft = drafts / EXAMPLE.name
    shutil.copyfile(EXAMPLE, draft)
    done = pc.latchkey("compose", pc.wine.path(draft), "--out", pc.wine.path(drafts / "策略"), "--json")
    assert done.returncode == 0, done.stdout + done.stderr
    json.loads(done.stdout)
    ours = tmp_path / "ours"
    subprocess.run(
        [sys.executable, "-m", "latchkey", "compose", EXAMPLE, "--out", ours], check=True, capture_output=True
    )
    assert contents(drafts / "策略") == contents(ours)
    assert pc.latchkey("check", pc.wine.path(drafts / "策略")).returncode == 0


def test_exit_statuses_and_languages(pc: Computer) -> None:
    missing_file = pc.latchkey("compose", r"C:\no\such.latchkey.toml", "--out", r"C:\out")
    assert missing_file.returncode == 2
    assert len(missing_file.stderr.splitlines()) == 2
    assert pc.latchkey("compase").returncode == 2
    draft = pc.wine.path(pc.wine.person / "我的 草稿" / EXAMPLE.name)
    guide = pc.latchkey("guide", draft, "--json", "--language", "zh_CN")
    assert "微信" in json.dumps(json.loads(guide.stdout), ensure_ascii=False)


def test_secrets_are_in_windows_own_store(pc: Computer) -> None:
    for key in ("WeChatSecret", "QQSecret"):
        done = pc.latchkey("secrets", "set", "contoso", key, given=f"{SECRET}-{key}\n")
        assert done.returncode == 0, done.stderr
    assert stored(pc) == {f"{SECRET}-WeChatSecret", f"{SECRET}-QQSecret"}
    listed = json.loads(pc.latchkey("secrets", "list", "--json").stdout)["secrets"]
    assert {one["policy_key"] for one in listed} == {"WeChatSecret", "QQSecret"}
    assert pc.latchkey("secrets", "delete", "contoso", "QQSecret").returncode == 0
    assert stored(pc) == {f"{SECRET}-WeChatSecret"}
    for file in pc.kept.rglob("*"):
        assert file.is_dir() or SECRET.encode() not in file.read_bytes(), file


READ_STORE = """
import ctypes
from ctypes import wintypes
class Credential(ctypes.Structure):
    _fields_ = [("flags", wintypes.DWORD), ("type", wintypes.DWORD), ("target", wintypes.LPWSTR), ("comment", wintypes.LPWSTR),
                ("written", wintypes.FILETIME), ("size", wintypes.DWORD), ("blob", ctypes.POINTER(ctypes.c_char)),
                ("persist", wintypes.DWORD), ("count", wintypes.DWORD), ("attributes", ctypes.c_void_p),
                ("alias", wintypes.LPWSTR), ("user", wintypes.LPWSTR)]
count, found = wintypes.DWORD(), ctypes.POINTER(ctypes.POINTER(Credential))()
if ctypes.windll.advapi32.CredEnumerateW(None, 0, ctypes.byref(count), ctypes.byref(found)):
    for number in range(count.value):
        one = found[number].contents
        if "latchkey" in one.target:
            print(ctypes.string_at(one.blob, one.size).decode("utf-16-le"))
"""


def stored(pc: Computer) -> set[str]:
    """What the Credential Manager holds for Latchkey: asked of Windows, not of Latchkey."""
    done = pc.run(PYTHON, "-c", READ_STORE)
    assert done.returncode == 0, done.stderr
    return set(done.stdout.split())


FONTS = """
from latchkey.gui.application import make_application
from latchkey.gui.theme import Theme
from PySide6.QtWidgets import QApplication
app = make_application()
theme = Theme(app)
for kind in ("QWidget", "QAbstractItemView", "QMenu", "QMessageBox", "QTipLabel"):
    print(QApplication.font(kind).pixelSize(), QApplication.font(kind).families())
"""


def test_lists_menus_and_tips_have_the_wizards_font(pc: Computer) -> None:
    """Windows names fonts of its own for them, smaller ones. Asked of the source, with the Python that froze it."""
    done = pc.run(PYTHON, "-c", FONTS)
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) == 5
    assert len(set(done.stdout.splitlines())) == 1, done.stdout


class Person(NamedTuple):
    """Somebody at the keyboard, who needs no mouse."""

    pc: Computer

    @property
    def answers(self) -> str:
        """What the wizard has kept of the answers."""
        files = list((self.pc.kept / "drafts").glob("*.latchkey.toml"))
        return files[0].read_text(encoding="utf-8") if files else ""

    def next(self) -> None:
        """To the next page; its first control has the keyboard."""
        self.take_window()
        self.pc.screen.press("alt+Right")
        self.pc.screen.wait_still()

    def take_window(self) -> None:
        """Have the keyboard in the wizard's window: Wine gives it to nobody when a dialog has closed."""
        self.pc.screen.wait_for("— Latchkey")

    def until(self, kept: str, timeout: float = LONGEST) -> None:
        """Wait for an answer to be kept."""
        wait_until(lambda: kept in self.answers, f"{kept} in the answers", timeout)

    def fill(self, text: str, kept: str, missing: bool = False) -> None:
        """Type into the field that has the keyboard, or into the one whose answer is said to be `missing`. A person who
        sees that nothing came of it does it again: a computer that is busy may have taken the keys elsewhere.
        """
        for again in reversed(range(3)):
            if missing:
                self.pc.screen.press("F8")  # what needs attention; Enter leads to the field
                self.pc.screen.wait_still()
                self.pc.screen.press("Return")
                self.pc.screen.wait_still()
                self.take_window()
            self.pc.screen.press("ctrl+a")
            self.pc.screen.type(text)
            self.pc.screen.press("Return")
            look(self.pc, "typed")
            with contextlib.suppress(TimeoutError) if again else contextlib.nullcontext():
                self.until(kept, 15)
                return


def test_the_wizard_from_the_start_menu_to_written_files(pc: Computer, tmp_path: Path, tell: Tell) -> None:
    """With the keyboard alone. What is written is what the checkout composes of the same answers, byte for byte."""
    begun = time.monotonic()
    pc.open("start", pc.wine.path(pc.link))
    pc.screen.wait_for("— Latchkey")
    tell(f"the wizard is up in {time.monotonic() - begun:.1f} s, for the first time")
    pc.screen.wait_for("Welcome")
    look(pc, "welcome")
    pc.screen.press("Return")
    pc.screen.wait_gone("Welcome")
    person = Person(pc)
    person.next()
    person.fill("contoso", 'name = "contoso"')
    person.next()
    pc.screen.press("space")  # the first kind of accounts: only with a provider
    person.until('accounts = "social"')
    person.next()
    pc.screen.press("space")
    pc.screen.wait_for("Add a way to sign in")
    pc.screen.type("wechat")
    pc.screen.press("Return")
    person.until('type = "wechat"')
    person.next()
    look(pc, "wechat")
    person.fill("wx0123456789abcdef", 'client_id = "wx0123456789abcdef"', missing=True)
    person.next()
    look(pc, "review")
    person.next()
    policies = pc.wine.person / "Policies of mine"
    policies.mkdir()
    pc.screen.press("space")  # choose a folder, in Windows' own dialog
    pc.screen.wait_for("Select Folder")
    pc.screen.type(pc.wine.path(policies))
    pc.screen.press("Return")
    pc.screen.wait_gone("Select Folder")
    pc.screen.wait_still()
    look(pc, "save")
    draft, ours = tmp_path / "answers.latchkey.toml", tmp_path / "ours"
    draft.write_text(person.answers, encoding="utf-8")
    subprocess.run([sys.executable, "-m", "latchkey", "compose", draft, "--out", ours], check=True, capture_output=True)
    for again in reversed(range(3)):
        person.take_window()
        pc.screen.press("Tab", "space")  # the button that writes
        with contextlib.suppress(TimeoutError) if again else contextlib.nullcontext():
            wait_until(lambda: contents(policies) == contents(ours), "the files that the checkout writes", 20)
            break
    look(pc, "written")
    person.take_window()
    pc.screen.press("ctrl+q")
    pc.screen.wait_gone("Latchkey")


def test_a_double_click_on_a_draft_opens_it(pc: Computer, tell: Tell) -> None:
    """Nobody has asked for .toml on this computer, so Latchkey opens it; a click on the file is `start` to Windows.

    Wine 8 looks for file types only among those of the whole computer: ours are copied there for the time of the test.
    """
    draft = pc.wine.person / "我的 草稿" / EXAMPLE.name
    for name in (".toml", "Latchkey.Draft"):
        own = rf"HKCU\Software\Classes\{name}"
        assert pc.run("reg", "copy", own, own.replace("HKCU", "HKLM"), "/s", "/f").returncode == 0
    begun = time.monotonic()
    pc.open("start", pc.wine.path(draft))
    pc.screen.wait_for(f"{EXAMPLE.name} — Latchkey")
    tell(f"the wizard is up in {time.monotonic() - begun:.1f} s")
    look(pc, "draft")
    assert pc.open(pc.programs / "latchkey-wizard.exe", pc.wine.path(draft)).wait(LONGEST) == 0  # it is open already
    assert [title for title in pc.screen.titles() if "Latchkey" in title] == [f"{EXAMPLE.name} — Latchkey"]
    pc.screen.wait_for("— Latchkey")
    pc.screen.press("ctrl+q")
    pc.screen.wait_gone("Latchkey")
    for name in (".toml", "Latchkey.Draft"):
        pc.run("reg", "delete", rf"HKLM\Software\Classes\{name}", "/f")


def test_what_is_no_draft_is_told_in_a_box(pc: Computer) -> None:
    """There is no console to tell it on."""
    other = pc.wine.person / "pyproject.toml"
    other.write_text("[project]\nname = 'something else'\n", encoding="utf-8")
    wizard = pc.wine.path(pc.programs / "latchkey-wizard.exe")
    process = pc.open("start", "/wait", wizard, pc.wine.path(other))  # as Explorer does it: without our pipes
    pc.screen.wait_for("Latchkey")
    assert "— Latchkey" not in " ".join(pc.screen.titles())
    look(pc, "no-draft")
    pc.screen.press("Return")
    process.communicate(timeout=60)
    assert process.returncode == 1
    other.unlink()


def test_a_running_latchkey_stops_setup_and_uninstaller(pc: Computer, setups: Setups) -> None:
    there = installed_files(pc)
    pc.open(pc.programs / "latchkey-wizard.exe")
    pc.screen.wait_for("— Latchkey")
    assert pc.run(setups.newer, "/S").returncode == 3
    uninstaller = pc.programs / "uninstall.exe"
    assert pc.run(uninstaller, "/S", f"_?={pc.wine.path(pc.programs)}").returncode == 3
    assert installed_files(pc) == there
    assert pc.registry(UNINSTALL)["DisplayVersion"] == build.version()
    pc.screen.press("ctrl+q")
    pc.screen.wait_gone("Latchkey")


def test_an_upgrade_replaces_the_program_and_keeps_what_is_the_persons(
    pc: Computer, setups: Setups, tell: Tell
) -> None:
    kept = {file: file.read_bytes() for file in pc.kept.rglob("*.toml")}
    beside = pc.programs / "_internal" / "notes of mine.txt"
    beside.write_text("do not lose", encoding="ascii")
    begun = time.monotonic()
    assert pc.run(setups.newer, "/S").returncode == 0
    tell(f"upgraded in {time.monotonic() - begun:.1f} s")
    assert pc.registry(UNINSTALL)["DisplayVersion"] == NEWER
    there = installed_files(pc)
    assert "_internal/came-later.txt" in there
    assert "licences.txt" not in there
    assert beside.read_text(encoding="ascii") == "do not lose"
    assert kept
    assert {file: file.read_bytes() for file in pc.kept.rglob("*.toml")} == kept
    assert stored(pc) == {f"{SECRET}-WeChatSecret"}
    assert pc.link.is_file()
    assert pc.latchkey("--self-check").returncode == 0


def test_the_uninstaller_removes_what_it_brought_and_keeps_the_secrets_unasked(pc: Computer, before: set[str]) -> None:
    pc.run(pc.programs / "uninstall.exe", "/S")
    wait_until(lambda: not pc.link.exists() and not (pc.programs / "uninstall.exe").exists(), "the uninstaller's end")
    assert installed_files(pc) == {"_internal/notes of mine.txt"}
    assert stored(pc) == {f"{SECRET}-WeChatSecret"}
    assert registered(pc, UNINSTALL) == ""
    shutil.rmtree(pc.programs)
    persons = {name for name in pc.files() - before if "/AppData/Local/latchkey/" not in name}
    assert {Path(name).parent.name for name in persons} == {"我的 草稿", "策略", "Policies of mine"}


def test_clicked_through_in_chinese_and_into_a_folder_with_a_chinese_name(pc: Computer, setups: Setups) -> None:
    """And as an update of nothing: the folder is given, as /D does it."""
    folder = pc.wine.drive / "工具" / "钥匙"
    setup = pc.open(setups.this, "/LANG=2052", f"/D={pc.wine.path(folder)}")
    pc.screen.wait_for("Latchkey 安装")
    look(pc, "setup-1")
    pc.screen.press("alt+n")
    look(pc, "setup-2")
    pc.screen.press("alt+i")
    wait_until(lambda: (folder / "uninstall.exe").is_file() and pc.link.is_file(), "the files")
    wait_until(lambda: "DisplayName" in pc.registry(UNINSTALL), "the entry in the list of programs")
    look(pc, "setup-3")
    press_until_gone(pc, "alt+f", "Latchkey 安装")  # finish, and start Latchkey
    assert setup.wait(LONGEST) == 0
    pc.screen.wait_for("— Latchkey")
    look(pc, "setup-4")
    pc.screen.press("ctrl+q")
    pc.screen.wait_gone("— Latchkey")
    checked = pc.run(folder / "latchkey.exe", "--self-check")
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_clicked_away_with_the_secrets(pc: Computer, before: set[str]) -> None:
    folder = pc.wine.drive / "工具" / "钥匙"
    assert stored(pc) == {f"{SECRET}-WeChatSecret"}
    pc.open(folder / "uninstall.exe", "/LANG=1033")
    pc.screen.wait_for("Latchkey Uninstall")
    look(pc, "uninstall-1")
    pc.screen.press("alt+u")
    wait_until(lambda: sum("Latchkey Uninstall" in one for one in pc.screen.titles()) > 1, "the question about secrets")
    look(pc, "uninstall-2")
    pc.screen.press("alt+y")
    wait_until(lambda: not (folder / "uninstall.exe").exists(), "the uninstaller's work")
    look(pc, "uninstall-3")
    press_until_gone(pc, "alt+f", "Latchkey Uninstall")
    assert stored(pc) == set()
    assert not folder.exists()


def test_nothing_is_left_but_the_persons_own(pc: Computer, before: set[str]) -> None:
    left = {name for name in pc.files() - before if "/AppData/Local/latchkey/" not in name}
    assert {Path(name).parent.name for name in left} == {"我的 草稿", "策略", "Policies of mine"}
    kept = {path.name for path in pc.kept.iterdir()}
    assert "drafts" in kept
    for key in (UNINSTALL, r"HKCU\Software\Latchkey", r"HKCU\Software\Classes\Latchkey.Draft", r"HKCU\Software\Classes\.toml",
                r"HKCU\Software\Classes\Applications\latchkey-wizard.exe"):  # fmt: skip
        assert registered(pc, key) == "", key
    assert "Latchkey" not in registered(pc, r"HKCU\Software\RegisteredApplications")


def test_another_programs_file_type_stays_its_own(pc: Computer, setups: Setups) -> None:
    toml = r"HKCU\Software\Classes\.toml"
    pc.run("reg", "add", toml, "/ve", "/d", "Editor.Toml", "/f")
    assert pc.run(setups.this, "/S").returncode == 0
    installed = registered(pc, toml)
    assert "Editor.Toml" in installed
    assert "Latchkey.Draft" in installed  # among "Open with"
    pc.run(pc.programs / "uninstall.exe", "/S", f"_?={pc.wine.path(pc.programs)}")
    assert "Editor.Toml" in registered(pc, toml)
    assert "Latchkey" not in registered(pc, toml)


def press_until_gone(pc: Computer, key: str, title: str) -> None:
    """Press a button as soon as it can be pressed: a setup says nothing of when that is."""

    def gone() -> bool:
        if not any(title in one for one in pc.screen.titles()):
            return True
        pc.screen.press(key)
        return False

    wait_until(gone, f"{title} to close")
