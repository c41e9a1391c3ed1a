"""What is remembered of the ways to a workload: Services, routes, policies, scrapers."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any

from ...kube.fields import Path
from ...spec.ingress import CLASS_ANNOTATION, ISSUER_ANNOTATION, path_key
from ..facts import Monitor, Parts, Policy, Port, PortUse, ServiceFacts
from ..index import SetIndex
from ..objects import Object
from ..selecting import NOTHING
from .exclusive import read_exclusive_of_service

__all__ = ["read_ingress", "read_network_policy", "read_route", "read_service", "read_service_monitor"]

_GATEWAY_GROUP = "gateway.networking.k8s.io"
_ISSUERS = {ISSUER_ANNOTATION, "cert-manager.io/issuer", "kubernetes.io/tls-acme"}
"""Any of them has cert-manager write the Secrets that the `tls` block of an Ingress names."""


def read_service(obj: Object, set_index: SetIndex) -> None:
    """Note what the Service *obj* offers, and which pods it means."""
    origin, spec = obj.origin, obj.spec
    offered = spec.get("ports") or ()
    ports: list[Port] = []
    uses: list[PortUse] = []
    for index, port in enumerate(offered):
        number, protocol = port["port"], port.get("protocol") or "TCP"
        ports.append((number, port.get("name") or "", protocol))
        uses.append((("spec", "ports", index, "targetPort"), port.get("targetPort", number), protocol))
    share = set_index.share
    labels = obj.metadata.get("labels") or {}
    headless = spec.get("clusterIP") == "None"
    set_index.services[origin.namespace, origin.name] = ServiceFacts(origin, labels, share(tuple(ports)), headless)
    read_exclusive_of_service(obj, set_index)
    selector = spec.get("selector") or {}
    if not selector and (not origin.own or spec.get("type") == "ExternalName"):
        return  # the user manages the endpoints
    asked = obj.asked({"matchLabels": selector}) or NOTHING
    selection = set_index.select(origin.namespace, asked)
    selection.users.append((origin, ("spec", "selector")))
    selection.ports.append((origin, share(tuple(uses))))


def read_network_policy(obj: Object, set_index: SetIndex) -> None:
    """Note which pods the policy *obj* protects, and the ports it opens."""
    origin, spec = obj.origin, obj.spec
    selection = set_index.select(origin.namespace, obj.asked(spec.get("podSelector")))
    selection.users.append((origin, ("spec", "podSelector")))
    uses: list[PortUse] = [
        (("spec", "ingress", i, "ports", j, "port"), port["port"], port.get("protocol") or "TCP")
        for i, rule in enumerate(spec.get("ingress") or ())
        for j, port in enumerate(rule.get("ports") or ())
        if "port" in port and "endPort" not in port
    ]
    selection.ports.append((origin, set_index.share(tuple(uses))))
    ingress, egress = tuple(spec.get("ingress") or ()), tuple(spec.get("egress") or ())
    types = spec.get("policyTypes") or (["Ingress", "Egress"] if egress else ["Ingress"])
    rules = () if origin.own else (ingress, egress)
    restricts = set_index.share(tuple(each.lower() for each in types))
    set_index.policies.append(Policy(origin, selection.asked, restricts, *rules))


def read_ingress(obj: Object, set_index: SetIndex) -> None:
    """Note the hosts of the Ingress *obj*, where they lead, and the certificates that nobody will make for it."""
    origin, spec = obj.origin, obj.spec
    annotations = obj.metadata.get("annotations") or {}
    ingress_class = spec.get("ingressClassName") or annotations.get(CLASS_ANNOTATION) or ""
    for i, rule in enumerate(spec.get("rules") or ()):
        host = rule.get("host") or ""
        for j, each in enumerate((rule.get("http") or {}).get("paths") or ()):
            at = ("spec", "rules", i, "http", "paths", j)
            path, kind = each.get("path") or "/", each.get("pathType") or ""
            first = set_index.routes.setdefault((ingress_class, host, *path_key(path, kind)), origin)
            if first is not origin:
                set_index.contested.append((origin, (*at, "path"), first, f"{host or '*'}{path}"))
            if service := each["backend"].get("service"):
                _read_backend(obj, set_index, (*at, "backend", "service"), service)
    if service := (spec.get("defaultBackend") or {}).get("service"):
        _read_backend(obj, set_index, ("spec", "defaultBackend", "service"), service)
    for index, block in enumerate(spec.get("tls") or ()):
        if name := block.get("secretName"):
            place = ("spec", "tls", index, "secretName")
            if _ISSUERS.isdisjoint(annotations):
                set_index.references.append(("Secret", origin.namespace, name, origin, place, (), False, False))
            else:
                set_index.provide(origin, place, name)


def _read_backend(obj: Object, set_index: SetIndex, path: Path, service: dict[str, Any]) -> None:
    origin, name = obj.origin, service["name"]
    ports: Parts = tuple([(("port", how), port) for how, port in (service.get("port") or {}).items()])
    inside = origin.own and name == origin.name  # else the user named somebody else's Service
    path, ports = set_index.share(path), set_index.share(ports)
    set_index.references.append(("Service", origin.namespace, name, origin, path, ports, False, inside))


def read_route(obj: Object, set_index: SetIndex) -> None:
    """Note the Gateway that the route *obj* attaches to, its hosts and paths, and where its rules lead."""
    origin = obj.origin
    for index, parent in enumerate(obj.spec.get("parentRefs") or ()):
        if parent.get("kind", "Gateway") == "Gateway" and parent.get("group", _GATEWAY_GROUP) == _GATEWAY_GROUP:
            namespace, place = parent.get("namespace") or origin.namespace, ("spec", "parentRefs", index)
            set_index.references.append(
                (f"Gateway.{_GATEWAY_GROUP}", namespace, parent["name"], origin, place, (), False, False)
            )
    if obj.kind == "HTTPRoute":
        _read_matches(obj, set_index)
    for i, rule in enumerate(obj.spec.get("rules") or ()):
        for j, backend in enumerate(rule.get("backendRefs") or ()):
            service = backend.get("kind", "Service") == "Service" and not backend.get("group")
            if service:
                path = ("spec", "rules", i, "backendRefs", j)
                ports: Parts = ((("port",), backend["port"]),) if "port" in backend else ()
                namespace, name = backend.get("namespace") or origin.namespace, backend["name"]
                inside = obj.own is not None and name == obj.own.owner.service  # else the user named it
                set_index.references.append(("Service", namespace, name, origin, path, ports, False, inside))


def _read_matches(obj: Object, set_index: SetIndex) -> None:
    """Note which hosts and paths the HTTPRoute *obj* serves; what a match asks of headers besides is somebody's choice."""
    spec, origin = obj.spec, obj.origin
    parents = [f"{each['name']}/{each.get('sectionName', '')}" for each in spec.get("parentRefs") or ()]
    hosts = spec.get("hostnames") or ("",)
    for i, rule in enumerate(spec.get("rules") or ()):
        for at, match in _matches(rule, ("spec", "rules", i)):
            path = match.get("path") or {}
            if {*match} - {"path"}:
                continue
            said, value = str(path.get("type", "PathPrefix")), path.get("value") or "/"
            kind = {"PathPrefix": "Prefix"}.get(said, said)
            for parent, host in product(parents, hosts):
                first = set_index.routes.setdefault((parent, host, *path_key(value, kind)), origin)
                if first is not origin:
                    set_index.contested.append((origin, at, first, f"{host or '*'}{value}"))


def _matches(rule: dict[str, Any], at: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Yield what *rule* matches, and where that is said; one that says nothing matches every path."""
    matches = rule.get("matches")
    if not matches:
        yield at, {}
    for index, match in enumerate(matches or ()):
        yield (*at, "matches", index, *(["path"] if "path" in match else [])), match


def read_service_monitor(obj: Object, set_index: SetIndex) -> None:
    """Note which Services the monitor *obj* scrapes, and on which ports."""
    endpoints = enumerate(obj.spec.get("endpoints") or ())
    ports = tuple([(("spec", "endpoints", index, "port"), each["port"]) for index, each in endpoints if "port" in each])
    elsewhere = bool(obj.spec.get("namespaceSelector"))
    set_index.monitors.append(Monitor(obj.origin, obj.asked(obj.spec.get("selector")), ports, elsewhere))
