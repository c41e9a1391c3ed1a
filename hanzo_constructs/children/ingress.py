"""Ingress: hosts and paths under which a workload is reached from outside."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..kube.manifest import Manifest, manifest
from ..kube.owner import Owner
from ..platform import Platform
from ..spec.exposure import CLASS_ANNOTATION, ISSUER_ANNOTATION, Ingress, PathRule
from ..spec.ports import ServicePort

__all__ = ["ingress"]

_OTHER_ISSUER = "cert-manager.io/issuer"
"""A user who names an Issuer of the namespace wants no ClusterIssuer; cert-manager refuses both."""


def ingress(owner: Owner, spec: Ingress, *, ports: Sequence[ServicePort], platform: Platform) -> Manifest:
    """Route every host of *spec* to the first of *ports*, and the path rules to theirs."""
    ingress_class = spec.ingress_class_name or platform.ingress_class_name
    as_field = platform.ingress_class_style == "field"
    annotations = {} if as_field else {CLASS_ANNOTATION: ingress_class}
    if spec.tls and _OTHER_ISSUER not in spec.annotations:
        annotations[ISSUER_ANNOTATION] = spec.cluster_issuer or platform.cluster_issuer
    paths = [PathRule(path="/", path_type="Prefix"), *spec.path_rules]
    return manifest(
        "networking.k8s.io/v1",
        "Ingress",
        owner,
        annotations={**annotations, **spec.annotations},
        spec={
            "ingressClassName": ingress_class if as_field else None,
            "rules": [{"host": host, "http": {"paths": [_path(owner, rule, ports) for rule in paths]}} for host in spec.hosts],
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
