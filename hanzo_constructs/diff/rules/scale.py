"""How many pods there are, and who decides it."""

from __future__ import annotations

from collections.abc import Iterator

from ...kube.handover import kept_replicas
from ...kube.kinds import SCALABLE
from ...kube.manifest import Manifest, identity
from ..changes import ObjectChange, title
from ..consequence import Consequence, Effect, Sets
from .reading import mapping, spec_of

__all__ = ["scaled"]


def scaled(change: ObjectChange, sets: Sets) -> Iterator[Consequence]:
    """Say that the number of pods changes, or that it is taken from an autoscaler or left to one."""
    if change.kind in SCALABLE:
        yield from _workload(change, sets)
    elif change.kind in {"HorizontalPodAutoscaler", "ScaledObject"}:
        yield from _autoscaler(change, sets)


def _workload(change: ObjectChange, sets: Sets) -> Iterator[Consequence]:
    if change.both is None:
        return
    old, new = change.both
    before, after = (spec_of(each).get("replicas") for each in (old, new))
    if before == after:
        return
    if sets.is_scaled(new):
        if after is None:
            message = (
                "the number of pods is left to an autoscaler; applied as it is, all pods but one would stop at first"
            )
            yield Consequence(Effect.COUNT, message, (kept_replicas(new),))
        else:
            message = f"each time it is applied, it is set to {after} pods, whatever its autoscaler decided"
            yield Consequence(Effect.COUNT, message)
    elif after == 0:
        yield Consequence(Effect.STOPS, f"all pods stop ({_count(before)} before)")
    else:
        yield Consequence(Effect.SCALES, f"from {_count(before)} to {_count(after)} pods")


def _count(replicas: object) -> str:
    return "1" if replicas is None else str(replicas)


_BOUNDS = ("minReplicas", "maxReplicas", "minReplicaCount", "maxReplicaCount")


def _autoscaler(change: ObjectChange, sets: Sets) -> Iterator[Consequence]:
    if change.new is None:
        yield Consequence(Effect.SCALES, "is removed: the number of pods stays as it is")
        return
    if change.old is None:
        yield from _written_over(change.new, sets)
    if change.both is None:
        return
    for each in change.changed("spec"):
        if each.fields[-1] in _BOUNDS:
            yield Consequence(Effect.SCALES, f"{each.fields[-1]} from {_shown(each.old)} to {_shown(each.new)} pods")
        elif each.fields[1:2] == ("scaleTargetRef",):
            yield Consequence(Effect.SCALES, "another workload is scaled")


def _written_over(autoscaler: Manifest, sets: Sets) -> Iterator[Consequence]:
    """Say that a workload that stays as it is has a number of pods, which a new autoscaler is to decide."""
    target = mapping(spec_of(autoscaler).get("scaleTargetRef"))
    namespace = identity(autoscaler)[2]
    for key, each in sets.after(SCALABLE):
        number = spec_of(each).get("replicas")
        same = key in sets.old and spec_of(sets.old[key]).get("replicas") == number
        is_it = key[1:] == (target.get("kind") or "Deployment", namespace, target.get("name"))
        if is_it and number is not None and (same or key not in sets.new):
            what = f"each time {title(key)} is applied, it is set to {number} pods, whatever this decides"
            yield Consequence(Effect.COUNT, f"{what}; leave its replicas out")


def _shown(value: object) -> str:
    return "its default" if value is None else str(value)
