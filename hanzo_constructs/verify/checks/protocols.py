"""Port numbers with two protocols, which client-side apply takes for one port and loses the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from ...errors import Finding
from ...kube.fields import Path, field_path
from ...kube.kinds import KINDS
from ...kube.patterns import Patterns
from ..objects import Object

__all__ = ["protocol_findings"]


def protocol_findings(obj: Object) -> Iterator[Finding]:
    """Yield the first number in each list of ports of *obj* that an earlier one has with another protocol."""
    for key, ports, path in _keyed_lists(obj.kind).found(obj.manifest):
        yield from _shared(ports, key, path)


@cache
def _keyed_lists(kind: str) -> Patterns[str]:
    return Patterns(KINDS[kind].merge_keys.items())


def _shared(ports: Sequence[dict[str, Any]], field: str, path: Path) -> Iterator[Finding]:
    first: dict[Any, tuple[int, str]] = {}
    for index, port in enumerate(ports):
        number, protocol = port[field], port.get("protocol") or "TCP"
        earlier, other = first.setdefault(number, (index, protocol))
        if other != protocol:
            message = (
                f"{number} is used with {other} too (ports[{earlier}]), and kubectl apply takes both for one port;"
                " apply it with --server-side"
            )
            yield Finding(message, field_path((*path, index, field)), severity="warning")
            return
