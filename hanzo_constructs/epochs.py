"""Epochs: the derivation rules as data.

A changed default is a new epoch, never a silent change. The platform chooses one, and a resource may pin one with the
annotation `hanzo.ai/epoch`.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from .kube.fields import shown

__all__ = ["EPOCHS", "Epoch", "PodSecurity", "PreStop", "Severity", "epoch_name"]

PodSecurity = Literal["restricted", "baseline", "none"]
PreStop = Literal["shell in every container", "native in every container"]
Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Epoch:
    """A named set of derivation rules; a field is a rule, its comment says what follows from it."""

    name: str
    pod_security: PodSecurity
    """Hardening of Service-shaped kinds."""
    stateful_pod_security: PodSecurity
    """Hardening of kinds that keep data: their images start as root more often."""
    automount_token: bool
    """Whether the service account token is mounted when no service account is named."""
    service_links: bool
    """Whether the environment is filled with one variable for each Service of the namespace."""
    pre_stop: PreStop
    """How a container waits until it has left every load balancer."""
    native_sidecars: bool
    """Whether sidecars are started before the main container and stopped after it, by Kubernetes."""
    fs_group_change_policy: Literal["OnRootMismatch"] | None
    """How the files of volumes get the pod's fsGroup; None leaves it to Kubernetes, which changes every file at every
    start."""
    supplemental_groups: Literal["Strict"] | None
    """Which groups of an image's user processes belong to; None leaves it to Kubernetes, which adds those of the image."""
    schema_hash: bool
    """Whether the pods of an application are restarted by a change of the schema written in its spec."""
    progress_deadline: bool
    """Whether a rollout may take longer than Kubernetes' ten minutes where the probes allow that."""
    topology_spread: bool
    """Whether replicas are spread over hosts and zones."""
    default_readiness: bool
    """Whether a workload with ports and no probe is probed by TCP."""
    pull_policy: Literal["IfNotPresent"] | None
    """How the main container's image is pulled where nobody says; None leaves it to Kubernetes, which goes by the tag."""
    component_by_kind: bool
    """Whether the label component of what keeps data says what it is where the resource names no component."""
    revision_history: int | None
    """Old ReplicaSets kept; None leaves Kubernetes' default of 10."""
    version_label_on_pods: bool
    """Whether the image's version is a pod label too."""
    budget: Literal["maxUnavailable", "minAvailable"]
    """Which bound of a disruption budget is 1 when none is given."""
    evict_unhealthy: bool
    """Whether pods that are not ready can always be evicted."""
    policy_admits_platform: bool
    """Whether a network policy lets in whom the resources of the set declare to need the workload."""
    default_max_replicas: int | None
    """Upper bound of an autoscaler without one; None makes it required."""
    pod_management: Literal["Parallel"] | None
    """How the pods of a StatefulSet start; None: one after the other, each when the one before is ready."""
    deleted_pods_updated: bool
    """Whether a pod of a StatefulSet that is deleted during a rollout comes back at the newest revision."""
    stateful_grace: int
    """Seconds that a pod which keeps data gets to stop."""
    image_facts: bool
    """Whether a datastore's claim is mounted where its image keeps the data, and not where the old operator did."""
    store_group: bool
    """Whether a datastore's claim belongs to a group that its image can write with, where nobody names one."""
    engine_settings: bool
    """Whether a datastore's engine is told by arguments and variables what the user did not write: directories, ports."""
    engine_ports: bool
    """Whether a datastore's pods name every port; else they name one, `data`."""
    engine_readiness: bool
    """Whether a datastore is asked in its engine's own way whether it is ready, and not by TCP alone."""
    engine_protocol: bool
    """Whether the port of an engine that speaks first says so, so that no proxy waits for its clients to begin."""
    backup_without_target: Severity
    """What a backup gets that nobody could take; as a warning it is left out."""
    backup_room: bool
    """Whether the job of a backup asks for room on the disk of the node, and is stopped when it takes far more."""
    quorum_budget: bool
    """Whether a replicated application gets a disruption budget that never costs it its majority."""
    quorum_rollout: bool
    """Whether a rollout of a replicated application replaces as many pods at once as leave it its majority."""
    ingress_class_style: Literal["annotation", "field"]
    """Where the class of an Ingress is written."""
    prefix_routes: bool
    """Whether a route of a gateway answers below its prefix too, and not at the prefix alone."""
    config_argument: bool
    """Whether a gateway is told which configuration to read, and its image does not decide."""
    gateway_builds: bool
    """Whether the image of a gateway is a pinned KrakenD where nobody names one, and what it is known to hold decides its
    metrics, its user and when it is ready."""
    lattice_budget_from: int
    """From how many replicas on a Lattice workload gets a disruption budget."""
    shared_memory_by_gpu: bool
    """Whether the shared memory of a model grows with its GPUs, whose processes exchange what they compute by it."""
    contradictions: Severity
    """What a value gets that the old operator took and overruled (replicas beside an autoscaler)."""


EPOCHS: MappingProxyType[str, Epoch] = MappingProxyType(
    {
        epoch.name: epoch
        for epoch in (
            Epoch(
                name="2025",
                pod_security="none",
                stateful_pod_security="none",
                automount_token=True,
                service_links=True,
                pre_stop="shell in every container",
                native_sidecars=False,
                fs_group_change_policy=None,
                supplemental_groups=None,
                schema_hash=False,
                progress_deadline=False,
                topology_spread=False,
                default_readiness=False,
                pull_policy="IfNotPresent",
                component_by_kind=True,
                revision_history=None,
                version_label_on_pods=True,
                budget="minAvailable",
                evict_unhealthy=False,
                policy_admits_platform=False,
                default_max_replicas=10,
                pod_management=None,
                deleted_pods_updated=False,
                stateful_grace=30,
                image_facts=False,
                store_group=False,
                engine_settings=False,
                engine_ports=False,
                engine_readiness=False,
                engine_protocol=False,
                backup_without_target="warning",
                backup_room=False,
                quorum_budget=False,
                quorum_rollout=False,
                ingress_class_style="annotation",
                prefix_routes=False,
                config_argument=False,
                gateway_builds=False,
                lattice_budget_from=2,
                shared_memory_by_gpu=False,
                contradictions="warning",
            ),
            Epoch(
                name="2026",
                pod_security="restricted",
                stateful_pod_security="baseline",
                automount_token=False,
                service_links=False,
                pre_stop="native in every container",
                native_sidecars=True,
                fs_group_change_policy="OnRootMismatch",
                supplemental_groups="Strict",
                schema_hash=True,
                progress_deadline=True,
                topology_spread=True,
                default_readiness=True,
                pull_policy=None,
                component_by_kind=False,
                revision_history=3,
                version_label_on_pods=False,
                budget="maxUnavailable",
                evict_unhealthy=True,
                policy_admits_platform=True,
                default_max_replicas=None,
                pod_management="Parallel",
                deleted_pods_updated=True,
                stateful_grace=120,
                image_facts=True,
                store_group=True,
                engine_settings=True,
                engine_ports=True,
                engine_readiness=True,
                engine_protocol=True,
                backup_without_target="error",
                backup_room=True,
                quorum_budget=True,
                quorum_rollout=True,
                ingress_class_style="field",
                prefix_routes=True,
                config_argument=True,
                gateway_builds=True,
                lattice_budget_from=1,
                shared_memory_by_gpu=True,
                contradictions="error",
            ),
        )
    }
)
"""Every epoch by name, oldest first."""


def epoch_name(value: object) -> object:
    """Return *value* as the name of an epoch; raises ValueError where it is none."""
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)  # a bare 2026 in YAML or TOML is a number
    if not isinstance(value, str) or value not in EPOCHS:
        raise ValueError(f"must be one of {', '.join(EPOCHS)}, got {shown(value)}")
    return value
