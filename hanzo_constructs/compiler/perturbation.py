"""Everything that decides what a resource becomes, changed one at a time.

A variant is the resource, its platform, its epoch and its links with one thing different. Values are right by
themselves, but rules between fields are not asked: what counts is what the builders would do with them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import cache
from types import UnionType
from typing import Any, Literal, NamedTuple, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from ..epochs import Epoch
from ..kube.core import Container, Lifecycle, PodSecurityContext, SecurityContext
from ..kube.core.part import Part
from ..kube.fields import Path
from ..platform import Platform
from ..spec.kinds import KINDS
from ..spec.resource import EPOCH_ANNOTATION, Resource
from ..spec.values import adapter, annotation_of, entry_type, models_in, takes, values_of, values_of_type
from .links import Links
from .offers import Name

__all__ = ["Cause", "Inputs", "Variant", "links_to", "variants"]

_NO_VALUES = {"api_group", "epoch", "output"}
"""Settings that decide no value of a child: what resources are called, what rules there are, and what is written."""
_COMPLETED = (Container, Lifecycle, PodSecurityContext, SecurityContext)
"""Types of Kubernetes in which the platform fills in what is left out; the others arrive as they are written."""
_MOST_VALUES = 4
"""How many other values of a field are tried; some decide only beyond a threshold, such as one replica or several."""

Put = Callable[[Any], Resource]
"""Returns the resource with its argument in the place of one of its values."""


class Cause(NamedTuple):
    """Something that decides values of children."""

    source: Literal["kind", "field", "default", "absence", "setting", "rule", "link"]
    """The kind of the resource, a field that is written, one with a default that is not, one without a default that is
    not, a setting of the platform, a rule of the epoch, or what another resource of the set needs or declares."""
    name: Path
    """The path of the field from the root of the resource, the Python name of setting or rule, or the number of the
    link."""


class Inputs(NamedTuple):
    """All that the children of a resource are a function of."""

    resource: Resource
    platform: Platform
    epoch: Epoch
    links: Links


class Variant(NamedTuple):
    """Inputs with one thing changed."""

    cause: Cause
    inputs: Inputs
    beyond: Inputs | None = None
    """Inputs with as much of the same change as goes without saying, whose effects are not those of the cause."""


def variants(inputs: Inputs) -> Iterator[Variant]:
    """Yield *inputs* with each thing that may decide something changed, several times where there are several ways."""
    for cause, resource, beyond in _resources(inputs.resource):
        yield Variant(cause, inputs._replace(resource=resource), beyond and inputs._replace(resource=beyond))
    place = inputs.resource.metadata.namespace or inputs.platform.namespace or "", inputs.resource.name
    for name, platform in _platforms(inputs.platform):
        links = _moved(inputs.links, place, name, platform)
        yield Variant(Cause("setting", (name,)), inputs._replace(platform=platform, links=links))
    for name, epoch in _epochs(inputs.epoch):
        yield Variant(Cause("rule", (name,)), inputs._replace(epoch=epoch))
    for number, links in enumerate(_links_without_one(inputs.links, place)):
        yield Variant(Cause("link", (number,)), inputs._replace(links=links))


def links_to(links: Links, place: Name) -> tuple[str, ...]:
    """Return what other resources ask of the one at *place*, in the order of the numbers of links."""
    routes = (f"{route.owner}, spec.gateway" for route in links.routes.get(place, ()))
    return (*routes, *(f"{need.caller.who}, {need.field}" for need in links.admitted.get(place, ())))


def _links_without_one(links: Links, place: Name) -> Iterator[Links]:
    """Yield *links* without one of those to the resource at *place*, for each of them."""
    routes, needs = links.routes.get(place, ()), links.admitted.get(place, ())
    for index in range(len(routes)):
        yield replace(links, routes={**links.routes, place: (*routes[:index], *routes[index + 1 :])})
    for index in range(len(needs)):
        yield replace(links, admitted={**links.admitted, place: (*needs[:index], *needs[index + 1 :])})


def _moved(links: Links, place: Name, setting: str, platform: Platform) -> Links:
    """Return *links* on *platform*, where callers of the resource at *place* run where another *setting* says."""
    needs = links.admitted.get(place, ())
    if not any(need.caller.setting == setting for need in needs):
        return links
    moved = [
        need._replace(caller=need.caller._replace(namespace=getattr(platform, setting)))
        if need.caller.setting == setting
        else need
        for need in needs
    ]
    return replace(links, admitted={**links.admitted, place: tuple(moved)})


@cache
def _platforms(platform: Platform) -> tuple[tuple[str, Platform], ...]:
    """Return *platform* with each of its settings changed, by the Python name of the setting."""
    return tuple(
        (name, platform.model_copy(update={name: value}))
        for name, field in Platform.model_fields.items()
        if name not in _NO_VALUES
        for value in _other_settings(name, field, getattr(platform, name))
    )


def _other_settings(name: str, field: FieldInfo, value: Any) -> Iterator[Any]:
    if name == "kubernetes":
        yield from (other for minor in range(25, 38) if (other := f"1.{minor}") != value)
        return
    if isinstance(value, str) and takes(annotation_of(field), f"{value}x"):
        yield f"{value}x"
    if value is not None and type(None) in get_args(field.annotation):
        yield None
    known = [adapter(annotation_of(field)).validate_python(each) for each in values_of(field)]
    yield from [each for each in known if each != value][:_MOST_VALUES]


@cache
def _epochs(epoch: Epoch) -> tuple[tuple[str, Epoch], ...]:
    """Return *epoch* with each of its rules changed, by the Python name of the rule."""
    hints = get_type_hints(Epoch)
    return tuple(
        (name, replace(epoch, **{name: value}))
        for name in hints
        if name != "name"
        for value in _other_rules(hints[name])
        if value != getattr(epoch, name)
    )


def _other_rules(hint: Any) -> tuple[Any, ...]:
    if get_origin(hint) in (Union, UnionType):
        return tuple(value for part in get_args(hint) for value in _other_rules(part))
    known: dict[Any, tuple[Any, ...]] = {bool: (True, False), int: (7, 8), type(None): (None,)}
    return known[hint] if hint in known else get_args(hint)


Changed = tuple[Cause, Resource, Resource | None]


def _resources(resource: Resource) -> Iterator[Changed]:
    """Yield *resource* with each of its fields changed."""
    names = tuple(port.name for port in getattr(resource.spec, "ports", ()))
    for index, name in enumerate(names):  # what goes by the name of a port goes with it
        renamed = resource.model_copy(update={"spec": _renamed(resource.spec, name, f"{name[:-1]}x")})
        yield Cause("field", ("spec", "ports", index, "name")), renamed, None

    def put(part: str) -> Put:
        return lambda value: resource.model_copy(update={part: value})

    yield from _of_kinds(resource)
    yield from _of_model(resource.metadata, ("metadata",), put("metadata"), names)
    yield from _of_model(resource.spec, ("spec",), put("spec"), names)


def _of_kinds(resource: Resource) -> Iterator[Changed]:
    """Yield *resource* as another kind that compiles alike, and with another engine, be it pinned to an image or not."""
    own, spec = KINDS[resource.kind], resource.spec
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


def _of_model(model: BaseModel, path: Path, put: Put, names: tuple[str, ...]) -> Iterator[Changed]:
    """Yield the resource with each field of *model*, which stands at *path* in it, changed."""

    def put_field(name: str) -> Put:
        return lambda value: put(model.model_copy(update={name: value}))

    for name, field in type(model).model_fields.items():
        here, value, is_written = (*path, field.alias or name), getattr(model, name), name in model.model_fields_set
        if is_written and value is not None:
            yield from _of_value(value, annotation_of(field), here, put_field(name), names)
            if not field.is_required():
                yield Cause("field", here), put(_without(model, name)), None
        elif value is not None and not isinstance(value, BaseModel | tuple | dict):
            for other in _others(annotation_of(field), value, names):
                yield Cause("default", here), put_field(name)(other), None
        elif name != "enabled" and (not isinstance(model, Part) or isinstance(model, _COMPLETED)):
            yield from _of_absent(field, here, put_field(name))


def _without(model: BaseModel, name: str) -> BaseModel:
    """Return *model* as if its field *name* were not written."""
    changed = model.model_copy(update={name: type(model).model_fields[name].get_default(call_default_factory=True)})
    changed.model_fields_set.discard(name)
    return changed


def _of_value(value: Any, annotation: Any, path: Path, put: Put, names: tuple[str, ...]) -> Iterator[Changed]:
    """Yield the resource with *value*, which stands at *path* in it, changed."""
    if isinstance(value, BaseModel):
        yield from _of_model(value, path, put, names)
    elif isinstance(value, tuple):
        for index, entry in enumerate(value):
            before, after = value[:index], value[index + 1 :]
            yield from _of_value(entry, entry_type(annotation), (*path, index), _put_entry(put, before, after), names)
            yield Cause("field", (*path, index)), put((*before, *after)), None
    elif isinstance(value, dict):
        for key, entry in value.items():
            if not _is_instruction(path, key):
                yield from _of_value(entry, entry_type(annotation), (*path, key), _put_key(put, value, key), names)
                yield Cause("field", (*path, key)), put({each: value[each] for each in value if each != key}), None
    else:
        for other in _others(annotation, value, names):
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


def _others(annotation: Any, value: Any, names: tuple[str, ...]) -> Iterator[Any]:
    """Yield values of the type *annotation* beside *value*: those next to it first."""
    near: list[Any] = []
    if isinstance(value, bool):
        near = [not value]
    elif isinstance(value, int):
        near = [value + 1, value - 1, 1, 0, value * 2]
    elif isinstance(value, str):
        near = [*(name for name in names if value in names), f"{value}x", f"x{value}"]
    found = [other for other in near if other != value and takes(annotation, other)]
    if len(found) < _MOST_VALUES and not isinstance(value, bool):
        known = _known_values(annotation)
        found += [other for other in known if other != value and other not in found]
    yield from found[:_MOST_VALUES]


def _known_values(annotation: Any) -> Iterable[Any]:
    return [adapter(annotation).validate_python(each) for each in values_of_type(annotation)]


def _of_absent(field: FieldInfo, path: Path, put: Put) -> Iterator[Changed]:
    """Yield the resource with the *field* that is not written, at *path*: with the least it takes, and a little more."""
    absent, annotation = Cause("absence", path), annotation_of(field)
    for value in values_of(field)[:2]:
        try:
            least = put(adapter(annotation).validate_python(value))
        except ValidationError:
            continue
        yield absent, least, None
        if isinstance(value, dict) and (model := next((found for found, _ in models_in(annotation)), None)):
            for name, inner in model.model_fields.items():
                wire = inner.alias or name
                if wire not in value:
                    for more in _more(annotation, value, wire, inner):
                        yield Cause("absence", (*path, wire)), put(more), least


def _more(annotation: Any, least: dict[str, Any], wire: str, field: FieldInfo) -> Iterator[Any]:
    """Yield values of *annotation* that have one field more than *least* says."""
    try:
        values = values_of(field)[:2]
        for value in values:
            yield adapter(annotation).validate_python({**least, wire: value})
    except (ValidationError, LookupError):
        return
