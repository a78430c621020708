"""The release folder: everything of this version that stands in `dist/`, with checksums and what is new.

    python packaging/release.py [--from dist] [--into release]

Each builder puts its installer into `dist/`, and beside it the bill of materials (…sbom.cdx.json) and the licences
(…licences.txt) of what it carries. An installer without both is refused.
"""

from __future__ import annotations

import argparse
import hashlib
import shutil
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import changelog
import product

INSTALLERS = {".deb": "linux", ".exe": "windows", ".dmg": "macos"}
PAPERS = ("sbom.cdx.json", "licences.txt")


def papers(system: str, architecture: str = "*") -> list[str]:
    """The names of what stands beside an installer for that system: also what its builder calls them."""
    return [f"latchkey-{product.version()}-{system}-{architecture}.{paper}" for paper in PAPERS]


def chosen(source: Path) -> list[Path]:
    """What belongs to this version. Ends the process where there is nothing, or an installer without its papers."""
    version = product.version()
    names = (version, product.deb_version(version))
    files = sorted(
        path for path in source.iterdir() if path.is_file() and any(f"{name}" in path.name for name in names)
    )
    installers = [path for path in files if path.suffix in INSTALLERS]
    if not installers:
        sys.exit(f"release: {source} holds no installer of version {version}. Make one first: make deb")
    for installer in installers:
        for paper in papers(INSTALLERS[installer.suffix]):
            if not any(path.match(paper) for path in files):
                sys.exit(f"release: {installer.name} has no {paper} beside it")
    return files


def notes() -> str:
    """What is new in this version, as the release's page shows it."""
    newest = changelog.releases()[0]
    return "\n".join([f"# Latchkey {newest.version}", "", *(f"- {item}" for item in newest.news)]) + "\n"


def make(source: Path, into: Path) -> Path:
    """Make the folder anew; returns it."""
    folder = into / f"latchkey-{product.version()}"
    files = chosen(source)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for file in files:
        shutil.copy2(file, folder / file.name)
    (folder / "NEWS.md").write_text(notes(), encoding="utf-8", newline="\n")
    shutil.copy2(product.ROOT / "LICENSE", folder / "LICENSE.txt")
    (folder / "SHA256SUMS").write_text(sums(folder), encoding="utf-8", newline="\n")
    return folder


def sums(folder: Path) -> str:
    """A line for each file, as `sha256sum --check` reads it."""
    files = sorted(path for path in folder.iterdir() if path.name != "SHA256SUMS")
    return "".join(f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in files)


def main() -> None:
    """Make the folder that the command line asks for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--from", dest="source", type=Path, default=product.ROOT / "dist")
    parser.add_argument("--into", type=Path, default=product.ROOT / "release")
    given = parser.parse_args()
    folder = make(given.source, given.into)
    for file in sorted(folder.iterdir()):
        print(f"{file.stat().st_size:>12,}  {file}")


if __name__ == "__main__":
    main()
