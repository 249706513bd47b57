"""The lock files hold what pyproject.toml asks for, every file with its hash, and name no package host."""

import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.architecture.sources import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
RUNTIME = PROJECT["project"]["dependencies"]
DEVELOPMENT = PROJECT["dependency-groups"]["dev"]
LOCKS = {"requirements.txt": RUNTIME, "requirements-dev.txt": RUNTIME + DEVELOPMENT}


@pytest.mark.parametrize(("lock", "wanted"), LOCKS.items())
def test_the_lock_satisfies_every_requirement(lock: str, wanted: list[str]) -> None:
    locked = _versions(lock)
    requirements = [Requirement(line) for line in wanted]
    unmet = [
        str(each)
        for each in requirements
        if not any(each.specifier.contains(version) for version in locked.get(canonicalize_name(each.name), []))
    ]
    assert unmet == []


@pytest.mark.parametrize("lock", [*LOCKS, "requirements-uv.txt"])
def test_every_locked_package_has_its_hashes(lock: str) -> None:
    entries = re.split(r"\n(?=\S)", _text(lock))
    assert [entry.split()[0] for entry in entries if "==" in entry and "--hash=sha256:" not in entry] == []


@pytest.mark.parametrize("lock", [*LOCKS, "requirements-uv.txt"])
def test_the_lock_names_no_host(lock: str) -> None:
    assert "://" not in _text(lock)


def test_what_runs_is_locked_to_the_same_versions_everywhere() -> None:
    runtime, development = _versions("requirements.txt"), _versions("requirements-dev.txt")
    assert {name: versions for name, versions in runtime.items() if development.get(name) != versions} == {}


def _versions(lock: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, version in re.findall(
        r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)", _text(lock), re.MULTILINE
    ):
        found.setdefault(canonicalize_name(name), []).append(version)
    return found


def _text(lock: str) -> str:
    return (ROOT / lock).read_text(encoding="utf-8")
