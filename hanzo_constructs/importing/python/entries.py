"""What a program declares, by charts: each resource and object with its name in the tree and in the code."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from ...kube.manifest import Manifest
from ...platform import Platform
from ...spec.kind import Kind
from ...spec.kinds import kind_of, parse
from ...spec.resource import Resource
from .names import Names, identifier
from .short import short_spec

__all__ = ["ChartPlan", "Entry", "charts_of"]


@dataclass(slots=True, eq=False)
class Entry:
    """A resource of the program."""

    resource: Resource
    kind: Kind
    spec: Manifest
    """In short forms."""
    namespace: str
    """The one that it names; empty for none."""
    id: str = ""
    """In the tree."""
    variable: str = ""
    """Of the code, once another construct needs it."""

    @property
    def construct(self) -> str:
        """The name of its class."""
        return f"{self.kind.name}Construct" if self.kind.of else self.kind.construct.rpartition(":")[2]


@dataclass(slots=True)
class ChartPlan:
    """A chart of the program."""

    id: str
    namespace: str
    """Empty for none."""
    function: str
    entries: list[Entry] = field(default_factory=list)
    objects: list[tuple[str, Manifest]] = field(default_factory=list)
    """Objects of the user's own, with their ids."""


def charts_of(resources: Iterable[Manifest], objects: Iterable[Manifest], platform: Platform) -> list[ChartPlan]:
    """Return the charts for *resources* and *objects*: one for each namespace, or for each application in it.

    Raises `SpecError` where a resource is wrong.
    """
    entries = [_entry(each, platform) for each in resources]
    applications = _applications(entries)
    groups: dict[tuple[str, str], tuple[list[Entry], list[Manifest]]] = {}
    for entry in entries:
        application = str(getattr(entry.resource.spec, "part_of", "") or "")
        split = application if len(applications[entry.namespace]) > 1 else ""
        groups.setdefault((entry.namespace, split), ([], []))[0].append(entry)
    for each in objects:
        groups.setdefault((str(each["metadata"].get("namespace") or ""), ""), ([], []))[1].append(each)
    ids, functions = Names(joint="-"), Names(("app", "build", "chart", "main"))
    order = sorted(groups, key=lambda key: bool(key[0] or groups[key][0]))  # first what belongs to the cluster
    return [_chart(*key, *groups[key], ids, functions) for key in order]


def _entry(document: Manifest, platform: Platform) -> Entry:
    resource = parse(document, platform)
    spec = short_spec(document.get("spec") or {})
    return Entry(resource, kind_of(resource, platform), spec, resource.metadata.namespace or "")


def _applications(entries: Iterable[Entry]) -> dict[str, set[str]]:
    """Return the names of the applications that the resources of each namespace are parts of."""
    found: dict[str, set[str]] = {}
    for entry in entries:
        application = getattr(entry.resource.spec, "part_of", None)
        found.setdefault(entry.namespace, set()).update([str(application)] if application else [])
    return found


def _chart(
    namespace: str,
    application: str,
    entries: list[Entry],
    objects: Sequence[Manifest],
    taken: Names,
    functions: Names,
) -> ChartPlan:
    placeless = "unplaced" if entries else "cluster"
    parts = (namespace,) if application == namespace else (namespace, application)
    chart_id = taken.new("-".join(filter(None, parts)) or placeless)
    ids = Names(joint="-")
    for entry in entries:
        entry.id = _id(ids, entry.resource.name, entry.kind.name)
    named = [(_id(ids, _name(each), str(each["kind"])), each) for each in objects]
    return ChartPlan(chart_id, namespace, functions.new(identifier(chart_id)), entries, named)


def _id(ids: Names, name: str, kind: str) -> str:
    """Return the id of an object: its name, or where that is taken its name and its kind."""
    name = name.replace("/", "-") or kind.lower()
    return ids.new(name if ids.is_free(name) else f"{name}-{kind.lower()}")


def _name(data: Any) -> str:
    return str(data["metadata"].get("name") or data["metadata"].get("generateName") or "")
