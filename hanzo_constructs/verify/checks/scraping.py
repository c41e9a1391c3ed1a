"""A monitor scrapes every pod once."""

from __future__ import annotations

from collections.abc import Iterator

from ...errors import Finding
from ...kube.fields import field_path, listed, shown
from ..facts import Monitor, ServiceFacts
from ..index import SetIndex
from ..objects import Origin
from ..selecting import Matcher, shown_requirements

__all__ = ["monitor_findings"]


def monitor_findings(set_index: SetIndex) -> Iterator[tuple[Origin, Finding]]:
    """Yield monitors that match no Service, or several, or one without the port they scrape."""
    if not set_index.monitors:
        return
    labelled = ((each.origin.namespace, each.labels, each) for each in set_index.services.values())
    services = Matcher(labelled, (monitor.asked for monitor in set_index.monitors))
    for monitor in set_index.monitors:
        if not monitor.elsewhere:
            found = services.matching(monitor.origin.namespace, monitor.asked)
            for path, message in _problems(monitor, found):
                yield monitor.origin, Finding(message, path, severity=monitor.origin.severity)


def _problems(monitor: Monitor, found: list[ServiceFacts]) -> Iterator[tuple[str, str]]:
    asked = shown_requirements(monitor.asked)
    if not found:
        yield "spec.selector", f"{asked} matches no Service"
    if monitor.origin.own and len(found) > 1:
        services = listed([service.origin.described for service in found])
        yield (
            "spec.selector",
            f"{asked} must match one Service, got {len(found)} ({services}): pods would be scraped as often",
        )
    for path, port in monitor.ports:
        for service in found:
            names = [name for _, name, _ in service.ports]
            if port not in names:
                offered = listed([*filter(None, names)])
                yield (
                    field_path(path),
                    f"{shown(port)} is not a port of {service.origin.described}, offered are {offered}",
                )
