"""Pods that are replaced because their template is another one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...kube.kinds import KINDS, TRANSIENT
from ...kube.manifest import Manifest
from ..changes import FieldChange, ObjectChange
from ..consequence import Consequence, Effect, Sets
from .reading import mapping, spec_of

__all__ = ["restarts"]


def restarts(change: ObjectChange, _: Sets) -> Iterator[Consequence]:
    """Say how the pods of a workload are replaced, if its template changes."""
    if change.both is None or change.kind not in KINDS:
        return
    template, (old, new) = KINDS[change.kind].template, change.both
    yield from _suspended(change.kind, old, new)
    if not template:  # no pods, or a pod itself
        if template == () and change.changed("spec"):
            yield _lone_pod(change)
        return
    changed = change.changed(*map(str, template))
    if not changed:
        return
    match change.kind:
        case "Deployment":
            yield _deployment(old, new, changed)
        case "StatefulSet":
            yield _stateful_set(new, changed)
        case "DaemonSet":
            on_delete = _strategy(new, "updateStrategy").get("type") == "OnDelete"
            yield (
                _on_delete()
                if on_delete
                else Consequence(Effect.RESTARTS, f"its pods are replaced node by node{_only_order(changed)}")
            )
        case "CronJob":
            yield Consequence(Effect.APPLIES, "the next run has it; what runs now goes on as it is")
        case "ReplicaSet":
            yield Consequence(Effect.APPLIES, "pods that are made from now on have it; those that run stay as they are")


def _suspended(kind: str, old: Manifest, new: Manifest) -> Iterator[Consequence]:
    if kind in TRANSIENT and spec_of(new).get("suspend") is True and spec_of(old).get("suspend") is not True:
        what = "no run starts any more" if kind == "CronJob" else "its pods stop until it is resumed"
        yield Consequence(Effect.STOPS, f"is suspended: {what}")


def _deployment(old: Manifest, new: Manifest, changed: list[FieldChange]) -> Consequence:
    strategy, replicas = _strategy(new, "strategy"), _replicas(new)
    if replicas == 0 and _replicas(old) == 0:
        return Consequence(Effect.NONE, "no pod runs, so that none restarts")
    if strategy.get("type") == "Recreate":
        return Consequence(
            Effect.DOWNTIME, f"all pods stop before the first new one starts (strategy Recreate){_only_order(changed)}"
        )
    if replicas == 1 and mapping(strategy.get("rollingUpdate")).get("maxSurge") in (0, "0%"):
        return Consequence(
            Effect.DOWNTIME, f"the only pod stops before the new one starts (maxSurge 0){_only_order(changed)}"
        )
    unavailable = mapping(strategy.get("rollingUpdate")).get("maxUnavailable")
    if unavailable == "100%" or (
        isinstance(unavailable, int) and isinstance(replicas, int) and unavailable >= replicas
    ):
        what = f"all pods may stop before a new one is ready (maxUnavailable {unavailable} of {replicas})"
        return Consequence(Effect.DOWNTIME, f"{what}{_only_order(changed)}")
    return Consequence(Effect.RESTARTS, f"its pods are replaced{_only_order(changed)}")


def _stateful_set(new: Manifest, changed: list[FieldChange]) -> Consequence:
    if _strategy(new, "updateStrategy").get("type") == "OnDelete":
        return _on_delete()
    partition = mapping(_strategy(new, "updateStrategy").get("rollingUpdate")).get("partition") or 0
    replicas = _replicas(new)
    if isinstance(partition, int) and isinstance(replicas, int) and 0 < replicas <= partition:
        return Consequence(
            Effect.NONE, f"no pod is replaced while updateStrategy.rollingUpdate.partition is {partition}"
        )
    if replicas == 1:
        return Consequence(Effect.DOWNTIME, f"its only pod stops before the new one starts{_only_order(changed)}")
    return Consequence(Effect.RESTARTS, f"its pods are replaced one after the other{_only_order(changed)}")


def _on_delete() -> Consequence:
    return Consequence(Effect.APPLIES, "pods have it once somebody deletes them (updateStrategy OnDelete)")


def _lone_pod(change: ObjectChange) -> Consequence:
    fields = {each.fields for each in change.changed("spec")}
    allowed = {("spec", "containers", "image"), ("spec", "initContainers", "image"), ("spec", "activeDeadlineSeconds")}
    if fields <= allowed:
        return Consequence(Effect.RESTARTS, "the container restarts with it in the same pod")
    return Consequence(Effect.REFUSED, "a pod that exists cannot be changed but for its images; delete it first")


def _strategy(workload: Manifest, field: str) -> dict[str, Any]:
    return mapping(spec_of(workload).get(field))


def _replicas(workload: Manifest) -> Any:
    replicas = spec_of(workload).get("replicas")
    return 1 if replicas is None else replicas


def _only_order(changed: list[FieldChange]) -> str:
    return ", though only the order of lists differs" if all(each.how == "moved" for each in changed) else ""
