"""How a workload is watched."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..kube.fields import shown
from ..kube.model import CheckedModel, Problem
from ..kube.names import PortName
from .ports import ServicePort

__all__ = ["ServiceMonitor"]

_DURATION = re.compile(r"(?=\d)(?:\d{1,5}h)?(?:\d{1,5}m)?(?:\d{1,5}s)?(?:\d{1,5}ms)?\Z", re.ASCII)


class ServiceMonitor(CheckedModel):
    """How Prometheus scrapes the workload."""

    enabled: bool | None = None
    """Deprecated: a block that is written is on; false means the same as leaving it out."""
    metrics_port: PortName | None = None
    """Name of a declared port; left out, `metrics` where it is declared, else the primary port."""
    metrics_path: str = "/metrics"
    """HTTP path of the metrics."""
    interval: str = "30s"
    """Time between two scrapes: a Prometheus duration such as 30s or 1m30s."""

    def port_name(self, ports: Sequence[ServicePort]) -> str:
        """Return the name of the port that is scraped, of a workload with *ports*."""
        names = [port.name for port in ports]
        return self.metrics_port or ("metrics" if "metrics" in names else names[0])

    def problems(self) -> Iterator[Problem]:
        """Refuse a path or an interval Prometheus would refuse."""
        if not self.metrics_path.startswith("/"):
            yield Problem(("metricsPath",), f"must begin with a slash, got {shown(self.metrics_path)}")
        if not _DURATION.match(self.interval) or not re.search("[1-9]", self.interval):
            yield Problem(("interval",), f"must be a duration such as 30s or 1m30s, got {shown(self.interval)}")
