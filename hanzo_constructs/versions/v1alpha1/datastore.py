"""HanzoDatastore, which is Datastore in v1."""

from __future__ import annotations

from typing import Annotated, Literal

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
from ...kube.core.scalars import Positive32
from ...kube.model import Items, Model
from ...spec.engines import ENGINE_ALIASES, ENGINES
from ..draft import Draft
from ..steps import image, is_on, monitor, storage, switches
from .parts import Image, KmsSecret, Metadata, Monitor, Policy, ServicePort, Storage

__all__ = ["Backup", "HanzoDatastore", "HanzoDatastoreSpec", "datastore"]

_IMAGES = {
    "postgresql": {"repository": "ghcr.io/hanzoai/sql", "tag": "18"},
    "valkey": {"repository": "hanzoai/kv", "tag": "8"},
    "docdb": {"repository": "ghcr.io/hanzoai/docdb", "tag": "latest"},
    "minio": {"repository": "ghcr.io/hanzoai/storage", "tag": "latest"},
    "nats": {"repository": "nats", "tag": "2-alpine"},
    "datastore": {"repository": "clickhouse/clickhouse-server", "tag": "latest"},
}
"""The images that the operator ran where a resource named none (`hanzodatastore_controller.go`)."""


class Backup(Model):
    """When a dump is taken, and where it goes."""

    enabled: bool = False
    """Whether there are backups."""
    schedule: str | None = None
    """Five cron fields."""
    s3_endpoint: str | None = None
    """URL of the S3 service."""
    s3_bucket: str | None = None
    """Bucket of the dumps."""
    s3_credentials_secret: str | None = None
    """Secret with the keys of the bucket."""
    retention_days: Annotated[Positive32, Field(ge=1)] = 30
    """Days that a dump was meant to be kept; it was ignored."""


class HanzoDatastoreSpec(Model):
    """A stateful engine."""

    type: Literal["postgresql", "valkey", "docdb", "minio", "nats", "datastore"]
    """The engine."""
    image: Image | None = None
    """Image of the engine."""
    replicas: Positive32 = 1
    """Number of pods."""
    storage: Storage
    """The disk of each replica."""
    resources: ResourceRequirements | None = None
    """Requests and limits."""
    env: Items[EnvVar] = ()
    """Environment variables."""
    env_from: Items[EnvFromSource] = ()
    """Secrets and ConfigMaps whose keys become environment variables."""
    volumes: Items[Volume] = ()
    """Volumes of the pod."""
    volume_mounts: Items[VolumeMount] = ()
    """Where the main container has them."""
    command: Items[str] = ()
    """What runs in place of the entry point of the image."""
    args: Items[str] = ()
    """Its arguments."""
    sidecars: Items[Container] = ()
    """Further containers of the pod."""
    credentials_secret: str | None = None
    """Secret with the credentials; it was ignored."""
    kms_secrets: Items[KmsSecret] = ()
    """Secrets to be filled from the key management service."""
    backup: Backup | None = None
    """When a dump is taken, and where it goes."""
    service_aliases: Items[str] = ()
    """Names of further Services."""
    ports: Items[ServicePort] = ()
    """Ports of the engine; all but the first were ignored."""
    image_pull_secrets: Items[LocalObjectReference] = ()
    """Secrets with which images are pulled."""
    network_policy: Policy | None = None
    """Who may connect; it was ignored."""
    service_monitor: Monitor | None = None
    """How Prometheus would scrape the pods; it was ignored."""
    part_of: str | None = None
    """Application that the datastore belongs to."""


class HanzoDatastore(Model):
    """A datastore; use Datastore of v1."""

    api_version: str = "hanzo.ai/v1alpha1"
    """API group and version."""
    kind: Literal["HanzoDatastore"] = "HanzoDatastore"
    """HanzoDatastore."""
    metadata: Metadata
    """Name, namespace, labels and annotations."""
    spec: HanzoDatastoreSpec
    """What is wanted."""


def datastore(draft: Draft) -> None:
    """Make a Datastore of v1 of *draft*, but for the names of kinds and fields."""
    image(draft, _IMAGES.get(str(draft.get("spec", "type"))))
    storage(draft)
    monitor(draft)
    _name_ports(draft)
    _say_what_is_obeyed(draft)
    switches(draft, "backup", "serviceMonitor", unless_off=("networkPolicy",))


def _name_ports(draft: Draft) -> None:
    """Give the ports of the engine the names by which v1 knows them; v1alpha1 called the first one data, and no other."""
    given = str(draft.get("spec", "type"))
    engine = ENGINES.get(ENGINE_ALIASES.get(given, given))
    if engine is None:
        return
    names = {port.container_port: port.name for port in engine.ports}
    taken = {draft.get("spec", "ports", index, "name") for index in draft.indexes("spec", "ports")}
    for index in draft.indexes("spec", "ports"):
        if not draft.has_block("spec", "ports", index):
            continue
        number = draft.get("spec", "ports", index, "containerPort")
        name = names.get(number, "") if isinstance(number, int) else ""
        if name and name not in taken:
            why = "the name by which v1 knows the port of the engine; v1alpha1 took no notice of names"
            draft.put(("spec", "ports", index, "name"), name, why)
            taken.add(name)


def _say_what_is_obeyed(draft: Draft) -> None:
    if draft.get("spec", "credentialsSecret") and isinstance(draft.get("spec", "credentialsSecret"), str):
        why = "was ignored; from now on its keys are variables of the engine, in front of envFrom"
        draft.obey(("spec", "credentialsSecret"), why)
    if is_on(draft, "networkPolicy", unless_off=True):
        draft.obey(("spec", "networkPolicy"), "was ignored; from now on it keeps out whom it does not let in")
    if is_on(draft, "backup") and draft.has_block("spec", "backup") and "retentionDays" in draft.get("spec", "backup"):
        draft.obey(("spec", "backup", "retentionDays"), "was ignored; from now on older dumps are removed")
    for index in draft.indexes("spec", "ports")[1:]:
        draft.obey(("spec", "ports", index), "was ignored; from now on the Services offer it")
