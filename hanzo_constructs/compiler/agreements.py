"""Agreements: of a workload that names its callers, only those are let in who name it too.

A half without the other opens nothing. It is told where the other half is missing, in the resource that lacks it, so that
the warning has the file and the line that has to change.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from ..errors import Finding
from ..kube.fields import field_path
from .needs import Need
from .offers import Name, is_credentials
from .ties import Ties

__all__ = ["Half", "Known", "halves_of", "is_agreed", "missing_halves"]

_RESOURCES = ("spec", "workload", "resources")


class Half(NamedTuple):
    """A half of an agreement that a resource lacks, or that nobody answers."""

    who: str
    """The other end, as messages name it; where it is not in the set, its place."""
    name: Name
    """Namespace and name of the other end."""
    direction: str
    """What this resource would have to declare: inbound or outbound; of a half that it has and nobody answers, that."""
    field: str
    """Where the other end declares its half; of a half that nobody answers, where this resource does."""
    state: str
    """`missing` here, `unanswered` by a resource that can declare no half, or `unknown`: the other end is not in the set."""


class Known(NamedTuple):
    """What is known of a set, for whoever asks about one resource of it."""

    needing: Callable[[Name], Iterable[tuple[Ties, Need]]]
    """Who needs something at an address, and what."""
    named: Callable[[Name], Sequence[Ties]]
    """The resources of a namespace and a name."""
    inviting: Callable[[Name], Iterable[Ties]]
    """Who lets in the resource of a namespace and a name."""
    offered: Callable[[Name], bool]
    """Whether anybody has an address."""


def is_agreed(need: Need, caller: Ties, callee: Ties) -> bool:
    """Tell whether *callee* lets in who has the *need*, which the resource *caller* declares.

    An Ingress or a monitor of the user's own has no name that could be let in; whom it means is the platform's.
    """
    if callee.inbound is None or caller.name in callee.inbound:
        return True
    return not caller.kind and bool(need.caller.setting)


def halves_of(ties: Ties, known: Known) -> tuple[Half, ...]:
    """Return the halves that the resource with *ties* lacks, or that nobody answers, in an order that no declaration changes."""
    if ties.inbound is None:
        return ()
    found = {*_missing_inbound(ties, known), *_missing_outbound(ties, known)}
    found |= {*_unanswered(ties, known), *_leading_nowhere(ties, known)}
    return tuple(sorted(found))


def _missing_inbound(ties: Ties, known: Known) -> Iterator[Half]:
    """Yield callers that this resource does not let in."""
    for address in ties.guarded:
        for other, need in known.needing(address) if not is_credentials(address[1]) else ():
            if other.name != ties.name and not is_agreed(need, other, ties):
                yield Half(need.caller.who, other.name, "inbound", need.field, "missing")


def _missing_outbound(ties: Ties, known: Known) -> Iterator[Half]:
    """Yield who lets this resource in and is not called by it."""
    for other in known.inviting(ties.name):
        if not _needs(ties, other.guarded):
            yield Half(_who(other), other.name, "outbound", _field(ties.name), "missing")


def _unanswered(ties: Ties, known: Known) -> Iterator[Half]:
    """Yield who is let in by this resource and could call it, but is not there, or does not."""
    for name in ties.inbound or ():
        others = known.named(name)
        if not others:
            yield Half(_place(name), name, "inbound", _field(name), "unknown")
        for other in others:
            if other.inbound is None and not _needs(other, ties.guarded):
                yield Half(_who(other), name, "inbound", _field(name), "unanswered")


def _leading_nowhere(ties: Ties, known: Known) -> Iterator[Half]:
    for name in ties.calls:
        if not known.offered(name):
            yield Half(_place(name), name, "outbound", _field(name), "unknown")


def _needs(ties: Ties, addresses: Collection[Name]) -> bool:
    return any(need.address in addresses for need in ties.needs)


def _who(ties: Ties) -> str:
    return f"{ties.kind} {_place(ties.name)}"


def _place(name: Name) -> str:
    return f"{name[0]}/{name[1]}" if name[0] else name[1]


def _field(name: Name) -> str:
    """Return where a resource says of the one of that *name* who calls whom."""
    return field_path((*_RESOURCES, name[1]))


def missing_halves(halves: Iterable[Half], own: Name) -> Iterator[Finding]:
    """Yield what to write for each of *halves* of the resource *own*."""
    for half in halves:
        away = "" if half.name[0] == own[0] else f", namespace: {half.name[0]}"
        entry = f"{half.name[1]}: {{type: service, direction: {half.direction}{away}}}"
        if half.state == "missing" and half.direction == "inbound":
            message = f"lacks {half.who}, which calls this workload ({half.field}) and is not let in; write {entry}, or have the call removed there"
            yield Finding(message, field_path(_RESOURCES), severity="warning")
        elif half.state == "missing":
            message = f"lacks {half.who}, which lets this workload in ({half.field}) and is not called; write {entry}, or have it removed there"
            yield Finding(message, field_path(_RESOURCES), severity="warning")
        elif half.state == "unanswered":
            message = f"lets in {half.who}, which does not name this workload; write a connection to it there, or leave this out"
            yield Finding(message, half.field, severity="warning")
        else:
            other = "inbound" if half.direction == "outbound" else "outbound"
            message = f"{half.who} is not in the set, so that nobody knows whether it declares its half ({other}), and nothing is opened; compile both together"
            yield Finding(message, half.field, severity="warning")
