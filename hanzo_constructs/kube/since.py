"""Which written fields of the core types are newer than a cluster, from the table in `core.since`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Any, NamedTuple, get_args

from pydantic import BaseModel

from .core.part import Part
from .core.since import NEWEST, SINCE
from .fields import Path, shown
from .model import Model

__all__ = ["newer_than"]


class _Step(NamedTuple):
    """A field worth a look: it is newer than the cluster, or something below it can be."""

    wire_name: str
    since: int | None


def newer_than(model: Model, version: str) -> Iterable[tuple[Path, str]]:
    """Return path and first Kubernetes version of each field that was written in *model* and is newer than *version*.

    What stands below such a field is not reported again. Versions before 1.26 are all one to the table.
    """
    minor = _minor(version)
    return _newer(model, _steps(type(model), minor)) if minor < NEWEST else ()


@cache
def _minor(version: str) -> int:
    if not (found := re.match(r"v?1\.(\d+)(?:[.+-]|\Z)", version)):
        raise ValueError(f"must be a Kubernetes version such as 1.30, got {shown(version)}")
    return int(found[1])


def _newer(value: Any, steps: dict[type, dict[str, _Step]]) -> Iterable[tuple[Path, str]]:
    """Return what is newer in *value*, by the way from there: few ways lead anywhere."""
    newer: list[tuple[Path, str]] = []
    if fields := steps.get(type(value)):
        # A default is not the user's, and null is not written.
        if (wrote := value.__pydantic_fields_set__).isdisjoint(fields):
            return ()
        for name, (wire_name, since) in fields.items():
            if name not in wrote or (below := getattr(value, name)) is None:
                continue
            if since is not None:
                newer.append(((wire_name,), f"1.{since}"))
                continue
            for path, found in _newer(below, steps):
                newer.append(((wire_name, *path), found))
        return newer
    items = enumerate(value) if isinstance(value, tuple) else value.items() if isinstance(value, dict) else ()
    for step, item in items:
        for path, found in _newer(item, steps):
            newer.append(((step, *path), found))
    return newer


@cache
def _steps(root: type[BaseModel], minor: int) -> dict[type, dict[str, _Step]]:
    """Return the fields worth a look in each model below *root* that has any."""
    steps: dict[type[BaseModel], dict[str, _Step]] = {}
    below: dict[type[BaseModel], dict[str, set[type[BaseModel]]]] = {}
    todo = [root]
    while todo:
        if (model := todo.pop()) in below:
            continue
        below[model] = {name: set(_models(field.annotation)) for name, field in model.model_fields.items()}
        todo += (found for models in below[model].values() for found in models)
        ages = SINCE.get(model.__name__, {}) if issubclass(model, Part) else {}
        steps[model] = {
            name: _Step(wire, since)
            for name, field in model.model_fields.items()
            if (since := ages.get(wire := field.alias or name, 0)) > minor
        }
    # What leads to a field worth a look is worth one itself, up to the root.
    while leading := [
        (model, name, models)
        for model, fields in below.items()
        for name, models in fields.items()
        if name not in steps[model] and any(steps[found] for found in models)
    ]:
        for model, name, _ in leading:
            steps[model][name] = _Step(model.model_fields[name].alias or name, None)
    return {
        model: {name: fields[name] for name in model.model_fields if name in fields}
        for model, fields in steps.items()
        if fields
    }


def _models(annotation: object) -> Iterable[type[BaseModel]]:
    """Yield the models in *annotation*, however deep in lists, mappings and unions."""
    if isinstance(annotation, type) and not get_args(annotation):
        return (annotation,) if issubclass(annotation, BaseModel) else ()
    return (found for part in get_args(annotation) for found in _models(part))
