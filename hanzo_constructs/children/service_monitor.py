"""ServiceMonitor: how the Prometheus operator scrapes a workload."""

from __future__ import annotations

from collections.abc import Sequence

from ..kube.labels import SERVICE_ROLE
from ..kube.manifest import Manifest, manifest, present
from ..kube.model import written
from ..kube.owner import Pods
from ..spec.observability import ServiceMonitor
from ..spec.ports import ServicePort

__all__ = ["WHY", "service_monitor"]

WHY = {
    f'spec.selector.matchLabels["{SERVICE_ROLE}"]': "one of several Services, or pods are scraped twice",
    "spec.endpoints[*].port": "the port named metrics, else the primary port",
    "spec.endpoints[*].path": "where most programs serve their metrics",
}
"""What is always so, and why: by the place in the object, of which `[*]` is any index."""


def service_monitor(
    pods: Pods,
    monitor: ServiceMonitor,
    *,
    ports: Sequence[ServicePort],
    path: str | None = None,
    among_several: bool = False,
) -> Manifest:
    """Scrape the one Service of *pods*, or *among_several* the one for clients, on the metrics port and *path*."""
    role = {SERVICE_ROLE: "client"} if among_several else {}
    return manifest(
        "ServiceMonitor",
        pods,
        labels=monitor.labels,
        spec=present(
            {
                "jobLabel": monitor.job_label,
                "selector": {"matchLabels": {**pods.selector, **role}},
                "endpoints": [
                    present(
                        {
                            "port": monitor.port_name(ports),
                            "path": path or monitor.path,
                            "interval": monitor.interval,
                            "scrapeTimeout": monitor.scrape_timeout,
                            "scheme": monitor.scheme,
                            "tlsConfig": written(monitor.tls_config) if monitor.tls_config else None,
                            "honorLabels": monitor.honor_labels,
                            "relabelings": [written(rule) for rule in monitor.relabelings] or None,
                            "metricRelabelings": [written(rule) for rule in monitor.metric_relabelings] or None,
                        }
                    )
                ],
                "fallbackScrapeProtocol": monitor.fallback_scrape_protocol,
            }
        ),
    )
