"""How a workload is watched."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from ..kube.fields import listed, shown
from ..kube.model import CheckedModel, Problem
from ..kube.names import DnsLabel
from .ports import ServicePort, exposed

__all__ = ["METRICS_PATH", "ServiceMonitor", "monitor_problems"]

METRICS_PATH = "/metrics"
"""Where most programs serve their metrics."""

_DURATION = re.compile(r"(?=\d)(?:\d{1,5}h)?(?:\d{1,5}m)?(?:\d{1,5}s)?(?:\d{1,5}ms)?\Z", re.ASCII)


ScrapeProtocol = Literal[
    "PrometheusProto", "OpenMetricsText0.0.1", "OpenMetricsText1.0.0", "PrometheusText0.0.4", "PrometheusText1.0.0"
]


class ServiceMonitor(CheckedModel):
    """How Prometheus scrapes the workload."""

    other_names = {  # noqa: RUF012 - the base says that it is no field
        "port": "metricsPort",
        "path": "metricsPath",
        "endpoints": "metricsPort, metricsPath and interval",
    }

    enabled: bool | None = None
    """Deprecated: a block that is written is on; false means the same as leaving it out."""
    metrics_port: DnsLabel | None = None
    """Name of a declared port; left out, `metrics` where it is declared, else the primary port."""
    metrics_path: str | None = None
    """HTTP path of the metrics; left out, /metrics, or where the image of a datastore has its own."""
    interval: str = "30s"
    """Time between two scrapes: a Prometheus duration such as 30s or 1m30s."""
    fallback_scrape_protocol: ScrapeProtocol | None = None
    """Format of the metrics where the workload names none that Prometheus knows, which Prometheus 3 then does not
    take. Left out, that of the scrape class. Needs the Prometheus operator 0.79.1 or later."""

    @property
    def path(self) -> str:
        """The path of the metrics, where nothing else is known of the workload."""
        return METRICS_PATH if self.metrics_path is None else self.metrics_path

    def port_name(self, ports: Sequence[ServicePort]) -> str:
        """Return the name of the port that is scraped, of a workload with *ports*, of which the Service offers one."""
        names = [port.name for port in exposed(ports)]
        return self.metrics_port or ("metrics" if "metrics" in names else names[0])

    def problems(self) -> Iterator[Problem]:
        """Refuse a path or an interval Prometheus would refuse."""
        if not self.path.startswith("/"):
            yield Problem(("metricsPath",), f"must begin with a slash, got {shown(self.metrics_path)}")
        if not _DURATION.match(self.interval) or not re.search("[1-9]", self.interval):
            yield Problem(("interval",), f"must be a duration such as 30s or 1m30s, got {shown(self.interval)}")


def monitor_problems(monitor: ServiceMonitor, ports: Sequence[ServicePort]) -> Iterator[Problem]:
    """Yield why *monitor* cannot scrape a workload with *ports*, of which the Service offers one at least."""
    name, place = monitor.port_name(ports), ("serviceMonitor", "metricsPort")
    port = next((each for each in ports if each.name == name), None)
    if port is None:
        known = listed([each.name for each in exposed(ports)])
        yield Problem(place, f"{shown(name)} is not a declared port, declared are {known}")
    elif not port.expose:
        yield Problem(place, f"{name} is not on the Service, through which it is scraped; leave its expose: false out")
    elif port.protocol != "TCP":
        yield Problem(place, f"must name a TCP port, {name} is {port.protocol}")
