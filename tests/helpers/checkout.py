"""The checkout as somebody else gets it, and environments beside it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

ROOT = Path(__file__).parents[2]
NOT_OURS = shutil.ignore_patterns(".*", "__pycache__", "*.mo", "out", "dist", "build", "*.egg-info")


def tracked_files() -> list[Path] | None:
    """What git knows, relative to the checkout; None where this is no clone, or where there is no git."""
    command = ["git", "-c", f"safe.directory={ROOT}", "-C", str(ROOT), "ls-files", "-z"]
    try:
        done = subprocess.run(command, capture_output=True, check=True, timeout=30)
    except (OSError, subprocess.CalledProcessError):
        return None
    names = [Path(os.fsdecode(name)) for name in done.stdout.split(b"\0") if name]
    return [name for name in names if (ROOT / name).is_file()]


def clone(target: Path) -> Path:
    """A copy of the checkout with only what a clone has: no .venv, nothing generated, nothing that git ignores."""
    files = tracked_files()
    if files is None:
        shutil.copytree(ROOT, target, ignore=NOT_OURS)
        return target
    for file in files:
        (target / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / file, target / file)
    return target


def environment(folder: Path, *, pip: bool = False) -> Path:
    """A new virtual environment that finds our dependencies where these tests found them, and not the program itself.

    Returns its Python. A path in a .pth file is searched, but .pth files in there (as of the editable install) are not.
    """
    venv.EnvBuilder(with_pip=pip, symlinks=os.name != "nt").create(folder)
    scripts = folder / ("Scripts" if os.name == "nt" else "bin")
    python = scripts / Path(sys.executable).name
    own = subprocess.run(
        [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    Path(own.stdout.strip(), "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return python
