"""Parts of a spec that the kinds of v1alpha1 share."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from ...kube.core import LabelSelector
from ...kube.core.scalars import NonNegative32, NonNegative64, Port, Positive32, Time, Weight
from ...kube.model import Items, Mapping, Model
from ...kube.quantity import AMOUNT_FORM, Quantity
from ...spec.status import Column, Condition

__all__ = [
    "Autoscaling",
    "Image",
    "Ingress",
    "KmsSecret",
    "Metadata",
    "Monitor",
    "OldStatus",
    "PathRule",
    "Peer",
    "Policy",
    "Probe",
    "SecretReference",
    "ServicePort",
    "Storage",
    "ZeroTrustPolicy",
]


class Metadata(Model):
    """Name, namespace, labels and annotations of a resource."""

    name: str
    """Name of the resource."""
    namespace: str | None = None
    """Namespace of the resource."""
    labels: Mapping[str] = Field(default_factory=dict)
    """Labels of the resource."""
    annotations: Mapping[str] = Field(default_factory=dict)
    """Annotations of the resource."""


class Image(Model):
    """A container image."""

    repository: str
    """Repository of the image."""
    tag: str = "latest"
    """Tag of the image."""
    pull_policy: Literal["Always", "IfNotPresent", "Never"] = "IfNotPresent"
    """When the image is pulled."""


class Probe(Model):
    """A probe by HTTP."""

    path: str = "/health"
    """Path that is asked."""
    port: NonNegative32
    """Port that is asked."""
    initial_delay_seconds: NonNegative32 = 5
    """Seconds before the first probe."""
    period_seconds: Positive32 = 10
    """Seconds between two probes."""


class SecretReference(Model):
    """A Secret in a namespace."""

    name: str | None = None
    """Name of the Secret."""
    namespace: str | None = None
    """Namespace of the Secret."""


class KmsSecret(Model):
    """A Secret that is filled from the key management service."""

    host_api: Annotated[str, Field(alias="hostAPI")] = "https://kms.hanzo.ai/api"
    """URL of the key management service."""
    project_slug: str
    """Project the secrets belong to."""
    env_slug: str
    """Environment of the project."""
    secrets_path: str
    """Path of the secrets within the environment."""
    credentials_ref: SecretReference
    """Secret with the credentials for the service."""
    resync_interval: Annotated[Positive32, Field(ge=10)] = 60
    """Seconds between two comparisons with the service."""
    managed_secret_name: str
    """Name of the Secret that is filled."""


class PathRule(Model):
    """A path that leads to a port."""

    path: str
    """Path that is matched."""
    path_type: Literal["Exact", "Prefix", "ImplementationSpecific"]
    """How the path is matched."""
    port: Port
    """Port of the Service."""
    service_name: str | None = None
    """Another Service that answers below the path."""


class ZeroTrustPolicy(Model):
    """Who may pass the ingress; nothing enforced it."""

    enabled: bool = False
    """Whether the policy was meant to hold."""
    allowed_emails: Items[str] = ()
    """Addresses of people."""
    allowed_domains: Items[str] = ()
    """Domains of such addresses."""
    allowed_groups: Items[str] = ()
    """Groups of identity and access management."""
    session_duration: str = "24h"
    """How long a session lasts."""
    iam_endpoint: str | None = None
    """URL of identity and access management."""


class Ingress(Model):
    """A way in from outside the cluster."""

    enabled: bool = False
    """Whether there is an Ingress."""
    hosts: Items[str] = ()
    """Host names."""
    ingress_class_name: str = "ingress"
    """Class of the Ingress."""
    tls: bool = True
    """Whether TLS ends at the Ingress."""
    cluster_issuer: str = "letsencrypt-prod"
    """ClusterIssuer of the certificate."""
    path_rules: Items[PathRule] = ()
    """Further paths."""
    annotations: Mapping[str] = Field(default_factory=dict)
    """Annotations of the Ingress."""
    zero_trust_policy: ZeroTrustPolicy | None = None
    """Who may pass; nothing enforced it."""


class Peer(Model):
    """Pods that may connect."""

    pod_selector: LabelSelector | None = None
    """Labels of the pods."""
    namespace_selector: LabelSelector | None = None
    """Labels of their namespaces."""


class Policy(Model):
    """Who may connect."""

    enabled: bool = True
    """Whether there is a NetworkPolicy."""
    allow_from: Items[Peer] = ()
    """Further pods that may connect."""
    allow_ingress: bool = False
    """Whether everybody may connect."""
    allow_intra_namespace: bool = True
    """Whether the pods of the namespace may connect."""


class Autoscaling(Model):
    """Bounds and targets of an autoscaler."""

    enabled: bool = False
    """Whether there is an autoscaler."""
    min_replicas: Positive32 = 1
    """Fewest pods."""
    max_replicas: Positive32 = 10
    """Most pods."""
    target_cpu_utilization: Annotated[Weight, Field(alias="targetCPUUtilization")] = 80
    """Average CPU use to aim at, in percent."""
    target_memory_utilization: Weight | None = None
    """Average memory use to aim at, in percent."""


class Monitor(Model):
    """How Prometheus would scrape the pods; no monitor was made."""

    enabled: bool = False
    """Whether a monitor was meant."""
    metrics_port: str = "metrics"
    """Name of the port."""
    metrics_path: str = "/metrics"
    """Path of the metrics."""
    interval: str = "30s"
    """Time between two scrapes."""


class Storage(Model):
    """A claim for each replica."""

    storage_class_name: str = "do-block-storage"
    """Storage class of the claims."""
    size: Annotated[Quantity, AMOUNT_FORM]
    """Size of each claim."""
    retention_policy: Literal["Retain", "Delete"] = "Retain"
    """What was meant to become of the claims; it was ignored."""


class ServicePort(Model):
    """A port of the container and of the Service."""

    list_keys: ClassVar[tuple[str, ...]] = ("name",)

    name: str
    """Name of the port."""
    container_port: Port
    """Port the container listens on."""
    service_port: Port | None = None
    """Port of the Service."""
    protocol: Literal["TCP", "UDP", "SCTP"] = "TCP"
    """Transport protocol."""


class OldStatus(Model):
    """What the operator said of the resource."""

    columns: ClassVar[tuple[Column, ...]] = (
        Column("Phase", ".status.phase"),
        Column("Ready", ".status.readyReplicas", "integer"),
    )

    phase: str | None = None
    """State of the resource in one word."""
    ready_replicas: NonNegative32 | None = None
    """Pods that are ready."""
    available_replicas: NonNegative32 | None = None
    """Pods that have been ready for a while."""
    conditions: Items[Condition] = ()
    """Aspects of the state."""
    observed_generation: NonNegative64 | None = None
    """Generation of the resource that the status is about."""
    endpoints: Items[str] = ()
    """URLs by which the workload is reached."""
    connection_string: str | None = None
    """URL by which clients connect."""
    last_backup: Time | None = None
    """When a backup last succeeded."""
    route_count: NonNegative32 | None = None
    """Number of routes of a gateway."""
    current_writer: str | None = None
    """Pod that takes writes."""
    term: NonNegative64 | None = None
    """Number of the election that chose the writer."""
