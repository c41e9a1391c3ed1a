"""Hosts of Services that texts and routes name: whether the set offers them, and on that port."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, Literal, NamedTuple

from ..kube.fields import Path
from ..kube.hosts import NamedHost, may_name_hosts, named_hosts
from .objects import Origin

__all__ = ["HostUse", "Text", "close_name", "shown_hosts"]

_SHOWN_TO_PROGRAMS = ("env", "command", "args")


_SEARCHED = 50
"""How many names are compared with a wrong one to suggest the right one; every host of a large set may be wrong."""


Text = tuple[Origin, Path, Mapping[str, Any] | Sequence[Any], Path]
"""Strings that anybody who may read manifests can read: of whom, where, and the path from an item to its string."""


class HostUse(NamedTuple):
    """A place that names the host of a Service."""

    origin: Origin
    path: Path
    host: NamedHost
    severity: Literal["error", "warning"]

    @property
    def is_route(self) -> bool:
        """Whether it is a route, which is HTTP, and no text that may mean anything."""
        return self.severity == "error"


def shown_hosts(texts: Iterable[Text], domain: str) -> Iterator[HostUse]:
    """Yield the hosts in those of *texts* that programs get to see: variables and command lines."""
    known: dict[tuple[str, str], list[NamedHost]] = {}  # scripts of backups are the same in all of them
    for origin, path, items, below in texts:
        if path[-1] not in _SHOWN_TO_PROGRAMS:
            continue
        pairs: Iterable[tuple[str | int, object]] = items.items() if isinstance(items, Mapping) else enumerate(items)
        for key, text in pairs:
            if not (text and isinstance(text, str) and may_name_hosts(text)):
                continue
            if (hosts := known.get((text, origin.namespace))) is None:
                found = named_hosts(text, namespace=origin.namespace, domain=domain)
                hosts = known[text, origin.namespace] = [host for host in found if host.certain or host.is_plain]
            for host in hosts:
                yield HostUse(origin, (*path, key, *below), host, "warning")


def close_name(wrong: str, known: Iterable[str]) -> str:
    """Return the one of *known* that *wrong* differs from by one typing error; empty where there is none.

    Names that differ in a digit are names of several things of one sort.
    """
    near = islice(known, _SEARCHED)
    return next((name for name in near if name != wrong and _is_slip(*sorted((wrong, name), key=len))), "")


def _is_slip(short: str, long: str) -> bool:
    """Tell whether *long* is *short* with one letter more, one other letter, or two neighbours exchanged."""
    if len(long) - len(short) > 1:
        return False
    start = next((index for index, pair in enumerate(zip(short, long, strict=False)) if pair[0] != pair[1]), len(short))
    if len(short) < len(long):
        return not long[start].isdigit() and short[start:] == long[start + 1 :]
    one, other = short[start : start + 2], long[start : start + 2]
    swapped = one == other[::-1] and short[start + 2 :] == long[start + 2 :]
    replaced = short[start + 1 :] == long[start + 1 :]
    return (swapped or replaced) and not (one[:1].isdigit() or other[:1].isdigit())
