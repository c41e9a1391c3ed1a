"""A container that others wait for does not wait for them.

The kubelet starts init containers one after the other; one that goes on running lets the next one start when its
postStart hook has ended and its startup probe has succeeded.
https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...errors import Finding
from ...kube.fields import Path, field_path, shown
from ..objects import Container, Object

__all__ = ["start_order_findings"]

_HANDLERS = ("httpGet", "tcpSocket", "grpc")


def start_order_findings(obj: Object) -> Iterator[Finding]:
    """Yield what asks, before a container counts as started, a port that only a later one listens on: neither starts."""
    if not obj.pod.spec.get("initContainers"):
        return
    beside = [each for each in obj.pod.containers if each.path[-2] == "containers"]
    inits = [each for each in obj.pod.containers if each.path[-2] == "initContainers"]
    for index, container in enumerate(inits):
        if not container.lasting:
            continue
        running = {number for each in inits[: index + 1] if each.lasting for number in _numbers(each)}
        later = {number: each for each in (*inits[index + 1 :], *beside) if each.lasting for number in _numbers(each)}
        for place, handler in _waited_for(container.data):
            for how in _HANDLERS:
                action = handler.get(how)
                port = action.get("port") if action and not action.get("host") else None
                if port in later and port not in running:
                    message = (
                        f"asks port {shown(port)} of {later[port].data['name']}, which starts only when this container has"
                        " started, so that neither ever does; ask another port, or let a readinessProbe ask"
                    )
                    path = field_path((*container.path, *place, how, "port"))
                    yield Finding(message, path, severity=obj.origin.severity)


def _waited_for(container: dict[str, Any]) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Yield what must succeed before *container* counts as started."""
    if probe := container.get("startupProbe"):
        yield ("startupProbe",), probe
    if hook := (container.get("lifecycle") or {}).get("postStart"):
        yield ("lifecycle", "postStart"), hook


def _numbers(container: Container) -> list[int]:
    return [port["containerPort"] for port in container.ports]
