"""Service: the stable address of a workload's pods."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from ..kube.labels import SERVICE_ROLE
from ..kube.manifest import Manifest, manifest, present
from ..kube.owner import Pods
from ..platform import Rules
from ..spec.ports import ServicePort

__all__ = ["WHY", "cluster_service", "traffic_distribution"]

_SAME_ZONE_SINCE = 34
"""Kubernetes 1.34 calls PreferSameZone what was PreferClose before (PreferSameTrafficDistribution)."""

WHY = {
    "spec.type": "reached inside the cluster only; an Ingress opens it to the outside",
    f'metadata.labels["{SERVICE_ROLE}"]': "tells the Services of one resource apart",
}
"""What is always so, and why: by the place in the object, of which `[*]` is any index."""


def cluster_service(
    pods: Pods,
    ports: Sequence[ServicePort],
    *,
    name: str | None = None,
    role: Literal["client", "alias"] | None = None,
    traffic: str | None = None,
) -> Manifest:
    """Offer *ports* of *pods* inside the cluster under *name*, which is theirs by default; *traffic* says to which pods.

    Where a resource has several Services, *role* tells this one from the others.
    """
    return manifest(
        "Service",
        pods,
        name=name,
        labels={**pods.selector, **({SERVICE_ROLE: role} if role else {})},
        spec=present(
            {
                "type": "ClusterIP",
                "trafficDistribution": traffic,
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
                    for port in ports
                ],
            }
        ),
    )


def traffic_distribution(rules: Rules, *, several: bool) -> str | None:
    """Return which pods a Service prefers, if there are *several* and they are spread.

    Clients would all meet the one pod of their zone otherwise.
    """
    if not several or not rules.epoch.topology_spread:
        return None
    old = rules.platform.kubernetes_minor < _SAME_ZONE_SINCE
    return "PreferClose" if old and rules.platform.traffic_distribution else rules.platform.traffic_distribution
