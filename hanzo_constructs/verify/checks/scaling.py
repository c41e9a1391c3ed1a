"""The replica count has one owner, and a budget lets a pod go."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ...errors import Finding
from ...kube.fields import shown
from ...kube.kinds import SCALABLE
from ...spec.scaling import blocking_bound
from ..facts import Scaler, Workload
from ..index import SetIndex
from ..objects import Origin

__all__ = ["budget_findings", "measure_findings", "one_budget_findings", "replica_findings", "rival_scaler_findings"]

_ADVICE = {
    "Deployment": "; leave replicas out of the spec and write autoscaling: {external: true}",
    "StatefulSet": "; leave replicas out of the spec, or the autoscaler out of the set",
}


def rival_scaler_findings(set_index: SetIndex) -> Iterator[tuple[Origin, Finding]]:
    """Yield autoscalers that share a target."""
    first: dict[tuple[str, str, str], Scaler] = {}
    for scaler in set_index.scalers:
        if (other := first.setdefault(scaler.target, scaler)) is not scaler:
            message = f"{other.origin.described} scales it too; the two would fight over the count"
            severity = "error" if scaler.origin.own else other.origin.severity
            yield scaler.origin, Finding(message, "spec.scaleTargetRef", severity=severity)


def measure_findings(set_index: SetIndex) -> Iterator[tuple[Origin, Finding]]:
    """Yield autoscalers of the user's that measure use against requests that are not there; they never scale.

    A LimitRange of the namespace brings them, if there is one in the set. Of a resource that asks for an autoscaler,
    compiling has found out what is missing.
    """
    for origin, missing in set_index.unasked:
        if (origin.namespace, missing.resource) not in set_index.default_requests:
            message = (
                f"autoscaling measures {missing.resource} use against it; write one, unless a LimitRange of the namespace"
                " does"
            )
            yield origin, Finding(message, missing.field, severity="warning")
    for scaler in set_index.scalers:
        workload = set_index.workloads.get(scaler.target)
        if workload is None or scaler.origin.own:
            continue
        for resource in dict.fromkeys(scaler.measured):
            if resource in workload.unasked and (scaler.origin.namespace, resource) not in set_index.default_requests:
                message = (
                    f"measures {resource} use against the request, but not every container of "
                    f"{workload.origin.described} asks for {resource}, so that it never scales unless the namespace has a "
                    f"default; write resources.requests.{resource} there"
                )
                yield scaler.origin, Finding(message, "spec.scaleTargetRef", severity="warning")


def replica_findings(set_index: SetIndex) -> Iterator[tuple[Origin, Finding]]:
    """Yield counts that an autoscaler owns, and derived workloads whose count nobody owns."""
    scaled = _scaled(set_index)
    for key, workload in set_index.workloads.items():
        origin, replicas = workload.origin, workload.replicas
        if scaler := scaled.get(key):
            if replicas is not None:
                advice = _advice(origin) if origin.own else ""
                message = f"must be left out because {scaler.origin.described} owns the count, got {replicas}{advice}"
                yield origin, Finding(message, "spec.replicas", severity=origin.severity)
        elif replicas is None and origin.own and origin.kind in SCALABLE and not workload.scaled_from_outside:
            finding = Finding("required because no autoscaler in the set owns the count", "spec.replicas")
            # The user who took the count away may have an autoscaler elsewhere.
            yield origin, finding if origin.pristine else replace(finding, severity="warning")


def _advice(origin: Origin) -> str:
    if origin.source.resource.startswith("Base "):
        return "; take the autoscaler out of the set, because the replicas of a Base are told of each other by name"
    return _ADVICE.get(origin.kind, "")


def budget_findings(set_index: SetIndex) -> Iterator[tuple[Origin, Finding]]:
    """Yield budgets that never let a pod go; those of a resource as it was written are doubted when it is compiled."""
    scaled = None
    for selection in set_index.selections.values():
        for origin, stays, goes in selection.budgets:
            if not origin.pristine or not all(each.origin.pristine for each in selection.found):
                scaled = _scaled(set_index) if scaled is None else scaled
                floor = sum(_least(workload, scaled) for workload in selection.found)
                if blocking := blocking_bound(stays, goes, floor):
                    field, bound, what = blocking
                    yield origin, Finding(f"{shown(bound)} {what}", f"spec.{field}", severity="warning")


def _least(workload: Workload, scaled: dict[tuple[str, str, str], Scaler]) -> int:
    origin = workload.origin
    if scaler := scaled.get((origin.kind, origin.namespace, origin.name)):
        return scaler.least
    return 1 if workload.replicas is None else workload.replicas


def one_budget_findings(set_index: SetIndex) -> Iterator[tuple[Origin, Finding]]:
    """Yield budgets that share pods: the eviction API refuses to evict a pod with two."""
    first: dict[tuple[str, str, str], Origin] = {}
    for selection in set_index.selections.values():
        for origin, *_ in selection.budgets:
            for workload in selection.found:
                covered = workload.origin
                other = first.setdefault((covered.kind, covered.namespace, covered.name), origin)
                if other is not origin:
                    message = f"covers the pods of {covered}, as {other.described} does; pods with two budgets are never evicted"
                    yield origin, Finding(message, "spec.selector", severity=origin.severity)


def _scaled(set_index: SetIndex) -> dict[tuple[str, str, str], Scaler]:
    return {scaler.target: scaler for scaler in set_index.scalers}
