"""Service: the stable address of a workload's pods."""

from __future__ import annotations

from collections.abc import Sequence

from ..kube.manifest import Manifest, manifest
from ..kube.owner import Owner
from ..spec.ports import ServicePort

__all__ = ["cluster_service"]


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
