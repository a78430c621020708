"""The lock: pinned, hashed, the same for everybody, and free of addresses."""

from __future__ import annotations

import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

FILES = ("requirements.txt", "requirements-bundle.txt", "requirements-dev.txt")


def pins(text: str) -> dict[str, tuple[Requirement, list[str]]]:
    """Each package of a lock with its hashes."""
    found: dict[str, tuple[Requirement, list[str]]] = {}
    logical = re.sub(r"\\\n", " ", re.sub(r"(?m)^\s*#.*\n", "", text))
    for line in filter(None, map(str.strip, logical.splitlines())):
        spec, *hashes = re.split(r"\s+--hash=", line)
        requirement = Requirement(spec)
        name = canonicalize_name(requirement.name)
        assert name not in found, f"{name} stands twice: one version serves everybody"
        found[name] = requirement, hashes
    return found


@pytest.fixture(scope="module", params=FILES)
def lock(request, root):
    return (root / request.param).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def project(root):
    return tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))


def test_no_line_holds_an_address(lock):
    assert not [line for line in lock.splitlines() if "://" in line or (line.lstrip().startswith("-")
                and not line.lstrip().startswith("--hash=sha256:"))]  # fmt: skip


def test_every_package_is_pinned_and_hashed(lock):
    for requirement, hashes in pins(lock).values():
        assert re.fullmatch(r"==[\w.]+", str(requirement.specifier)), requirement
        assert hashes, requirement
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", value) for value in hashes), requirement


def test_the_release_of_qt_that_kills_older_pythons_is_not_in_it(lock):
    locked = pins(lock)["pyside6-essentials"][0]
    assert not locked.specifier.contains("6.12.0")
    assert locked.marker is None


def test_the_project_refuses_it_too(project):
    lines = [Requirement(line) for line in project["project"]["dependencies"] if line.startswith("PySide6-Essentials")]
    old = [line for line in lines if line.marker is None or line.marker.evaluate({"python_version": "3.11"})]
    assert old
    assert not any(line.specifier.contains("6.12.0") for line in old)


def test_running_bundling_and_developing_use_the_same_versions(root):
    run, *others = (pins((root / file).read_text(encoding="utf-8")) for file in FILES)
    for other in others:
        assert {name: str(other[name][0].specifier) for name in run if name in other} == {
            name: str(requirement.specifier) for name, (requirement, _) in run.items()
        }


def wanted(project: dict, *groups: str) -> list[Requirement]:
    """The requirements that pyproject.toml states, groups included by a group too."""
    lines = list(project["project"]["dependencies"])
    for group in groups:
        for line in project["dependency-groups"][group]:
            lines += [line] if isinstance(line, str) else project["dependency-groups"][line["include-group"]]
    return [Requirement(line) for line in lines]


@pytest.mark.parametrize(
    ("file", "group"),
    [("requirements.txt", "build"), ("requirements-bundle.txt", "bundle"), ("requirements-dev.txt", "dev")],
)
def test_the_lock_holds_what_the_project_wants(root, project, file, group):
    locked = pins((root / file).read_text(encoding="utf-8"))
    for requirement in wanted(project, group):
        (pin,) = locked[canonicalize_name(requirement.name)][0].specifier
        assert requirement.specifier.contains(pin.version), f"{requirement} is locked as {pin}: run make lock"


def test_what_only_one_system_has_is_marked(lock):
    markers = {name: str(requirement.marker) for name, (requirement, _) in pins(lock).items() if requirement.marker}
    assert markers["secretstorage"] == markers["jeepney"] == 'sys_platform == "linux"'
    assert markers["pywin32-ctypes"] == 'sys_platform == "win32"'
