"""A resource with each of its fields changed, or written where it is not, one at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import islice
from typing import Any, Literal, NamedTuple, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from ..kube.core import Container, Lifecycle, PodSecurityContext, SecurityContext
from ..kube.core.part import Part
from ..kube.fields import Path
from ..spec.image import ImageSpec
from ..spec.kinds import KINDS, kind_named
from ..spec.resource import EPOCH_ANNOTATION, Resource
from ..spec.values import (
    NOT_TAKEN,
    adapter,
    annotation_of,
    different_values,
    entry_type,
    few_values_of,
    models_in,
    taken,
    takes,
    values_of,
)
from .cause import Cause

__all__ = ["changed_resources"]

_COMPLETED = (Container, Lifecycle, PodSecurityContext, SecurityContext)
"""Types of Kubernetes in which the platform fills in what is left out; the others arrive as they are written."""
_OVERLAY: Path = ("spec", "overlay")
"""Its parts decide what stands in them, and nothing else."""
_KNOWN_PORTS = ("http", "metrics")
"""Names of ports that mean something."""
_TEXTS = ("1", "99")
"""Texts that every tag of an image lies between."""
_MOST_TEXTS = 4
"""How many other texts of a field are tried; some decide only beyond a threshold, such as one replica or several."""

Put = Callable[[Any], Resource]
"""Returns the resource with its argument in the place of one of its values."""


class _Known(NamedTuple):
    """What other values of a field are taken from."""

    names: tuple[str, ...]
    """The names of the ports, which other fields may hold."""
    most: int
    """How many are tried."""


Changed = tuple[Cause, Resource, Resource | None]


def changed_resources(resource: Resource) -> Iterator[Changed]:
    """Yield *resource* with each of its fields changed."""
    names = _port_names(resource.spec)
    for index, name in enumerate(names):  # what goes by the name of a port goes with it
        for other in (f"{name[:-1]}x", *_KNOWN_PORTS):
            if other not in names:
                renamed = resource.model_copy(update={"spec": _renamed(resource.spec, name, other)})
                yield Cause("field", ("spec", "ports", index, "name")), renamed, None

    def put(part: str) -> Put:
        return lambda value: resource.model_copy(update={part: value})

    yield from _of_kinds(resource)
    yield from _of_known_images(resource)
    known = _Known(names, _MOST_TEXTS)
    yield from _of_model(resource.metadata, ("metadata",), put("metadata"), known)
    yield from _of_model(resource.spec, ("spec",), put("spec"), known)


def _port_names(spec: BaseModel) -> tuple[str, ...]:
    return tuple(port.name for port in getattr(spec, "ports", ())) if "ports" in type(spec).model_fields else ()


def _of_kinds(resource: Resource) -> Iterator[Changed]:
    """Yield *resource* as another kind that compiles alike, and with another engine, be it pinned to an image or not."""
    own, spec = kind_named(resource.kind), resource.spec
    others = [kind for kind in KINDS.values() if kind.compiled_as == own.compiled_as and kind is not own]
    engine = type(spec).model_fields.get("type") if spec.model_fields_set & {"image", "engine"} else None
    if engine is not None:
        for pinned in {"image", "engine"} & spec.model_fields_set:
            spec = _without(spec, pinned)
        bare = resource.model_copy(update={"spec": spec})
        for other in values_of(engine):
            changed = bare.model_copy(update={"spec": spec.model_copy(update={"type": other})})
            yield Cause("field", ("spec", "type")), changed, bare
    for kind in others:
        fields = {**dict(resource), "kind": kind.name, "spec": spec}
        facade = kind.model.model_construct(resource.model_fields_set, **fields)
        yield Cause("kind", ("kind",)), facade, resource.model_copy(update={"spec": spec})


def _of_known_images(resource: Resource) -> Iterator[Changed]:
    """Yield *resource* with images that something is known of, which no other text leads to."""
    spec, repositories = resource.spec, _known_repositories(kind_named(resource.kind).compiled_as)
    image = getattr(spec, "image", None)
    for repository in repositories:
        if image is None:
            cause, changed = Cause("absence", ("spec", "image")), ImageSpec(repository=repository)
        elif repository != image.repository:
            cause = Cause("field", ("spec", "image", "repository"))
            changed = image.model_copy(update={"repository": repository})
        else:
            continue
        yield cause, resource.model_copy(update={"spec": spec.model_copy(update={"image": changed})}), None


@cache
def _known_repositories(kind: str) -> tuple[str, ...]:
    """Return the repositories of images that decide what resources of *kind* become."""
    if kind == "Gateway":
        from ..spec.gateway import GATEWAY_IMAGE

        return (GATEWAY_IMAGE.repository,)
    if kind != "Datastore":
        return ()
    from ..spec.engines import ENGINES

    generations = (generation for engine in ENGINES.values() for generation in engine.generations)
    return tuple(dict.fromkeys(images.repository for generation in generations for images in generation.images))


def _of_model(model: BaseModel, path: Path, put: Put, known: _Known) -> Iterator[Changed]:
    """Yield the resource with each field of *model*, which stands at *path* in it, changed."""
    is_copied = isinstance(model, Part) and not isinstance(model, _COMPLETED)
    known = known._replace(most=1) if is_copied else known

    def put_field(name: str) -> Put:
        return lambda value: put(model.model_copy(update={name: value}))

    for name, field in type(model).model_fields.items():
        here, value, is_written = (*path, field.alias or name), getattr(model, name), name in model.model_fields_set
        if here == _OVERLAY:
            yield from _of_overlay(value, put_field(name))
        elif is_written and value in ((), {}):
            yield from _of_absent(field, here, put_field(name), source="field")
        elif is_written and value is not None:
            yield from _of_value(value, annotation_of(field), here, put_field(name), known)
            if not field.is_required():
                yield Cause("field", here), put(_without(model, name)), None
        elif value is not None and not isinstance(value, BaseModel | tuple | dict):
            for other in _others(annotation_of(field), value, known):
                yield Cause("default", here), put_field(name)(other), None
        elif name != "enabled" and not is_copied:
            yield from _of_absent(field, here, put_field(name))


def _of_overlay(overlay: dict[str, Any], put: Put) -> Iterator[Changed]:
    """Yield the resource without each of the parts of its *overlay*."""
    for child in overlay:
        rest = {name: partial for name, partial in overlay.items() if name != child}
        yield Cause("field", (*_OVERLAY, child)), put(rest), None


def _without(model: BaseModel, name: str) -> BaseModel:
    """Return *model* as if its field *name* were not written."""
    changed = model.model_copy(update={name: type(model).model_fields[name].get_default(call_default_factory=True)})
    changed.model_fields_set.discard(name)
    return changed


def _of_value(value: Any, annotation: Any, path: Path, put: Put, known: _Known) -> Iterator[Changed]:
    """Yield the resource with *value*, which stands at *path* in it, changed."""
    if isinstance(value, BaseModel):
        yield from _of_model(value, path, put, known)
    elif isinstance(value, tuple):
        for index, entry in enumerate(value):
            before, after = value[:index], value[index + 1 :]
            yield from _of_value(entry, entry_type(annotation), (*path, index), _put_entry(put, before, after), known)
            yield Cause("field", (*path, index)), put((*before, *after)), None
    elif isinstance(value, dict):
        for key, entry in value.items():
            if not _is_instruction(path, key):
                yield from _of_value(entry, entry_type(annotation), (*path, key), _put_key(put, value, key), known)
                yield Cause("field", (*path, key)), put({each: value[each] for each in value if each != key}), None
    else:
        for other in _others(annotation, value, known):
            yield Cause("field", path), put(other), None


def _renamed(value: Any, old: str, new: str) -> Any:
    """Return *value* with *new* in every place of the name *old*."""
    if isinstance(value, BaseModel):
        fields = {name: getattr(value, name) for name in value.model_fields_set}
        return value.model_copy(update={name: _renamed(field, old, new) for name, field in fields.items()})
    if isinstance(value, tuple):
        return tuple(_renamed(entry, old, new) for entry in value)
    return new if value == old else value


def _is_instruction(path: Path, key: str) -> bool:
    """Tell whether *key* chooses the epoch, whose rules are named themselves."""
    return path == ("metadata", "annotations") and key == EPOCH_ANNOTATION


def _put_entry(put: Put, before: tuple[Any, ...], after: tuple[Any, ...]) -> Put:
    return lambda value: put((*before, value, *after))


def _put_key(put: Put, mapping: dict[str, Any], key: str) -> Put:
    return lambda value: put({**mapping, key: value})


def _others(annotation: Any, value: Any, known: _Known) -> Iterator[Any]:
    """Yield values of the type *annotation* beside *value*: those next to it first."""
    if isinstance(value, bool):
        yield not value
        return
    near: list[Any] = []
    if isinstance(value, int):
        near = [value + 1, value - 1, 2, 1, 0, value * 2, *_far(value)]
    elif isinstance(value, str):
        near = [*(name for name in known.names if value in known.names), f"{value}x", *_TEXTS, 0]
    found = [other for other in dict.fromkeys(near) if other != value and takes(annotation, other)]
    chosen = any(get_origin(part) is Literal for part in (annotation, *get_args(annotation)))
    wants_all = known.most > 1 and (chosen or isinstance(value, int))
    if len(found) < known.most:
        more = (other for other in _known_values(annotation) if other != value and other not in found)
        found = [*found, *(more if wants_all else islice(more, known.most - len(found)))]
    yield from found if wants_all else found[: known.most]


def _far(value: int) -> tuple[int, ...]:
    """Return numbers so far from *value* that a share of it, or the share that it is, is rounded to another number."""
    return value + 100, 99


def _known_values(annotation: Any) -> Iterable[Any]:
    return (adapter(annotation).validate_python(each) for each in different_values(annotation))


def _of_absent(
    field: FieldInfo, path: Path, put: Put, *, source: Literal["absence", "field"] = "absence"
) -> Iterator[Changed]:
    """Yield the resource with the *field* at *path* that holds nothing: with the least it takes, and a little more."""
    cause, annotation = Cause(source, path), annotation_of(field)
    for written in few_values_of(field):
        if not isinstance(written, dict) or (model := next((one for one, _ in models_in(annotation)), None)) is None:
            yield cause, put(adapter(annotation).validate_python(written)), None
            continue
        block = None
        for name, more in (("", written), *_with_one_more(model, written)):
            if (value := taken(annotation, more)) is NOT_TAKEN:
                continue
            if block is None:  # the least that is taken
                block = put(value)
                yield cause, block, None
            else:
                yield Cause(source, (*path, name)), put(value), block


def _with_one_more(model: type[BaseModel], written: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield what is *written* of *model* with each of its other fields, and the name of that."""
    for name, field in model.model_fields.items():
        wire = field.alias or name
        if wire not in written:
            yield from ((wire, {**written, wire: value}) for value in few_values_of(field))
