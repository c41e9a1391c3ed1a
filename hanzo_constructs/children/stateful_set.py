"""StatefulSet: the pods of a workload that keeps data, each with a claim of its own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..kube.manifest import Manifest, manifest, present
from ..kube.owner import Pods
from ..platform import Platform, Rules
from ..spec.rollout import StatefulSetRollout
from ..spec.stateful import Disk, FurtherDisk
from ..spec.storage import Storage

__all__ = ["WHY", "claim_template", "stateful_set"]

_NOTHING_WRITTEN = StatefulSetRollout.model_construct()
_RETENTION_SINCE = 27
"""Kubernetes 1.27 deletes claims when it is told to; before, it refuses the field or ignores it."""
_REVISION_HISTORY_SINCE = 33
"""Kubernetes 1.33 lets the revision history of a StatefulSet that exists be changed; before, it refuses every update
with another one: https://github.com/kubernetes/kubernetes/issues/130263"""

WHY = {
    "spec.minReadySeconds": "a pod that dies within 10 seconds of being ready stops the roll-out",
    "spec.updateStrategy.type": "one pod after the other, the last one first",
    "spec.persistentVolumeClaimRetentionPolicy.whenScaled": "a replica that comes back finds its data",
    "spec.volumeClaimTemplates[*].metadata.name": "the volume of the data",
    "spec.volumeClaimTemplates[*].spec.accessModes": "one pod writes to a claim",
}
"""What is always so, and why: by the place in the object, of which `[*]` is any index."""


def stateful_set(  # noqa: PLR0913 - what a StatefulSet is made of
    pods: Pods,
    template: dict[str, Any],
    *,
    service_name: str,
    replicas: int | None,
    claims: Sequence[dict[str, Any]],
    retention: str,
    rollout: StatefulSetRollout | None,
    management: str | None,
    rules: Rules,
) -> Manifest:
    """Run *template* with *claims* for each replica, under stable names below the Service *service_name*.

    *retention* says what becomes of the claims with the StatefulSet, *management* how the pods start, where that is not
    adopted.
    """
    own, minor = rollout or _NOTHING_WRITTEN, rules.platform.kubernetes_minor
    history = rules.epoch.revision_history if minor >= _REVISION_HISTORY_SINCE else None
    # without a partition, the controller may bring a deleted pod back at the old revision, be it broken or not
    least = 0 if rules.epoch.deleted_pods_updated and own.partition is None else own.partition
    rolling = present({"partition": least, "maxUnavailable": own.max_unavailable})
    kept = {"whenDeleted": retention, "whenScaled": "Retain"} if claims and minor >= _RETENTION_SINCE else None
    return manifest(
        "StatefulSet",
        pods,
        spec=present(
            {
                "serviceName": pods.adopted.service_name or service_name,
                "replicas": replicas,
                "podManagementPolicy": pods.adopted.pod_management or management,
                "revisionHistoryLimit": history if own.revision_history_limit is None else own.revision_history_limit,
                "minReadySeconds": own.seconds_ready,
                "updateStrategy": present({"type": "RollingUpdate", "rollingUpdate": rolling or None}),
                "selector": {"matchLabels": dict(pods.selector)},
                "persistentVolumeClaimRetentionPolicy": kept,
                "volumeClaimTemplates": [*claims] or None,
                "template": template,
            }
        ),
    )


def claim_template(pods: Pods, name: str, storage: Storage | Disk | FurtherDisk, platform: Platform) -> dict[str, Any]:
    """Return the claim of each replica; it cannot be changed later, so nothing a user changes in normal life is in it."""
    modes = None if isinstance(storage, Storage) else storage.access_modes
    given = None if pods.adopted.without_class else platform.storage_class_name
    return {
        "metadata": present({"name": name, "labels": dict(pods.claim_labels) or None}),
        "spec": present(
            {
                "accessModes": [*(modes or ("ReadWriteOnce",))],
                "storageClassName": given if storage.storage_class_name is None else storage.storage_class_name,
                "resources": {"requests": {"storage": storage.size}},
            }
        ),
    }
