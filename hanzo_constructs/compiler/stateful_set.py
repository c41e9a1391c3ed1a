"""What keeps data: a StatefulSet, the Service for its clients and the one that names its pods. One place for every kind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Literal

from ..children.cluster_service import cluster_service
from ..children.headless_service import headless_service
from ..children.stateful_set import claim_template, stateful_set
from ..kube.owner import Pods
from ..platform import Rules
from ..spec.cluster_services import ServedSpec
from ..spec.ports import ServicePort, exposed
from ..spec.rollout import StatefulSetRollout
from ..spec.stateful import Disk, FurtherDisk
from ..spec.storage import Storage
from .child import Child
from .services import further_services

__all__ = ["stateful_children"]


def stateful_children(  # noqa: PLR0913 - what a StatefulSet and its Services are made of
    spec: ServedSpec,
    pods: Pods,
    template: dict[str, Any],
    rules: Rules,
    *,
    ports: Sequence[ServicePort],
    headless: str,
    replicas: int | None,
    claim: str,
    storage: Storage | Disk | None,
    disks: Sequence[FurtherDisk] = (),
    rollout: StatefulSetRollout | None,
    management: Literal["OrderedReady", "Parallel"] | None,
    traffic: str | None,
    aliases: Sequence[str] = (),
    because: str = "always",
) -> Iterator[Child]:
    """Yield the Service of *spec* for clients, where it has *ports*, that *headless*, and the StatefulSet.

    Each pod has a *claim* of the *storage*, unless there is none or it exists already, and one of each of the *disks*;
    *aliases* are further names for clients.
    """
    offered = exposed(ports)
    if offered:
        service = cluster_service(pods, offered, role="client", traffic=traffic, options=spec.service)
        yield Child("Service", service, because)
    for index, alias in enumerate(aliases):
        manifest = cluster_service(pods, offered, name=alias, role="alias", traffic=traffic)
        yield Child(f"Service-alias-{alias}", manifest, "spec.serviceAliases", f"spec.serviceAliases[{index}]")
    if spec.services:
        yield from further_services(pods, spec, ports, traffic=traffic)
    yield Child("Service-headless", headless_service(pods, offered, name=headless), "always")
    made = None if isinstance(storage, Disk) and storage.existing_claim is not None else storage
    claims = [*(((claim, made),) if made else ()), *((disk.name, disk) for disk in disks)]
    workload = stateful_set(
        pods,
        template,
        service_name=headless,
        replicas=replicas,
        claims=[claim_template(pods, name, each, rules.platform) for name, each in claims],
        retention=(made and made.retention_policy) or "Retain",
        rollout=rollout,
        management=management,
        rules=rules,
    )
    yield Child("StatefulSet", workload, "always", pods=pods)
