"""Constructs that others of the same chart refer to, and the order in which they can be declared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ...compiler import compile_resource
from ...compiler.endpoints import endpoints
from ...errors import SpecError
from ...platform import Platform
from ...spec.connection import connection_url, host_name
from ...spec.datastore import Datastore
from .entries import Entry
from .literals import Code, literal
from .names import Names, identifier
from .texts import hosts_in, strings_in

__all__ = ["Placed", "in_order"]

_Name = tuple[str, str, str]


@dataclass(slots=True, eq=False)
class Placed:
    """A resource at its place in a chart, and what it can say by the constructs before it."""

    entry: Entry
    texts: dict[str, Code] = field(default_factory=dict)
    """URLs and hosts of others by their text."""
    names: dict[_Name, Code] = field(default_factory=dict)
    """Names of others by kind, namespace and name."""


def in_order(entries: Sequence[Entry], platform: Platform, taken: Names) -> list[Placed]:
    """Return *entries* of a chart, each behind those that it refers to; else they keep their order.

    Those that others refer to get variables, whose names are not among those *taken*. Of two that refer to each other, the
    first one has to write texts.
    """
    order = _Order(entries, platform, taken)
    for entry in entries:
        order.place(entry)
    return list(order.placed.values())


class _Order:
    """The order in which the resources of a chart are declared, as far as it is known."""

    def __init__(self, entries: Sequence[Entry], platform: Platform, taken: Names) -> None:
        self._platform, self._taken = platform, taken
        self._by_host = {host: entry for entry in entries if (host := _host(entry, platform))}
        self._by_name = {_name(entry): entry for entry in entries}
        self._begun: set[Entry] = set()
        self._addresses: dict[Entry, dict[str, str]] = {}
        self.placed: dict[Entry, Placed] = {}

    def place(self, entry: Entry) -> None:
        """Place *entry* behind those that it refers to, unless it has its place."""
        if entry in self._begun:
            return
        self._begun.add(entry)
        found = Placed(entry)
        for host in _hosts(entry, self._by_host):
            target = self._by_host[host]
            if (codes := self._codes(target)) and self._is_before(target):
                found.texts |= {text: Code(code.format(target.variable)) for text, code in codes.items()}
        for name in _connections(entry):
            named = self._by_name.get(name)
            if named and named is not entry and self._is_before(named):
                found.names[name] = Code(f"{named.variable}.resource.name")
        self.placed[entry] = found

    def _codes(self, target: Entry) -> dict[str, str]:
        if target not in self._addresses:
            self._addresses[target] = _addresses(target, self._platform)
        return self._addresses[target]

    def _is_before(self, target: Entry) -> bool:
        """Place *target*, name its variable, and return whether that could be done; not where it is about to be placed."""
        self.place(target)
        if target not in self.placed:
            return False
        target.variable = target.variable or self._taken.new(identifier(target.id))
        return True


def _name(entry: Entry) -> _Name:
    return entry.resource.kind, entry.namespace, entry.resource.name


def _connections(entry: Entry) -> Iterator[_Name]:
    """Yield the resources that the connections of *entry* name."""
    connections = entry.spec.get("connections")
    for each in connections if isinstance(connections, list) else ():
        yield str(each.get("kind")), str(each.get("namespace") or entry.namespace), str(each.get("name"))


def _host(entry: Entry, platform: Platform) -> str:
    """Return the name by which others reach *entry*; nothing where no namespace is known."""
    namespace = entry.namespace or platform.namespace
    return host_name(entry.resource.service_name, namespace, platform) if namespace else ""


def _hosts(entry: Entry, known: Mapping[str, Entry]) -> Iterable[str]:
    """Return those of the *known* hosts that texts of *entry* name, each once, but not its own."""
    found = (host for text in strings_in(entry.spec) for host in hosts_in(text))
    return [host for host in dict.fromkeys(found) if host in known and known[host] is not entry]


def _addresses(entry: Entry, platform: Platform) -> dict[str, str]:
    """Return what a construct of *entry* knows of how it is reached: an expression with a gap for it, by its text."""
    try:
        ports = endpoints(compile_resource(entry.resource, platform)).ports
        found: dict[str, Any] = {url: f"{{0}}.endpoints.ports[{literal(name)}]" for name, url in ports.items()}
        if isinstance(entry.resource, Datastore):
            found[_host(entry, platform)] = "{0}.host"
            found[connection_url(entry.resource, platform)] = "{0}.connection_url"
    except SpecError:  # only together with others, which the program will show
        return {}
    return found
