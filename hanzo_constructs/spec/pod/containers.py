"""Rules between the fields of further containers: sidecars, and those that run before the others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ...kube.core import Container, Lifecycle, LifecycleHandler, Probe, Volume
from ...kube.fields import Path
from ...kube.model import Problem
from ..repeats import repeated
from .environment import environment_problems
from .mounts import device_problems, mount_problems, volume_names
from .resources import request_problems

__all__ = ["container_problems", "hook_problems"]

_PROBES = (
    ("livenessProbe", "liveness_probe"),
    ("readinessProbe", "readiness_probe"),
    ("startupProbe", "startup_probe"),
)


def container_problems(containers: Sequence[Container], at: str, volumes: Sequence[Volume]) -> Iterator[Problem]:
    """Yield what is wrong with the *containers* in the list *at* (sidecars, initContainers)."""
    yield from repeated([container.name for container in containers], field="name", at=(at,))
    declared = volume_names(volumes)
    for index, container in enumerate(containers):
        place: Path = (at, index)
        if not container.image:
            yield Problem((*place, "image"), "required")
        yield from environment_problems(container.env or (), container.env_from or (), place)
        yield from mount_problems(container.volume_mounts or (), declared, place)
        yield from device_problems(container.volume_devices or (), declared, place)
        if container.resources:
            yield from request_problems(container.resources, (*place, "resources"))
        yield from _handler_problems(container, place)
        if at == "initContainers" and container.restart_policy != "Always":
            yield from _passing_problems(container, place)


def _handler_problems(container: Container, at: Path) -> Iterator[Problem]:
    """Yield probes and hooks of *container* that do nothing, or two things."""
    for field, name in _PROBES:
        probe: Probe | None = getattr(container, name)
        if probe is not None:
            handlers = {
                "exec": probe.exec,
                "grpc": probe.grpc,
                "httpGet": probe.http_get,
                "tcpSocket": probe.tcp_socket,
            }
            yield from _one_handler(handlers, (*at, field))
    if container.lifecycle:
        yield from hook_problems(container.lifecycle, (*at, "lifecycle"))


def hook_problems(lifecycle: Lifecycle, at: Path) -> Iterator[Problem]:
    """Yield the hooks of *lifecycle*, which stands *at* a place, that do nothing, or two things."""
    hooks: tuple[tuple[str, LifecycleHandler | None], ...] = (
        ("postStart", lifecycle.post_start),
        ("preStop", lifecycle.pre_stop),
    )
    for field, hook in hooks:
        if hook is not None:
            actions = {"exec": hook.exec, "httpGet": hook.http_get, "sleep": hook.sleep, "tcpSocket": hook.tcp_socket}
            yield from _one_handler(actions, (*at, field))


def _one_handler(handlers: Mapping[str, object], at: Path) -> Iterator[Problem]:
    given = [name for name, handler in handlers.items() if handler is not None]
    if len(given) != 1:
        message = f"must have exactly one handler ({', '.join(handlers)}), got {', '.join(given) or 'none'}"
        yield Problem(at, message)


def _passing_problems(container: Container, at: Path) -> Iterator[Problem]:
    """Yield what only a container that stays can have."""
    for field, name in (*_PROBES, ("lifecycle", "lifecycle")):
        if getattr(container, name) is not None:
            message = "is for containers that stay: write restartPolicy: Always, or leave it out"
            yield Problem((*at, field), message)
