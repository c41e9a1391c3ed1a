"""What a field may name: other resources of the set, objects and their keys, ports, volumes; and where each is declared."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from ..kube.fields import Path
from ..spec.connections import KEY_PREFIX
from ..verify.objects import Origin
from .entries import Entry, place_of
from .working_set import WorkingSet

__all__ = ["Named", "nameable"]


class Named(NamedTuple):
    """Something that a field may name."""

    name: str
    what: str
    """What it is, `Datastore shop/db`."""
    entry: Entry | None = None
    """Who declares it; None where nobody in the set does."""
    path: Path = ()
    """Where it is declared in that."""


class _Look(NamedTuple):
    """The field whose names are wanted."""

    working: WorkingSet
    entry: Entry
    path: Path

    @property
    def beside(self) -> dict[str, Any]:
        """What stands beside the field, as far as it was read."""
        found = _at(self.entry.data, self.path[:-1])
        return found if isinstance(found, dict) else {}

    @property
    def namespace(self) -> str:
        """The namespace in which names of the field are looked for."""
        named = self.beside.get("namespace") or self.beside.get("gatewayNamespace")
        return (
            named if isinstance(named, str) and self.path[-1] != "namespace" else _namespace(self.entry, self.working)
        )

    @property
    def spec(self) -> dict[str, Any]:
        """What the resource says in its spec."""
        found = _at(self.entry.data, ("spec",))
        return found if isinstance(found, dict) else {}


_Finder = Callable[[_Look], Iterable[Named]]


def nameable(working: WorkingSet, entry: Entry, path: Path) -> list[Named]:
    """Return what the field at *path* of *entry*, as it is written, may name; nothing for a field that names nothing."""
    look = _Look(working, entry, path)
    for pattern, finder in _PATTERNS:
        if len(path) >= len(pattern) and all(
            wanted in {step, "*"} for wanted, step in zip(pattern, path[-len(pattern) :], strict=True)
        ):
            found: dict[tuple[str, str], Named] = {}
            for each in finder(look):
                found.setdefault((each.name, each.what), each)
            return list(found.values())
    return []


def _at(data: Any, path: Path) -> Any:
    for step in path:
        try:
            data = data[step]
        except (LookupError, TypeError):
            return None
    return data


def _namespace(entry: Entry, working: WorkingSet) -> str:
    named = _at(entry.data, ("metadata", "namespace"))
    return named if isinstance(named, str) else working.platform.namespace or ""


def _connectable(look: _Look) -> Iterator[Named]:
    """Yield the resources that a connection may lead to: of the kind that stands beside, if one does."""
    kind = look.beside.get("kind")
    for entry in look.working.entries():
        if entry.resource is None or entry is look.entry or (kind and entry.resource.kind != kind):
            continue
        if _namespace(entry, look.working) == look.namespace:
            yield Named(entry.resource.metadata.name, entry.subject, entry, ("metadata", "name"))


def _kinds(look: _Look) -> Iterator[Named]:
    for entry in look.working.entries():
        if entry.resource is not None:
            yield Named(entry.resource.kind, "kind of resources of the set")


def _namespaces(look: _Look) -> Iterator[Named]:
    for entry in look.working.entries():
        if namespace := _namespace(entry, look.working):
            yield Named(namespace, "namespace of the set")


def _of_kind(*kinds: str) -> _Finder:
    """Return what finds the objects of *kinds*, derived ones and the user's own."""

    def found(look: _Look) -> Iterator[Named]:
        index = look.working.whole().index
        for kind in kinds:
            for (namespace, name), origin in index.objects.get(kind, {}).items():
                if namespace == look.namespace:
                    yield _declared(look, name, kind, origin)
        if "Secret" in kinds:
            for (namespace, name), origin in index.provided.items():
                if namespace == look.namespace:
                    yield _declared(look, name, "Secret", origin)
        for kind, namespace, name, *_ in index.missing:
            if kind in kinds and namespace == look.namespace:
                yield Named(name, f"{kind} {namespace}/{name}, which is not in the set".replace(" /", " "))

    return found


def _declared(look: _Look, name: str, kind: str, origin: Origin) -> Named:
    place = place_of(origin.source.where)
    entry = look.working.entry(place[0]) if place else None
    said = f"{kind} {origin.namespace}/{name}" if origin.namespace else f"{kind} {name}"
    by = f", of {origin.source.resource}" if origin.source.resource else ""
    return Named(name, said + by, entry, ("metadata", "name"))


def _keys(kind: str) -> _Finder:
    """Return what finds the keys of the object of *kind* that is named beside the field."""

    def found(look: _Look) -> Iterator[Named]:
        name = look.beside.get("name")
        index = look.working.whole().index
        origin = index.objects.get(kind, {}).get((look.namespace, str(name)))
        for key in sorted(index.keys.get((kind, look.namespace, str(name)), ())):
            declared = _declared(look, str(name), kind, origin) if origin else None
            path: Path = ("data", key)
            if declared and declared.entry and _at(declared.entry.data, path) is None:
                path = ("stringData", key)
            yield Named(key, f"key of {kind} {name}", declared.entry if declared else None, path)

    return found


def _own_ports(look: _Look) -> Iterator[Named]:
    """Yield the ports that the resource itself declares."""
    ports = look.spec.get("ports")
    if isinstance(ports, dict):
        yield from (Named(str(name), "port", look.entry, ("spec", "ports", name)) for name in ports)
    for index, port in enumerate(ports if isinstance(ports, list) else ()):
        if isinstance(port, dict) and isinstance(name := port.get("name"), str):
            yield Named(name, "port", look.entry, ("spec", "ports", index, "name"))


def _ports_beside(look: _Look) -> Iterator[Named]:
    """Yield the ports of the Service that is named beside the field; those of the resource where none is."""
    name = look.beside.get("name") or look.beside.get("serviceName")
    facts = look.working.whole().index.services.get((look.namespace, str(name)))
    if facts is None:
        if name is None:
            yield from _own_ports(look)
        return
    declared = _declared(look, str(name), "Service", facts.origin)
    for _, port, _ in facts.ports:
        if port:
            yield Named(port, f"port of Service {name}", declared.entry, declared.path)


def _volumes(look: _Look) -> Iterator[Named]:
    for field in ("volumes", "persistence", "configs"):
        for index, volume in enumerate(found if isinstance(found := look.spec.get(field), list) else ()):
            if isinstance(volume, dict) and isinstance(name := volume.get("name"), str):
                yield Named(name, f"volume of spec.{field}", look.entry, ("spec", field, index, "name"))


def _of_connection(look: _Look) -> Iterator[Named]:
    """Yield what there is to know of what a connection leads to."""
    yield from (Named(name, "of the connection") for name in ("url", "host", "port", "database"))
    connection = _at(look.entry.data, look.path[:-2])
    name = connection.get("name") if isinstance(connection, dict) else None
    for entry in look.working.entries():
        if entry.resource is None or entry.resource.metadata.name != name:
            continue
        secret = getattr(entry.resource.spec, "credentials_secret", None)
        keys = look.working.whole().index.keys.get(("Secret", _namespace(entry, look.working), str(secret)), ())
        yield from (Named(f"{KEY_PREFIX}{key}", f"key of Secret {secret}") for key in sorted(keys))


def _elsewhere(look: _Look) -> Iterator[Named]:
    """Yield what other resources say in the same field."""
    for entry in look.working.entries():
        value = _at(entry.data, look.path) if entry is not look.entry else None
        if isinstance(value, str):
            yield Named(value, "as other resources say it")


_PATTERNS: tuple[tuple[tuple[str, ...], _Finder], ...] = (
    (("connections", "*", "kind"), _kinds),
    (("connections", "*", "name"), _connectable),
    (("connections", "*", "port"), _ports_beside),
    (("connections", "*", "env", "*"), _of_connection),
    (("secretKeyRef", "key"), _keys("Secret")),
    (("configMapKeyRef", "key"), _keys("ConfigMap")),
    (("tokenSecret", "key"), _keys("Secret")),
    (("secretKeyRef", "name"), _of_kind("Secret")),
    (("secretRef", "name"), _of_kind("Secret")),
    (("tokenSecret", "name"), _of_kind("Secret")),
    (("imagePullSecrets", "*", "name"), _of_kind("Secret")),
    (("credentialsRef", "name"), _of_kind("Secret")),
    (("credentialsSecret",), _of_kind("Secret")),
    (("s3CredentialsSecret",), _of_kind("Secret")),
    (("tlsSecretName",), _of_kind("Secret")),
    (("secretName",), _of_kind("Secret")),
    (("configMapKeyRef", "name"), _of_kind("ConfigMap")),
    (("configMapRef", "name"), _of_kind("ConfigMap")),
    (("configMap", "name"), _of_kind("ConfigMap")),
    (("spec", "schema"), _of_kind("ConfigMap")),
    (
        ("gateway", "gatewayName"),
        lambda look: (each for each in _connectable(look) if each.what.startswith("Gateway ")),
    ),
    (("serviceAccountName",), _of_kind("ServiceAccount")),
    (("claimName",), _of_kind("PersistentVolumeClaim")),
    (("existingClaim",), _of_kind("PersistentVolumeClaim")),
    (("serviceName",), _of_kind("Service")),
    (("backend",), _of_kind("Service")),
    (("scaleTargetRef", "name"), _of_kind("Deployment", "StatefulSet")),
    (("pathRules", "*", "port"), _ports_beside),
    (("paths", "*", "port"), _ports_beside),
    (("httpGet", "port"), _own_ports),
    (("tcpSocket", "port"), _own_ports),
    (("metricsPort",), _own_ports),
    (("volumeMounts", "*", "name"), _volumes),
    (("namespace",), _namespaces),
    (("gatewayNamespace",), _namespaces),
    (("storageClassName",), _elsewhere),
    (("priorityClassName",), _elsewhere),
    (("ingressClassName",), _elsewhere),
    (("partOf",), _elsewhere),
    (("component",), _elsewhere),
)
"""Which names a field takes, by the end of its path, as it is written."""
