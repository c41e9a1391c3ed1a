"""By what clients outside of the cluster reach a set: hosts and paths of routes, and Services that are open by themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from ..kube.fields import parsed_path
from ..kube.kinds import ROUTES
from ..platform import Platform
from .fronts import front_of
from .manifest_needs import is_of, needs_in, understood
from .offers import Name

__all__ = ["Exposure", "exposures_of"]

Object = Mapping[str, Any]


class Exposure(NamedTuple):
    """A way into the cluster."""

    host: str
    """`shop.example.com`; `*` for any, and the type of a Service without a host: `LoadBalancer`."""
    path: str
    """`/api`; empty where no paths are told apart."""
    by: str
    """The object that says so: `Ingress shop/web`."""
    address: Name
    """Namespace and name of the Service that it leads to."""
    port: str
    """Number or name of the port of that Service."""
    is_encrypted: bool
    """Whether clients use TLS, as far as the object says."""


def exposures_of(manifest: Object, platform: Platform) -> list[Exposure]:
    """Return by what clients from outside reach something through *manifest*; nothing where its form is not understood."""
    return understood(_exposures, manifest, platform)


def _exposures(manifest: Object, platform: Platform) -> Iterator[Exposure]:
    if is_of(manifest, "Service") and (front := front_of(manifest)) and front.is_open:
        for _, port, _, protocol in front.ports:
            shown = str(port) if protocol == "TCP" else f"{port}/{protocol}"
            host = front.kind if front.kind != "ClusterIP" else "externalIPs"
            yield Exposure(host, "", _described(manifest), (front.namespace, front.name), shown, is_encrypted=False)
    elif is_of(manifest, "Ingress", *ROUTES):
        for need in needs_in(manifest, platform):
            path = parsed_path(need.field)
            ways = _ways(manifest["spec"], path) if is_of(manifest, "Ingress") else _route_ways(manifest, path)
            for host, prefix, is_encrypted in ways:
                yield Exposure(host, prefix, _described(manifest), need.address, str(need.port or ""), is_encrypted)


def _ways(spec: Object, path: tuple[Any, ...]) -> Iterable[tuple[str, str, bool]]:
    """Yield host, path and whether TLS is used of the backend at *path* in the *spec* of an Ingress."""
    encrypted = {host for each in spec.get("tls") or () for host in each.get("hosts") or ("*",)}
    if path[1] != "rules":
        return [("*", "/", "*" in encrypted)]
    rule = spec["rules"][path[2]]
    host = rule.get("host") or "*"
    return [(host, rule["http"]["paths"][path[5]].get("path") or "/", host in encrypted)]


def _route_ways(manifest: Object, path: tuple[Any, ...]) -> Iterator[tuple[str, str, bool]]:
    """Yield host, path and whether TLS is used of the backend at *path* in a route of the Gateway API."""
    spec = manifest["spec"]
    is_encrypted = any(each.get("sectionName") == "https" or each.get("port") == 443 for each in spec["parentRefs"])
    matches: Iterable[Object] = spec["rules"][path[2]].get("matches") or ({},)
    prefixes = dict.fromkeys((each.get("path") or {}).get("value") or "/" for each in matches)
    for host in spec.get("hostnames") or ("*",):
        yield from ((host, prefix, is_encrypted) for prefix in prefixes)


def _described(manifest: Object) -> str:
    metadata = manifest["metadata"]
    namespace = metadata.get("namespace")
    return (
        f"{manifest['kind']} {namespace}/{metadata['name']}" if namespace else f"{manifest['kind']} {metadata['name']}"
    )
