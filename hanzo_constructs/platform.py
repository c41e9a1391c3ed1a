"""Platform settings: what the clusters and the company agree on, and which epoch holds."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Literal

from pydantic import BeforeValidator

from .epochs import EPOCHS, Epoch, PodSecurity, Severity, epoch_name
from .errors import PlatformError
from .kube.fields import shown
from .kube.images import ImageReference
from .kube.model import CheckedModel, Items, Model, Problem
from .kube.names import DnsLabel, ObjectName, StorageClassName, label_value_problem
from .kube.places import place_problem
from .kube.s3 import S3Bucket, S3Endpoint
from .kube.since import FeatureGate
from .kube.urls import url_problem
from .platform_rules import PlatformRule

__all__ = [
    "EPOCHS",
    "Epoch",
    "Exposure",
    "GatewayParent",
    "Keda",
    "Platform",
    "PodSecurity",
    "Rules",
    "SecretStore",
    "Severity",
    "kubernetes_minor",
    "rules_for",
]

Exposure = Literal["ingress", "gateway"]

_OLDEST, _NEWEST = 25, 37
_TRAFFIC_SINCE = {"PreferSameZone": 31, "PreferSameNode": 34}
"""Kubernetes 1.31 enables ServiceTrafficDistribution, 1.34 PreferSameTrafficDistribution."""
_DEVICES_SINCE = 34
"""Kubernetes 1.34 has resource.k8s.io/v1 and enables DynamicResourceAllocation."""
_USER_NAMESPACES_SINCE = 33
"""Kubernetes 1.33 enables UserNamespacesSupport."""


@cache
def kubernetes_minor(version: str) -> int:
    """Return 30 for "1.30"; raises ValueError for what is not a version 1.25 to 1.37."""
    matched = re.fullmatch(r"1\.(\d{1,2})", version)
    if not matched or not _OLDEST <= int(matched[1]) <= _NEWEST:
        raise ValueError(f"must be a Kubernetes version from 1.{_OLDEST} to 1.{_NEWEST}, got {shown(version)}")
    return int(matched[1])


def _kubernetes_version(value: object) -> object:
    if isinstance(value, float):
        raise ValueError(f'expected a string such as "1.30", got {value}; quote it')
    if isinstance(value, str):
        kubernetes_minor(value)
    return value


def _overlay_setting(value: object) -> object:
    if isinstance(value, list | tuple) and all(isinstance(each, str) for each in value):
        return tuple(value)
    if value not in ("allow", "deny"):
        raise ValueError(f"must be allow, deny or a list of places, got {shown(value)}")
    return value


class GatewayParent(Model):
    """A Gateway of the Gateway API that stands in the cluster, to which routes attach."""

    name: ObjectName
    """Name of the Gateway."""
    namespace: DnsLabel | None = None
    """Its namespace; left out, that of each resource."""
    section_name: ObjectName | None = None
    """Name of its listener for HTTPS, or of the only one that is meant; left out, every listener that takes the host."""
    http_section_name: ObjectName | None = None
    """Name of its listener for HTTP: for redirects to HTTPS, and for hosts without TLS."""


class SecretStore(Model):
    """A secret store of the External Secrets operator, from which secrets are read."""

    name: ObjectName
    """Name of the store."""
    kind: Literal["ClusterSecretStore", "SecretStore"] = "ClusterSecretStore"
    """Whether it serves the whole cluster, or the namespace that it stands in."""


class Keda(CheckedModel):
    """KEDA, which starts and stops pods by what it asks others."""

    prometheus: str
    """URL of the Prometheus that it asks."""

    def problems(self) -> Iterator[Problem]:
        """Refuse what is no URL."""
        if problem := url_problem(self.prometheus):
            yield Problem(("prometheus",), problem)


class Platform(CheckedModel):
    """What the clusters and the company agree on; every setting has a default."""

    refusal = PlatformError

    api_group: ObjectName = "hanzo.ai"
    """API group in the apiVersion of resources: `hanzo.ai`, or the group that your operator was installed with."""
    namespace: DnsLabel | None = None
    """Namespace of resources that name none."""
    epoch: Annotated[str, BeforeValidator(epoch_name)] = "2026"
    """Epoch of resources that pin none with the annotation `hanzo.ai/epoch`."""
    kubernetes: Annotated[str, BeforeValidator(_kubernetes_version)] = "1.30"
    """Oldest Kubernetes version that the manifests must work on, 1.25 or later."""
    feature_gates: Items[FeatureGate] = ()
    """Feature gates that the clusters have on although Kubernetes leaves them off, such as `ImageVolume` before 1.35."""
    cluster_domain: ObjectName = "cluster.local"
    """DNS domain of the cluster."""
    pod_security: PodSecurity | None = None
    """Hardening of every pod; left out, the epoch decides for each kind."""
    exposure: Exposure = "ingress"
    """How hosts are served: by an Ingress, or by HTTPRoutes of the Gateway API, which attach to `gateway`."""
    gateway: GatewayParent | None = None
    """The Gateway that HTTPRoutes attach to; required where exposure is gateway."""
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
    traffic_distribution: Literal["PreferSameZone", "PreferSameNode"] | None = None
    """Which of several pods the clients of a Service reach first, where the pods are spread; left out, any. Before
    Kubernetes 1.34 the same zone is called PreferClose."""
    secret_store: SecretStore | None = None
    """The secret store of secrets that name none; required where one is used."""
    cilium: bool = False
    """Whether Cilium enforces network policies, so that connections to hosts by name can be let through."""
    user_namespaces: bool = False
    """Whether users of containers are no users of their node (`hostUsers: false`), from Kubernetes 1.33 on."""
    gpu_allocation: Literal["devicePlugin", "dra"] = "devicePlugin"
    """How pods get GPUs: from a device plugin, or as claims of devices (dynamic resource allocation), from Kubernetes
    1.34 on."""
    keda: Keda | None = None
    """KEDA, where the clusters have it, for autoscalers that let the last pod go."""
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
    overlay: Annotated[Literal["allow", "deny"] | tuple[str, ...], BeforeValidator(_overlay_setting)] = "allow"
    """What resources may lay over their children: `allow` everything, `deny` it, or a list of places such as
    `Deployment.spec.template.spec.hostNetwork`, each of which opens what stands below it too."""
    output: Literal["children", "resources"] = "children"
    """What is written: the children, or the resources themselves, for clusters that run an operator."""
    # Every model has `rules`, those between its fields; the wire name has no underscore, and code may use it too.
    rules_: Items[PlatformRule] = ()
    """Rules of the company, in CEL: what must hold of resources, of the objects that are written, and of all together."""

    def problems(self) -> Iterator[Problem]:
        """Refuse what no cluster would take."""
        if problem := url_problem(self.kms_host_api):
            yield Problem(("kmsHostApi",), problem)
        if problem := label_value_problem(self.managed_by):
            yield Problem(("managedBy",), problem)
        if self.exposure == "gateway" and self.gateway is None:
            yield Problem(("gateway",), "required because exposure is gateway: the name of the Gateway in the cluster")
        for index, place in enumerate(self.overlay if isinstance(self.overlay, tuple) else ()):
            if problem := place_problem(place):
                yield Problem(("overlay", index), problem)
        seen: dict[str, int] = {}
        for index, rule in enumerate(self.rules_):
            if (first := seen.setdefault(rule.name, index)) != index:
                yield Problem(("rules", index, "name"), f"{rule.name} is the name of two rules (also rules[{first}])")
        yield from self._newer_than_the_clusters()

    def _newer_than_the_clusters(self) -> Iterator[Problem]:
        """Refuse settings that the oldest cluster cannot follow."""
        since = _TRAFFIC_SINCE[self.traffic_distribution] if self.traffic_distribution else 0
        namespaces = _USER_NAMESPACES_SINCE if self.user_namespaces else 0
        devices = _DEVICES_SINCE if self.gpu_allocation == "dra" else 0
        for setting, minor in (
            ("trafficDistribution", since),
            ("userNamespaces", namespaces),
            ("gpuAllocation", devices),
        ):
            if minor > self.kubernetes_minor:
                message = f"needs Kubernetes 1.{minor}, but kubernetes is {self.kubernetes}; leave it out"
                yield Problem((setting,), message)

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
    is_fixed: bool = False
    """Whether the pods are hardened so whatever the resource and the platform say."""


def rules_for(
    platform: Platform,
    *,
    epoch: str | None,
    pod_security: PodSecurity | None,
    stateful: bool,
    is_fixed: bool = False,
    epochs: Mapping[str, Epoch] | None = None,
) -> Rules:
    """Return the rules of a resource that pins *epoch* and *pod_security*, or neither, on *platform*."""
    chosen = (EPOCHS if epochs is None else epochs)[epoch or platform.epoch]
    by_epoch = chosen.stateful_pod_security if stateful else chosen.pod_security
    return Rules(platform, chosen, pod_security or platform.pod_security or by_epoch, is_fixed)
