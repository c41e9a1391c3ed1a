"""Ingress: hosts and paths under which a workload is reached from outside."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..kube.manifest import Manifest, manifest, present
from ..kube.names import port_name_problem
from ..kube.owner import Owner
from ..platform import Rules
from ..spec.ingress import CLASS_ANNOTATION, ISSUER_ANNOTATION, OTHER_ISSUER_ANNOTATION, Ingress, PathRule
from ..spec.ports import ServicePort
from ..spec.redirects import REDIRECTS

__all__ = ["WHY", "ingress"]

WHY = {
    "spec.rules[*].http.paths[0].path": "every host serves / from the primary port",
    "spec.rules[*].http.paths[0].pathType": "every host serves / from the primary port",
}
"""What is always so, and why: by the place in the object, of which `[*]` is any index."""


def ingress(owner: Owner, spec: Ingress, *, ports: Sequence[ServicePort], rules: Rules) -> Manifest:
    """Route every host of *spec* to the first of *ports*, and the path rules to theirs."""
    platform = rules.platform
    ingress_class = spec.ingress_class_name or platform.ingress_class_name
    as_field = (platform.ingress_class_style or rules.epoch.ingress_class_style) == "field"
    annotations = {} if as_field else {CLASS_ANNOTATION: ingress_class}
    issuer = spec.issuer(platform.cluster_issuer)
    if issuer is not None:
        annotations[ISSUER_ANNOTATION] = issuer
    if spec.redirect_to_https:
        annotations |= REDIRECTS.get(ingress_class, {})
    made = issuer is not None or OTHER_ISSUER_ANNOTATION in spec.annotations
    certificate = spec.tls_secret_name or (f"{owner.name}-tls" if made else None)
    return manifest(
        "Ingress",
        owner,
        annotations={**annotations, **spec.annotations},
        spec=present(
            {
                "ingressClassName": ingress_class if as_field else None,
                "rules": [
                    {"host": host, "http": {"paths": _paths(owner, spec, each.rules, ports)}}
                    for each in spec.host_paths
                    for host in each.hosts
                ],
                "tls": [present({"hosts": list(spec.all_hosts), "secretName": certificate})] if spec.tls else None,
            }
        ),
    )


def _paths(
    owner: Owner, spec: Ingress, rules: Sequence[PathRule], ports: Sequence[ServicePort]
) -> list[dict[str, Any]]:
    own = [_path(owner, rule, ports) for rule in rules]
    if not spec.default_path:
        return own
    return [{"path": "/", "pathType": "Prefix", "backend": _backend(owner.service, ports[0].exposed_port)}, *own]


def _path(owner: Owner, rule: PathRule, ports: Sequence[ServicePort]) -> dict[str, Any]:
    port = ports[0].exposed_port if rule.port is None else rule.port
    if isinstance(port, str) and port_name_problem(port):  # a name that a Service may have, but an Ingress may not say
        port = next(each.exposed_port for each in ports if each.name == port)
    return {
        "path": rule.path,
        "pathType": rule.path_type,
        "backend": _backend(rule.service_name or owner.service, port),
    }


def _backend(service: str, port: int | str) -> dict[str, Any]:
    return {"service": {"name": service, "port": {"name": port} if isinstance(port, str) else {"number": port}}}
