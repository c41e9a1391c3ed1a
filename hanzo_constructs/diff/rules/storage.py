"""Data that may be lost: claims that go, shrink or move, and engines that do not read what another version wrote."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from ...kube.manifest import Identity, Manifest
from ...kube.quantity import quantity_problem, quantity_value
from ..changes import ObjectChange, title
from ..consequence import Consequence, Effect, Sets
from .reading import mapping, mappings, pod_of, spec_of

__all__ = ["data_at_risk", "sizes"]

_TEMPLATE = ("spec", "template")
_RAISED: Mapping[str, str] = {
    "postgresql": "PostgreSQL does not start on the data of another major version; dump them and load them, or run pg_upgrade",
    "docdb": "MongoDB starts only on the data of the major version right before, with featureCompatibilityVersion raised to that",
    "MySQL": "MySQL rewrites its data when it starts, and the older version does not read them any more",
    "MariaDB": "MariaDB rewrites its data when it starts, and the older version does not read them any more",
    "Elasticsearch": "Elasticsearch reads the indices of one major version back, and no older ones",
    "OpenSearch": "OpenSearch reads the indices of one major version back, and no older ones",
}
"""What happens to data when the major version of an engine is raised, where it matters."""


def data_at_risk(change: ObjectChange, _: Sets) -> Iterator[Consequence]:
    """Say what may lose data."""
    if change.kind == "StatefulSet":
        yield from _stateful_set(change)
    elif change.kind == "PersistentVolumeClaim":
        yield from _claim(change)
    elif change.kind == "PersistentVolume" and change.new is None:
        yield Consequence(Effect.DATA, "is removed; what its reclaim policy says happens to the data")
    if change.both:
        yield from _engines(*change.both)


def _stateful_set(change: ObjectChange) -> Iterator[Consequence]:
    if change.old is None:
        return
    old = change.old
    if change.new is None or change.renamed_from:
        if _templates(old):
            yield Consequence(Effect.DATA, _left_claims(old, change.renamed_from))
        return
    new = change.new
    before, after = _templates(old), _templates(new)
    for name in before.keys() - after.keys():
        yield Consequence(
            Effect.DATA, f"the claim {name} is gone from it: pods start without those data, which stay unused"
        )
    for when in ("whenDeleted", "whenScaled"):
        if _retention(old, when) != "Delete" and _retention(new, when) == "Delete":
            event = "it is deleted" if when == "whenDeleted" else "it is scaled down"
            yield Consequence(Effect.DATA, f"from now on its claims, and the data, are deleted when {event}")
    if _retention(new, "whenScaled") == "Delete" and _replicas(new) < _replicas(old) and before:
        yield Consequence(Effect.DATA, "is scaled down, and the claims of the pods that go are deleted")
    for name in before.keys() & after.keys():
        yield from _other_disk(spec_of(before[name]), spec_of(after[name]), f"the claim {name}")


def _left_claims(old: Manifest, renamed_from: Identity | None) -> str:
    deleted = _retention(old, "whenDeleted") == "Delete"
    claims = (
        "its claims, and the data in them, are deleted"
        if deleted
        else "its claims stay, and nothing uses them any more"
    )
    if renamed_from:
        return f"was {title(renamed_from)}: its pods start with empty claims of the new name; of the old one, {claims}"
    return f"is removed; {claims}"


def _claim(change: ObjectChange) -> Iterator[Consequence]:
    if change.new is None or change.renamed_from:
        was = f"was {title(change.renamed_from)}" if change.renamed_from else "is removed"
        yield Consequence(Effect.DATA, f"{was}: the data of the old claim go as the reclaim policy of its volume says")
    elif change.both:
        old, new = change.both
        yield from _other_disk(spec_of(old), spec_of(new), "it")


def _other_disk(old: Mapping[str, Any], new: Mapping[str, Any], what: str) -> Iterator[Consequence]:
    before, after = _size(old), _size(new)
    if before is not None and after is not None and after < before:
        yield Consequence(
            Effect.DATA,
            f"{what} is to shrink, which no volume does; copy the data to a new one, and nothing else helps",
        )
    elif before is not None and after is not None and after > before:
        yield Consequence(Effect.APPLIES, f"{what} grows, where its storage class allows expansion")
    if old.get("storageClassName") != new.get("storageClassName"):
        yield Consequence(
            Effect.DATA,
            f"{what} is to be of another storage class: a claim that exists keeps the class and the data it has",
        )


def _engines(old: Manifest, new: Manifest) -> Iterator[Consequence]:
    """Say where an engine with a disk is to run on data that another version, or another engine, wrote."""
    before, after = _images(old), _images(new)
    changed = [name for name in before.keys() & after.keys() if before[name] != after[name]]
    if not changed or not _has_disk(new):
        return
    from ...kube.images import image_parts
    from ...spec.engines.generation import version_of  # the engines are a fifth of what `hzc diff` takes to start

    for name in changed:
        was, now = _engine(before[name]), _engine(after[name])
        if not was:
            continue
        old_version, new_version = (version_of(image_parts(each[name])[1]) for each in (before, after))
        if now != was:
            if now:
                yield Consequence(Effect.DATA, f"{now} is to start on the data of {was}")
        elif old_version and new_version and new_version[0] > old_version[0] and was in _RAISED:
            yield Consequence(Effect.DATA, _RAISED[was])
        elif old_version and new_version and new_version < old_version:
            yield Consequence(
                Effect.DATA, f"an older version of {was} is to start on the data of a newer one, which it may not read"
            )


def _engine(image: str) -> str:
    from ...kube.images import image_parts
    from ...spec.engines.names import ENGINE_OF_IMAGE

    repository = image_parts(image)[0]
    return ENGINE_OF_IMAGE.get(repository) or ENGINE_OF_IMAGE.get(repository.rpartition("/")[2], "")


def _images(workload: Manifest) -> dict[str, str]:
    containers = mappings(pod_of(workload, _TEMPLATE).get("containers"))
    return {str(each["name"]): str(each.get("image")) for each in containers if "name" in each}


def _has_disk(workload: Manifest) -> bool:
    if _templates(workload):
        return True
    return any(
        "persistentVolumeClaim" in each or "hostPath" in each
        for each in mappings(pod_of(workload, _TEMPLATE).get("volumes"))
    )


def _templates(stateful_set: Manifest) -> dict[str, Manifest]:
    found = mappings(spec_of(stateful_set).get("volumeClaimTemplates"))
    return {str(mapping(each.get("metadata")).get("name")): each for each in found}


def _retention(stateful_set: Manifest, when: str) -> str:
    policy = mapping(spec_of(stateful_set).get("persistentVolumeClaimRetentionPolicy"))
    return str(policy.get(when, "Retain"))


def _replicas(workload: Manifest) -> int:
    replicas = spec_of(workload).get("replicas", 1)
    return replicas if isinstance(replicas, int) else 1


def sizes(stateful_set: Manifest) -> dict[str, Fraction]:
    """Return how large the claims of *stateful_set* are in bytes, by the names of their templates."""
    found = {name: _size(spec_of(each)) for name, each in _templates(stateful_set).items()}
    return {name: size for name, size in found.items() if size is not None}


def _size(claim: Mapping[str, Any]) -> Fraction | None:
    size = mapping(mapping(claim.get("resources")).get("requests")).get("storage")
    return None if size is None or quantity_problem(size) else quantity_value(str(size))
