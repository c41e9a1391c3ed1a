"""The picture of what a run has read."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any, NamedTuple

from ..compiler import Compilation
from ..compiler.dependencies import Dependency, dependencies, owners_of
from ..compiler.exposures import Exposure, exposures_of
from ..compiler.object_needs import ties_of_objects
from ..compiler.offers import Name
from ..compiler.resource_ties import ties_of
from ..compiler.ties import Ties
from ..graph.dot import dot
from ..graph.mermaid import mermaid
from ..graph.picture import Picture, around, picture_of
from ..graph.svg import svg
from ..own_objects import in_namespace
from ..platform import Platform
from .checking import Checked

__all__ = ["Seen", "Surrounded", "drawn", "seen", "surrounded"]


class Seen(NamedTuple):
    """What a picture needs to know of one resource."""

    ties: Ties
    exposures: tuple[Exposure, ...]
    is_datastore: bool


class Surrounded(NamedTuple):
    """Who connects to whom in a set, and what leads into it."""

    dependencies: tuple[Dependency, ...]
    exposures: tuple[Exposure, ...]
    owners: dict[Name, str]
    """Whose each address is."""


def seen(compilation: Compilation) -> Seen:
    """Return what a picture needs to know of *compilation*."""
    platform = compilation.rules.platform
    ties = ties_of(compilation.resource, platform)
    exposures = tuple(way for each in compilation.manifests for way in exposures_of(each, platform))
    return Seen(ties, exposures, ties.target is not None and ties.target.is_datastore)


def surrounded(found: Iterable[Seen], checked: Checked[Any], platform: Platform) -> Surrounded:
    """Return what those that were *found*, and the objects of the user's own, have to do with each other."""
    resources = [*found]
    own = [in_namespace(each.data, checked.namespace) for each in checked.objects]
    ties = [each.ties for each in resources] + ([ties_of_objects(own, platform)] if own else [])
    exposures = [way for each in resources for way in each.exposures]
    exposures += [way for each in own for way in exposures_of(each, platform)]
    return Surrounded(dependencies(ties), tuple(exposures), owners_of(ties))


def drawn(checked: Checked[Seen], platform: Platform, form: str, chosen: Collection[str] | None) -> str:
    """Return the picture of what was *checked* in *form*: mermaid, dot or svg.

    Of *chosen* resources, it shows these and those that a line leads to.
    """
    whole = _picture(checked, platform)
    picture = whole if chosen is None else around(whole, chosen)
    if form == "svg":
        stores = (each.subject for each in checked.outcomes if each.value and each.value.is_datastore)
        return svg(picture, stores=frozenset(stores))
    return dot(picture) if form == "dot" else mermaid(picture)


def _picture(checked: Checked[Seen], platform: Platform) -> Picture:
    found = surrounded((each.value for each in checked.outcomes if each.value), checked, platform)
    subjects = [each.subject for each in checked.outcomes]
    return picture_of(subjects, found.dependencies, found.exposures, found.owners)
