"""HanzoService, which is Service in v1."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from ...kube.core import (
    Container,
    EnvFromSource,
    EnvVar,
    LocalObjectReference,
    ResourceRequirements,
    Volume,
    VolumeMount,
)
from ...kube.core.scalars import NonNegative32
from ...kube.model import Items, Mapping, Model
from ..draft import Draft
from ..steps import bounds, image, monitor, switches, targets, zero_trust
from .parts import Autoscaling, Image, Ingress, KmsSecret, Metadata, Monitor, Policy, Probe, ServicePort

__all__ = ["Budget", "HanzoService", "HanzoServiceSpec", "service"]


class Budget(Model):
    """How many pods may be missing while nodes are drained."""

    enabled: bool = False
    """Whether there is a budget."""
    min_available: NonNegative32 | None = None
    """Pods that must stay."""
    max_unavailable: NonNegative32 | None = None
    """Pods that may be missing; ignored beside minAvailable."""


class HanzoServiceSpec(Model):
    """A stateless workload."""

    image: Image
    """Image of the main container."""
    replicas: NonNegative32 = 1
    """Number of pods."""
    ports: Items[ServicePort] = ()
    """Ports of the container."""
    env: Items[EnvVar] = ()
    """Environment variables."""
    env_from: Items[EnvFromSource] = ()
    """Secrets and ConfigMaps whose keys become environment variables."""
    resources: ResourceRequirements | None = None
    """Requests and limits."""
    liveness_probe: Probe | None = None
    """Whether the container lives."""
    readiness_probe: Probe | None = None
    """Whether the container can serve."""
    ingress: Ingress | None = None
    """A way in from outside the cluster."""
    autoscaling: Autoscaling | None = None
    """Bounds and targets of an autoscaler."""
    pdb: Budget | None = None
    """How many pods may be missing."""
    network_policy: Policy | None = None
    """Who may connect."""
    service_monitor: Monitor | None = None
    """How Prometheus would scrape the pods; it was ignored."""
    kms_secrets: Items[KmsSecret] = ()
    """Secrets to be filled from the key management service."""
    sidecars: Items[Container] = ()
    """Further containers of the pod."""
    image_pull_secrets: Items[LocalObjectReference] = ()
    """Secrets with which images are pulled."""
    service_account_name: str | None = None
    """Service account of the pods."""
    strategy: Literal["RollingUpdate", "Recreate"] = "RollingUpdate"
    """How new pods take the place of old ones."""
    labels: Mapping[str] = Field(default_factory=dict)
    """Labels of everything that is made."""
    annotations: Mapping[str] = Field(default_factory=dict)
    """Annotations of the pods."""
    part_of: str | None = None
    """Application that the workload belongs to."""
    component: str | None = None
    """What it is in that application."""
    volumes: Items[Volume] = ()
    """Volumes of the pod."""
    volume_mounts: Items[VolumeMount] = ()
    """Where the main container has them."""
    init_containers: Items[Container] = ()
    """Containers that run before the main container."""
    command: Items[str] = ()
    """What runs in place of the entry point of the image."""
    args: Items[str] = ()
    """Its arguments."""


class HanzoService(Model):
    """A stateless workload; use Service of v1."""

    api_version: str = "hanzo.ai/v1alpha1"
    """API group and version."""
    kind: Literal["HanzoService"] = "HanzoService"
    """HanzoService."""
    metadata: Metadata
    """Name, namespace, labels and annotations."""
    spec: HanzoServiceSpec
    """What is wanted."""


def service(draft: Draft) -> None:
    """Make a Service of v1 of *draft*, but for the names of kinds and fields."""
    image(draft)
    monitor(draft)
    zero_trust(draft)
    bounds(draft)
    targets(draft)
    switches(draft, "ingress", "autoscaling", "pdb", "serviceMonitor", unless_off=("networkPolicy",))
