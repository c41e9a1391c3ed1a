"""How a workload is watched."""

import re
from collections.abc import Iterator, Sequence
from typing import Annotated, Literal

from pydantic import Field

from ..kube.fields import listed, shown
from ..kube.labels import INSTANCE, NAME, LabelText
from ..kube.model import CheckedModel, Items, Mapping, Problem
from ..kube.names import DnsLabel, QualifiedName, label_problems
from ..kube.published import ABSOLUTE_PATH, text
from .ports import ServicePort, exposed
from .scraping import Relabeling, ScrapeTls

__all__ = ["METRICS_PATH", "ServiceMonitor", "monitor_problems"]

METRICS_PATH = "/metrics"
"""Where most programs serve their metrics."""

_DURATION = re.compile(r"(?=\d)(?:\d{1,5}h)?(?:\d{1,5}m)?(?:\d{1,5}s)?(?:\d{1,5}ms)?\Z", re.ASCII)
_SECONDS = "([0-9]{1,5}s)?([0-9]{1,5}ms)?"
_DURATION_FORM = text(
    f"([0-9]{{1,5}}h([0-9]{{1,5}}m)?{_SECONDS}|[0-9]{{1,5}}m{_SECONDS}|[0-9]{{1,5}}s([0-9]{{1,5}}ms)?|[0-9]{{1,5}}ms)",
    most=25,
)
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
    metrics_path: Annotated[str, ABSOLUTE_PATH] | None = None
    """HTTP path of the metrics; left out, /metrics, or where the image of a datastore has its own."""
    interval: Annotated[str, _DURATION_FORM] = "30s"
    """Time between two scrapes: a Prometheus duration such as 30s or 1m30s."""
    scrape_timeout: Annotated[str, _DURATION_FORM] | None = None
    """Time that an answer may take, at most the interval; left out, what Prometheus is set to."""
    labels: Mapping[LabelText] = Field(default_factory=dict)
    """Labels of the ServiceMonitor alone, by which some installations of Prometheus choose: `release: prometheus`."""
    scheme: Literal["http", "https"] | None = None
    """How the port is asked; left out, by http."""
    tls_config: ScrapeTls | None = None
    """How HTTPS is checked."""
    honor_labels: bool | None = None
    """Whether labels that the workload writes win over those of the scrape."""
    job_label: QualifiedName | None = None
    """Label of the Service whose value becomes the label job; left out, the name of the Service does."""
    relabelings: Items[Relabeling] = ()
    """Rules for labels before the scrape."""
    metric_relabelings: Items[Relabeling] = ()
    """Rules for labels of each sample."""
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
        """Refuse what Prometheus would refuse, and what has no effect."""
        if not self.path.startswith("/"):
            yield Problem(("metricsPath",), f"must begin with a slash, got {shown(self.metrics_path)}")
        for field, length in (("interval", self.interval), ("scrapeTimeout", self.scrape_timeout)):
            if length is not None and not _milliseconds(length):
                yield Problem((field,), f"must be a duration such as 30s or 1m30s, got {shown(length)}")
        if self.scrape_timeout is not None and _milliseconds(self.scrape_timeout) > _milliseconds(self.interval) > 0:
            message = f"must not exceed the interval ({self.interval}), got {self.scrape_timeout}"
            yield Problem(("scrapeTimeout",), message)
        if self.tls_config is not None and self.scheme != "https":
            yield Problem(("tlsConfig",), "needs scheme: https")
        for key in (NAME, INSTANCE):
            if key in self.labels:
                yield Problem(("labels", key), "is derived from metadata.name; leave it out")
        for path, message in label_problems(self.labels):
            yield Problem(("labels", *path), message)


def _milliseconds(duration: str) -> int:
    """Return the length of a *duration* of Prometheus; 0 where it is none."""
    if not _DURATION.match(duration):
        return 0
    units = {"h": 3_600_000, "m": 60_000, "s": 1000, "ms": 1}
    return sum(int(number) * units[unit] for number, unit in re.findall(r"(\d+)(ms|[hms])", duration))


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
