"""Which written fields of the core types a cluster does not honour: newer ones, and those behind a feature gate."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, get_args

from pydantic import BaseModel

from .core.gates import GATED, ON_SINCE
from .core.part import Part
from .core.since import NEWEST, SINCE
from .deferred import Deferred, imports
from .fields import Path, shown
from .model import Model

__all__ = ["FeatureGate", "Requirement", "newer_than"]

if TYPE_CHECKING:
    FeatureGate = str  # the names are data, and no type checker reads that
else:
    FeatureGate = Literal[tuple(ON_SINCE)]
"""The name of a feature gate that a field of the core types stands behind."""


class Requirement(NamedTuple):
    """What a cluster must have to honour a field."""

    exists: str | None
    """The Kubernetes version whose schema has the field first, where the cluster is older than that."""
    gate: str | None = None
    """The feature gate that the field stands behind, where the cluster has it off."""
    on_since: str | None = None
    """The first Kubernetes version that has the gate on by default; None: none so far."""


class _Step(NamedTuple):
    """A field to be looked at: the cluster lacks what it requires, or something below it may require more."""

    wire_name: str
    lacking: Requirement | None


def newer_than(model: Model, version: str, gates: frozenset[str] = frozenset()) -> Iterable[tuple[Path, Requirement]]:
    """Return each field that was written in *model* and that a cluster of *version* drops or refuses.

    *gates* are the feature gates that the cluster has on although they are off by default. What stands below such a
    field is not reported again. Versions before 1.26 are all one to the table.
    """
    return _newer(model, _steps(type(model), _minor(version), gates, imports()))


@cache
def _minor(version: str) -> int:
    if not (found := re.match(r"v?1\.(\d+)(?:[.+-]|\Z)", version)):
        raise ValueError(f"must be a Kubernetes version such as 1.30, got {shown(version)}")
    return int(found[1])


def _newer(value: Any, steps: dict[type, dict[str, _Step]]) -> Iterable[tuple[Path, Requirement]]:
    """Return what is newer in *value*, by the path from there; *steps* says which fields of which models lead to one."""
    newer: list[tuple[Path, Requirement]] = []
    if fields := steps.get(type(value)):
        # A default is not the user's, and null is not written.
        if (wrote := value.__pydantic_fields_set__).isdisjoint(fields):
            return ()
        for name, (wire_name, lacking) in fields.items():
            if name not in wrote or (below := getattr(value, name)) is None:
                continue
            if lacking is not None:
                newer.append(((wire_name,), lacking))
                continue
            for path, found in _newer(below, steps):
                newer.append(((wire_name, *path), found))
        return newer
    items = enumerate(value) if isinstance(value, tuple) else value.items() if isinstance(value, dict) else ()
    for step, item in items:
        for path, found in _newer(item, steps):
            newer.append(((step, *path), found))
    return newer


def _lacking(model: str, wire_name: str, minor: int, gates: frozenset[str]) -> Requirement | None:
    """Return what a cluster of 1.*minor* with *gates* on lacks for a field of the core type *model*."""
    exists = SINCE.get(model, {}).get(wire_name, 0)
    missing = f"1.{exists}" if exists > minor else None
    gate = GATED.get(model, {}).get(wire_name)
    if gate is None or gate in gates:
        return Requirement(missing) if missing else None
    on_since = max(exists, ON_SINCE[gate])
    return Requirement(missing, gate, f"1.{on_since}" if on_since <= NEWEST else None) if on_since > minor else None


@cache
def _steps(
    root: type[BaseModel],
    minor: int,
    gates: frozenset[str],
    imported: int,  # noqa: ARG001 - with more models there are more steps
) -> dict[type, dict[str, _Step]]:
    """Return the fields to be looked at in each model below *root* that has any.

    Of models that nobody has *imported* there are no values.
    """
    steps: dict[type[BaseModel], dict[str, _Step]] = {}
    below: dict[type[BaseModel], dict[str, set[type[BaseModel]]]] = {}
    todo = [root]
    while todo:
        if (model := todo.pop()) in below:
            continue
        below[model] = {name: set(_models(field.annotation)) for name, field in model.__pydantic_fields__.items()}
        todo += (found for models in below[model].values() for found in models)
        steps[model] = {
            name: _Step(wire, lacking)
            for name, field in model.__pydantic_fields__.items()
            if issubclass(model, Part)
            and (lacking := _lacking(model.__name__, wire := field.alias or name, minor, gates))
        }
    # What leads to such a field is to be looked at itself, up to the root.
    while leading := [
        (model, name, models)
        for model, fields in below.items()
        for name, models in fields.items()
        if name not in steps[model] and any(steps[found] for found in models)
    ]:
        for model, name, _ in leading:
            steps[model][name] = _Step(model.__pydantic_fields__[name].alias or name, None)
    return {
        model: {name: fields[name] for name in model.__pydantic_fields__ if name in fields}
        for model, fields in steps.items()
        if fields
    }


def _models(annotation: object) -> Iterable[type[BaseModel]]:
    """Yield the models in *annotation*, however deep in lists, mappings and unions."""
    if isinstance(annotation, Deferred):
        return (annotation.model,) if annotation.is_imported else ()
    if isinstance(annotation, type) and not get_args(annotation):
        return (annotation,) if issubclass(annotation, BaseModel) else ()
    return (found for part in get_args(annotation) for found in _models(part))
