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


_FEW = 8
"""Variables and arguments: none of them may have more than 128 KiB, so that fewer cannot fill an object."""


def size_findings(obj: Object) -> Iterator[Finding]:
    """Yield an object that is too large for etcd, which stores one in a request."""
    if obj.pod.containers and _strings(obj) < _FEW:
        return
    try:
        rough = len(marshal.dumps(obj.manifest, 2))  # by far the fastest; version 2 writes what stands twice twice
    except ValueError:  # something that is no data
        return
    if rough * 2 > _LARGEST and (size := len(json.dumps(obj.manifest, ensure_ascii=False).encode())) > _LARGEST:
        largest = max(obj.manifest, key=lambda field: len(json.dumps(obj.manifest[field])))
        message = f"the object must have at most {_LARGEST} bytes, the most that etcd takes, got {size}"
        yield Finding(message, field_path((largest,)))


def _strings(obj: Object) -> int:
    lists = ("env", "args", "command", "volumeMounts")
    return sum(len(each.data.get(name) or ()) for each in obj.pod.containers for name in lists) + len(obj.pod.volumes)
