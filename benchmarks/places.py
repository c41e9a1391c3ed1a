"""Where things are: the repository, the programs the entries start, and the folder for what they write."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
from functools import cache
from importlib import metadata
from pathlib import Path

REPOSITORY = Path(__file__).parent.parent
HERE = REPOSITORY / "benchmarks"
RIVALS = HERE / "rivals"
BUILD = REPOSITORY / ".build" / "benchmarks"
RESULT = REPOSITORY / "docs" / "benchmarks.md"
CDK8S = REPOSITORY / "node_modules" / "cdk8s-cli" / "bin" / "cdk8s"


@cache
def node() -> str:
    """Return the Node that every cdk8s entry runs on, Python's and JavaScript's alike: the one our users get."""
    finder = REPOSITORY / "hanzo_constructs" / "constructs" / "node" / "binary.py"
    return subprocess.run(
        [sys.executable, "-P", str(finder)], capture_output=True, text=True, check=True, env=environment()
    ).stdout.strip()


def hzc() -> str:
    """Return the command line tool as it is installed beside this Python."""
    return str(Path(sys.executable).parent / "hzc")


def environment() -> dict[str, str]:
    """Return the environment of every entry: our own packages importable, nothing that asks the network, results that are kept apart."""
    own = {"PYTHONPATH": str(REPOSITORY), "CDK8S_CHECK_UPGRADE": "false", "XDG_CACHE_HOME": str(BUILD / "cache")}
    return {**os.environ, **own}


def machine() -> list[str]:
    """Describe the machine and the versions compared, a line each."""
    node_version = subprocess.run([node(), "--version"], capture_output=True, text=True, check=True).stdout.strip()
    locked = json.loads((HERE / "package-lock.json").read_text())["packages"]
    ours = json.loads((REPOSITORY / "package-lock.json").read_text())["packages"]
    javascript = {name: locked[f"node_modules/{name}"]["version"] for name in ("cdk8s", "cdk8s-plus-27")}
    javascript["cdk8s-cli"] = ours["node_modules/cdk8s-cli"]["version"]
    python = ("cdk8s", "cdk8s-plus-27", "helm-python-sdk", "Jinja2", "jsonnet", "kcl-lib", "PyYAML", "ryaml")
    return [
        f"{_processor()}, {os.cpu_count()} cores, {platform.system()}",
        f"Python {platform.python_version()}, Node {node_version}",
        "PyPI: " + ", ".join(f"{name} {_version(name)}" for name in python),
        "npm: " + ", ".join(f"{name} {version}" for name, version in javascript.items()),
    ]


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "not installed"


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()
