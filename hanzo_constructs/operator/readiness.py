"""Whether what is in the cluster works: what the controllers of Kubernetes say of the objects of a resource."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from ..kube.manifest import Manifest
from .conditions import Said
from .refusals import refusal_text

__all__ = [
    "Pods",
    "availability",
    "gone_job_said",
    "has_ended_before",
    "job_has_ended",
    "only_pod",
    "pods_of",
    "secrets_said",
]

_SECRET_KINDS = ("ExternalSecret", "KMSSecret")


class Pods(NamedTuple):
    """How many pods the workloads of a resource have."""

    wanted: int
    there: int
    ready: int


def pods_of(objects: Iterable[Manifest]) -> Pods | None:
    """Return the pods of the Deployments and StatefulSets among *objects*; None where there are none of these."""
    workloads = [each for each in objects if each["kind"] in {"Deployment", "StatefulSet"}]
    if not workloads:
        return None
    status = [each.get("status") or {} for each in workloads]
    return Pods(
        sum(_wanted(each) for each in workloads),
        sum(each.get("replicas") or 0 for each in status),
        sum(each.get("readyReplicas") or 0 for each in status),
    )


def only_pod(objects: Iterable[Manifest]) -> str | None:
    """Return the name of the pod of the StatefulSet among *objects*, if it has no other one, and is ready."""
    for each in objects:
        status, start = each.get("status") or {}, ((each.get("spec") or {}).get("ordinals") or {}).get("start") or 0
        if each["kind"] == "StatefulSet" and (_wanted(each), status.get("replicas"), status.get("readyReplicas")) == (
            1,
            1,
            1,
        ):
            return f"{each['metadata']['name']}-{start}"
    return None


def availability(objects: Iterable[Manifest]) -> Said:
    """Say whether the workloads among *objects* do what they are for; what stands in the way of the first is said."""
    workloads = [each for each in objects if each["kind"] in {"Deployment", "StatefulSet", "Job", "CronJob"}]
    if not workloads:
        return Said("Available", "NotApplied", "no workload is in the cluster yet")
    said = [_workload_said(each) for each in workloads if not _is_of_the_side(each, workloads)]
    return min(said, key=lambda each: _ORDER.index(each.reason))


_ORDER = ("JobFailed", "PodsRefused", "RolloutStuck", "PodsNotReady", "Running", "Available", "Completed", "Scheduled")
"""Reasons of Available, the worst first."""


def _is_of_the_side(workload: Manifest, workloads: list[Manifest]) -> bool:
    """Tell whether *workload* is a backup or other work beside pods that serve."""
    served = any(each["kind"] in {"Deployment", "StatefulSet"} for each in workloads)
    return served and workload["kind"] in {"Job", "CronJob"}


def _workload_said(workload: Manifest) -> Said:
    kind, name, status = workload["kind"], workload["metadata"]["name"], workload.get("status") or {}
    if kind == "CronJob":
        return Said("Available", "Scheduled", f"CronJob {name} runs by its schedule")
    if kind == "Job":
        return _job_said(workload, name, status)
    wanted, ready = _wanted(workload), status.get("readyReplicas") or 0
    text = f"{kind} {name}: {ready} of {wanted} pods ready"
    is_new = (status.get("observedGeneration") or 0) < (workload["metadata"].get("generation") or 0)
    refused, stuck = (None if is_new else _condition(status, each) for each in ("ReplicaFailure", "Progressing"))
    if refused is not None and refused.get("status") == "True":
        return Said("Available", "PodsRefused", f"{text}; {refusal_text(str(refused.get('message')), [workload])}")
    if stuck is not None and stuck.get("status") == "False":
        why = refusal_text(str(stuck.get("message") or stuck.get("reason")), [workload])
        return Said("Available", "RolloutStuck", f"{text}; {why}{_to_see(workload)}")
    available = _condition(status, "Available")
    enough = ready >= wanted if available is None else available.get("status") == "True"
    if is_new or not enough:
        return Said("Available", "PodsNotReady", f"{text}{_to_see(workload)}")
    return Said("Available", "Available", text)


def _to_see(workload: Manifest) -> str:
    """Return how the pods of *workload* are looked at, which alone say why they are not ready."""
    selector = ((workload.get("spec") or {}).get("selector") or {}).get("matchLabels") or {}
    labels = ",".join(f"{key}={value}" for key, value in sorted(selector.items()))
    return f"; see kubectl --namespace {workload['metadata'].get('namespace')} describe pods --selector {labels}"


def _job_said(job: Manifest, name: str, status: Mapping[str, Any]) -> Said:
    failed, complete = _condition(status, "Failed"), _condition(status, "Complete")
    if failed is not None and failed.get("status") == "True":
        see = f"see kubectl --namespace {job['metadata'].get('namespace')} logs job/{name}"
        return Said("Available", "JobFailed", f"Job {name}: {failed.get('message') or 'has failed'}; {see}")
    if complete is not None and complete.get("status") == "True":
        return Said("Available", "Completed", f"Job {name} has completed")
    return Said("Available", "Running", f"Job {name}: {status.get('active') or 0} pods at work")


def job_has_ended(job: Manifest) -> bool:
    """Tell whether *job* has completed or failed."""
    status = job.get("status") or {}
    return any((_condition(status, each) or {}).get("status") == "True" for each in ("Complete", "Failed"))


def has_ended_before(resource: Manifest, job: str) -> bool:
    """Tell whether the *job* of *resource* was applied for its present generation: if it is gone, it must not run again."""
    status = resource.get("status") or {}
    generation = resource["metadata"].get("generation")
    named = any(each["kind"] == "Job" and each["name"] == job for each in status.get("compiledResources") or ())
    applied = _condition(status, "Applied") or {}
    return named and applied.get("status") == "True" and applied.get("observedGeneration") == generation


def gone_job_said(resource: Manifest, job: str) -> Said:
    """Say of a *job* that was applied and is gone what was known of it last."""
    known = _condition(resource.get("status") or {}, "Available") or {}
    if known.get("reason") in {"Completed", "JobFailed", "Gone"}:
        return Said("Available", known["reason"], known["message"])
    return Said("Available", "Gone", f"Job {job} is gone, and nobody saw it end; change the spec to run it again")


def secrets_said(objects: Iterable[Manifest]) -> Said | None:
    """Say whether the Secrets that are read from elsewhere are there; None where none are."""
    found = [each for each in objects if each["kind"] in _SECRET_KINDS]
    if not found:
        return None
    waiting = []
    for each in found:
        name = f"{each['kind']} {each['metadata']['name']}"
        told = [one for one in (each.get("status") or {}).get("conditions") or () if "ready" in one["type"].lower()]
        for one in told:
            if one.get("status") == "False":
                return Said("SecretsResolved", "SyncFailed", f"{name}: {one.get('message') or one.get('reason')}")
        if not any(one.get("status") == "True" for one in told):
            waiting.append(name)
    if waiting:
        return Said("SecretsResolved", "Waiting", f"{', '.join(waiting)}: not synchronised yet")
    return Said("SecretsResolved", "Resolved", "every Secret is synchronised")


def _wanted(workload: Manifest) -> int:
    replicas = (workload.get("spec") or {}).get("replicas")
    return 1 if replicas is None else int(replicas)


def _condition(status: Mapping[str, Any], name: str) -> Mapping[str, Any] | None:
    return next((each for each in status.get("conditions") or () if each.get("type") == name), None)
