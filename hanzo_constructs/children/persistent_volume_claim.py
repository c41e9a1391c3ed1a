"""PersistentVolumeClaim: a disk that outlives the pods, and is one for all of them."""

from __future__ import annotations

from ..kube.manifest import Manifest, manifest
from ..kube.owner import Owner
from ..platform import Platform
from ..spec.attachments import Persistence

__all__ = ["KEPT", "persistent_volume_claim"]

KEPT = {
    "argocd.argoproj.io/sync-options": "Delete=false,Prune=false",
    "helm.sh/resource-policy": "keep",
    "kustomize.toolkit.fluxcd.io/prune": "disabled",
}
"""Annotations by which Argo CD, Helm and Flux keep what is no longer declared; Kubernetes has none."""


def persistent_volume_claim(owner: Owner, claim: Persistence, platform: Platform) -> Manifest:
    """Ask for the disk of *claim*, whose name stands behind that of *owner*."""
    return manifest(
        "PersistentVolumeClaim",
        owner,
        name=f"{owner.name}-{claim.name}",
        annotations=None if claim.retention_policy == "Delete" else KEPT,
        spec={
            "accessModes": [*(claim.access_modes or ("ReadWriteOnce",))],
            "storageClassName": platform.storage_class_name
            if claim.storage_class_name is None
            else claim.storage_class_name,
            "resources": {"requests": {"storage": claim.size}},
        },
    )
