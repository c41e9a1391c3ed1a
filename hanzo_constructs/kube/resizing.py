"""How the claims of a StatefulSet that exists are enlarged, and how it gets other fields that it refuses.

It is deleted without its pods, and the new one takes them over:
https://kubernetes.io/docs/concepts/storage/persistent-volumes/#expanding-persistent-volumes-claims
"""

from __future__ import annotations

from collections.abc import Iterator

from .kubectl import command, kubectl
from .manifest import Manifest

__all__ = ["resizing"]


def resizing(manifest: Manifest) -> Iterator[str]:
    """Yield the commands to run before *manifest* is applied with another size of its claims than the one applied now.

    There are none for objects without claims. The storage class must allow expansion; no claim can be made smaller. To a
    claim that has the size already, its command does nothing.
    """
    spec = manifest["spec"] if manifest["kind"] == "StatefulSet" else {}
    if not (templates := spec.get("volumeClaimTemplates")):
        return
    name, start = manifest["metadata"]["name"], kubectl(manifest)
    for template in templates:
        # scaled down to nothing, the first replica has left its claim; one that waits for a node may have none yet
        claims = [f"{template['metadata']['name']}-{name}-{index}" for index in range(spec.get("replicas") or 1)]
        found = command(*start, "get", "pvc", *claims, "--ignore-not-found", "--output", "name")
        size = {"spec": {"resources": template["spec"]["resources"]}}
        yield f"{found} | {command('xargs', '-r', *start, 'patch', patch=size)}"
    retention = spec.get("persistentVolumeClaimRetentionPolicy", {})
    if retention.get("whenDeleted") == "Delete":
        kept = {"spec": {"persistentVolumeClaimRetentionPolicy": {**retention, "whenDeleted": "Retain"}}}
        yield command(*start, "patch", "statefulset", name, patch=kept)
    yield command(*start, "delete", "statefulset", name, "--cascade=orphan")
