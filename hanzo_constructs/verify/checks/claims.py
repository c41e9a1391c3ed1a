"""A claim that the pods of one node can mount has one pod, at a rollout too."""

from __future__ import annotations

from collections.abc import Iterator

from ...errors import Finding
from ...kube.fields import field_path
from ..facts import Facts, Workload
from ..kinds import SCALABLE
from ..objects import Origin

__all__ = ["claim_findings"]


def claim_findings(facts: Facts) -> Iterator[tuple[Origin, Finding]]:
    """Yield workloads whose second pod would wait for a claim of the set: pods of other nodes cannot mount it."""
    if not facts.exclusive_claims:
        return
    scaled = {scaler.target: scaler.most for scaler in facts.scalers}
    for key, workload in facts.workloads.items():
        origin = workload.origin
        for name, path in workload.claims if origin.kind in SCALABLE else ():
            claim = facts.exclusive_claims.get((origin.namespace, name))
            if claim and (reason := _second_pod(workload, scaled.get(key))):
                message = f"one node at a time can mount {claim.described}, but {reason}"
                yield origin, Finding(message, field_path(path), severity=origin.severity)


def _second_pod(workload: Workload, most: int | None) -> str:
    """Say why there is more than one pod, if there is; *most* is what an autoscaler starts."""
    if most is not None and most > 1:
        return f"an autoscaler starts up to {most} pods; use a claim that is ReadWriteMany"
    if workload.replicas is not None and workload.replicas > 1:
        return f"there are {workload.replicas} replicas; write 1, or use a claim that is ReadWriteMany"
    if workload.surges and workload.replicas != 0:
        return "a rollout starts the new pod before the old one stops and never ends; write strategy: Recreate"
    return ""
