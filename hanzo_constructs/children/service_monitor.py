"""ServiceMonitor: how the Prometheus operator scrapes a workload."""

from __future__ import annotations

from collections.abc import Sequence

from ..kube.labels import SERVICE_ROLE
from ..kube.manifest import Manifest, manifest, present
from ..kube.owner import Owner
from ..spec.observability import ServiceMonitor
from ..spec.ports import ServicePort
from .origin import Origin, Origins

__all__ = ["ORIGINS", "service_monitor"]

ORIGINS: Origins = {
    "spec.selector": Origin("metadata.name"),
    f'spec.selector.matchLabels["{SERVICE_ROLE}"]': Origin(why="one of several Services, or pods are scraped twice"),
    "spec.endpoints[i].port": Origin(
        "spec.serviceMonitor.metricsPort", why="the port named metrics, else the primary port"
    ),
    "spec.endpoints[i].path": Origin("spec.serviceMonitor.metricsPath", why="where most programs serve their metrics"),
    "spec.endpoints[i].interval": Origin("spec.serviceMonitor.interval"),
    "spec.fallbackScrapeProtocol": Origin("spec.serviceMonitor.fallbackScrapeProtocol"),
}


def service_monitor(
    owner: Owner,
    monitor: ServiceMonitor,
    *,
    ports: Sequence[ServicePort],
    path: str | None = None,
    among_several: bool = False,
) -> Manifest:
    """Scrape the one Service of *owner*, or *among_several* the one for clients, on the metrics port and *path*."""
    role = {SERVICE_ROLE: "client"} if among_several else {}
    return manifest(
        "monitoring.coreos.com/v1",
        "ServiceMonitor",
        owner,
        spec=present(
            {
                "selector": {"matchLabels": {**owner.selector, **role}},
                "endpoints": [
                    {
                        "port": monitor.port_name(ports),
                        "path": path or monitor.path,
                        "interval": monitor.interval,
                    }
                ],
                "fallbackScrapeProtocol": monitor.fallback_scrape_protocol,
            }
        ),
    )
