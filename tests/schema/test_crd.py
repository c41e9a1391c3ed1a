"""The definitions that are published, judged by the schema of Kubernetes itself."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import pytest
from kubernetes_validate import validate  # type: ignore[import-untyped]

from hanzo_constructs.platform import Platform
from hanzo_constructs.schema import crd
from hanzo_constructs.schema.crd import LARGEST, custom_resource_definition
from hanzo_constructs.schema.parts import parts_of
from hanzo_constructs.schema.schema_error import SchemaError
from hanzo_constructs.spec.kinds import KINDS

_BASIC = [kind.name for kind in KINDS.values() if not kind.of]


@cache
def _definition(kind: str) -> dict[str, Any]:
    return custom_resource_definition(KINDS[kind], Platform())


def _version(kind: str) -> dict[str, Any]:
    (version,) = _definition(kind)["spec"]["versions"]
    return version  # type: ignore[no-any-return]


def _columns(kind: str) -> dict[str, str]:
    return {column["name"]: column["jsonPath"] for column in _version(kind)["additionalPrinterColumns"]}


@pytest.mark.parametrize("kind", KINDS)
def test_kubernetes_knows_every_field_of_it(kind: str) -> None:
    validate(_definition(kind), "1.37", strict=True)


@pytest.mark.parametrize("kind", KINDS)
def test_client_side_apply_can_hold_it(kind: str) -> None:
    assert len(json.dumps(_definition(kind), separators=(",", ":"))) <= LARGEST


def test_one_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crd, "LARGEST", 1000)
    with pytest.raises(SchemaError, match=r"^Task: the definition has \d+ bytes, at most 1000 can be applied$"):
        custom_resource_definition(KINDS["Task"], Platform())


def test_the_group_is_a_setting_and_changes_nothing_else() -> None:
    other = custom_resource_definition(KINDS["SQL"], Platform(api_group="lux.cloud"))
    assert other["metadata"]["name"] == "sqls.lux.cloud"
    assert other["spec"].pop("group") == "lux.cloud"
    assert other["spec"] == {key: value for key, value in _definition("SQL")["spec"].items() if key != "group"}


def test_a_list_shows_what_people_look_for() -> None:
    age = {"Age": ".metadata.creationTimestamp"}
    service = {"Phase": ".status.phase", "Ready": ".status.readyReplicas", "Image": ".spec.image.repository"}
    assert _columns("Service") == service | age
    assert [*_columns("Datastore")] == ["Phase", "Type", "Ready", "Image", "Age"]
    assert [*_columns("SQL")] == ["Phase", "Ready", "Image", "Age"]
    assert [*_columns("Base")] == ["Phase", "Replicas", "Ready", "Image", "Writer", "Term", "Age"]
    assert _columns("Base")["Writer"] == ".status.currentWriter"


@pytest.mark.parametrize("kind", KINDS)
def test_every_path_that_is_named_is_a_field(kind: str) -> None:
    version = _version(kind)
    fields = {f".{path}" for path, _ in parts_of(version["schema"]["openAPIV3Schema"], "")}
    paths = [*_columns(kind).values()]
    paths += [path for name, path in version["subresources"].get("scale", {}).items() if name.endswith("Path")]
    assert [path for path in paths if path not in fields and not path.startswith(".metadata.")] == []


def test_what_has_replicas_can_be_scaled() -> None:
    assert [kind for kind in _BASIC if "scale" not in _version(kind)["subresources"]] == ["Task"]


def test_names_are_told_apart() -> None:
    names = [name for kind in KINDS.values() for name in (kind.plural, kind.name.lower(), *kind.short_names)]
    again = {name for name in names if names.count(name) > 1}
    assert again <= {"kms", "iam", "llm", "sql", "kv", "docdb", "s3"}  # the short name of a kind is its own name


@pytest.mark.parametrize("kind", _BASIC)
def test_integers_are_sized_and_lists_are_merged(kind: str) -> None:
    for path, part in parts_of(_version(kind)["schema"]["openAPIV3Schema"], ""):
        if part.get("type") == "integer":
            assert part["format"] in {"int32", "int64"}, path
        if part.get("type") == "array":
            assert part["x-kubernetes-list-type"] in {"atomic", "map", "set"}, path
        if "default" in part:
            assert part["default"] is not None, path
