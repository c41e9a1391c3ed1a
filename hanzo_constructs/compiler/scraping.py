"""Whether a Datastore can be scraped where its monitor looks, and where its image has its metrics."""

from __future__ import annotations

from collections.abc import Iterator

from ..errors import Finding
from ..platform import Rules, Severity
from ..spec.datastore import Datastore
from ..spec.engines.generation import Generation, Metrics
from ..spec.image import image_reference
from ..spec.observability import METRICS_PATH, ServiceMonitor
from ..spec.ports import ServicePort
from .engine import used_image
from .optional_blocks import active

__all__ = ["monitor_findings", "scraped_path"]


def scraped_path(datastore: Datastore, monitor: ServiceMonitor, rules: Rules) -> str:
    """Return the path of the metrics: the one written, else that of the image where its own port is scraped."""
    metrics = datastore.generation.metrics
    if monitor.metrics_path is not None or metrics is None or not rules.epoch.image_facts:
        return monitor.path
    return metrics.path if _serves(datastore, _scraped(datastore, monitor), metrics) else METRICS_PATH


def monitor_findings(datastore: Datastore, rules: Rules) -> Iterator[Finding]:
    """Yield a port that serves no metrics, and what to add for some; an error where the epoch derives what fits."""
    monitor, severity = active(datastore.spec.service_monitor), _severity(rules)
    if monitor is None:
        return
    port, metrics = _scraped(datastore, monitor), datastore.generation.metrics
    if metrics is not None and _serves(datastore, port, metrics):
        if not _is_told(datastore, metrics):
            words = ", ".join(metrics.args)
            message = f"nothing tells the server to serve metrics on {metrics.port}; write args: [{words}]"
            yield Finding(message, "spec.serviceMonitor", severity=severity)
        yield from _refused(datastore, metrics, severity)
        if not rules.epoch.image_facts and monitor.path != metrics.path:
            message = (
                f"the image serves its metrics on {metrics.path}, got {monitor.path}; write metricsPath: {metrics.path}"
            )
            yield Finding(message, "spec.serviceMonitor.metricsPath", severity=severity)
    elif port.name in {each.name for each in datastore.engine.ports}:
        advice = _advice(datastore.generation, port)
        message = f"port {port.name} of {image_reference(used_image(datastore, rules))} serves no metrics for Prometheus; {advice}"
        yield Finding(message, "spec.serviceMonitor", severity=severity)


def _severity(rules: Rules) -> Severity:
    return "error" if rules.epoch.image_facts else "warning"


def _scraped(datastore: Datastore, monitor: ServiceMonitor) -> ServicePort:
    ports = datastore.spec.all_ports(datastore.engine)
    name = monitor.port_name(ports)
    return next(port for port in ports if port.name == name)


def _serves(datastore: Datastore, port: ServicePort, metrics: Metrics) -> bool:
    """Tell whether *port* is the one where the image has its *metrics*, also where the user moved it."""
    usual = next((each for each in datastore.engine.ports if each.name == port.name), port)
    return usual.container_port == metrics.port


def _is_told(datastore: Datastore, metrics: Metrics) -> bool:
    """Tell whether an argument, or a file that nobody knows here, may tell the server to serve its *metrics*."""
    spec = datastore.spec
    words = (*(spec.args or ()), *(spec.command or ()))
    return not metrics.args or bool(spec.volume_mounts) or any(str(metrics.port) in word for word in words)


def _refused(datastore: Datastore, metrics: Metrics, severity: Severity) -> Iterator[Finding]:
    """Yield variables without which the image refuses Prometheus, if nothing may bring them."""
    spec = datastore.spec
    written = {each.name for each in spec.env}
    for name, value in metrics.variables.items():
        if name not in written and not spec.env_from and not spec.credentials_secret:
            message = (
                f"the image gives its metrics to nobody without a token; write {name}: {value} in env, or name another"
                " port with metricsPort"
            )
            yield Finding(message, "spec.serviceMonitor", severity=severity)


def _advice(generation: Generation, port: ServicePort) -> str:
    metrics, exporter = generation.metrics, generation.exporter
    declared = "and ports: [{name: metrics, containerPort: %d}]"
    if metrics is not None and metrics.port != port.container_port:
        told = f"write args: [{', '.join(metrics.args)}] " if metrics.args else "write "
        return told + (declared % metrics.port if metrics.args else (declared % metrics.port).removeprefix("and "))
    if exporter is not None:
        return (
            f"add a sidecar with the image {exporter.image} ({exporter.hint}), which serves them on {exporter.port},"
            f" {declared % exporter.port}"
        )
    return "name the port that does with metricsPort"
