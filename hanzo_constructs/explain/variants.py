"""Everything that decides what a resource becomes, changed one at a time.

A variant is the resource, its platform, its epoch and its links with one thing different. Values are right by
themselves, but rules between fields are not asked: what counts is what the builders would do with them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from types import UnionType
from typing import Any, NamedTuple, Union, get_args, get_origin, get_type_hints

from pydantic.fields import FieldInfo

from ..compiler.fronts import NO_DOORS, Doors
from ..compiler.links import Links
from ..compiler.offers import Name
from ..compiler.targets import Target
from ..epochs import Epoch
from ..platform import Platform
from ..spec.resource import Resource
from ..spec.values import adapter, annotation_of, takes, values_of
from .cause import Cause
from .changed_resources import changed_resources
from .read import Read

__all__ = ["Inputs", "Variant", "links_to", "variants"]

_NO_VALUES = {"api_group", "epoch", "output", "overlay"}
"""Settings that decide no value of a child: what resources are called, what rules there are, what is written, and what is
refused."""
_MOST_VALUES = 4
"""How many other values of a setting are tried."""


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


def variants(inputs: Inputs, read: Read) -> Iterator[Variant]:
    """Yield *inputs* with each thing that may decide something changed, several times where there are several ways.

    Of settings and rules these are those that are *read*.
    """
    for cause, resource, beyond in changed_resources(inputs.resource):
        bare = None if beyond is None else inputs._replace(resource=beyond)
        yield Variant(cause, inputs._replace(resource=resource), bare)
    place = inputs.resource.metadata.namespace or inputs.platform.namespace or "", inputs.resource.name
    moving = {need.caller.setting for need in inputs.links.admitted.get(place, ())}
    for name in Platform.model_fields:
        if name in read.settings or name in moving:
            for platform in _platforms(inputs.platform, name):  # pyright: ignore[reportArgumentType] - frozen, and so hashable
                links = _moved(inputs.links, place, name, platform)
                yield Variant(Cause("setting", (name,)), inputs._replace(platform=platform, links=links))
    for name, epoch in _epochs(inputs.epoch):
        if name in read.rules:
            yield Variant(Cause("rule", (name,)), inputs._replace(epoch=epoch))
    for number, links in enumerate(_other_links(inputs.links, place)):
        yield Variant(Cause("link", (number,)), inputs._replace(links=links))


def links_to(links: Links, place: Name) -> tuple[str, ...]:
    """Return what other resources ask of the one at *place*, in the order of the numbers of links."""
    routes = (f"{route.owner}, spec.gateway" for route in links.routes.get(place, ()))
    needs = (f"{need.caller.who}, {need.field}" for need in links.admitted.get(place, ()))
    targets = (target.owner for target in links.targets.get(place, {}).values())
    return (
        *routes,
        *needs,
        *targets,
        *(f"{each.field}, which needs {each.who}" for each in links.reached.get(place, ())),
        *(f"{each.described}, which leads here" for each in links.doors.get(place, NO_DOORS).fronts),
    )


def _other_links(links: Links, place: Name) -> Iterator[Links]:
    """Yield *links* without one of those to the resource at *place*, for each of them, and with others that it leads to."""
    routes, needs = links.routes.get(place, ()), links.admitted.get(place, ())
    reached = links.reached.get(place, ())
    for index in range(len(routes)):
        yield replace(links, routes={**links.routes, place: (*routes[:index], *routes[index + 1 :])})
    for index in range(len(needs)):
        yield replace(links, admitted={**links.admitted, place: (*needs[:index], *needs[index + 1 :])})
    targets = links.targets.get(place, {})
    for name, target in targets.items():
        yield replace(links, targets={**links.targets, place: {**targets, name: _other(target)}})
    for index in range(len(reached)):
        yield replace(links, reached={**links.reached, place: (*reached[:index], *reached[index + 1 :])})
    entrances, fronts = links.doors.get(place, NO_DOORS)
    for index in range(len(fronts)):  # each of them is the entrance of that number
        fewer = Doors((*entrances[:index], *entrances[index + 1 :]), (*fronts[:index], *fronts[index + 1 :]))
        yield replace(links, doors={**links.doors, place: fewer})


def _other(target: Target) -> Target:
    """Return *target* with everything else that can be said of it, to see what depends on that."""
    return target._replace(
        service=f"{target.service}-other",
        ports=tuple(each._replace(number=each.number + 1, scheme=f"{each.scheme}s") for each in target.ports),
        database=f"{target.database}_other",
        secrets=tuple(f"{each}-other" for each in target.secrets),
    )


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
def _platforms(platform: Platform, name: str) -> tuple[Platform, ...]:
    """Return *platform* with each other value of the setting *name* that is tried."""
    if name in _NO_VALUES:
        return ()
    values = _other_settings(name, Platform.model_fields[name], getattr(platform, name))
    return tuple(platform.model_copy(update={name: value}) for value in values)


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
