"""Every reference resolves in the set, or is listed as needed from outside."""

from __future__ import annotations

from collections.abc import Iterator

from ...errors import Finding
from ...kube.fields import field_path, listed, shown, suggestion
from ...kube.labels import SERVICE_ROLE
from ..index import SetIndex
from ..objects import Origin

__all__ = ["governing_service_findings", "inside_findings", "key_reference_findings"]


def inside_findings(set_index: SetIndex) -> Iterator[tuple[Origin, Finding]]:
    """Yield references of derived objects to other derived objects that are missing."""
    for kind, _, name, origin, path, _, _, inside in set_index.missing:
        if inside:
            yield origin, Finding(f"there is no {kind} {shown(name)} in the set", field_path(path))


def key_reference_findings(set_index: SetIndex) -> Iterator[tuple[Origin, Finding]]:
    """Yield keys that the ConfigMap or Secret of the set does not have."""
    for kind, namespace, name, origin, path, parts, optional, _ in set_index.resolved:
        keys = set_index.keys.get((kind, namespace, name))
        if keys is None or optional or (kind == "Secret" and (namespace, name) in set_index.provided):
            continue  # what a controller fills has keys that nobody knows here
        for place, key in parts:
            if key not in keys:
                message = f"{shown(key)} is not a key of {kind} {shown(name)}, {_known(str(key), keys)}"
                yield origin, Finding(message, field_path((*path, *place)))


def _known(key: str, keys: frozenset[str]) -> str:
    known = sorted(keys)
    near = suggestion(key, known)
    return f"did you mean {near}?" if near else f"known are {listed(known)}"


def governing_service_findings(set_index: SetIndex) -> Iterator[tuple[Origin, Finding]]:
    """Yield StatefulSets whose Service gives their pods no names."""
    for kind, namespace, name, origin, path, *_ in set_index.resolved:
        if kind == "Service" and origin.kind == "StatefulSet":
            service = set_index.services.get((namespace, name))
            if service is not None and not service.headless:
                message = f"must be headless (clusterIP: None) or pods get no DNS names, got {service.origin.described}"
                # no resource names that of its clients, unless it runs so already and cannot be changed
                severity = "warning" if service.labels.get(SERVICE_ROLE) == "client" else origin.severity
                yield origin, Finding(message, field_path(path), severity=severity)
