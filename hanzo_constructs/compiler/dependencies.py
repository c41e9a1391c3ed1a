"""Who connects to whom in a set: read off the ties that network policies are made from."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import NamedTuple

from .links import reached_by, with_surroundings
from .offers import Entrance, Name
from .ties import Ties

__all__ = ["Dependency", "dependencies", "owners_of"]


class Dependency(NamedTuple):
    """One that connects to another, and where that is said."""

    caller: str
    """As messages name it: `Service shop/web`, `the ingress controller`."""
    callee: str
    """A resource of the set: `SQL shop/orders-db`."""
    ports: tuple[str, ...]
    """Of the pods of the callee: `8080/TCP`."""
    fields: tuple[str, ...]
    """Where it is said, in the caller; of a route of a Base, in that."""


def dependencies(ties: Iterable[Ties]) -> tuple[Dependency, ...]:
    """Return who connects to whom among those with *ties*, in the order of their names.

    What is not in the set is left out, and so is what replicas ask of each other.
    """
    found = _surrounded(ties)
    owners: dict[Name, list[tuple[Ties, Entrance]]] = {}
    for each in found:
        for entrance in each.entrances:
            owners.setdefault(entrance.address, []).append((each, entrance))
    known = {_described(each) for each in found}
    ports: dict[tuple[str, str], set[str]] = {}
    fields: dict[tuple[str, str], dict[str, None]] = {}
    for each in found:
        for need in each.needs:
            reached = reached_by(need, each, owners.get(need.address, ()))
            is_itself = not need.caller.setting and need.caller.who not in known and each.kind
            caller = _described(each) if is_itself else need.caller.who
            if reached is None or reached.who == caller:
                continue
            pair = caller, reached.who
            ports.setdefault(pair, set()).update(f"{number}/{protocol}" for number, protocol in reached.ports)
            fields.setdefault(pair, {})[need.field] = None
    return tuple(Dependency(*pair, (*sorted(ports[pair]),), (*fields[pair],)) for pair in sorted(ports))


def owners_of(ties: Iterable[Ties]) -> dict[Name, str]:
    """Return whose each address is, by namespace and name of the Service; the first counts."""
    found: dict[Name, str] = {}
    for each in _surrounded(ties):
        for entrance in each.entrances:
            found.setdefault(entrance.address, _described(each))
    return found


def _surrounded(ties: Iterable[Ties]) -> Collection[Ties]:
    unique: dict[tuple[str, Name], Ties] = {}
    for each in ties:
        unique.setdefault((each.kind, each.name), each)
    return with_surroundings(unique.values())[0]


def _described(ties: Ties) -> str:
    namespace, name = ties.name
    return f"{ties.kind} {namespace}/{name}" if namespace else f"{ties.kind} {name}"
