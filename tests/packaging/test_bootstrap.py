"""packaging/bootstrap.sh on machines that we don't have: everything that it calls is made up here and writes down its call."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from helpers.checkout import ROOT

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="bootstrap.sh looks for system packages on Linux only")

REAL = ("sh", "cat", "tr", "find", "dirname", "mktemp", "tail", "rm", "env", "cksum", "uname", "ls")
PYTHON = """
case "$*" in
    *ensurepip*) exit {ensurepip} ;;
    *"-m venv"*) mkdir -p .venv/bin; cp "$0" .venv/bin/python ;;
    *"-m pip"*--editable*) : >.venv/bin/latchkey; chmod +x .venv/bin/latchkey ;;
    --version) echo "Python 3.11.2" ;;
esac
"""


class Machine(NamedTuple):
    """A checkout, a PATH with made-up programs, and their calls."""

    checkout: Path
    programs: Path
    calls: Path

    def add(self, name: str, body: str = "") -> None:
        """Make a program up that writes down how it was called."""
        path = self.programs / name
        path.unlink(missing_ok=True)  # it may be a link to the machine's own program, which writing would follow
        log = f'[ "$1" = -c ] || [ "$1" = --version ] || echo "{name} $*" >>"{self.calls}"\n'
        with path.open("x", encoding="utf-8") as file:
            file.write("#!/bin/sh\n" + log + body)
        path.chmod(path.stat().st_mode | stat.S_IXUSR)

    def run(self, kind: str = "run") -> subprocess.CompletedProcess[str]:
        """Run the script, with no terminal."""
        command = [shutil.which("sh") or "/bin/sh", self.checkout / "packaging" / "bootstrap.sh", kind]
        environ = {"PATH": str(self.programs), "HOME": os.environ["HOME"]}
        return subprocess.run(
            command, env=environ, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60, check=False
        )

    def called(self, word: str) -> list[str]:
        """The calls that hold a word."""
        lines = self.calls.read_text(encoding="utf-8").splitlines() if self.calls.exists() else []
        return [line for line in lines if word in line]


@pytest.fixture
def machine(tmp_path):
    """A bare Debian, as root, with all system packages there."""
    checkout, programs = tmp_path / "check out", tmp_path / "bin"
    (checkout / "packaging").mkdir(parents=True)
    programs.mkdir()
    # The script appends these for ldconfig; a real one must not be found.
    script = (ROOT / "packaging" / "bootstrap.sh").read_text(encoding="utf-8")
    assert "$PATH:/usr/sbin:/sbin" in script
    (checkout / "packaging" / "bootstrap.sh").write_text(script.replace("$PATH:/usr/sbin:/sbin", "$PATH"), "utf-8")
    for file in ("pyproject.toml", "requirements.txt", "requirements-dev.txt"):
        (checkout / file).write_text(file, encoding="utf-8")
    for name in REAL:
        (programs / name).symlink_to(shutil.which(name) or pytest.fail(f"no {name} here"))
    for name in ("mkdir", "cp", "chmod", "date", "Xvfb", "xauth", "xdotool", "openbox"):
        (programs / name).symlink_to(shutil.which(name) or "/bin/true")
    made = Machine(checkout, programs, tmp_path / "calls")
    libraries = [line.split()[0] for line in script.split("libraries='")[1].split("'")[0].splitlines() if line.strip()]
    assert len(libraries) > 8
    made.add("ldconfig", "".join(f"echo '\t{library} (libc6,x86-64) => /lib/{library}'\n" for library in libraries))
    made.add("id", "echo 0\n")
    made.add("apt-get")
    made.add("python3", PYTHON.format(ensurepip=0))
    made.add("find", "echo /usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc\n")
    return made


def bare(machine: Machine) -> Machine:
    """Take the system packages away."""
    machine.add("ldconfig", "echo '0 libs found in cache'\n")
    machine.add("find")
    machine.add("python3", PYTHON.format(ensurepip=1))
    return machine


def test_with_all_packages_there_it_only_makes_the_environment(machine):
    done = machine.run()
    assert done.returncode == 0, done.stderr
    assert machine.called("apt-get") == []
    assert "making .venv" in done.stdout
    assert (machine.checkout / ".venv/bin/latchkey").exists()


def test_the_second_run_does_and_says_nothing(machine):
    machine.run()
    before = machine.called("")
    done = machine.run()
    assert done.stdout == done.stderr == ""
    assert [call for call in machine.called("")[len(before) :] if not call.startswith(("ldconfig", "id", "find"))] == []


def test_a_changed_lock_is_installed_and_dev_serves_run(machine):
    machine.run("dev")
    assert machine.run().stdout == ""
    (machine.checkout / "requirements.txt").write_text("other", encoding="utf-8")
    assert "installing requirements.txt" in machine.run().stdout
    assert "installing requirements-dev.txt" in machine.run("dev").stdout


def test_an_interrupted_install_is_done_again(machine):
    machine.add("python3", PYTHON.format(ensurepip=0) + 'case "$*" in *--requirement*) exit 1 ;; esac\n')
    done = machine.run()
    assert done.returncode == 1
    assert "pip could not install requirements.txt" in done.stderr
    machine.add("python3", PYTHON.format(ensurepip=0))
    shutil.copy(machine.programs / "python3", machine.checkout / ".venv/bin/python")
    assert machine.run().returncode == 0


def test_as_root_it_says_first_what_it_installs_and_installs_only_that(machine):
    bare(machine)
    done = machine.run()
    assert done.returncode == 0, done.stderr
    update, install = machine.called("apt-get")
    assert update == "apt-get update"
    assert install.startswith("apt-get install -y --no-install-recommends libgl1 libegl1 ")
    assert install.endswith("libxcb-shape0 fonts-noto-cjk python3-venv")
    assert "missing and are installed now" in done.stdout
    assert "libxcb-cursor0" in done.stdout


def test_tests_need_a_screen_too(machine):
    (machine.programs / "xdotool").unlink()
    (machine.programs / "Xvfb").unlink()
    assert machine.run("dev").returncode == 0
    assert machine.called("apt-get install") == ["apt-get install -y --no-install-recommends xvfb xdotool"]


def test_without_rights_it_prints_the_one_command_and_stops(machine):
    bare(machine).add("id", "echo 1000\n")
    done = machine.run()
    assert done.returncode == 1
    assert machine.called("apt-get") == []
    assert not (machine.checkout / ".venv").exists()
    *_, command = done.stderr.splitlines()
    assert command.strip().startswith(
        "set-up:     su -c 'apt-get update && apt-get install -y --no-install-recommends libgl1"
    )
    assert command.endswith("python3-venv'")


@pytest.mark.parametrize("allowed", [True, False])
def test_sudo_is_used_where_it_asks_nothing(machine, allowed):
    bare(machine).add("id", "echo 1000\n")
    machine.add("sudo", '[ "$1" = -n ] && shift\n"$@"\n' if allowed else "exit 1\n")
    done = machine.run()
    assert done.returncode == (0 if allowed else 1)
    assert len(machine.called("apt-get install")) >= (1 if allowed else 0)
    assert ("installed now with sudo" in done.stdout) == allowed
    assert ("sudo sh -c 'apt-get update" in done.stderr) == (not allowed)


def test_a_failed_install_shows_why_and_stops(machine):
    bare(machine).add("apt-get", 'echo "E: Unable to locate package $5"\n[ "$1" = update ]\n')
    done = machine.run()
    assert done.returncode == 1
    assert "E: Unable to locate package" in done.stderr
    assert "could not be installed" in done.stderr


def test_a_system_without_apt_is_told_and_goes_on(machine):
    (bare(machine).programs / "apt-get").unlink()
    done = machine.run()
    assert done.returncode == 0
    assert "libgl1" in done.stdout
    assert "Going on without them" in done.stdout


def test_an_old_python_is_refused_with_a_way_out(machine):
    machine.add("python3", "exit 1\n")
    done = machine.run()
    assert done.returncode == 1
    assert "Python 3.11 or newer is needed" in done.stderr


def test_wrong_usage(machine):
    assert machine.run("walk").returncode == 2
