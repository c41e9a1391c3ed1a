"""What stands in `imports/` is what `cdk8s import` makes of our definitions and of those beside it."""

from __future__ import annotations

import json
import tarfile
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import yaml
from kubernetes_validate import validate  # type: ignore[import-untyped]

from hanzo_constructs import HanzoApp, HanzoChart, compile_resource, parse
from hanzo_constructs.testing import manifests
from scripts.generate_imports import IMPORTS, import_into, module_files, sources
from tests.golden.cases import VALID
from tests.schema.oracle import refusals

DEFINITIONS = sorted((IMPORTS / "definitions").glob("*.yaml"))


@cache
def _definition(path: Path) -> dict[str, Any]:
    return yaml.safe_load(path.read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def test_they_were_made_from_what_there_is() -> None:
    """Without Node: by the hashes of the definitions and the modules, and by the versions of the tools."""
    recorded = json.loads((IMPORTS / "sources.json").read_text(encoding="utf-8"))
    assert sources() == recorded, "make imports writes them again"


@pytest.mark.slow
@pytest.mark.node
def test_they_are_what_is_imported(tmp_path: Path) -> None:
    import_into(tmp_path)
    made, committed = (
        {path.relative_to(folder).as_posix(): _content(path) for path in module_files(folder)}
        for folder in (tmp_path, IMPORTS)
    )
    assert made.keys() == committed.keys()
    assert [name for name, content in made.items() if content != committed[name]] == []


def _content(path: Path) -> object:
    """What is in a file; of an archive the files, because how they are packed is another program's matter."""
    if path.suffix != ".tgz":
        return path.read_bytes()
    with tarfile.open(path) as archive:
        files = [(member, archive.extractfile(member)) for member in archive.getmembers()]
        return {member.name: file.read() for member, file in files if file}


@pytest.mark.parametrize("path", DEFINITIONS, ids=lambda path: path.stem)
def test_kubernetes_knows_every_field_of_a_definition(path: Path) -> None:
    definition = _definition(path)
    validate(definition, "1.37", strict=True)
    assert path.stem == definition["metadata"]["name"]


@pytest.mark.parametrize("path", DEFINITIONS, ids=lambda path: path.stem)
def test_a_definition_takes_what_is_compiled(path: Path) -> None:
    spec = _definition(path)["spec"]
    (version,) = spec["versions"]
    head = f"apiVersion: {spec['group']}/{version['name']}\nkind: {spec['names']['kind']}\n"
    schema = version["schema"]["openAPIV3Schema"]["properties"]["spec"]
    tried, refused = 0, []
    for case in VALID:
        for text in case.stored.get("output.yaml", "").split("---\n"):
            if text.startswith(head):
                tried += 1
                written = yaml.load(text, yaml.CSafeLoader)["spec"]
                refused += [f"{case.name}: {each}" for each in refusals(schema, written, ("spec",))]
    assert tried > 5
    assert refused == []


@pytest.mark.node
def test_our_own_kinds_are_compiled_as_they_are_imported() -> None:
    from cdk8s import ApiObjectMetadata

    hanzo = import_module("imports.ai.hanzo")  # by name, or type checkers take a minute to read it
    app = HanzoApp()
    chart = HanzoChart(app, "edge", namespace="hanzo")
    hanzo.Gateway(
        chart,
        "gateway",
        metadata=ApiObjectMetadata(name="gateway"),
        spec=hanzo.GatewaySpec(
            image=hanzo.GatewaySpecImage(repository="ghcr.io/hanzoai/gateway", tag="v2.1.0"),
            image_build=hanzo.GatewaySpecImageBuild.HANZO,
            routes=[hanzo.GatewaySpecRoutes(prefix="/v1/chat", backend="http://api")],
        ),
    )
    (document,) = manifests(app)
    assert [each["kind"] for each in compile_resource(parse(document)).manifests] == [
        "ConfigMap",
        "Service",
        "Deployment",
    ]
