"""Headless Service: the names under which the pods of a StatefulSet find each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..kube.labels import SERVICE_ROLE
from ..kube.manifest import Manifest, manifest, present
from ..kube.owner import Owner
from ..spec.ports import ServicePort

__all__ = ["WHY", "headless_service"]

WHY = {
    "spec.clusterIP": "each pod gets a DNS name of its own instead of one address for all",
    "spec.publishNotReadyAddresses": "peers find each other before the first of them is ready",
}
"""What is always so, and why: by the place in the object, of which `[*]` is any index."""


def headless_service(owner: Owner, ports: Sequence[ServicePort], *, name: str) -> Manifest:
    """Give each pod of *owner* a DNS name below *name*; whoever asks for it reaches the container's *ports* themselves."""
    return manifest(
        "Service",
        replace(owner, labels={**owner.labels, SERVICE_ROLE: "headless"}),
        name=name,
        spec={
            "type": "ClusterIP",
            "clusterIP": "None",
            "publishNotReadyAddresses": True,
            "selector": dict(owner.selector),
            "ports": [
                present(
                    {
                        "name": port.name,
                        # there is no address in between that could translate the port
                        "port": port.container_port,
                        "targetPort": port.container_port,
                        "protocol": port.protocol,
                        "appProtocol": port.app_protocol,
                    }
                )
                for port in ports
            ],
        },
    )
