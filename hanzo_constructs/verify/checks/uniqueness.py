"""An API group has one object of a kind and name in a namespace."""

from __future__ import annotations

from collections.abc import Iterator

from ...errors import Finding
from ...kube.fields import field_path, shown
from ..index import SetIndex
from ..objects import Origin

__all__ = ["rival_findings", "twin_findings"]


def twin_findings(set_index: SetIndex) -> Iterator[tuple[Origin, Finding]]:
    """Yield objects that exist twice, with both of their owners; of a name that the user chose, its field."""
    for second, first in set_index.twins:
        chosen, other = (first, second) if first.name_field and not second.name_field else (second, first)
        if chosen.name_field:
            message = f"{shown(chosen.name)} is taken by the {chosen.kind} {_owner(other)}; choose another name"
            yield chosen, Finding(message, chosen.name_field, chosen.source.resource)
        else:
            yield second, Finding(f"exists twice: {_owner(first)}, and {_owner(second)}", "metadata.name")


def rival_findings(set_index: SetIndex) -> Iterator[tuple[Origin, Finding]]:
    """Yield Secrets that two would fill, each time with what is theirs."""
    rivals = [(origin, path, first, name) for origin, path, first, name in set_index.rivals]
    for (namespace, name), origin in set_index.provided.items():
        if secret := set_index.objects.get("Secret", {}).get((namespace, name)):
            rivals.append((origin, ("metadata", "name"), secret, name))
    for origin, path, first, name in rivals:
        # of two places, that where a user chose the name is where another one can be chosen
        subject, other = (first, origin) if first.name_field and not origin.name_field else (origin, first)
        message = f"the Secret {shown(name)} is filled by {other.described} too; choose another name"
        where = subject.name_field or field_path(path if subject is origin else ("metadata", "name"))
        resource = subject.source.resource if subject.name_field else ""
        severity = first.severity if first.own else origin.severity
        yield subject, Finding(message, where, resource, severity=severity)


def _owner(origin: Origin) -> str:
    source = origin.source
    place = f" ({source.where})" if source.where else ""
    return f"derived from {source.resource}{place}" if source.resource else f"written by hand{place}"
