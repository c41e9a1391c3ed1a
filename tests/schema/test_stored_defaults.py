"""Defaults that an API server writes into what it stores change nothing; those that would are not published to it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from typing import Any

import pytest

from hanzo_constructs.compiler import compile_resource
from hanzo_constructs.errors import SpecError
from hanzo_constructs.kube.model import written
from hanzo_constructs.kube.published import PRESENCE
from hanzo_constructs.platform import Platform
from hanzo_constructs.schema.model_schema import Schema, model_schema
from hanzo_constructs.schema.parts import parts_of
from hanzo_constructs.schema.structural import inline_references, structural
from hanzo_constructs.spec.kinds import KINDS, parse
from tests.golden.cases import VALID

Chosen = Callable[[str, Schema], bool]


def _is_at(wanted: str, path: str, _: Schema) -> bool:
    return path == wanted


@cache
def _whole_schema(kind: str) -> Schema:
    """Return the schema of the spec of *kind*, with the defaults that no API server gets."""
    return inline_references(model_schema(KINDS[kind].model))["properties"]["spec"]  # type: ignore[no-any-return]


@cache
def _stored_schema(kind: str) -> Schema:
    return structural(model_schema(KINDS[kind].model))["properties"]["spec"]  # type: ignore[no-any-return]


def _defaulted(schema: Schema, value: Any, chosen: Chosen, path: str = "") -> Any:
    """Return *value* with the *chosen* defaults of *schema*, as an API server adds them: only where the parent is."""
    if isinstance(value, list):
        return [_defaulted(schema["items"], item, chosen, f"{path}[]") for item in value]
    if not isinstance(value, dict):
        return value
    own, found = schema.get("properties", {}), dict(value)
    for name, part in own.items():
        if name not in found and "default" in part and chosen(f"{path}.{name}".lstrip("."), part):
            found[name] = part["default"]
    rest = schema.get("additionalProperties")
    below = {**own, **({name: rest for name in found if name not in own} if isinstance(rest, dict) else {})}
    return {
        name: _defaulted(below[name], item, chosen, f"{path}.{name}".lstrip(".")) if name in below else item
        for name, item in found.items()
    }


def _results(document: dict[str, Any], platform: Platform) -> list[str]:
    """Return what *document* compiles to and what is said of it."""
    try:
        compilation = compile_resource(parse(document, platform), platform)
    except SpecError as error:
        return [*map(str, error.findings)]
    return [*map(str, compilation.manifests), *map(str, compilation.warnings)]


@pytest.mark.thorough
def test_what_is_stored_compiles_as_what_was_sent() -> None:
    changed, tried = [], 0
    for case in VALID:
        for document in case.documents:
            resource = parse(document, case.platform)
            if resource.kind not in KINDS:
                continue
            sent = {**written(resource), "apiVersion": KINDS[resource.kind].api_version(case.platform)}
            spec = _defaulted(_stored_schema(resource.kind), sent["spec"], lambda *_: True)
            if spec != sent["spec"]:
                tried += 1
                if _results({**sent, "spec": spec}, case.platform) != _results(sent, case.platform):
                    changed.append(f"{case.name}: {resource}")
    assert tried > 100
    assert changed == []


@pytest.mark.thorough
def test_each_default_that_is_not_stored_would_change_something() -> None:
    left = {path for kind in KINDS for path, part in parts_of(_whole_schema(kind), "") if PRESENCE in part}
    assert left
    for case in VALID:
        for document in case.documents:
            resource = parse(document, case.platform)
            if resource.kind not in KINDS or not left:
                continue
            sent = {**written(resource), "apiVersion": KINDS[resource.kind].api_version(case.platform)}
            for path in sorted(left):
                spec = _defaulted(_whole_schema(resource.kind), sent["spec"], partial(_is_at, path))
                if spec != sent["spec"] and _results({**sent, "spec": spec}, case.platform) != _results(
                    sent, case.platform
                ):
                    left.discard(path)
    assert left == set()
