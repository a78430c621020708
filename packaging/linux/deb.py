"""The Debian package, out of the frozen program.

    python packaging/linux/deb.py [--bundle build/bundle/latchkey] [--into dist] [--quick]

`--quick` packs fast instead of small, for tests. LATCHKEY_ADDRESS is the project's page on the web, LATCHKEY_CONTACT
the packager's e-mail address; the build server knows both. The same bundle and source give the same bytes.
Policy: https://www.debian.org/doc/debian-policy/
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import os
import re
import shutil
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path
from xml.sax.saxutils import escape

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

import changelog
import product
import release
from linux import libraries, man_page

PRODUCT = product.Product()
ICON_SIZES = (16, 24, 32, 48, 64, 128, 256, 512)
PICTURES = (
    ("buttons", "Put the sign-in buttons in order and see the page that customers will see",
     "为登录按钮排序，并看到客户将看到的页面"),
    ("review", "See what happens when somebody signs in before anything is written",
     "在写入任何内容之前，看清登录时会发生什么"),
)  # fmt: skip


def lay_out(bundle: Path, root: Path) -> None:
    """Put everything below `root` as it will stand on the disk, with the rights that Debian wants."""
    program = root / "usr" / "lib" / PRODUCT.command
    shutil.copytree(bundle, program, symlinks=True)
    (root / "usr" / "bin").mkdir(parents=True)
    (root / "usr" / "bin" / PRODUCT.command).symlink_to(f"../lib/{PRODUCT.command}/{PRODUCT.command}")
    share = root / "usr" / "share"
    icons = product.ROOT / "resources" / "icons"
    for size in ICON_SIZES:
        put(share / f"icons/hicolor/{size}x{size}/apps/latchkey.png", (icons / f"latchkey-{size}.png").read_bytes())
    put(share / "icons/hicolor/scalable/apps/latchkey.svg", (icons / "latchkey.svg").read_bytes())
    put(share / "applications/latchkey.desktop", (HERE / "latchkey.desktop").read_bytes())
    put(share / "mime/packages/latchkey.xml", (HERE / "latchkey.xml").read_bytes())
    put(share / f"metainfo/{PRODUCT.id}.metainfo.xml", metainfo().encode())
    put(share / "man/man1/latchkey.1.gz", packed(man_page.page("en")))
    put(share / "man/zh_CN/man1/latchkey.1.gz", packed(man_page.page("zh_CN")))
    documents = share / "doc" / PRODUCT.command
    put(documents / "changelog.gz", packed(debian_changelog()))
    put(documents / "copyright", copyright_file().encode())
    put(share / f"lintian/overrides/{PRODUCT.command}", (HERE / "lintian-overrides").read_bytes())
    for name in release.PAPERS:
        put(documents / f"{name}.gz", packed((program / name).read_text(encoding="utf-8")))
        (program / name).unlink()
    for path in sorted(root.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path == program / PRODUCT.command else 0o644)


def put(path: Path, data: bytes) -> None:
    """Write a file and the folders that it needs."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def packed(text: str) -> bytes:
    """The text as Debian's tools want documents: gzip, without a name or time of its own."""
    return gzip.compress(text.encode(), 9, mtime=0)


def metainfo() -> str:
    """What software centres show. Pictures and links only where the project's address is known."""
    address = os.environ.get("LATCHKEY_ADDRESS", "").rstrip("/")
    text = (HERE / "metainfo.xml.in").read_text(encoding="utf-8")
    fields = {"ID": PRODUCT.id, "LINKS": "".join(_links(address)), "RELEASES": "".join(_releases())}
    for name, value in fields.items():
        text = text.replace(f"@{name}@", value)
    return text


def _links(address: str) -> Iterator[str]:
    if not address:
        return
    yield f'  <url type="homepage">{escape(address)}</url>\n'
    yield f'  <url type="bugtracker">{escape(address)}/issues</url>\n'
    yield "  <screenshots>\n"
    for number, (name, english, chinese) in enumerate(PICTURES):
        picture = f"{address}/raw/v{product.version()}/resources/pictures/{name}.png"
        yield '    <screenshot type="default">\n' if number == 0 else "    <screenshot>\n"
        yield f"      <caption>{escape(english)}</caption>\n"
        yield f'      <caption xml:lang="zh_CN">{escape(chinese)}</caption>\n'
        yield f'      <image type="source">{escape(picture)}</image>\n    </screenshot>\n'
    yield "  </screenshots>\n"


def _releases() -> Iterator[str]:
    yield "  <releases>\n"
    for version in changelog.releases():
        items = "".join(f"          <li>{escape(item)}</li>\n" for item in version.news)
        news = f"\n      <description>\n        <ul>\n{items}        </ul>\n      </description>\n    " if items else ""
        yield f'    <release version="{escape(version.version)}" date="{version.date}">{news}</release>\n'
    yield "  </releases>\n"


def debian_changelog() -> str:
    """The changelog in Debian's form: https://www.debian.org/doc/debian-policy/ch-source.html#debian-changelog."""
    parts = []
    for version in changelog.releases():
        day = format_datetime(datetime.fromisoformat(f"{version.date}T12:00:00").replace(tzinfo=UTC))
        news = "\n".join(
            textwrap.fill(item, 76, initial_indent="  * ", subsequent_indent="    ")
            for item in version.news or ("A new version.",)
        )
        head = f"{PRODUCT.command} ({product.deb_version(version.version)}) stable; urgency=medium"
        parts.append(f"{head}\n\n{news}\n\n -- {maintainer()}  {day}\n")
    return "\n".join(parts)


def copyright_file() -> str:
    """Our licence, and where those of the parts are: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/."""
    licence = (product.ROOT / "LICENSE").read_text(encoding="utf-8").split("\n\n", 2)
    owner = re.sub(r"^Copyright \(c\) ", "", licence[1])
    text = textwrap.indent(licence[2].strip(), " ", lambda _line: True).replace("\n \n", "\n .\n")
    return (
        "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n"
        f"Upstream-Name: {PRODUCT.name}\n"
        "Comment: The package holds its own Python, Qt and other libraries. Their names, versions and licences are in\n"
        " licences.txt.gz and, for programs, in sbom.cdx.json.gz, both beside this file.\n\n"
        f"Files: *\nCopyright: {owner}\nLicense: MIT\n{text}\n"
    )


def maintainer() -> str:
    """Who made the package."""
    return f"{PRODUCT.publisher} <{os.environ.get('LATCHKEY_CONTACT') or PRODUCT.contact}>"


def control(root: Path, architecture: str) -> str:
    """The package's own description for dpkg."""
    address = os.environ.get("LATCHKEY_ADDRESS", "").rstrip("/")
    size = sum(path.lstat().st_size for path in root.rglob("*") if path.is_file() and not path.is_symlink())
    depends = ", ".join(sorted({*libraries.packages(root / "usr/lib" / PRODUCT.command), "fontconfig-config"}))
    lines = [
        f"Package: {PRODUCT.command}",
        f"Version: {product.deb_version(product.version())}",
        "Section: admin",
        "Priority: optional",
        f"Architecture: {architecture}",
        f"Maintainer: {maintainer()}",
        f"Installed-Size: {size // 1024}",
        f"Depends: {depends}",
        "Recommends: fonts-noto-core | fonts-dejavu-core, gnome-keyring | keepassxc | kwalletmanager,"
        " fonts-noto-cjk | fonts-wqy-microhei | fonts-wqy-zenhei, hicolor-icon-theme",
        *([f"Homepage: {address}"] if address else []),
        "Description: wizard for sign-in with WeChat, QQ and others in Azure AD B2C",
        " Latchkey asks what customers should sign in with and turns plain answers into",
        " custom policies for Azure AD B2C. It also brings new sign-in buttons into",
        " policies that are there already, without touching anything else.",
        " .",
        " It is a desktop wizard and a command line, in English and Simplified Chinese.",
    ]
    return "\n".join(lines) + "\n"


def build(bundle: Path, into: Path, *, quick: bool) -> Path:
    """Make the package; returns its file."""
    time = product.build_time()
    root = product.ROOT / "build" / "deb"
    shutil.rmtree(root, ignore_errors=True)
    lay_out(bundle, root)
    architecture = subprocess.run(
        ["dpkg", "--print-architecture"], capture_output=True, text=True, check=True
    ).stdout.strip()
    files = sorted(path for path in root.rglob("*") if path.is_file() and not path.is_symlink())
    sums = "".join(f"{_md5(path)}  {path.relative_to(root)}\n" for path in files)
    put(root / "DEBIAN" / "control", control(root, architecture).encode())
    put(root / "DEBIAN" / "md5sums", sums.encode())
    for path in [root, *root.rglob("*")]:
        os.utime(path, (time, time), follow_symlinks=False)
    (root / "DEBIAN").chmod(0o755)
    into.mkdir(parents=True, exist_ok=True)
    target = into / f"{PRODUCT.command}_{product.deb_version(product.version())}_{architecture}.deb"
    how = ["-Zgzip", "-z1"] if quick else ["-Zxz", "-z6"]
    command = ["dpkg-deb", "--root-owner-group", *how, "--build", str(root), str(target)]
    subprocess.run(command, env={**os.environ, "SOURCE_DATE_EPOCH": str(time)}, check=True, stdout=subprocess.DEVNULL)
    for paper, name in zip(release.PAPERS, release.papers("linux", architecture), strict=True):
        shutil.copyfile(bundle / paper, into / name)
    return target


def _md5(path: Path) -> str:
    return hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest()


def main() -> None:
    """Make the package that the command line asks for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--bundle", type=Path, default=product.ROOT / "build" / "bundle" / PRODUCT.command)
    parser.add_argument("--into", type=Path, default=product.ROOT / "dist")
    parser.add_argument("--quick", action="store_true", help="pack fast instead of small")
    given = parser.parse_args()
    if not all((given.bundle / name).is_file() for name in (PRODUCT.command, *release.PAPERS)):
        sys.exit(f"{given.bundle} is no bundle. Run packaging/bundle.sh first.")
    target = build(given.bundle, given.into, quick=given.quick)
    print(f"deb: {target} ({target.stat().st_size / 1e6:.1f} MB)")


if __name__ == "__main__":
    main()
