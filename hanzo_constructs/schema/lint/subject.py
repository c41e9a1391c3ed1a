"""What the checks look at: the models of a kind that are not Kubernetes' own, and their fields as a definition has them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from pydantic import BaseModel

from ...kube.core.part import Part
from ...spec.kind import Kind
from ...spec.values import models_in
from ..model_schema import CORE, Schema, model_schema
from ..structural import structural

__all__ = ["FieldSubject", "fields_of", "models_of"]


class FieldSubject(NamedTuple):
    """A field of a model, as it is published."""

    model: type[BaseModel]
    name: str
    """The name as it is written in files."""
    schema: Schema
    required: bool
    is_core: bool
    """Whether it holds one of Kubernetes' own types, or a list or a mapping of one."""


def models_of(kind: Kind) -> tuple[type[BaseModel], ...]:
    """Return the models below the spec and the status of *kind*, each once, without Kubernetes' own."""
    spec = kind.model.model_fields["spec"].annotation
    return tuple(dict.fromkeys((*_models(spec), *_models(kind.status_model))))


def _models(annotation: object) -> Iterator[type[BaseModel]]:
    for model, _ in models_in(annotation):
        if not issubclass(model, Part):
            yield from _models_below(model)


@cache
def _models_below(model: type[BaseModel]) -> tuple[type[BaseModel], ...]:
    """Return *model* and the models below it."""
    below = (found for field in model.model_fields.values() for found in _models(field.annotation))
    return tuple(dict.fromkeys((model, *below)))


@cache
def fields_of(model: type[BaseModel]) -> tuple[FieldSubject, ...]:
    """Return the fields of *model*."""
    whole = model_schema(model)
    stored = structural(whole)
    own = whole.get("properties", {})
    core = {name for name, part in whole.get("$defs", {}).items() if CORE in part}
    return tuple(
        FieldSubject(model, name, part, name in stored.get("required", ()), _refers_to(own[name], core))
        for name, part in stored.get("properties", {}).items()
    )


def _refers_to(part: Schema, names: set[str]) -> bool:
    """Tell whether *part* is one of the types *names*, or a list or a mapping of one."""
    if (reference := part.get("$ref")) is not None:
        return reference.rpartition("/")[2] in names
    below = [part.get("items"), part.get("additionalProperties"), *part.get("anyOf", ())]
    return any(isinstance(each, dict) and _refers_to(each, names) for each in below)
