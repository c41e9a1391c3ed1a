"""A container of a pod: how it is hardened, and how it waits before it stops.

Hardening follows the Pod Security Standards, field by field, and only where the user left the field out:
https://kubernetes.io/docs/concepts/security/pod-security-standards/
"""

from __future__ import annotations

from typing import Any

from ..platform import Rules

__all__ = [
    "draining",
    "finished",
    "needs_tmp",
    "pre_stop_seconds",
    "waits_by_shell",
]

_PRE_STOP_SECONDS = 5
"""Seconds a container goes on serving while load balancers forget it, where there is time."""
_TMP = "/tmp"  # noqa: S108 - a path in the container
_AS_GOOD_AS_PRIVILEGED = frozenset({"SYS_ADMIN", "CAP_SYS_ADMIN"})
_NATIVE_SLEEP_SINCE = 30
"""Kubernetes 1.30 enables lifecycle.preStop.sleep; images without a shell cannot sleep otherwise."""


def finished(container: dict[str, Any], level: str, *, read_only: bool, tmp: str | None) -> dict[str, Any]:
    """Return *container* hardened, and with the volume *tmp* where it needs one."""
    own = container.get("securityContext") or {}
    context = dict(own)
    capabilities = own.get("capabilities") or {}
    privileged = own.get("privileged") is True
    # the API server refuses a container that is as good as privileged and may not become so
    if level != "none" and not privileged and not _AS_GOOD_AS_PRIVILEGED & set(capabilities.get("add", ())):
        context.setdefault("allowPrivilegeEscalation", False)
    if level == "restricted" and not privileged and "drop" not in capabilities:
        context["capabilities"] = {**capabilities, "drop": ["ALL"]}
    if read_only:
        context.setdefault("readOnlyRootFilesystem", True)
    added: dict[str, Any] = {"securityContext": context} if context else {}
    if tmp is not None and needs_tmp(container):
        added["volumeMounts"] = [*(container.get("volumeMounts") or ()), {"name": tmp, "mountPath": _TMP}]
    return {**container, **added}


def needs_tmp(container: dict[str, Any]) -> bool:
    """Tell whether a read-only root filesystem leaves *container* without a place for temporary files."""
    if (container.get("securityContext") or {}).get("readOnlyRootFilesystem") is False:
        return False
    return all(mount["mountPath"].rstrip("/") != _TMP for mount in container.get("volumeMounts") or ())


def pre_stop_seconds(grace: int) -> int:
    """Return the seconds a container waits before it stops, in the *grace* period; 0 where there is no time to wait."""
    return min(_PRE_STOP_SECONDS, grace // 2)


def waits_by_shell(rules: Rules) -> bool:
    """Tell whether a container waits by a shell before it stops, which its image must hold for that."""
    by_shell = rules.epoch.pre_stop == "shell in every container"
    return by_shell or rules.platform.kubernetes_minor < _NATIVE_SLEEP_SINCE


def draining(container: dict[str, Any], rules: Rules, seconds: int) -> dict[str, Any]:
    """Return *container* with a preStop hook of *seconds*, unless there are none or the user wrote one.

    The main container still serves meanwhile, so that whatever it serves through must go on too.
    """
    lifecycle = container.get("lifecycle") or {}
    if "preStop" in lifecycle or not seconds:
        return container
    if waits_by_shell(rules):
        hook: dict[str, Any] = {"exec": {"command": ["/bin/sh", "-c", f"sleep {seconds}"]}}
    else:
        hook = {"sleep": {"seconds": seconds}}
    return {**container, "lifecycle": {**lifecycle, "preStop": hook}}
