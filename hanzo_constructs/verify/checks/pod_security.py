"""Pods keep the Pod Security level that their resource promises.

https://kubernetes.io/docs/concepts/security/pod-security-standards/
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from ...errors import Finding
from ...kube.fields import Path, field_path, shown
from ...spec.resource import POD_SECURITY_ANNOTATION
from ..objects import Object

__all__ = ["pod_security_findings"]

_CAPABILITIES = frozenset(
    (
        *("AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD", "NET_BIND_SERVICE"),
        *("SETFCAP", "SETGID", "SETPCAP", "SETUID", "SYS_CHROOT"),
    )
)
"""What baseline lets a container add."""
_VOLUMES = frozenset(
    (
        *("name", "configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "image"),
        *("persistentVolumeClaim", "projected", "secret"),
    )
)
"""Sources that restricted allows, and the field beside them."""
_SYSCTLS = frozenset(
    (
        *("kernel.shm_rmid_forced", "net.ipv4.ip_local_port_range", "net.ipv4.ip_local_reserved_ports"),
        *("net.ipv4.ip_unprivileged_port_start", "net.ipv4.ping_group_range", "net.ipv4.tcp_fin_timeout"),
        *("net.ipv4.tcp_keepalive_intvl", "net.ipv4.tcp_keepalive_probes", "net.ipv4.tcp_keepalive_time"),
        *("net.ipv4.tcp_rmem", "net.ipv4.tcp_syncookies", "net.ipv4.tcp_wmem"),
    )
)
_SELINUX_TYPES = frozenset(("", "container_t", "container_init_t", "container_kvm_t", "container_engine_t"))
_PROFILES = ("RuntimeDefault", "Localhost")

_HARDENED_POD = {"runAsNonRoot": True, "seccompProfile": {"type": "RuntimeDefault"}}
_HARDENED_CONTAINER = {"allowPrivilegeEscalation": False, "capabilities": {"drop": ["ALL"]}}


class _Violation(NamedTuple):
    path: Path
    rule: str
    given: object
    baseline: bool
    """Whether the level baseline has the rule too."""


def pod_security_findings(obj: Object) -> Iterator[Finding]:
    """Yield what has a namespace with the level of the resource refuse the pods of *obj*."""
    if obj.own is None or obj.own.level == "none" or not obj.pod.containers:
        return
    level = obj.own.level
    for path, rule, given, baseline in _violations(obj):
        if level == "restricted" or baseline:
            lower = "none" if baseline else "baseline"
            otherwise = f", or give the resource the annotation {POD_SECURITY_ANNOTATION}: {lower}"
            fixed = obj.own.level_is_fixed
            yield Finding(
                f"{rule} for pod security {level}{', which these pods always have' if fixed else ''}, got {shown(given)};"
                f" change it{'' if fixed else otherwise}",
                field_path(path),
                severity="error" if fixed else "warning",
            )


def _violations(obj: Object) -> Iterator[_Violation]:
    spec, path = obj.pod.spec, (*obj.pod.path, "securityContext")
    context = spec.get("securityContext") or {}
    hardened = context == _HARDENED_POD
    yield from _shared_with_host(obj)
    if not hardened:
        yield from _anywhere(context, path)
        for index, sysctl in enumerate(context.get("sysctls") or ()):
            if sysctl["name"] not in _SYSCTLS:
                at = (*path, "sysctls", index, "name")
                yield _Violation(at, "must be a safe sysctl", sysctl["name"], baseline=True)
    for at, container, *_ in obj.pod.containers:
        own = container.get("securityContext") or {}
        if not hardened or own != _HARDENED_CONTAINER:
            place = (*at, "securityContext")
            yield from _anywhere(own, place)
            yield from _privileges(own, place)
            yield from _identity(own, context, place)


def _shared_with_host(obj: Object) -> Iterator[_Violation]:
    spec, path = obj.pod.spec, obj.pod.path
    for field in ("hostNetwork", "hostPID", "hostIPC"):
        if spec.get(field):
            yield _Violation((*path, field), "must be false", given=True, baseline=True)
    for index, volume in enumerate(obj.pod.volumes):
        if not volume.keys() <= _VOLUMES:
            for source in sorted(volume.keys() - _VOLUMES):
                at = (*path, "volumes", index)
                yield _Violation(at, "must not reach out of the pod", source, baseline=source == "hostPath")
    for at, _, ports, _ in obj.pod.containers:
        for index, port in enumerate(ports):
            if port.get("hostPort"):
                place = (*at, "ports", index, "hostPort")
                yield _Violation(place, "must be left out", port["hostPort"], baseline=True)


def _anywhere(context: dict[str, Any], path: Path) -> Iterator[_Violation]:
    """Yield what neither a pod nor a container may say."""
    if context.get("runAsUser") == 0:
        yield _Violation((*path, "runAsUser"), "must not be root", 0, baseline=False)
    for field in ("seccompProfile", "appArmorProfile"):
        if (kind := (context.get(field) or {}).get("type")) == "Unconfined":
            at = (*path, field, "type")
            yield _Violation(at, f"must be {' or '.join(_PROFILES)}", kind, baseline=True)
    selinux = context.get("seLinuxOptions") or {}
    for field in ("type", "user", "role"):
        value = selinux.get(field, "")
        if value not in _SELINUX_TYPES or (field != "type" and value):
            rule = "must be a container type" if field == "type" else "must be left out"
            yield _Violation((*path, "seLinuxOptions", field), rule, value, baseline=True)
    if (context.get("windowsOptions") or {}).get("hostProcess"):
        yield _Violation((*path, "windowsOptions", "hostProcess"), "must be false", given=True, baseline=True)


def _privileges(context: dict[str, Any], path: Path) -> Iterator[_Violation]:
    """Yield the privileges that a container takes or fails to give up."""
    if (mount := context.get("procMount", "Default")) != "Default":
        yield _Violation((*path, "procMount"), "must be Default", mount, baseline=True)
    if context.get("privileged"):
        yield _Violation((*path, "privileged"), "must be false", given=True, baseline=True)
        return  # it has all the others
    capabilities = context.get("capabilities") or {}
    for index, name in enumerate(capabilities.get("add") or ()):
        if name != "NET_BIND_SERVICE":
            at = (*path, "capabilities", "add", index)
            yield _Violation(at, "must be NET_BIND_SERVICE", name, baseline=name not in _CAPABILITIES)
    if "ALL" not in (dropped := capabilities.get("drop") or []):
        at = (*path, "capabilities", "drop")
        yield _Violation(at, "must contain ALL", ", ".join(dropped) or None, baseline=False)
    if (escalation := context.get("allowPrivilegeEscalation")) is not False:
        yield _Violation((*path, "allowPrivilegeEscalation"), "must be false", escalation, baseline=False)


def _identity(context: dict[str, Any], pod: dict[str, Any], path: Path) -> Iterator[_Violation]:
    """Yield what neither a container nor its *pod* says of user and system calls."""
    if (non_root := context.get("runAsNonRoot", pod.get("runAsNonRoot"))) is not True:
        yield _Violation((*path, "runAsNonRoot"), "must be true", non_root, baseline=False)
    profile = (context.get("seccompProfile") or pod.get("seccompProfile") or {}).get("type")
    if profile not in _PROFILES and profile != "Unconfined":  # that one is said where it stands
        yield _Violation(
            (*path, "seccompProfile", "type"), f"must be {' or '.join(_PROFILES)}", profile, baseline=False
        )
