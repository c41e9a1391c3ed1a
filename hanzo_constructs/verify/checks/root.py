"""A container that must not be root is not root.

The kubelet compares the two for each container, `verifyRunAsNonRoot` in pkg/kubelet/kuberuntime: what a container does
not say itself, its pod says.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...errors import Finding
from ...kube.fields import field_path
from ...spec.resource import POD_SECURITY_ANNOTATION
from ..objects import Object

__all__ = ["root_findings"]


def root_findings(obj: Object) -> Iterator[Finding]:
    """Yield containers that run as root and must not, so that they never start."""
    pod = obj.pod.spec.get("securityContext") or {}
    told: set[str] = set()
    for path, container, *_ in obj.pod.containers:
        own = container.get("securityContext") or {}
        user, non_root = ({**pod, **own}.get(field) for field in ("runAsUser", "runAsNonRoot"))
        if user != 0 or non_root is not True:
            continue
        place = field_path((*(path if "runAsUser" in own else obj.pod.path), "securityContext", "runAsUser"))
        if place not in told:
            told.add(place)
            remedy = "name another user"
            if obj.own is not None and obj.own.level == "restricted":
                remedy += f", or give the resource the annotation {POD_SECURITY_ANNOTATION}: baseline"
            message = f"must not be 0 beside runAsNonRoot: true, or the container never starts; {remedy}"
            yield Finding(message, place, severity=obj.origin.severity)
