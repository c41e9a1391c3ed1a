"""Ingress: hosts and paths under which a workload is reached from outside."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..kube.manifest import Manifest, manifest
from ..kube.owner import Owner
from ..platform import Platform
from ..spec.exposure import CLASS_ANNOTATION, ISSUER_ANNOTATION, Ingress, PathRule
from ..spec.ports import ServicePort
from .origin import Origin, Origins

__all__ = ["ORIGINS", "ingress"]

ORIGINS: Origins = {
    "metadata.annotations": Origin("spec.ingress.annotations"),
    'metadata.annotations["kubernetes.io/ingress.class"]': Origin(
        "spec.ingress.ingressClassName", setting="ingress_class_name"
    ),
    'metadata.annotations["cert-manager.io/cluster-issuer"]': Origin(
        "spec.ingress.clusterIssuer", setting="cluster_issuer"
    ),
    "spec.ingressClassName": Origin("spec.ingress.ingressClassName", setting="ingress_class_name"),
    "spec.rules[h].host": Origin("spec.ingress.hosts[h]"),
    "spec.rules[h].http.paths[0].path": Origin(why="every host serves / from the primary port"),
    "spec.rules[h].http.paths[0].pathType": Origin(why="every host serves / from the primary port"),
    "spec.rules[h].http.paths[0].backend.service.name": Origin("metadata.name"),
    "spec.rules[h].http.paths[0].backend.service.port.number": Origin(
        ("spec.ports[0].servicePort", "spec.ports[0].containerPort")
    ),
    "spec.rules[h].http.paths[p].path": Origin("spec.ingress.pathRules[p-1].path"),
    "spec.rules[h].http.paths[p].pathType": Origin("spec.ingress.pathRules[p-1].pathType"),
    "spec.rules[h].http.paths[p].backend.service.name": Origin(
        "spec.ingress.pathRules[p-1].serviceName", why="the resource's own Service"
    ),
    "spec.rules[h].http.paths[p].backend.service.port.name": Origin("spec.ingress.pathRules[p-1].port"),
    "spec.rules[h].http.paths[p].backend.service.port.number": Origin(
        "spec.ingress.pathRules[p-1].port", why="the primary port"
    ),
    "spec.tls[i].hosts": Origin("spec.ingress.hosts"),
    "spec.tls[i].secretName": Origin("metadata.name"),
}


_OTHER_ISSUER = "cert-manager.io/issuer"
"""A user who names an Issuer of the namespace wants no ClusterIssuer; cert-manager refuses both."""


_ROOT = PathRule(path="/", path_type="Prefix")
"""The path of every host, before the resource's own."""


def ingress(owner: Owner, spec: Ingress, *, ports: Sequence[ServicePort], platform: Platform) -> Manifest:
    """Route every host of *spec* to the first of *ports*, and the path rules to theirs."""
    ingress_class = spec.ingress_class_name or platform.ingress_class_name
    as_field = platform.ingress_class_style == "field"
    annotations = {} if as_field else {CLASS_ANNOTATION: ingress_class}
    if spec.tls and _OTHER_ISSUER not in spec.annotations:
        annotations[ISSUER_ANNOTATION] = spec.cluster_issuer or platform.cluster_issuer
    paths = (_ROOT, *spec.path_rules)
    return manifest(
        "networking.k8s.io/v1",
        "Ingress",
        owner,
        annotations={**annotations, **spec.annotations},
        spec={
            "ingressClassName": ingress_class if as_field else None,
            "rules": [
                {"host": host, "http": {"paths": [_path(owner, rule, ports) for rule in paths]}} for host in spec.hosts
            ],
            "tls": [{"hosts": list(spec.hosts), "secretName": f"{owner.name}-tls"}] if spec.tls else None,
        },
    )


def _path(owner: Owner, rule: PathRule, ports: Sequence[ServicePort]) -> dict[str, Any]:
    port = ports[0].exposed_port if rule.port is None else rule.port
    return {
        "path": rule.path,
        "pathType": rule.path_type,
        "backend": {
            "service": {
                "name": rule.service_name or owner.name,
                "port": {"name": port} if isinstance(port, str) else {"number": port},
            }
        },
    }
