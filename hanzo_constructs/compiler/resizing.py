"""How the claims of a StatefulSet that exists are enlarged, which applying it again cannot do.

https://kubernetes.io/docs/concepts/storage/persistent-volumes/#expanding-persistent-volumes-claims
"""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterator
from typing import Any

from ..kube.manifest import Manifest

__all__ = ["resizing"]


def resizing(manifest: Manifest) -> Iterator[str]:
    """Yield the commands to run before *manifest* is applied with another size of its claims than the one applied now.

    There are none for objects without claims. The storage class must allow expansion; no claim can be made smaller.
    """
    spec = manifest["spec"] if manifest["kind"] == "StatefulSet" else {}
    if not (templates := spec.get("volumeClaimTemplates")):
        return
    name, namespace = manifest["metadata"]["name"], manifest["metadata"].get("namespace")
    kubectl = ["kubectl", *(["--namespace", namespace] if namespace else [])]
    for template in templates:
        # scaled down to nothing, the first replica has left its claim
        claims = [f"{template['metadata']['name']}-{name}-{index}" for index in range(spec["replicas"] or 1)]
        yield _command(*kubectl, "patch", "pvc", *claims, patch={"resources": template["spec"]["resources"]})
    retention = spec.get("persistentVolumeClaimRetentionPolicy", {})
    if retention.get("whenDeleted") == "Delete":
        kept = {"persistentVolumeClaimRetentionPolicy": {**retention, "whenDeleted": "Retain"}}
        yield _command(*kubectl, "patch", "statefulset", name, patch=kept)
    yield _command(*kubectl, "delete", "statefulset", name, "--cascade=orphan")


def _command(*words: str, patch: dict[str, Any] | None = None) -> str:
    return shlex.join([*words, *(["--patch", json.dumps({"spec": patch}, separators=(",", ":"))] if patch else [])])
