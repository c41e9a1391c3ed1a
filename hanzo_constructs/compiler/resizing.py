"""How the claims of a StatefulSet that exists are enlarged, which applying it again cannot do.

https://kubernetes.io/docs/concepts/storage/persistent-volumes/#expanding-persistent-volumes-claims
"""

from __future__ import annotations

from collections.abc import Iterator

from ..kube.manifest import Manifest
from .kubectl import command, kubectl

__all__ = ["claim_names", "resizing"]


def resizing(manifest: Manifest) -> Iterator[str]:
    """Yield the commands to run before *manifest* is applied with another size of its claims than the one applied now.

    There are none for objects without claims. The storage class must allow expansion; no claim can be made smaller.
    """
    spec = manifest["spec"] if manifest["kind"] == "StatefulSet" else {}
    if not (templates := spec.get("volumeClaimTemplates")):
        return
    name, start = manifest["metadata"]["name"], kubectl(manifest)
    for template in templates:
        claims = claim_names(manifest, template["metadata"]["name"])
        yield command(*start, "patch", "pvc", *claims, patch={"spec": {"resources": template["spec"]["resources"]}})
    retention = spec.get("persistentVolumeClaimRetentionPolicy", {})
    if retention.get("whenDeleted") == "Delete":
        kept = {"persistentVolumeClaimRetentionPolicy": {**retention, "whenDeleted": "Retain"}}
        yield command(*start, "patch", "statefulset", name, patch={"spec": kept})
    yield command(*start, "delete", "statefulset", name, "--cascade=orphan")


def claim_names(manifest: Manifest, volume: str | None = None) -> list[str]:
    """Return the names of the claims of the StatefulSet *manifest*: of all replicas, for each template or *volume*."""
    spec, name = manifest["spec"], manifest["metadata"]["name"]
    volumes = (
        [template["metadata"]["name"] for template in spec["volumeClaimTemplates"]] if volume is None else [volume]
    )
    # scaled down to nothing, the first replica has left its claim
    return [f"{each}-{name}-{index}" for each in volumes for index in range(spec["replicas"] or 1)]
