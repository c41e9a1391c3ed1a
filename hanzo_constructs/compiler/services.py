"""The Services of a workload: the main one, and further ones of the same pods."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..children.cluster_service import cluster_service
from ..errors import Finding
from ..kube.owner import Pods
from ..platform import Rules
from ..spec.cluster_services import ServedSpec, ServiceOptions
from ..spec.ports import ServicePort, exposed
from .child import Child

__all__ = ["further_services", "service_findings"]

_NODE_PORTS = range(30000, 32768)
"""Ports of nodes that a cluster gives to Services unless its API server is told otherwise (--service-node-port-range)."""
_TRAFFIC_SINCE = {"PreferClose": 31, "PreferSameZone": 34, "PreferSameNode": 34}
"""Kubernetes 1.31 enables ServiceTrafficDistribution, 1.34 PreferSameTrafficDistribution."""


def further_services(
    pods: Pods, spec: ServedSpec, ports: Sequence[ServicePort], *, traffic: str | None
) -> Iterator[Child]:
    """Yield the further Services of *pods*, which declare *ports*; the platform prefers the pods that *traffic* says."""
    for index, service in enumerate(spec.services):
        manifest = cluster_service(
            pods, service.offered(ports), name=service.name, role="alias", traffic=traffic, options=service
        )
        yield Child(f"Service-alias-{service.name}", manifest, "spec.services", f"spec.services[{index}].name")


def service_findings(spec: ServedSpec, ports: Sequence[ServicePort], rules: Rules) -> Iterator[Finding]:
    """Yield what clusters do not know of the Services of *spec*, and what clients of headless ones may not expect.

    *ports* are those that the user wrote.
    """
    for index, port in enumerate(ports):
        if port.node_port is not None and port.node_port not in _NODE_PORTS:
            message = (
                f"lies outside 30000-32767, where clusters take ports of nodes from unless they are told otherwise, "
                f"got {port.node_port}"
            )
            yield Finding(message, f"spec.ports[{index}].nodePort", severity="warning")
    if (main := spec.service) is not None:
        yield from _traffic_findings(main, "spec.service", rules)
        for port in exposed(ports) if main.headless else ():
            if port.exposed_port != port.container_port:
                message = (
                    f"no address in between translates the port {port.name}: who asks DNS must connect to "
                    f"{port.container_port}, not to {port.exposed_port}"
                )
                yield Finding(message, "spec.service.headless", severity="warning")
    for index, service in enumerate(spec.services):
        yield from _traffic_findings(service, f"spec.services[{index}]", rules)


def _traffic_findings(service: ServiceOptions, at: str, rules: Rules) -> Iterator[Finding]:
    traffic = service.traffic_distribution
    if traffic is not None and _TRAFFIC_SINCE[traffic] > rules.platform.kubernetes_minor:
        message = (
            f"{traffic} exists since Kubernetes 1.{_TRAFFIC_SINCE[traffic]}, but the platform's oldest cluster is "
            f"{rules.platform.kubernetes}"
        )
        yield Finding(message, f"{at}.trafficDistribution")
