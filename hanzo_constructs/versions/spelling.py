"""Fields in another spelling: `hostAPI` for `hostApi`. The models say which spelling is right; nothing lists the wrong ones."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args, get_origin

from pydantic import BaseModel

from ..kube.core.part import Part
from ..kube.fields import Path, wire_name
from .draft import Draft

__all__ = ["fields_of", "respell", "unknown_places"]


def fields_of(model: type[BaseModel]) -> dict[str, Any]:
    """Return the types of the fields of *model* by wire name."""
    return {field.alias or wire_name(name): field.annotation for name, field in model.model_fields.items()}


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _models_in(part)


def _is_list(annotation: Any) -> bool:
    return get_origin(annotation) is tuple or any(map(_is_list, get_args(annotation)))


def _below(data: Any, annotation: Any, path: Path) -> Iterator[tuple[Path, Any, type[BaseModel]]]:
    """Yield the mappings in *data*, which has the type *annotation*, with the model of each."""
    models = [model for model in _models_in(annotation) if not issubclass(model, Part)]
    if len(models) != 1:
        return
    (model,) = models
    if isinstance(data, list):
        yield from (((*path, index), each, model) for index, each in enumerate(data) if isinstance(each, dict))
    elif isinstance(data, dict) and _is_list(annotation):  # a list that is written as a mapping by name
        yield from (((*path, name), each, model) for name, each in data.items() if isinstance(each, dict))
    elif isinstance(data, dict):
        yield path, data, model


def _wrong_names(data: dict[str, Any], model: type[BaseModel], path: Path) -> Iterator[tuple[Path, str]]:
    """Yield each field of *data* whose name is that of a field of *model* but for capitals, and the right name."""
    fields = fields_of(model)
    by_folded = {name.lower(): name for name in fields}
    for name, value in data.items():
        right = name if name in fields else by_folded.get(name.lower(), "")
        if not right:
            continue
        for place, below, inner in _below(value, fields[right], (*path, name)):
            yield from _wrong_names(below, inner, place)
        if right != name:
            yield (*path, name), right


def respell(draft: Draft, model: type[BaseModel]) -> None:
    """Rename the fields of *draft*, a resource of *model*, that are right but for capitals."""
    for path, right in [*_wrong_names(draft.data, model, ())]:
        *parent, _ = path
        if isinstance(beside := draft.get(*parent), dict) and right in beside:
            draft.lose(path, f"{right} stands beside it", known=False)
        else:
            draft.rename(path, right)


def unknown_places(data: dict[str, Any], model: type[BaseModel], path: Path = ()) -> Iterator[Path]:
    """Yield the places of fields of *data* that *model* does not have."""
    fields = fields_of(model)
    for name, value in data.items():
        if name not in fields:
            yield (*path, name)
            continue
        for place, below, inner in _below(value, fields[name], (*path, name)):
            yield from unknown_places(below, inner, place)
