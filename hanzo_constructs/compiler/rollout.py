"""Warnings and errors about a rollout: a second pod where only one can run, and what older clusters do not know."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from ..errors import Finding
from ..platform import Rules
from ..spec.rollout import DEFAULT_DEADLINE, DeploymentRollout, StatefulSetRollout

if TYPE_CHECKING:
    from ..kube.core import Container, ResourceRequirements, Volume
    from ..spec.base import BaseSpec
    from ..spec.service import StatelessSpec

__all__ = ["deployment_rollout_findings", "replaces_several", "stateful_set_rollout_findings", "surge_findings"]

_HISTORY_CHANGES_SINCE = 33
"""Kubernetes 1.33 lets the revision history of a StatefulSet that exists be changed."""
_SEVERAL_MISSING_SINCE = 37
"""Kubernetes 1.37 enables maxUnavailable of a StatefulSet; before, the field is dropped without a word."""

_DISKS = (
    "aws_elastic_block_store",
    "azure_disk",
    "cinder",
    "fc",
    "gce_persistent_disk",
    "iscsi",
    "rbd",
    "vsphere_volume",
)
"""Sources of volumes that one node at a time can write to."""


def deployment_rollout_findings(rollout: DeploymentRollout | None, rules: Rules) -> Iterator[Finding]:
    """Yield what only the epoch refuses in *rollout*."""
    if rollout is None or rules.epoch.progress_deadline or rollout.progress_deadline_seconds is not None:
        return
    if rollout.seconds_ready >= DEFAULT_DEADLINE:
        message = (
            f"must be less than progressDeadlineSeconds, which Kubernetes sets to {DEFAULT_DEADLINE}; "
            f"write a longer one, got {rollout.seconds_ready}"
        )
        yield Finding(message, "spec.rollout.minReadySeconds")


def stateful_set_rollout_findings(rollout: StatefulSetRollout | None, rules: Rules) -> Iterator[Finding]:
    """Yield what the oldest cluster does not do of *rollout*."""
    if rollout is None:
        return
    oldest, minor = rules.platform.kubernetes, rules.platform.kubernetes_minor
    if rollout.max_unavailable is not None and minor < _SEVERAL_MISSING_SINCE:
        message = (
            f"is followed by StatefulSets since Kubernetes 1.{_SEVERAL_MISSING_SINCE}, "
            f"but the platform's oldest cluster is {oldest}"
        )
        yield Finding(message, "spec.rollout.maxUnavailable")
    if rollout.revision_history_limit is not None and minor < _HISTORY_CHANGES_SINCE:
        message = (
            f"can be changed on a StatefulSet that exists since Kubernetes 1.{_HISTORY_CHANGES_SINCE}, "
            f"but the platform's oldest cluster is {oldest}: such a cluster refuses the update"
        )
        yield Finding(message, "spec.rollout.revisionHistoryLimit", severity="warning")


def replaces_several(spec: BaseSpec, rules: Rules) -> bool:
    """Tell whether a rollout of *spec* replaces as many pods at once as its quorum bears, which is what its budget says."""
    several = rules.epoch.quorum_rollout and spec.replicas >= 3 and not spec.has_own_budget
    return several and rules.platform.kubernetes_minor >= _SEVERAL_MISSING_SINCE


def surge_findings(spec: StatelessSpec) -> Iterator[Finding]:
    """Yield why a new pod may wait for ever for what the old one holds, unless *spec* says how pods are replaced."""
    if "strategy" in spec.model_fields_set or (spec.rollout and spec.rollout.max_surge is not None):
        return
    for held, unless in _held_by_one_pod(spec):
        message = (
            f"a rollout starts the new pod before the old one stops, but {held}, so that the new one may wait for ever; "
            f"write strategy: Recreate, or RollingUpdate {unless}"
        )
        yield Finding(message, "spec.strategy", severity="warning")


def _held_by_one_pod(spec: StatelessSpec) -> Iterator[tuple[str, str]]:
    """Yield what only one pod, or the pods of one node, can have, and where that is not so."""
    claims = (claim.volume for claim in spec.persistence if claim.existing_claim)  # others are held against the set
    if disk := next(_disks((*spec.volumes, *claims)), None):
        yield f"{disk} is attached to one node at a time unless it is shared", "where it can be shared"
    containers = (*spec.sidecars, *spec.init_containers)
    if device := next(_devices((spec.resources, *(each.resources for each in containers))), None):
        yield f"the old one holds its {device}", "where the nodes have one to spare"
    if port := next(_host_ports(containers), None):
        yield f"the old one holds port {port} of its node", "where another node is free"


def _disks(volumes: Iterable[Volume]) -> Iterator[str]:
    for volume in volumes:
        if claim := volume.persistent_volume_claim:
            yield f"the claim {claim.claim_name}"
        for source in _DISKS:
            disk = getattr(volume, source)
            if disk is not None and not getattr(disk, "read_only", None):
                yield f"the volume {volume.name}"


def _devices(resources: Iterable[ResourceRequirements | None]) -> Iterator[str]:
    for each in resources:
        amounts: Mapping[str, str] = {**(each.requests or {}), **(each.limits or {})} if each else {}
        yield from (name for name in amounts if "/" in name)


def _host_ports(containers: Iterable[Container]) -> Iterator[int]:
    for container in containers:
        yield from (port.host_port for port in container.ports or () if port.host_port)
