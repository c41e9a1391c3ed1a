"""Service: the stable address of a workload's pods."""

from __future__ import annotations

from collections.abc import Sequence

from ..kube.manifest import Manifest, manifest
from ..kube.owner import Owner
from ..spec.ports import ServicePort
from .origin import Origin, Origins

__all__ = ["ORIGINS", "cluster_service"]

ORIGINS: Origins = {
    "spec.type": Origin(why="reached inside the cluster only; an Ingress opens it to the outside"),
    "spec.selector": Origin("metadata.name"),
    "spec.ports[i]": Origin("spec.ports[i]"),
    "spec.ports[i].port": Origin(("spec.ports[i].servicePort", "spec.ports[i].containerPort")),
    "spec.ports[i].targetPort": Origin("spec.ports[i].containerPort"),
}


def cluster_service(owner: Owner, ports: Sequence[ServicePort]) -> Manifest:
    """Offer *ports* inside the cluster under the name of *owner*."""
    return manifest(
        "v1",
        "Service",
        owner,
        spec={
            "type": "ClusterIP",
            "selector": dict(owner.selector),
            "ports": [
                {
                    "name": port.name,
                    "port": port.exposed_port,
                    "targetPort": port.container_port,
                    "protocol": port.protocol,
                }
                for port in ports
            ],
        },
    )
