"""Service: the stable address of a workload's pods."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from ..kube.labels import SERVICE_ROLE
from ..kube.manifest import Manifest, manifest, present
from ..kube.owner import Pods
from ..platform import Rules
from ..spec.cluster_services import ServiceOptions
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
    options: ServiceOptions | None = None,
) -> Manifest:
    """Offer *ports* of *pods* under *name*, which is theirs by default, to those whom *options* say: else to the cluster.

    Where a resource has several Services, *role* tells this one from the others. *traffic* says to which pods clients
    are led where the options do not.
    """
    labels = {**options.labels, **pods.selector} if options else pods.selector
    return manifest(
        "Service",
        pods,
        name=name,
        labels={**labels, **({SERVICE_ROLE: role} if role else {})},
        annotations=options.annotations if options else None,
        spec=present(
            {
                "type": "ClusterIP",
                "trafficDistribution": traffic,
                **(_options(options, traffic) if options else {}),
                "selector": dict(pods.selector),
                "ports": [_port(port, on_nodes=options is not None and options.is_open) for port in ports],
            }
        ),
    )


def _options(options: ServiceOptions, traffic: str | None) -> dict[str, Any]:
    """Return how the Service is reached; one without an address leads nobody to one pod rather than another."""
    return {
        "type": options.type,
        "clusterIP": "None" if options.headless else None,
        "trafficDistribution": None if options.headless else options.traffic_distribution or traffic,
        "sessionAffinity": options.session_affinity,
        "externalTrafficPolicy": options.external_traffic_policy,
        "internalTrafficPolicy": options.internal_traffic_policy,
        "loadBalancerClass": options.load_balancer_class,
        "loadBalancerSourceRanges": list(options.load_balancer_source_ranges) or None,
    }


def _port(port: ServicePort, *, on_nodes: bool) -> dict[str, Any]:
    return present(
        {
            "name": port.name,
            "port": port.exposed_port,
            "targetPort": port.container_port,
            "nodePort": port.node_port if on_nodes else None,
            "protocol": port.protocol,
            "appProtocol": port.app_protocol,
        }
    )


def traffic_distribution(rules: Rules, *, several: bool) -> str | None:
    """Return which pods a Service prefers, if there are *several* and they are spread.

    Clients would all meet the one pod of their zone otherwise.
    """
    if not several or not rules.epoch.topology_spread:
        return None
    old = rules.platform.kubernetes_minor < _SAME_ZONE_SINCE
    return "PreferClose" if old and rules.platform.traffic_distribution else rules.platform.traffic_distribution
