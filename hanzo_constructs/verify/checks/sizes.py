"""Objects that a cluster can store."""

from __future__ import annotations

import json
import marshal
from collections.abc import Iterator

from ...errors import Finding
from ...kube.fields import field_path
from ..objects import Object

__all__ = ["size_findings"]

_LARGEST = 1_572_864
"""Bytes of a request that etcd takes: its `--max-request-bytes`."""

_FEW = 10
"""Variables and arguments: none of them may have more than 128 KiB, so that fewer cannot fill an object."""
_FEW_MOUNTS = 50
"""Volumes and mounts of them, which are names and paths."""
_SHORT = ("HorizontalPodAutoscaler", "PodDisruptionBudget")
"""Kinds that nobody can make long by what a resource says."""


def size_findings(obj: Object) -> Iterator[Finding]:
    """Yield an object that is too large for etcd, which stores one in a request."""
    if (obj.pod.containers and _has_few_strings(obj)) or (obj.origin.pristine and obj.kind in _SHORT):
        return
    try:
        rough = len(marshal.dumps(obj.manifest, 2))  # by far the fastest; version 2 writes what stands twice twice
    except ValueError:  # something that is no data
        return
    if rough * 2 > _LARGEST and (size := len(json.dumps(obj.manifest, ensure_ascii=False).encode())) > _LARGEST:
        largest = max(obj.manifest, key=lambda field: len(json.dumps(obj.manifest[field])))
        message = f"the object must have at most {_LARGEST} bytes, the most that etcd takes, got {size}"
        yield Finding(message, field_path((largest,)))


def _has_few_strings(obj: Object) -> bool:
    strings, mounts = 0, len(obj.pod.volumes)
    for _, container, *_ in obj.pod.containers:
        mounts += len(container.get("volumeMounts") or ())
        for field in ("env", "args", "command"):
            strings += len(container.get(field) or ())
    return strings < _FEW and mounts < _FEW_MOUNTS
