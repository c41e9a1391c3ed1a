"""The lock files pin everything, by hash, and name no host to download from."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.architecture.sources import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
EXTRAS = PROJECT["optional-dependencies"]
LOCKS = {
    "requirements.txt": [*PROJECT["dependencies"], *EXTRAS["dev"]],
    "requirements-node.txt": EXTRAS["node"],
    "requirements-benchmarks.txt": EXTRAS["benchmarks"],
    "requirements-docs.txt": EXTRAS["docs"],
    "requirements-checkov.txt": ["checkov"],
}


def pinned(lock: str) -> dict[str, str]:
    """The version of every package in the lock file *lock*."""
    pins = re.findall(r"^(\S+)==(\S+) (?:; .*)?\\$", (ROOT / lock).read_text(), re.MULTILINE)
    return {canonicalize_name(name): version for name, version in pins}


@pytest.mark.parametrize("lock", LOCKS)
def test_every_dependency_is_pinned_to_a_version_that_pyproject_allows(lock: str) -> None:
    pins = pinned(lock)
    for dependency in map(Requirement, LOCKS[lock]):
        assert dependency.specifier.contains(pins[canonicalize_name(dependency.name)]), dependency


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pinned_package_has_hashes(lock: str) -> None:
    blocks = re.split(r"^(?=[A-Za-z0-9])", (ROOT / lock).read_text(), flags=re.MULTILINE)[1:]
    assert {canonicalize_name(block.split("==")[0]) for block in blocks} == pinned(lock).keys()
    assert not [block for block in blocks if "--hash=sha256:" not in block]


@pytest.mark.parametrize("lock", ["requirements-node.txt", "requirements-benchmarks.txt"])
def test_an_addition_to_the_set_up_changes_nothing_of_it(lock: str) -> None:
    base, added = pinned("requirements.txt"), pinned(lock)
    assert not {name for name in base.keys() & added.keys() if base[name] != added[name]}


@pytest.mark.parametrize("lock", LOCKS)
def test_no_python_lock_names_a_host(lock: str) -> None:
    assert not re.findall(r"https?:|index-url|find-links", (ROOT / lock).read_text())


@pytest.mark.parametrize("folder", [".", "benchmarks"])
def test_no_npm_lock_names_a_host_and_every_package_has_a_hash(folder: str) -> None:
    path: Path = ROOT / folder / "package-lock.json"
    packages = json.loads(path.read_text())["packages"]
    assert not [name for name, facts in packages.items() if "resolved" in facts]
    # What is bundled comes inside a package that has a hash.
    own = {name: facts for name, facts in packages.items() if name and not facts.get("inBundle")}
    assert not [name for name, facts in own.items() if "integrity" not in facts]
