"""Pods in a user namespace are in no other namespace of their node (`validateHostUsers` in pkg/apis/core/validation)."""

from __future__ import annotations

from collections.abc import Iterator

from ...errors import Finding
from ...kube.fields import field_path
from ..objects import Object

__all__ = ["host_user_findings"]

_NAMESPACES = ("hostNetwork", "hostPID", "hostIPC")


def host_user_findings(obj: Object) -> Iterator[Finding]:
    """Yield namespaces of the node that the API server refuses beside `hostUsers: false`."""
    if obj.pod.spec.get("hostUsers") is not False:
        return
    for field in _NAMESPACES:
        if obj.pod.spec.get(field) is True:
            yield Finding("must be false beside hostUsers: false; leave one out", field_path((*obj.pod.path, field)))
