"""Headless Service: the names under which the pods of a StatefulSet find each other."""

from __future__ import annotations

from collections.abc import Sequence

from ..kube.labels import SERVICE_ROLE
from ..kube.manifest import Manifest, manifest, present
from ..kube.owner import Pods
from ..spec.ports import ServicePort, untranslated

__all__ = ["WHY", "headless_service"]

WHY = {
    "spec.clusterIP": "each pod gets a DNS name of its own instead of one address for all",
    "spec.publishNotReadyAddresses": "peers find each other before the first of them is ready",
}
"""What is always so, and why: by the place in the object, of which `[*]` is any index."""


def headless_service(pods: Pods, ports: Sequence[ServicePort], *, name: str) -> Manifest:
    """Give each of *pods* a DNS name below *name*; whoever asks for it reaches the container's *ports* themselves."""
    return manifest(
        "Service",
        pods,
        name=name,
        labels={**pods.selector, SERVICE_ROLE: "headless"},
        spec=present(
            {
                "type": "ClusterIP",
                "clusterIP": "None",
                "publishNotReadyAddresses": True,
                "selector": dict(pods.selector),
                "ports": [
                    present(
                        {
                            "name": port.name,
                            "port": port.exposed_port,
                            "targetPort": port.container_port,
                            "protocol": port.protocol,
                            "appProtocol": port.app_protocol,
                        }
                    )
                    for port in untranslated(ports)
                ]
                or None,
            }
        ),
    )
