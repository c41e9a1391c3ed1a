"""What clients reach: hosts, paths and ports that come or go."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from ...kube.kinds import ROUTES
from ...kube.manifest import Identity, Manifest
from ..changes import ObjectChange
from ..consequence import Consequence, Effect, Sets
from .ingresses import ingress_served
from .outside import opened_outside
from .reading import mapping, mappings, spec_of

__all__ = ["surface"]

_PUBLIC = ("Ingress", *ROUTES)
_GATEWAY = "Gateway.gateway.networking.k8s.io"
_FROM_OUTSIDE = ("LoadBalancer", "NodePort")


def surface(change: ObjectChange, sets: Sets) -> Iterator[Consequence]:
    """Say which hosts with paths, and which ports, can be reached no more or can be reached now."""
    if change.kind in _PUBLIC:
        old = {*_doors_of(change.old)} if change.old else set()
        new = {*_doors_of(change.new)} if change.new else set()
        if old != new and (lost := sorted(old - _doors(sets.after(_PUBLIC)))):
            yield Consequence(Effect.SURFACE, f"not reached any more: {', '.join(lost)}")
        if old != new and (more := sorted(new - _doors(sets.before(_PUBLIC)))):
            yield Consequence(Effect.SURFACE, f"reached from now on: {', '.join(more)}")
        if change.both and change.kind == "Ingress":
            yield from ingress_served(*change.both)
    elif change.kind == _GATEWAY and change.both:
        yield from _gateway(*change.both)
    elif change.kind == "Service":
        yield from _service(change)


def _doors(objects: Iterable[tuple[Identity, Manifest]]) -> set[str]:
    return {door for _, each in objects for door in _doors_of(each)}


def _doors_of(manifest: Manifest) -> Iterator[str]:
    """Yield each host with a path that *manifest* leads to something; `*` is any host."""
    spec = spec_of(manifest)
    if manifest["kind"] == "Ingress":
        for rule in mappings(spec.get("rules")):
            host = rule.get("host") or "*"
            yield from (f"{host}{path.get('path') or '/'}" for path in mappings(mapping(rule.get("http")).get("paths")))
        if spec.get("defaultBackend"):
            yield "*/"
        return
    hosts = spec.get("hostnames") if isinstance(spec.get("hostnames"), list) else ["*"]
    for rule in mappings(spec.get("rules")):
        for host in hosts or ["*"]:
            yield from (f"{host}{path}" for path in _route_paths(rule))


def _route_paths(rule: Any) -> Iterable[str]:
    return [mapping(each.get("path")).get("value") or "/" for each in mappings(rule.get("matches")) or [{}]]


def _gateway(before: Manifest, after: Manifest) -> Iterator[Consequence]:
    old, new = ({*_listeners(each)} for each in (before, after))
    if lost := sorted(old - new):
        yield Consequence(Effect.SURFACE, f"does not listen any more on {', '.join(lost)}")
    if more := sorted(new - old):
        yield Consequence(Effect.SURFACE, f"listens on {', '.join(more)} from now on")


def _listeners(gateway: Manifest) -> Iterator[str]:
    for each in mappings(spec_of(gateway).get("listeners")):
        yield f"{each.get('protocol')} {each.get('hostname') or '*'}:{each.get('port')}"


def _service(change: ObjectChange) -> Iterator[Consequence]:
    old, new = change.old, change.new
    if change.renamed_from:
        return
    if new is None:
        yield Consequence(Effect.SURFACE, "is removed: its name leads nowhere any more")
        return
    if words := _type_change(_type(old) if old else "", _type(new)):
        yield Consequence(Effect.SURFACE, words)
    if old is None:
        return
    before, after = _ports(old), _ports(new)
    if gone := sorted(before - after):
        yield Consequence(Effect.SURFACE, f"does not listen any more on {_listed(gone)}")
    if more := sorted(after - before):
        yield Consequence(Effect.SURFACE, f"listens on {_listed(more)} from now on")
    yield from opened_outside(old, new)
    if change.changed("spec", "selector"):
        yield Consequence(Effect.SURFACE, "leads to other pods: what its selector matches")


def _type(service: Manifest) -> str:
    return str(spec_of(service).get("type") or "ClusterIP")


def _type_change(old: str, new: str) -> str:
    """Say what follows where a Service of the type *old*, empty for none, is one of the type *new*."""
    if old == new:
        return ""
    if new in _FROM_OUTSIDE:
        return f"opens its ports outside of the cluster ({new})"
    if old in _FROM_OUTSIDE:
        return f"its ports are not open outside of the cluster any more (it was a {old})"
    return f"its type is {new}, and was {old}" if old else ""


def _ports(service: Manifest) -> set[tuple[int, str]]:
    return {
        (each["port"], each.get("protocol", "TCP"))
        for each in mappings(spec_of(service).get("ports"))
        if "port" in each
    }


def _listed(ports: Iterable[tuple[int, str]]) -> str:
    return ", ".join(str(port) if protocol == "TCP" else f"{port}/{protocol}" for port, protocol in ports)
