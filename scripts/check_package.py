"""Check a package as a user has it, from outside: `python -m scripts.check_package BIN [VERSION]`.

BIN is the folder of programs of an environment that holds nothing but the package and what it asks for. VERSION is what
the package must be; left out, that of pyproject.toml.
"""
# ruff: noqa: INP001 - a script, not a package

from __future__ import annotations

import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

EXAMPLE = """\
apiVersion: hanzo.ai/v1
kind: Service
metadata: {name: example, namespace: hanzo}
spec:
  image: {repository: ghcr.io/hanzoai/example, tag: v1.2.3}
  ports: [{name: http, containerPort: 8080}]
"""


def main(bin_folder: str, version: str = "") -> None:
    """Run the command line of the package and import it; fail where it is not what it must be."""
    version = version or tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    programs = Path(bin_folder).resolve()
    with tempfile.TemporaryDirectory() as folder:
        said = _run(folder, programs / "hzc", "--version")
        if version not in said.split():
            sys.exit(f"wants version {version}, hzc says {said.strip()}")
        (Path(folder) / "example.yaml").write_text(EXAMPLE, encoding="utf-8")
        compiled = _run(folder, programs / "hzc", "compile", "example.yaml", "-o", "-")
        if "kind: Deployment" not in compiled:
            sys.exit("hzc compile makes no Deployment")
        _run(
            folder, programs / "python", "-c", "import hanzo_constructs.testing.lookup; from hanzo_constructs import *"
        )
    sys.stdout.write(f"the package {version} works by itself\n")


def _run(folder: str, *command: str | Path) -> str:
    done = subprocess.run(command, cwd=folder, check=True, stdout=subprocess.PIPE, text=True)
    return done.stdout


if __name__ == "__main__":
    main(*sys.argv[1:])
