"""BaseApp, which is Base in v1."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from ...kube.core import EnvFromSource, EnvVar, LocalObjectReference, ResourceRequirements
from ...kube.core.scalars import Port, Positive32
from ...kube.model import Items, Model
from ..draft import MISSING, Draft
from ..steps import image, monitor, storage, switches
from .parts import Image, KmsSecret, Metadata, Monitor, Policy, Storage

__all__ = ["BaseApp", "BaseAppGateway", "BaseAppSpec", "base"]


class BaseAppGateway(Model):
    """Where the application is reached through the API gateway."""

    route: str | None = None
    """Path prefix of the application; without it the block was ignored."""
    gateway_name: str | None = None
    """Name of the gateway."""
    gateway_namespace: str | None = None
    """Namespace of the gateway."""
    leader_poll_interval: str = "1s"
    """How often the gateway asks which replica is the writer."""
    read_your_writes_ttl: Annotated[str, Field(alias="readYourWritesTTL")] = "5s"
    """How long a client that wrote goes on reading from the writer."""


class BaseAppSpec(Model):
    """A replicated application with one elected writer."""

    image: Image
    """Image of the application."""
    replicas: Positive32 = 3
    """Number of replicas."""
    port: Port = 8090
    """HTTP port of the application."""
    consensus: Literal["quasar", "pubsub"] = "quasar"
    """How the writer is elected."""
    schema_: str | None = None
    """Name of the ConfigMap with the database schema."""
    storage: Storage
    """The disk of each replica."""
    resources: ResourceRequirements | None = None
    """Requests and limits."""
    env: Items[EnvVar] = ()
    """Environment variables."""
    env_from: Items[EnvFromSource] = ()
    """Secrets and ConfigMaps whose keys become environment variables."""
    image_pull_secrets: Items[LocalObjectReference] = ()
    """Secrets with which images are pulled."""
    service_account_name: str | None = None
    """Service account of the pods."""
    gateway: BaseAppGateway | None = None
    """Where the application is reached through the API gateway."""
    iam_app: str | None = None
    """Client id in identity and access management."""
    kms_secrets: Items[KmsSecret] = ()
    """Secrets to be filled from the key management service."""
    network_policy: Policy | None = None
    """Who may connect; left out, the pods of the namespace."""
    service_monitor: Monitor | None = None
    """How Prometheus would scrape the pods; it was ignored."""
    part_of: str | None = None
    """Application that it belongs to."""


class BaseApp(Model):
    """A replicated application; use Base of v1."""

    api_version: str = "hanzo.ai/v1alpha1"
    """API group and version."""
    kind: Literal["BaseApp"] = "BaseApp"
    """BaseApp."""
    metadata: Metadata
    """Name, namespace, labels and annotations."""
    spec: BaseAppSpec
    """What is wanted."""


def base(draft: Draft) -> None:
    """Make a Base of v1 of *draft*, but for the names of kinds and fields."""
    image(draft)
    storage(draft)
    monitor(draft)
    draft.differ(("spec",), "the probes ask /v1/health from now on, and asked /api/health")
    if draft.has_block("spec", "gateway") and not draft.get("spec", "gateway").get("route"):
        draft.lose(("spec", "gateway"), "was ignored, because it has no route")
    if draft.get("spec", "networkPolicy") in (MISSING, None):
        draft.put(
            ("spec", "networkPolicy"), {}, "v1alpha1 let in the pods of the namespace alone where nothing was said"
        )
    switches(draft, "serviceMonitor", unless_off=("networkPolicy",))
