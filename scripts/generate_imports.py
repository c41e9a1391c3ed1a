"""Import our kinds and some of others into Python, as `cdk8s import` does: `python -m scripts.generate_imports`.

What is imported is the definitions in `imports/definitions/` and those of our own kinds, of which two parts are left open:
the types of Kubernetes, which would make a module of 23 MB that takes seconds to import, and the status, which nobody
writes. `imports/sources.json` says what the modules were made from, so that a test without Node sees when that changes.
"""
# ruff: noqa: INP001 - a script, not a package

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel

from hanzo_constructs.constructs.node.binary import node_binary
from hanzo_constructs.kube.yaml import dump
from hanzo_constructs.platform import Platform
from hanzo_constructs.schema.crd import custom_resource_definition
from hanzo_constructs.schema.model_schema import CORE, Schema, model_schema
from hanzo_constructs.schema.parts import everywhere
from hanzo_constructs.schema.structural import inline_references, structural
from hanzo_constructs.spec.kind import Kind
from hanzo_constructs.spec.kinds import KINDS

__all__ = ["IMPORTS", "import_into", "module_files", "sources"]

ROOT = Path(__file__).parents[1]
IMPORTS = ROOT / "imports"
_FOREIGN = IMPORTS / "definitions"
_RECORD = "sources.json"
_TOOLS = ("cdk8s", "cdk8s-cli", "constructs", "jsii", "jsii-pacmak", "json2jsii")


def main() -> None:
    """Write the modules of the groups that have changed, and what they were made from."""
    record = IMPORTS / _RECORD
    recorded = json.loads(record.read_text(encoding="utf-8")) if record.exists() else {}
    import_into(IMPORTS, _stale(recorded, sources()))
    record.write_text(json.dumps(sources(), indent=2) + "\n", encoding="utf-8")


def _stale(old: Mapping[str, Mapping[str, str]], new: Mapping[str, Mapping[str, str]]) -> set[str]:
    """Return the groups of which something differs between the records *old* and *new*, and those below them."""
    groups = {each["metadata"]["name"]: each["spec"]["group"] for each in _definitions()}
    found = {
        group
        for name, group in groups.items()
        if old.get("tools") != new["tools"]
        or old.get("definitions", {}).get(name) != new["definitions"][name]
        or _modules(old, group) != _modules(new, group)
    }
    return {group for group in groups.values() if any(f".{group}".endswith(f".{each}") for each in found)}


def _modules(record: Mapping[str, Mapping[str, str]], group: str) -> dict[str, str]:
    folder = "/".join(reversed(group.replace("-", "_").split(".")))
    return {name: value for name, value in record.get("modules", {}).items() if name.startswith(f"{folder}/")}


def sources() -> dict[str, Mapping[str, str]]:
    """Return what the modules are made from and what they are, by the hashes of it, without importing anything."""
    packages = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    return {
        "tools": {name: packages[f"node_modules/{name}"]["version"] for name in _TOOLS},
        "definitions": {each["metadata"]["name"]: _hash(dump(each).encode()) for each in _definitions()},
        "modules": {path.relative_to(IMPORTS).as_posix(): _hash(path.read_bytes()) for path in module_files(IMPORTS)},
    }


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def module_files(folder: Path) -> list[Path]:
    """Return the files in *folder* that `cdk8s import` writes."""
    patterns = ("*.py", "*.tgz", "py.typed")
    return sorted(path for pattern in patterns for path in folder.rglob(pattern))


def import_into(folder: Path, chosen: Collection[str] | None = None) -> None:
    """Write the modules of the *chosen* groups, or of all, into *folder*: each in packages named as its group from behind.

    Each group is imported by itself: in one run the module of a group would hold the code of all groups before it. A
    group comes before those below it, because its folder is emptied.
    """
    groups: dict[str, list[dict[str, Any]]] = {}
    for each in _definitions():
        if chosen is None or each["spec"]["group"] in chosen:
            groups.setdefault(each["spec"]["group"], []).append(each)
    with tempfile.TemporaryDirectory() as temporary:
        for group in sorted(groups, key=lambda name: name.split(".")[::-1]):
            definitions = Path(temporary) / f"{group}.yaml"
            definitions.write_text("".join(f"---\n{dump(each)}" for each in groups[group]), encoding="utf-8")
            _run_import(definitions, folder)


def _run_import(definitions: Path, folder: Path) -> None:
    cdk8s = ROOT / "node_modules/cdk8s-cli/bin/cdk8s"
    programs = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])  # it asks for npm, too
    ran = subprocess.run(
        [node_binary(), cdk8s, "import", definitions.name, "--no-save", "--language", "python", "--output", folder],
        cwd=definitions.parent,
        env={**os.environ, "CDK8S_CHECK_UPGRADE": "false", "NODE_NO_WARNINGS": "1", "PATH": programs},
        capture_output=True,
        text=True,
        check=False,
    )
    if ran.returncode:
        sys.exit(f"{definitions.name}: cdk8s import failed:\n{ran.stdout}{ran.stderr}")


def _definitions() -> Iterator[dict[str, Any]]:
    """Yield the definitions that are imported: those of others, then our own."""
    for path in sorted(_FOREIGN.glob("*.yaml")):
        yield yaml.safe_load(path.read_text(encoding="utf-8"))
    yield from map(_open_definition, KINDS.values())


def _open_definition(kind: Kind) -> dict[str, Any]:
    """Return the definition of *kind* in its newest version, with nothing said of Kubernetes' types and of the status.

    Nor of bounds and rules, which no module has, so that another one needs no import.
    """
    definition = custom_resource_definition(kind, Platform())
    versions = [each for each in definition["spec"]["versions"] if each["name"] == kind.version]
    properties = versions[0]["schema"]["openAPIV3Schema"]["properties"]
    spec = _open_spec(kind.model.model_fields["spec"].annotation)  # type: ignore[arg-type]  # a model
    properties["spec"] = {**spec, "description": properties["spec"]["description"]}
    del properties["status"]
    schema = everywhere(versions[0]["schema"]["openAPIV3Schema"], _unbounded)
    version = {"name": kind.version, "served": True, "storage": True, "schema": {"openAPIV3Schema": schema}}
    return {**definition, "spec": {**definition["spec"], "versions": [version]}}


@cache
def _open_spec(model: type[BaseModel]) -> Schema:
    return structural(everywhere(inline_references(model_schema(model)), _opened))


def _unbounded(part: Schema) -> Schema:
    unread = ("min", "max", "pattern", "default", "x-kubernetes-")
    return {key: value for key, value in part.items() if not key.startswith(unread)}


def _opened(part: Schema) -> Schema:
    if CORE not in part:
        return part
    said = {"description": part["description"]} if "description" in part else {}
    return {"type": "object", "additionalProperties": True, **said}


if __name__ == "__main__":
    main()
