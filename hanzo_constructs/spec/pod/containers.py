"""Rules for further containers: sidecars, and those that run before the others.

Source: Kubernetes' `pkg/apis/core/validation/validation.go`, `validateContainers`, `validateInitContainers` and
`validateContainerCommon`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ...kube.fields import Path, shown
from ...kube.images import image_problem
from ...kube.model import Problem
from ...kube.names import port_name_problem
from ..repeats import repeated, repeats
from .environment import command_problems, environment_problems
from .handlers import hook_problems, probe_handler_problems
from .mounts import Volumes, device_problems, mount_problems, volumes_by_name
from .resources import request_problems
from .security import is_privileged, security_problems

if TYPE_CHECKING:
    from ...kube.core import Container, ContainerRestartRule, Probe, Volume

__all__ = ["container_problems"]

_PROBES = (
    ("livenessProbe", "liveness_probe"),
    ("readinessProbe", "readiness_probe"),
    ("startupProbe", "startup_probe"),
)
_MOST_RESTART_RULES, _MOST_EXIT_CODES = 20, 255


def container_problems(containers: Sequence[Container], at: str, volumes: Sequence[Volume]) -> Iterator[Problem]:
    """Yield what is wrong with the *containers* in the list *at* (sidecars, initContainers)."""
    yield from repeated([container.name for container in containers], field="name", at=(at,))
    yield from _host_port_problems(containers, at)
    declared = volumes_by_name(volumes)
    for index, container in enumerate(containers):
        place: Path = (at, index)
        if not container.image:
            yield Problem((*place, "image"), "required")
        elif problem := image_problem(container.image):
            yield Problem((*place, "image"), problem)
        yield from command_problems(container.command or (), container.args or (), place)
        yield from environment_problems(container.env or (), container.env_from or (), volumes, place)
        yield from _volume_problems(container, declared, place)
        if container.ports:
            yield from _port_name_problems(container, place)
        if container.resources:
            yield from request_problems(container.resources, (*place, "resources"))
        if container.security_context:
            yield from security_problems(container.security_context, (*place, "securityContext"))
        yield from _handler_problems(container, place)
        if container.resize_policy or container.restart_policy_rules:
            yield from _policy_problems(container, place)
        if at == "initContainers" and container.restart_policy != "Always":
            yield from _init_container_problems(container, place)


def _host_port_problems(containers: Sequence[Container], at: str) -> Iterator[Problem]:
    """Yield ports of the node that two of *containers* ask for; init containers that pass do not meet each other."""
    taken: list[tuple[int, str, str, int]] = []
    places: list[Path] = []
    for index, container in enumerate(containers):
        passing = at == "initContainers" and container.restart_policy != "Always"
        for number, port in enumerate(container.ports or ()):
            if port.host_port:
                taken.append((index if passing else -1, port.protocol or "TCP", port.host_ip or "", port.host_port))
                places.append((at, index, "ports", number))
    for index, earlier in repeats(taken):
        _, protocol, address, number = taken[index]
        message = f"{number}/{protocol}{f' of {address}' if address else ''} is used twice"
        yield Problem((*places[index], "hostPort"), message, related=places[earlier])


def _volume_problems(container: Container, volumes: Volumes, at: Path) -> Iterator[Problem]:
    mounts, privileged = container.volume_mounts or (), is_privileged(container.security_context)
    if mounts:
        yield from mount_problems(mounts, volumes, at, privileged=privileged)
    if container.volume_devices:
        yield from device_problems(container.volume_devices, mounts, volumes, at)


def _port_name_problems(container: Container, at: Path) -> Iterator[Problem]:
    names = [port.name for port in container.ports or ()]
    for index, name in enumerate(names):
        if name and (problem := port_name_problem(name)):
            yield Problem((*at, "ports", index, "name"), problem)
    for index, earlier in repeats([name or index for index, name in enumerate(names)]):
        message = f"{shown(names[index])} is used twice"
        yield Problem((*at, "ports", index, "name"), message, related=(*at, "ports", earlier))


def _handler_problems(container: Container, at: Path) -> Iterator[Problem]:
    """Yield probes and hooks that do nothing, two things, or what no kubelet can do."""
    for field, name in _PROBES:
        probe: Probe | None = getattr(container, name)
        if probe is not None:
            yield from probe_handler_problems(probe, (*at, field), readiness=field == "readinessProbe")
    if container.lifecycle is not None:
        yield from hook_problems(container.lifecycle, (*at, "lifecycle"))


def _policy_problems(container: Container, at: Path) -> Iterator[Problem]:
    """Yield what is wrong with the policies for resizing and restarting (`validateResizePolicy`, `validateContainerRestartPolicy`)."""
    policies = container.resize_policy or ()
    yield from repeated([policy.resource_name for policy in policies], field="resourceName", at=(*at, "resizePolicy"))
    rules = container.restart_policy_rules or ()
    if rules and container.restart_policy is None:
        yield Problem((*at, "restartPolicy"), "required beside restartPolicyRules")
    if len(rules) > _MOST_RESTART_RULES:
        message = f"must have at most {_MOST_RESTART_RULES} entries, got {len(rules)}"
        yield Problem((*at, "restartPolicyRules"), message)
    for index, rule in enumerate(rules):
        yield from _exit_code_problems(rule, (*at, "restartPolicyRules", index, "exitCodes"))


def _exit_code_problems(rule: ContainerRestartRule, at: Path) -> Iterator[Problem]:
    if rule.exit_codes is None:
        yield Problem(at, "required")
        return
    values = rule.exit_codes.values or ()
    if len(values) > _MOST_EXIT_CODES:
        yield Problem((*at, "values"), f"must have at most {_MOST_EXIT_CODES} entries, got {len(values)}")
    for index, earlier in repeats(values):  # the list is a set to server-side apply
        yield Problem((*at, "values", index), f"{values[index]} is used twice", related=(*at, "values", earlier))


def _init_container_problems(container: Container, at: Path) -> Iterator[Problem]:
    """Yield what an init container that ends cannot have, such as probes and hooks."""
    for field, name in (*_PROBES, ("lifecycle", "lifecycle")):
        if getattr(container, name) is not None:
            message = "is for containers that stay: write restartPolicy: Always, or leave it out"
            yield Problem((*at, field), message)
    for index, policy in enumerate(container.resize_policy or ()):
        if policy.restart_policy == "RestartContainer":
            message = "must be NotRequired in an init container that does not stay, got RestartContainer"
            yield Problem((*at, "resizePolicy", index, "restartPolicy"), message)
