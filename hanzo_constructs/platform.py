"""Platform settings, and epochs: the derivation rules as data.

A changed default is a new epoch, never a silent change. The platform chooses one, and a resource may pin one
with the annotation `hanzo.ai/epoch`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from types import MappingProxyType
from typing import Annotated, Literal

from pydantic import BeforeValidator

from .errors import PlatformError
from .kube.fields import shown
from .kube.images import ImageReference
from .kube.model import CheckedModel, Items, Problem
from .kube.names import DnsLabel, ObjectName, StorageClassName, label_value_problem
from .kube.s3 import S3Bucket, S3Endpoint
from .kube.since import FeatureGate
from .kube.urls import url_problem

__all__ = ["EPOCHS", "Epoch", "Platform", "PodSecurity", "Rules", "Severity", "kubernetes_minor", "rules_for"]

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
    ingress_class_style: Literal["annotation", "field"]
    """Where the class of an Ingress is written."""
    prefix_routes: bool
    """Whether a route of a gateway answers below its prefix too, and not at the prefix alone."""
    config_argument: bool
    """Whether a gateway is told which configuration to read, and its image does not decide."""
    gateway_builds: bool
    """Whether the image of a gateway is a pinned KrakenD where nobody names one, and what it is known to hold decides its
    metrics, its user and when it is ready."""
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
                ingress_class_style="annotation",
                prefix_routes=False,
                config_argument=False,
                gateway_builds=False,
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
                ingress_class_style="field",
                prefix_routes=True,
                config_argument=True,
                gateway_builds=True,
                contradictions="error",
            ),
        )
    }
)
"""Every epoch by name, oldest first."""

_OLDEST, _NEWEST = 25, 37


def kubernetes_minor(version: str) -> int:
    """Return 30 for "1.30"; raises ValueError for what is not a version 1.25 to 1.37."""
    matched = re.fullmatch(r"1\.(\d{1,2})", version)
    if not matched or not _OLDEST <= int(matched[1]) <= _NEWEST:
        raise ValueError(f"must be a Kubernetes version from 1.{_OLDEST} to 1.{_NEWEST}, got {shown(version)}")
    return int(matched[1])


def _epoch_name(value: object) -> object:
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)  # a bare 2026 in YAML or TOML is a number
    if not isinstance(value, str) or value not in EPOCHS:
        raise ValueError(f"must be one of {', '.join(EPOCHS)}, got {shown(value)}")
    return value


def _kubernetes_version(value: object) -> object:
    if isinstance(value, float):
        raise ValueError(f'expected a string such as "1.30", got {value}; quote it')
    if isinstance(value, str):
        kubernetes_minor(value)
    return value


class Platform(CheckedModel):
    """What the clusters and the company agree on; every setting has a default."""

    refusal = PlatformError

    api_group: ObjectName = "hanzo.ai"
    """API group in the apiVersion of resources: `hanzo.ai`, or the group that your operator was installed with."""
    namespace: DnsLabel | None = None
    """Namespace of resources that name none."""
    epoch: Annotated[str, BeforeValidator(_epoch_name)] = "2026"
    """Epoch of resources that pin none with the annotation `hanzo.ai/epoch`."""
    kubernetes: Annotated[str, BeforeValidator(_kubernetes_version)] = "1.30"
    """Oldest Kubernetes version that the manifests must work on, 1.25 or later."""
    feature_gates: Items[FeatureGate] = ()
    """Feature gates that the clusters have on although Kubernetes leaves them off, such as `ImageVolume` before 1.35."""
    cluster_domain: ObjectName = "cluster.local"
    """DNS domain of the cluster."""
    pod_security: PodSecurity | None = None
    """Hardening of every pod; left out, the epoch decides for each kind."""
    ingress_class_name: ObjectName = "ingress"
    """Ingress class of resources that name none."""
    ingress_class_style: Literal["annotation", "field"] | None = None
    """Where the class is written: the annotation `kubernetes.io/ingress.class`, or the field `spec.ingressClassName`;
    left out, the field (in epoch 2025 the annotation)."""
    cluster_issuer: ObjectName = "letsencrypt-prod"
    """cert-manager ClusterIssuer of ingresses that name none; `none` where there is no cert-manager."""
    storage_class_name: StorageClassName = "do-block-storage"
    """Storage class of claims that name none; an empty string asks for volumes that are there already."""
    kms_host_api: str = "https://kms.hanzo.ai/api"
    """URL of the key management service of secrets that name none."""
    ingress_namespace: DnsLabel = "ingress"
    """Namespace of the ingress controller, let in by network policies."""
    monitoring_namespace: DnsLabel = "monitoring"
    """Namespace of Prometheus, let in by network policies."""
    require_image_digest: bool = False
    """Whether every image must have a digest; one without is an error."""
    read_only_root_filesystem: bool = False
    """Whether containers get a read-only root filesystem, and an emptyDir at /tmp."""
    backup_image: ImageReference | None = None
    """Image of backup jobs, with the tools for each engine; left out, the image of the engine."""
    backup_s3_endpoint: S3Endpoint | None = None
    """S3 endpoint of backups that name none."""
    backup_s3_bucket: S3Bucket | None = None
    """S3 bucket of backups that name none."""
    backup_s3_credentials_secret: ObjectName | None = None
    """Secret with the S3 credentials of backups that name none."""
    managed_by: str = "hanzo-constructs"
    """Value of the label `app.kubernetes.io/managed-by`."""
    output: Literal["children", "resources"] = "children"
    """What is written: the children, or the resources themselves, for clusters that run an operator."""

    def problems(self) -> Iterator[Problem]:
        """Refuse what no cluster would take."""
        if problem := url_problem(self.kms_host_api):
            yield Problem(("kmsHostApi",), problem)
        if problem := label_value_problem(self.managed_by):
            yield Problem(("managedBy",), problem)

    @property
    def kubernetes_minor(self) -> int:
        """The minor version of `kubernetes`."""
        return kubernetes_minor(self.kubernetes)


@dataclass(frozen=True, slots=True)
class Rules:
    """What holds for one resource: its platform, its epoch, and how its pods are hardened."""

    platform: Platform
    epoch: Epoch
    pod_security: PodSecurity


def rules_for(platform: Platform, *, epoch: str | None, pod_security: PodSecurity | None, stateful: bool) -> Rules:
    """Return the rules of a resource that pins *epoch* and *pod_security*, or neither, on *platform*."""
    chosen = EPOCHS[epoch or platform.epoch]
    by_epoch = chosen.stateful_pod_security if stateful else chosen.pod_security
    return Rules(platform, chosen, pod_security or platform.pod_security or by_epoch)
