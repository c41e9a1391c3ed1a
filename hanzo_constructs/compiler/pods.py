"""Warnings and errors about the pods of a resource: what older clusters refuse, and amounts that look like mistakes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING

from ..children.sidecars import are_native
from ..errors import Finding
from ..kube.core import ResourceRequirements
from ..kube.fields import Path, field_path, shown
from ..kube.quantity import quantity_value
from ..platform import Rules
from ..spec.pod import is_plain_search
from ..spec.workload import WorkloadSpec

if TYPE_CHECKING:
    from ..kube.core import Container, EnvFromSource, EnvVar, Lifecycle, Volume

__all__ = ["amount_doubt", "amount_findings", "pod_findings", "size_doubt"]

_FREE_NAMES_SINCE = 32
"""Kubernetes 1.32 takes any printable name of a variable without an equals sign."""
_NO_SLEEP_SINCE = 33
"""Kubernetes 1.33 takes a hook that sleeps for no second (PodLifecycleSleepActionAllowZero)."""
_OWN_RESTARTS_SINCE = 35
"""Kubernetes 1.35 lets every container have a restart policy of its own (ContainerRestartRules)."""
_RESTARTS_OF_ALL_SINCE = 36
"""Kubernetes 1.36 lets a container restart all others, and one that stays have rules (RestartAllContainersOnContainerExits)."""
_FREE_SEARCHES_SINCE = 33
"""Kubernetes 1.33 takes search domains with underscores, and the root (RelaxedDNSSearchValidation)."""
_MOUNT_OPTIONS_SINCE = 37
"""Kubernetes 1.37 mounts volumes with the SELinux label of a pod (SELinuxMount)."""
_MOST_CORES = 4096
"""More than any node has."""
_LEAST_BYTES = 2**20
"""Less than any process needs."""


def pod_findings(spec: WorkloadSpec, rules: Rules) -> Iterator[Finding]:
    """Yield what the oldest cluster of the platform refuses in the pods of *spec*, and amounts without their unit."""
    sidecars: Sequence[Container] = getattr(spec, "sidecars", ())
    inits: Sequence[Container] = getattr(spec, "init_containers", ())
    minor = rules.platform.kubernetes_minor
    if minor < _FREE_NAMES_SINCE:
        yield from _name_findings(getattr(spec, "env", ()), getattr(spec, "env_from", ()), ("spec",), rules)
    if spec.lifecycle and minor < _NO_SLEEP_SINCE:
        yield from _sleep_findings(spec.lifecycle, ("spec", "lifecycle"), rules)
    yield from _pod_field_findings(spec, rules)
    if isinstance(resources := getattr(spec, "resources", None), ResourceRequirements):
        yield from amount_findings(resources, ("spec", "resources"))
    for field, group in (("sidecars", sidecars), ("initContainers", inits)):
        for index, container in enumerate(group):
            yield from _container_findings(container, ("spec", field, index), rules)
    for index, volume in enumerate(getattr(spec, "volumes", ())):
        yield from _volume_findings(volume, ("spec", "volumes", index))
        if rules.platform.user_namespaces and volume.nfs is not None:
            message = "is NFS, which does not know the users of user namespaces, so that the pod never starts where userNamespaces is on"
            yield Finding(message, f"spec.volumes[{index}].nfs", severity="warning")


def _pod_field_findings(spec: WorkloadSpec, rules: Rules) -> Iterator[Finding]:
    """Yield fields of the pod itself that older clusters refuse."""
    minor, context = rules.platform.kubernetes_minor, spec.security_context
    if context and context.se_linux_change_policy == "MountOption" and minor < _MOUNT_OPTIONS_SINCE:
        message = f"must be Recursive {_before(_MOUNT_OPTIONS_SINCE, rules)}, got MountOption"
        yield Finding(message, "spec.securityContext.seLinuxChangePolicy")
    if spec.dns_config and minor < _FREE_SEARCHES_SINCE:
        for index, search in enumerate(spec.dns_config.searches or ()):
            if not is_plain_search(search):
                cluster = _before(_FREE_SEARCHES_SINCE, rules)
                message = f"must be a DNS name without underscores {cluster}, got {shown(search)}"
                yield Finding(message, f"spec.dnsConfig.searches[{index}]")


def _container_findings(container: Container, at: Path, rules: Rules) -> Iterator[Finding]:
    minor = rules.platform.kubernetes_minor
    if minor < _FREE_NAMES_SINCE:
        yield from _name_findings(container.env or (), container.env_from or (), at, rules)
    if container.lifecycle and minor < _NO_SLEEP_SINCE:
        yield from _sleep_findings(container.lifecycle, (*at, "lifecycle"), rules)
    if container.restart_policy is not None and minor < _RESTARTS_OF_ALL_SINCE:
        yield from _restart_findings(container, at, rules)
    yield from amount_findings(container.resources, (*at, "resources"))
    if rules.platform.user_namespaces and container.volume_devices:
        message = "must be left out where userNamespaces of the platform is on: the API server refuses the pod; mount a file system"
        yield Finding(message, field_path((*at, "volumeDevices")))


def _name_findings(
    env: Sequence[EnvVar], env_from: Sequence[EnvFromSource], at: Path, rules: Rules
) -> Iterator[Finding]:
    """Yield names of variables, and beginnings of names, that older clusters refuse."""
    for index, variable in enumerate(env):
        if not _is_plain(variable.name):
            yield _name_finding(variable.name, (*at, "env", index, "name"), rules)
    for index, bulk in enumerate(env_from):
        if bulk.prefix and not _is_plain(bulk.prefix):
            yield _name_finding(bulk.prefix, (*at, "envFrom", index, "prefix"), rules)


def _name_finding(name: str, at: Path, rules: Rules) -> Finding:
    form = "letters, digits, '-', '_' and '.', without a digit in front,"
    return Finding(f"must be {form} {_before(_FREE_NAMES_SINCE, rules)}, got {shown(name)}", field_path(at))


@lru_cache(maxsize=1024)
def _is_plain(name: str) -> bool:
    return re.fullmatch(r"(?!\.\.|\.\Z)[-._a-zA-Z][-._a-zA-Z0-9]*", name) is not None


def _before(minor: int, rules: Rules) -> str:
    return f"before Kubernetes 1.{minor}; the platform's oldest cluster is {rules.platform.kubernetes}"


def _sleep_findings(lifecycle: Lifecycle, at: Path, rules: Rules) -> Iterator[Finding]:
    for field, hook in (("postStart", lifecycle.post_start), ("preStop", lifecycle.pre_stop)):
        if hook is not None and hook.sleep is not None and hook.sleep.seconds == 0:
            message = f"must be at least 1 {_before(_NO_SLEEP_SINCE, rules)}, got 0"
            yield Finding(message, field_path((*at, field, "sleep", "seconds")))


def _restart_findings(container: Container, at: Path, rules: Rules) -> Iterator[Finding]:
    """Yield a restart policy, or rules beside it, that older clusters do not take from a container of this list."""
    place, policy = (*at, "restartPolicy"), container.restart_policy
    oldest = f"the platform's oldest cluster is {rules.platform.kubernetes}"
    if rules.platform.kubernetes_minor < _OWN_RESTARTS_SINCE:
        if "sidecars" in at and not (policy == "Always" and are_native(rules)):
            message = f"is for initContainers before Kubernetes 1.{_OWN_RESTARTS_SINCE}, but {oldest}; sidecars always restart, leave it out"
            yield Finding(message, field_path(place))
        elif policy != "Always":
            yield Finding(f"must be Always {_before(_OWN_RESTARTS_SINCE, rules)}, got {policy}", field_path(place))
        return
    for index, rule in enumerate(container.restart_policy_rules or ()):
        if rule.action == "RestartAllContainers":
            message = f"must be Restart {_before(_RESTARTS_OF_ALL_SINCE, rules)}, got RestartAllContainers"
            yield Finding(message, field_path((*at, "restartPolicyRules", index, "action")))
    if container.restart_policy_rules and policy == "Always" and ("initContainers" in at or are_native(rules)):
        message = f"must be left out beside restartPolicy Always {_before(_RESTARTS_OF_ALL_SINCE, rules)}"
        yield Finding(message, field_path((*at, "restartPolicyRules")))


def amount_findings(resources: ResourceRequirements | None, at: Path) -> Iterator[Finding]:
    """Yield amounts in *resources* that nobody means: bytes without a unit, more cores than there are."""
    if resources is None:
        return
    for field, amounts in (("requests", resources.requests), ("limits", resources.limits)):
        for name, amount in (amounts or {}).items():
            if doubt := amount_doubt(name, amount):
                yield Finding(doubt, field_path((*at, field, name)), severity="warning")


def _volume_findings(volume: Volume, at: Path) -> Iterator[Finding]:
    if (directory := volume.empty_dir) is not None and directory.size_limit is not None:
        if doubt := size_doubt(directory.size_limit):
            yield Finding(doubt, field_path((*at, "emptyDir", "sizeLimit")), severity="warning")
    elif volume.ephemeral is not None and (template := volume.ephemeral.volume_claim_template) is not None:
        requests = (template.spec.resources.requests if template.spec.resources else None) or {}
        if "storage" in requests and (doubt := size_doubt(requests["storage"])):
            place = (*at, "ephemeral", "volumeClaimTemplate", "spec", "resources", "requests", "storage")
            yield Finding(doubt, field_path(place), severity="warning")


@lru_cache(maxsize=1024)
def amount_doubt(name: str, amount: str) -> str:
    """Say why *amount* of the resource *name* is hardly what anybody means."""
    if name in ("memory", "ephemeral-storage"):
        return size_doubt(amount)
    if name == "cpu" and (cores := quantity_value(amount)) > _MOST_CORES:
        return f"{amount} is {_shown_count(cores)} cores, more than any node has; write cores, such as 2, or thousandths, such as 500m"
    return ""


def _shown_count(value: Fraction) -> str:
    return f"{value.numerator:,}" if value.denominator == 1 else f"{float(value):,.1f}"


@lru_cache(maxsize=1024)
def size_doubt(amount: str) -> str:
    """Say why *amount* is hardly a number of bytes that anybody means; nothing at all is one."""
    value = quantity_value(amount)
    if 0 < value < _LEAST_BYTES:
        return f"{amount} is less than a mebibyte; write the unit, such as 500Mi or 10Gi"
    if value.denominator != 1:
        return f"{amount} is no whole number of bytes, of which the API server warns; write a whole one, such as 500Mi"
    return ""
