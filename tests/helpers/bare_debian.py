"""A bare Debian in a folder, without Python: made by debootstrap once, copied for each trial.

It uses this machine's own mirror and proxy, and writes neither into the project. Only root can make one.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import NamedTuple

SUITE = os.environ.get("SUITE", "bookworm")  # another release may be tried, as with `make test-chroot`
PERSON = 4711  # an ordinary user's number: nobody's on this machine
KEPT = Path("/var/tmp/latchkey-installers")  # between runs; a bare system takes half a minute to fetch
_ENTER = """
root=$1 user=$2; shift 2
mount -t proc proc "$root/proc"
mount -t tmpfs tmpfs "$root/dev/shm"
while [ "$1" != -- ]; do
    if [ -d "$1" ]; then mkdir -p "$root$1"; mount --bind "$1" "$root$1"; fi
    shift
done
shift
exec chroot --userspec="$user" "$root" "$@"
"""


class Debian(NamedTuple):
    """A system; `shared` are folders of this machine that it sees under the same names, once they are there."""

    root: Path
    shared: tuple[Path, ...] = ()

    def command(self, *words: str, user: str = "root", **environ: str) -> list[str]:
        """The command that runs these words in there, with a /proc of its own and nothing of this environment."""
        plain = {"HOME": "/root", "PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LANG": "C.UTF-8", **_proxies(), **environ}
        inside = ["/usr/bin/env", "-i", *(f"{name}={value}" for name, value in plain.items()), *words]
        folders = [str(folder) for folder in self.shared]
        return [
            "unshare",
            "--mount",
            "--fork",
            "sh",
            "-euc",
            _ENTER,
            "sh",
            str(self.root),
            user,
            *folders,
            "--",
            *inside,
        ]

    def run(
        self, *words: str, check: bool = True, user: str = "root", **environ: str
    ) -> subprocess.CompletedProcess[str]:
        """Run a command to its end, within ten minutes."""
        done = subprocess.run(
            self.command(*words, user=user, **environ),
            stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=600, check=False,
        )  # fmt: skip
        assert not check or done.returncode == 0, f"{' '.join(words)}\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}"
        return done

    def apt(self, *words: str) -> str:
        """`apt-get` that asks nothing."""
        return self.run(
            "apt-get", "-qq", "-y", "--no-install-recommends", *words, DEBIAN_FRONTEND="noninteractive"
        ).stdout

    def files(self) -> dict[str, int]:
        """Every file with its size, but for what packages' own tools keep."""
        kept = ("proc", "dev", "tmp", "run", "var/lib/dpkg", "var/lib/apt", "var/cache", "var/log")
        found: dict[str, int] = {}
        for folder, below, names in os.walk(self.root):
            here = Path(folder).relative_to(self.root).as_posix()
            below[:] = [name for name in below if f"{here}/{name}".removeprefix("./") not in kept]
            for name in names:
                found[f"{here}/{name}"] = (Path(folder) / name).lstat().st_size
        return found


def why_not() -> str:
    """What stands against making one here; nothing where it can be made."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return "only root can make a new system"
    missing = [name for name in ("debootstrap", "unshare", "chroot", "dpkg-deb") if shutil.which(name) is None]
    return f"{', '.join(missing)} is missing" if missing else ""


def make(target: Path, shared: tuple[Path, ...]) -> Debian:
    """A new system in a folder that does not exist yet."""
    base = KEPT / SUITE
    if not (base / "complete").exists():
        shutil.rmtree(base, ignore_errors=True)
        base.mkdir(parents=True)
        command = ["debootstrap", "--variant=minbase", SUITE, str(base), _mirror()]
        done = subprocess.run(command, capture_output=True, text=True, timeout=900, check=False)
        assert done.returncode == 0, done.stdout[-3000:] + done.stderr
        (base / "complete").touch()
    subprocess.run(["cp", "-a", "--reflink=auto", str(base), str(target)], check=True)
    target.chmod(0o755)
    (target / "complete").unlink()
    (target / "dev" / "shm").mkdir(exist_ok=True)
    shutil.copyfile("/etc/resolv.conf", target / "etc" / "resolv.conf")
    (target / "etc" / "apt" / "apt.conf.d" / "90machine").write_text(_apt_settings(), encoding="utf-8")
    made = Debian(target, shared)
    made.run("useradd", "--create-home", "--uid", str(PERSON), "person")
    return made


def _mirror() -> str:
    """Where this machine gets that release from, or Debian's own address."""
    form = "$(CODENAME) $(COMPONENT) $(REPO_URI)"
    done = subprocess.run(["apt-get", "indextargets", "--format", form], capture_output=True, text=True, check=False)
    wanted = [line.split()[2] for line in done.stdout.splitlines() if line.split()[:2] == [SUITE, "main"]]
    return next((address for address in wanted if address.startswith("http")), "http://deb.debian.org/debian")


def _apt_settings() -> str:
    """How this machine's apt reaches the network."""
    done = subprocess.run(["apt-config", "dump", "Acquire"], capture_output=True, text=True, check=False)
    lines = [line for line in done.stdout.splitlines() if "proxy" in line.casefold() and not line.endswith('"";')]
    return "\n".join([*lines, 'APT::Sandbox::User "root";', ""])


def _proxies() -> dict[str, str]:
    return {
        name: value
        for name, value in os.environ.items()
        if name.casefold() in ("http_proxy", "https_proxy", "no_proxy")
    }
