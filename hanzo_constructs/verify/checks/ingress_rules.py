"""Hosts, paths and class of an Ingress, in forms an API server accepts."""

from __future__ import annotations

from collections.abc import Iterator

from ...errors import Finding
from ...kube.fields import field_path, shown
from ...kube.names import host_problem
from ...spec.ingress import CLASS_ANNOTATION, path_character_problem, path_problem
from ..index import SetIndex
from ..objects import Object, Origin

__all__ = ["contested_route_findings", "ingress_findings"]


def ingress_findings(obj: Object) -> Iterator[Finding]:
    """Yield malformed hosts and paths, and a class that is given in both of its places."""
    spec = obj.spec
    annotations = obj.metadata.get("annotations") or {}
    if "ingressClassName" in spec and CLASS_ANNOTATION in annotations:
        path = field_path(("metadata", "annotations", CLASS_ANNOTATION))
        yield Finding("must not be given beside spec.ingressClassName; leave one of them out", path)
    for i, rule in enumerate(spec.get("rules") or ()):
        host = rule.get("host")
        if host and (problem := host_problem(host)):
            yield Finding(problem, f"spec.rules[{i}].host")
        for j, each in enumerate((rule.get("http") or {}).get("paths") or ()):
            path, kind = each.get("path") or "", each.get("pathType")
            free = kind == "ImplementationSpecific"
            if (path or not free) and (problem := path_problem(path, kind)):
                yield Finding(problem, f"spec.rules[{i}].http.paths[{j}].path")
            elif not free and (problem := path_character_problem(path)):
                yield Finding(problem, f"spec.rules[{i}].http.paths[{j}].path", severity=obj.origin.severity)
    for i, block in enumerate(spec.get("tls") or ()):
        for j, host in enumerate(block.get("hosts") or ()):
            if problem := host_problem(host):
                yield Finding(problem, f"spec.tls[{i}].hosts[{j}]")


def contested_route_findings(set_index: SetIndex) -> Iterator[tuple[Origin, Finding]]:
    """Yield hosts and paths that two Ingresses of one class claim; the controller picks one of them."""
    for origin, at, first, route in set_index.contested:
        message = f"{shown(route)} is served by {first.described} too; only one of them will answer"
        yield origin, Finding(message, field_path(at), severity="warning")
