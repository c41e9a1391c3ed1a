"""Annotations of pods that the API server reads: profiles from before there were fields, and the cost of deleting.

Source: Kubernetes' `pkg/apis/core/validation/validation.go`, `ValidatePodSpecificAnnotations`,
`validateSeccompAnnotationsAndFields` and `validateAppArmorAnnotationsAndFieldsMatchOnCreate`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from ...errors import Finding
from ...kube.fields import field_path, shown
from ..objects import Object

__all__ = ["pod_annotation_findings"]

_SECCOMP_OF_POD = "seccomp.security.alpha.kubernetes.io/pod"
_SECCOMP = "container.seccomp.security.alpha.kubernetes.io/"
_APP_ARMOR = "container.apparmor.security.beta.kubernetes.io/"
_DELETION_COST = "controller.kubernetes.io/pod-deletion-cost"
_OF_NO_USE = {
    "kubernetes.io/config.mirror": "is for pods that a kubelet mirrors; leave it out",
    "scheduler.alpha.kubernetes.io/tolerations": "is read by no cluster any more; leave it out",
}
_COST = re.compile(r"0|[1-9][0-9]{0,9}|-[0-9]{1,20}", re.ASCII)
_DEFAULTS = {"RuntimeDefault": ("runtime/default", "docker/default"), "Unconfined": ("unconfined",)}


def pod_annotation_findings(obj: Object) -> Iterator[Finding]:
    """Yield annotations that the API server reads and does not take, alone or beside the fields that took their place."""
    annotations = obj.pod.metadata.get("annotations")
    if not annotations:
        return
    for key, value in annotations.items():
        if "kubernetes.io/" in key and (problem := _problem(key, value, obj)):
            place = (*obj.pod.path[:-1], "metadata", "annotations", key)
            yield Finding(problem, field_path(place))


def _problem(key: str, value: str, obj: Object) -> str:
    if key == _DELETION_COST:
        right = _COST.fullmatch(value) and -(2**31) <= int(value) < 2**31
        return "" if right else f"must be an integer of 32 bits such as -100, got {shown(value)}"
    if key == _SECCOMP_OF_POD:
        return _seccomp_problem(value, obj.pod.spec.get("securityContext") or {})
    containers = {container["name"]: container for _, container, *_ in obj.pod.containers if "name" in container}
    if key.startswith(_SECCOMP):
        container = containers.get(key.removeprefix(_SECCOMP)) or {}
        return _seccomp_problem(value, container.get("securityContext") or {})
    if key.startswith(_APP_ARMOR):
        name = key.removeprefix(_APP_ARMOR)
        if name not in containers:
            return f"{shown(name)} is not a container of the pod, declared are {', '.join(containers)}"
        contexts = (containers[name].get("securityContext") or {}, obj.pod.spec.get("securityContext") or {})
        profile = next((context["appArmorProfile"] for context in contexts if "appArmorProfile" in context), None)
        return _app_armor_problem(value, profile)
    return _OF_NO_USE.get(key, "") if value or key == "kubernetes.io/config.mirror" else ""


def _seccomp_problem(value: str, context: Mapping[str, Any]) -> str:
    path = value.removeprefix("localhost/")
    local = path != value and not path.startswith("/") and ".." not in path.split("/")
    if not local and value not in (*_DEFAULTS["RuntimeDefault"], "unconfined"):
        return f"must be runtime/default, unconfined or localhost/<path>, got {shown(value)}; write the field seccompProfile instead"
    return _contradiction(value, context.get("seccompProfile"), _DEFAULTS)


def _app_armor_problem(value: str, profile: Mapping[str, Any] | None) -> str:
    if value not in ("", "runtime/default", "unconfined") and not value.startswith("localhost/"):
        return f"must be runtime/default, unconfined or localhost/<profile>, got {shown(value)}; write the field appArmorProfile instead"
    return _contradiction(value, profile, {**_DEFAULTS, "RuntimeDefault": ("runtime/default",)})


def _contradiction(value: str, profile: Mapping[str, Any] | None, known: Mapping[str, tuple[str, ...]]) -> str:
    """Say that the field *profile* means something else than the annotation *value*."""
    if not profile:
        return ""
    meant = known.get(profile["type"]) or (f"localhost/{profile.get('localhostProfile')}",)
    return (
        ""
        if value in meant
        else f"must be {meant[0]}, which the field of the pod says, got {shown(value)}; leave it out"
    )
