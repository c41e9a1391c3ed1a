"""An API group has one object of a kind and name in a namespace."""

from __future__ import annotations

from collections.abc import Iterator

from ...errors import Finding
from ...kube.fields import shown
from ..facts import Facts
from ..objects import Origin

__all__ = ["twin_findings"]


def twin_findings(facts: Facts) -> Iterator[tuple[Origin, Finding]]:
    """Yield objects that exist twice, with both of their owners; of a name that the user chose, its field."""
    for second, first in facts.twins:
        chosen, other = (first, second) if first.named and not second.named else (second, first)
        if chosen.named:
            message = f"{shown(chosen.name)} is taken by the {chosen.kind} {_owner(other)}; choose another name"
            yield chosen, Finding(message, chosen.named, chosen.source.resource)
        else:
            yield second, Finding(f"exists twice: {_owner(first)}, and {_owner(second)}", "metadata.name")


def _owner(origin: Origin) -> str:
    source = origin.source
    place = f" ({source.where})" if source.where else ""
    return f"derived from {source.resource}{place}" if source.resource else f"written by hand{place}"
