"""Pods that say of which operating system they are have no fields of another one.

Source: Kubernetes' `pkg/apis/core/validation/validation.go`, `validateWindows` and `validateLinux`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from ...errors import Finding
from ...kube.fields import Path, field_path, listed
from ..objects import Object

__all__ = ["operating_system_findings"]

_POD_FIELDS = ("hostIPC", "hostPID", "hostUsers", "shareProcessNamespace")
_EITHER = ("appArmorProfile", "runAsGroup", "runAsUser", "seLinuxOptions", "seccompProfile")
_POD_SECURITY = (
    *(
        "fsGroup",
        "fsGroupChangePolicy",
        "seLinuxChangePolicy",
        "supplementalGroups",
        "supplementalGroupsPolicy",
        "sysctls",
    ),
    *_EITHER,
)
_CONTAINER_SECURITY = (
    *("allowPrivilegeEscalation", "capabilities", "privileged", "procMount", "readOnlyRootFilesystem"),
    *_EITHER,
)
_UNSET = {"hostIPC": False, "hostPID": False, "sysctls": []}
"""Values that are the same as none."""


def operating_system_findings(obj: Object) -> Iterator[Finding]:
    """Yield that the pods of *obj* are of an operating system that has not all of their fields."""
    system = obj.pod.spec.get("os")
    name = system.get("name") if isinstance(system, dict) else None
    if name not in ("linux", "windows"):
        return
    found = [*_windows_only(obj)] if name == "linux" else [*_linux_only(obj)]
    if found:
        shown = listed([field_path(path) for path in found])
        message = f"is {name}, which has no {shown}; a cluster refuses the pods: remove these fields"
        yield Finding(message, field_path((*obj.pod.path, "os", "name")))


def _linux_only(obj: Object) -> Iterator[Path]:
    """Yield the fields below the pods of *obj* that pods of Windows must not have."""
    spec = obj.pod.spec
    yield from _set(spec, _POD_FIELDS, ())
    yield from _set(spec.get("securityContext"), _POD_SECURITY, ("securityContext",))
    for container in obj.pod.containers:
        at = (*container.path[-2:], "securityContext")
        yield from _set(container.data.get("securityContext"), _CONTAINER_SECURITY, at)


def _windows_only(obj: Object) -> Iterator[Path]:
    yield from _set(obj.pod.spec.get("securityContext"), ("windowsOptions",), ("securityContext",))
    for container in obj.pod.containers:
        at = (*container.path[-2:], "securityContext")
        yield from _set(container.data.get("securityContext"), ("windowsOptions",), at)


def _set(block: Any, fields: Collection[str], at: Path) -> Iterator[Path]:
    for field in sorted(fields) if isinstance(block, dict) else ():
        if block.get(field) is not None and block[field] != _UNSET.get(field):
            yield (*at, field)
