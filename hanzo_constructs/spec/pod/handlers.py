"""Rules for what kubelets do with a container: probes, and hooks at its start and end.

Source: Kubernetes' `pkg/apis/core/validation/validation.go`, `validateHandler`, `validateProbe` and its siblings,
`validateLifecycle`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from ...kube.fields import Path
from ...kube.http_headers import header_problems
from ...kube.model import Problem
from ...kube.names import port_name_problem
from .environment import argument_problems

if TYPE_CHECKING:
    from ...kube.core import Lifecycle, LifecycleHandler, Probe

__all__ = ["hook_problems", "probe_handler_problems"]


def probe_handler_problems(probe: Probe, at: Path, *, readiness: bool) -> Iterator[Problem]:
    """Yield what keeps kubelets from asking the *probe*, which is that of *readiness* or not."""
    handlers = {"exec": probe.exec, "grpc": probe.grpc, "httpGet": probe.http_get, "tcpSocket": probe.tcp_socket}
    yield from _one_handler(handlers, at)
    if not readiness and (probe.success_threshold or 1) != 1:  # 0 is as if it was left out
        yield Problem((*at, "successThreshold"), f"must be 1 here, got {probe.success_threshold}")
    if readiness and probe.termination_grace_period_seconds is not None:
        message = "must be left out: a failed readiness probe ends no container"
        yield Problem((*at, "terminationGracePeriodSeconds"), message)


def hook_problems(lifecycle: Lifecycle, at: Path) -> Iterator[Problem]:
    """Yield hooks that do nothing, two things, or what no kubelet can do."""
    hooks: tuple[tuple[str, LifecycleHandler | None], ...] = (
        ("postStart", lifecycle.post_start),
        ("preStop", lifecycle.pre_stop),
    )
    for field, hook in hooks:
        if hook is not None:
            actions = {"exec": hook.exec, "httpGet": hook.http_get, "sleep": hook.sleep, "tcpSocket": hook.tcp_socket}
            yield from _one_handler(actions, (*at, field))
    if lifecycle.stop_signal is not None:
        message = "needs the operating system of the pod, which cannot be declared here; leave it out, the image can name a signal"
        yield Problem((*at, "stopSignal"), message)


def _one_handler(handlers: Mapping[str, Any], at: Path) -> Iterator[Problem]:
    given = {name: handler for name, handler in handlers.items() if handler is not None}
    if len(given) != 1:
        message = f"must have exactly one handler ({', '.join(handlers)}), got {', '.join(given) or 'none'}"
        yield Problem(at, message)
    for name, handler in given.items():
        if name == "exec":
            if not handler.command:
                yield Problem((*at, name, "command"), "required")
            yield from argument_problems(handler.command or (), (*at, name, "command"))
        elif isinstance(getattr(handler, "port", None), str) and (problem := port_name_problem(handler.port)):
            yield Problem((*at, name, "port"), problem)
        if name == "httpGet":
            yield from header_problems(handler.http_headers or (), (*at, name, "httpHeaders"))
