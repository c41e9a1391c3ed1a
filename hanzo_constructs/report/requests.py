"""What the pods of a resource ask for, as a scheduler counts it, and how many of them there are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from math import ceil
from typing import Any, NamedTuple

from ..kube.kinds import KINDS
from ..kube.quantity import quantity_value

__all__ = ["Asked", "asked_by", "pod_requests"]

Object = Mapping[str, Any]

_ALWAYS = ("Deployment", "StatefulSet", "DaemonSet")
"""Workloads that run all the time; what jobs ask for they ask for now and then."""
_BYTES = ("memory", "ephemeral-storage")


class Asked(NamedTuple):
    """What the workloads of a resource ask for together."""

    least: int
    """Pods at least, of what runs all the time."""
    most: int
    cpu: tuple[int, int]
    """Thousandths of a CPU, of the fewest and of the most pods."""
    memory: tuple[int, int]
    """Bytes."""
    disk: tuple[int, int]
    """Bytes of claims."""
    devices: tuple[tuple[str, int, int], ...]
    """What else, such as `nvidia.com/gpu`, with the number of the fewest and of the most pods."""


def asked_by(manifests: Sequence[Object]) -> Asked:
    """Return what the workloads among *manifests*, the children of a resource, ask for."""
    least, most, totals = 0, 0, dict[str, list[int]]()
    for manifest in manifests:
        if manifest["kind"] == "PersistentVolumeClaim":
            _add(totals, "disk", _claimed([manifest]), 1, 1)
        place = KINDS[manifest["kind"]].template if manifest["kind"] in _ALWAYS else None
        if place is None:
            continue
        fewest, greatest = _replicas(manifest, manifests)
        least, most = least + fewest, most + greatest
        pod: Any = manifest
        for step in place:
            pod = pod[step]
        for name, amount in pod_requests(pod["spec"]).items():
            size = amount * 1000 if name == "cpu" else amount
            _add(totals, name, ceil(size), fewest, greatest)
        _add(totals, "disk", _claimed(manifest["spec"].get("volumeClaimTemplates") or ()), fewest, greatest)
    cpu, memory, disk = (_pair(totals.pop(name, [0, 0])) for name in ("cpu", "memory", "disk"))
    devices = tuple((name, *_pair(total)) for name, total in sorted(totals.items()) if name not in _BYTES)
    return Asked(least, most, cpu, memory, disk, devices)


def pod_requests(spec: Object) -> dict[str, Fraction]:
    """Return what the scheduler looks for on a node for a pod with this *spec*.

    That is the sum of the containers and sidecars, or what an init container asks for together with the sidecars that run
    by then, where that is more; what the pod as a whole states counts instead. A limit is a request where none is written.
    Source: https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/#resource-sharing-within-containers
    """
    sidecars: dict[str, Fraction] = {}
    peak: dict[str, Fraction] = {}
    for container in spec.get("initContainers") or ():
        own = _requests(container)
        together = _sum([sidecars, own])
        peak = _most(peak, together)
        if container.get("restartPolicy") == "Always":
            sidecars = together
    running = _sum([sidecars, *map(_requests, spec.get("containers") or ())])
    return _most(peak, running) | _requests(spec)


def _requests(container: Object) -> dict[str, Fraction]:
    resources = container.get("resources") or {}
    asked = {**(resources.get("limits") or {}), **(resources.get("requests") or {})}
    return {name: quantity_value(str(amount)) for name, amount in asked.items()}


def _sum(parts: Iterable[Mapping[str, Fraction]]) -> dict[str, Fraction]:
    total: dict[str, Fraction] = {}
    for name, amount in _amounts(parts):
        total[name] = total.get(name, Fraction(0)) + amount
    return total


def _most(*parts: Mapping[str, Fraction]) -> dict[str, Fraction]:
    total: dict[str, Fraction] = {}
    for name, amount in _amounts(parts):
        total[name] = max(total.get(name, amount), amount)
    return total


def _amounts(parts: Iterable[Mapping[str, Fraction]]) -> Iterator[tuple[str, Fraction]]:
    for part in parts:
        yield from part.items()


def _replicas(workload: Object, manifests: Sequence[Object]) -> tuple[int, int]:
    """Return how many pods *workload* has at least and at most, by what scales it among *manifests*."""
    name = workload["metadata"]["name"]
    for each in manifests:
        target = (each.get("spec") or {}).get("scaleTargetRef") or {}
        if target.get("name") != name or target.get("kind", workload["kind"]) != workload["kind"]:
            continue
        if each["kind"] == "HorizontalPodAutoscaler":
            return each["spec"].get("minReplicas", 1), each["spec"]["maxReplicas"]
        if each["kind"] == "ScaledObject":
            return each["spec"].get("minReplicaCount", 0), each["spec"].get("maxReplicaCount", 100)
    replicas = workload["spec"].get("replicas", 1)
    return replicas, replicas


def _claimed(claims: Iterable[Object]) -> int:
    sizes = (((each["spec"].get("resources") or {}).get("requests") or {}).get("storage", "0") for each in claims)
    return ceil(sum(quantity_value(str(size)) for size in sizes))


def _add(totals: dict[str, list[int]], name: str, amount: int, fewest: int, greatest: int) -> None:
    total = totals.setdefault(name, [0, 0])
    total[0] += amount * fewest
    total[1] += amount * greatest


def _pair(total: Sequence[int]) -> tuple[int, int]:
    return total[0], total[1]
