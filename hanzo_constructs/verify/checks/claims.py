"""A claim that the pods of one node can mount has one pod of one workload, at a rollout too."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...errors import Finding
from ...kube.fields import Path, field_path
from ...kube.kinds import SCALABLE
from ..facts import Workload
from ..index import SetIndex
from ..objects import Origin

__all__ = ["claim_findings"]

_Mounts = dict[tuple[str, str], list[tuple[Workload, Path]]]
"""Who mounts a claim, and where that is said, by the namespace and name of the claim."""


def claim_findings(set_index: SetIndex) -> Iterator[tuple[Origin, Finding]]:
    """Yield workloads whose pod would wait for a claim of the set: pods of other nodes cannot mount it."""
    if not (set_index.exclusive_claims or set_index.claim_templates):
        return
    scaled = {scaler.target: scaler.most for scaler in set_index.scalers}
    mounts: _Mounts = {}
    for key, workload in set_index.workloads.items():
        origin = workload.origin
        for name, path in workload.claims:
            mounts.setdefault((origin.namespace, name), []).append((workload, path))
            claim = set_index.exclusive_claims.get((origin.namespace, name))
            if claim and (reason := _second_pod(workload, scaled.get(key))):
                message = f"one node at a time can mount {claim.described}, but {reason}"
                yield origin, Finding(message, field_path(path), severity=origin.severity)
    yield from _shared_claims(set_index, mounts)


def _second_pod(workload: Workload, most: int | None) -> str:
    """Say why there is more than one pod, if there is; *most* is what an autoscaler starts."""
    if workload.origin.kind == "DaemonSet":
        return "a DaemonSet runs a pod on every node; use a claim that is ReadWriteMany"
    if workload.origin.kind not in SCALABLE:
        return ""
    if most is not None and most > 1:
        return f"an autoscaler starts up to {most} pods; use a claim that is ReadWriteMany"
    if workload.replicas is not None and workload.replicas > 1:
        return f"there are {workload.replicas} replicas; write 1, or use a claim that is ReadWriteMany"
    if workload.surges and workload.replicas != 0:
        return "a rollout starts the new pod before the old one stops and never ends; write strategy: Recreate"
    return ""


def _shared_claims(set_index: SetIndex, mounts: _Mounts) -> Iterator[tuple[Origin, Finding]]:
    """Yield who mounts a claim that another workload holds as long as it runs, unless one of them says where it runs."""
    for (namespace, name), users in mounts.items():
        if not (found := _holder(set_index, namespace, name, users)):
            continue
        claim, holder = found
        for workload, path in users:
            if workload is not holder and not (workload.placed or holder.placed or workload.replicas == 0):
                message = (
                    f"one node at a time can mount {claim}, but {holder.origin.described} mounts it too; use a claim that"
                    " is ReadWriteMany, or keep the pods of both on one node"
                )
                yield workload.origin, Finding(message, field_path(path), severity="warning")


def _holder(
    set_index: SetIndex, namespace: str, name: str, users: Sequence[tuple[Workload, Path]]
) -> tuple[str, Workload] | None:
    """Return the claim *name* as messages name it, and what mounts it all the time; None where several nodes can."""
    if owner := set_index.claim_owner(namespace, name):
        return f"the claim {name}", owner
    if claim := set_index.exclusive_claims.get((namespace, name)):
        lasting = (each for each, _ in users if not each.transient and each.replicas != 0)
        if holder := next(lasting, None):
            return claim.described, holder
    return None
