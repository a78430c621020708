"""Plants secrets and a person's name everywhere, drives wizard and command line, and searches every byte for them.

    planted_run.py FOLDER       in a D-Bus session with an unlocked keyring, on a screen; prints what was found, as JSON

Everything that the programs write goes below FOLDER: home, settings, state, temporary files, output, their terminals.
While they run, the arguments and environments of all processes are read again and again.
"""

from __future__ import annotations

import base64
import json
import os
import re
import secrets
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from latchkey.secrets import Keychain

HERE = Path(__file__).parent
LOGGED = re.compile(
    rb"^(?:DEBUG|INFO|WARNING|ERROR|CRITICAL) .*|^  \S+:\d+ .*|^\w+(?:Error|Refused|Unreadable).*", re.M
)
NAME = "Wilhelmina Quastenflosser"
PLANTS = {name: f"planted.{secrets.token_hex(12)}.{name}" for name in ("typed", "pasted", "piped")}
DRAFT = """\
format = 1
[tenant]
name = "contoso"
[policies]
kind = "custom"
accounts = "social"
[[providers]]
type = "wechat"
name = "Wilhelmina Quastenflosser"
client_id = "wx0123456789abcdef"
[[providers]]
type = "qq"
client_id = "101234567"
[[providers]]
type = "apple"
client_id = "com.quastenflosser.signin"
[providers.settings]
team_id = "A1B2C3D4E5"
"""


def ways(plant: str) -> Iterator[bytes]:
    """How a text may stand in bytes."""
    for encoding in ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le"):
        yield plant.encode(encoding)
    data = plant.encode()
    yield data.hex().encode()
    for shift in range(3):  # base64, wherever it begins
        whole = base64.b64encode(b"\0" * shift + data)
        yield whole[4 if shift else 0 : -4]


def found(data: bytes, plants: dict[str, list[bytes]]) -> list[str]:
    """Which plants are in the bytes."""
    return [name for name, forms in plants.items() if any(form in data for form in forms)]


class Watcher(threading.Thread):
    """Reads arguments and environments of all processes, as long as it runs."""

    def __init__(self, plants: dict[str, list[bytes]]) -> None:
        super().__init__(daemon=True)
        self.plants, self.hits, self.looks, self.bytes, self.stop = plants, set[str](), 0, 0, False

    def run(self) -> None:
        while not self.stop:
            for process in Path("/proc").iterdir():
                if process.name.isdigit() and int(process.name) != os.getpid():
                    self.look(process)
            self.looks += 1
            time.sleep(0.02)

    def look(self, process: Path) -> None:
        for listing in ("cmdline", "environ"):
            try:
                data = (process / listing).read_bytes()
            except OSError:
                continue
            self.bytes += len(data)
            self.hits.update(f"{listing}: {name}" for name in found(data, self.plants))


def in_memory(pid: int, plants: dict[str, list[bytes]]) -> dict[str, int]:
    """How often each plant is in the memory of a process."""
    counts = dict.fromkeys(plants, 0)
    process = Path(f"/proc/{pid}")
    with (process / "mem").open("rb") as memory:
        for line in (process / "maps").read_text("ascii", "replace").splitlines():
            start, end, rights = re.match(r"([0-9a-f]+)-([0-9a-f]+) (....)", line).groups()  # type: ignore[union-attr]
            if rights[0] != "r" or "[v" in line:
                continue
            try:
                memory.seek(int(start, 16))
                data = memory.read(int(end, 16) - int(start, 16))
            except (OSError, ValueError):
                continue
            for name, forms in plants.items():
                counts[name] += sum(data.count(form) for form in forms[:4])
    return counts


def key_file(folder: Path) -> tuple[Path, str]:
    """A private key as Apple gives it."""
    key = ec.generate_private_key(ec.SECP256R1()).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path = folder / "AuthKey_F6G7H8I9J0.p8"
    path.write_bytes(key)
    return path, key.decode().splitlines()[1]


def command_line(folder: Path, draft: Path, key: Path, log: Path) -> list[int]:
    """Commands that work, and many that fail."""
    bad = folder / NAME / "bad.latchkey.toml"
    bad.write_text(DRAFT + f'client_secret = "{PLANTS["piped"]}"\n', "utf-8")
    broken = folder / NAME / "broken"
    broken.mkdir()
    (broken / "a.xml").write_text(f"<TrustFrameworkPolicy><{PLANTS['piped']} {NAME}</", "utf-8")
    out = str(folder / "out")
    piped = PLANTS["piped"] + "\n"
    ends = []
    for words, typed in (
        (["secrets", "set", "contoso", "PipedSecret"], piped),
        (["secrets", "set", "contoso", "Piped Secret"], piped),
        (["secrets", "set", "contoso", "PipedSecret", "--expires", NAME], piped),
        (["secrets", "set", "contoso", "PipedSecret"], "\x07" + piped),
        (["secrets", "set", "contoso", "PipedSecret"], piped.strip() * 50),
        (["secrets", "list"], ""),
        (["secrets", "list", "--json"], ""),
        (["secrets", "renew", str(draft), "--key-file", str(key)], ""),
        (["secrets", "renew", str(draft), "--key-file", str(bad)], ""),
        (["compose", str(draft), "--out", out], ""),
        (["compose", str(bad), "--out", out], ""),
        (["compose", str(draft), "--out", str(key / "below")], ""),
        (["compose", str(draft), "--into", out], ""),
        (["check", str(broken)], ""),
        (["check", out, "--json"], ""),
        (["guide", str(draft), "--html", str(folder / "guide.html")], ""),
        (["import", str(broken), "-o", str(folder / "imported.latchkey.toml")], ""),
        (["undo", str(broken)], ""),
        (["show", out], ""),
        (["secrets", "delete", "contoso", "PipedSecret"], ""),
        (["secrets", "delete", "contoso", "PipedSecret"], ""),
    ):
        done = subprocess.run(
            [sys.executable, "-m", "latchkey", *words], input=typed, capture_output=True, text=True, check=False
        )
        ends.append(done.returncode)
        with log.open("a", encoding="utf-8") as stream:
            stream.write(done.stderr)
        with (folder / "terminal.txt").open("a", encoding="utf-8") as stream:
            stream.write(done.stdout)
    bad.unlink()
    (broken / "a.xml").unlink()
    return ends


def wizard(folder: Path, draft: Path, key: Path, log: Path, extra: dict[str, list[bytes]]) -> dict[str, object]:
    """The wizard, until everything is forgotten, and then its end."""
    with log.open("ab") as errors:
        process = subprocess.Popen(
            [*traced(folder), sys.executable, str(HERE / "planted_wizard.py"), str(draft), str(key)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, text=True,
        )  # fmt: skip
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps({**PLANTS, "name": NAME}) + "\n")
        process.stdin.flush()
        token = ""
        deadline = time.monotonic() + 120
        while not token and time.monotonic() < deadline and process.poll() is None:
            token = Keychain().get("contoso", "AppleSecret") or ""
            time.sleep(0.05)
        extra["token"] = [token.encode()] if token else [b"no token was ever made"]
        said = process.stdout.readline().strip()
        if said != "forgotten":
            return {"said": said + process.stdout.read(), "ended": process.wait(10)}
        left = in_memory(itself(process.pid), {**{name: list(ways(one)) for name, one in PLANTS.items() if name != "piped"},
                                       "token": list(ways(token))})  # fmt: skip
        process.stdin.write("go on\n" + NAME + "\n")
        process.stdin.flush()
        rest, _nothing = process.communicate(timeout=120)
        return {"said": said + rest, "ended": process.returncode, "memory": left, "token": bool(token)}


def traced(folder: Path) -> list[str]:
    """What notes every file that is opened, where that can be had."""
    if shutil.which("strace") is None:
        return []
    return ["strace", "-f", "--seccomp-bpf", "-qq", "-s", "4096", "-e", "trace=open,openat,creat,rename,renameat,renameat2",
            "-o", str(folder / "opened.strace")]  # fmt: skip


def itself(pid: int) -> int:
    """The wizard's own process, where strace started it."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()
    return int(children[0]) if "strace" in os.fsdecode(Path(f"/proc/{pid}/exe").readlink()) else pid


def written_elsewhere(folder: Path) -> list[str]:
    """Files that the wizard opened for writing outside of the folder that is searched."""
    log = folder / "opened.strace"
    if not log.exists():
        return []
    found = set()
    for line in log.read_text("utf-8", "replace").splitlines():
        if " = -1 " in line or not re.search(r"O_WRONLY|O_RDWR|O_CREAT|creat\(|rename", line):
            continue
        found |= {
            path for path in re.findall(r'"(/[^"]*)"', line) if not path.startswith((str(folder), "/dev/", "/proc/"))
        }
    return sorted(found)


def search(
    folder: Path, plants: dict[str, list[bytes]], names: dict[str, list[bytes]], skipped: set[Path]
) -> dict[str, Any]:
    """Every byte of every file; names only where they have no business."""
    files, size, hits = 0, 0, []
    for path in folder.rglob("*"):
        if not path.is_file() or path.is_symlink() or path in skipped:
            continue
        data = path.read_bytes()
        files, size = files + 1, size + len(data)
        kinds = found(data, plants)
        if path.name.startswith("report-") or path.name == "secrets.json":
            kinds += found(data, names)
        elif path.suffix == ".log":  # what a command answers names the file that it was given
            kinds += found(b"\n".join(LOGGED.findall(data)), names)
        hits += [f"{path.relative_to(folder)}: {kind}" for kind in kinds]
    return {"files": files, "bytes": size, "hits": hits}


def main(folder: Path) -> None:
    (folder / NAME).mkdir()
    draft = folder / NAME / "draft.latchkey.toml"
    draft.write_text(DRAFT, "utf-8")
    key, inside = key_file(folder)
    plants = {name: list(ways(plant)) for name, plant in PLANTS.items()} | {"key": list(ways(inside))}
    names = {"name": [form for word in NAME.split() for form in ways(word)]}
    watcher = Watcher(plants)
    watcher.start()
    log = folder / "everything.log"
    ends = command_line(folder, draft, key, log)
    lived = wizard(folder, draft, key, log, plants)
    watcher.stop = True
    watcher.join()
    listing = {"looks": watcher.looks, "bytes": watcher.bytes, "hits": sorted(watcher.hits)}
    searched = search(folder, plants, names, {key})
    decoy = folder / "decoy.bin"
    decoy.write_bytes(b"\0" + PLANTS["typed"].encode("utf-16-le") + base64.b64encode(b"ab" + PLANTS["piped"].encode()))
    control = sorted(search(decoy.parent, plants, names, {key})["hits"])
    decoy.unlink()
    reports = len(list((folder / "home").glob("report-*.txt")))
    told: dict[str, Any] = {"elsewhere": written_elsewhere(folder)}
    told |= {"searched": searched, "listing": listing, "ends": ends, "wizard": lived, "control": control}
    sys.stdout.write(json.dumps({**told, "reports": reports, "logged": log.stat().st_size}) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
