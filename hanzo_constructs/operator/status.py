"""The status of a resource: what people see in `kubectl get` and `kubectl describe`, and programs read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..kube.manifest import Manifest, present
from ..spec.kinds import kind_named
from ..spec.status import Category
from .conditions import Said, conditions, reason_named
from .readiness import availability, gone_job_said, has_ended_before, only_pod, pods_of, secrets_said
from .resource_set import Summary

__all__ = ["CATEGORIES", "Observed", "status_of"]

CATEGORIES: Mapping[str, Category] = {
    "CiliumNetworkPolicy": "Network",
    "ConfigMap": "Configuration",
    "CronJob": "Workload",
    "Deployment": "Workload",
    "ExternalSecret": "Secrets",
    "HTTPRoute": "Network",
    "HorizontalPodAutoscaler": "Scaling",
    "Ingress": "Network",
    "Job": "Workload",
    "KMSSecret": "Secrets",
    "NetworkPolicy": "Network",
    "PersistentVolumeClaim": "Storage",
    "PodDisruptionBudget": "Scaling",
    "ResourceClaimTemplate": "Workload",
    "ScaledObject": "Scaling",
    "Service": "Network",
    "ServiceAccount": "Access",
    "ServiceMonitor": "Monitoring",
    "StatefulSet": "Workload",
}
"""What each kind of object is for, whatever kind it is of."""


@dataclass(frozen=True)
class Observed:
    """What is known of a resource in the cluster."""

    resource: Manifest
    """The resource as it was read, with the status of before."""
    objects: Sequence[Manifest] = ()
    """Its children as they are in the cluster."""
    problem: Said | None = None
    """Why not everything is applied: a condition Applied."""
    writer: str | None = None
    """Of a Base, the pod that takes writes, where somebody has asked it; a single one has nobody to elect."""
    term: int | None = None
    """Of a Base, the number of the election that chose the writer."""


def status_of(summary: Summary, observed: Observed, now: str) -> Manifest:
    """Return the status of a resource at *now*, an RFC 3339 time: `2026-01-01T00:00:00Z`.

    It is a pure function; in what it returns there is no text of the spec but names, and no value of a Secret.
    """
    resource = observed.resource
    old: Manifest = resource.get("status") or {}
    generation = resource["metadata"].get("generation") or 0
    said = [*_said(summary, observed)]
    pods = pods_of(observed.objects)
    status: dict[str, Any] = {
        "conditions": conditions(said, old.get("conditions") or (), generation, now),
        "phase": _phase(said, observed, old),
        "observedGeneration": generation,
        "compiledResources": [
            {
                "id": each.id,
                "apiVersion": each.ref.api_version,
                "kind": each.ref.kind,
                "name": each.ref.name,
                "category": CATEGORIES.get(each.ref.kind, "Other"),
            }
            for each in summary.children
        ],
        "compiledCount": len(summary.children),
        "epoch": summary.epoch,
        "replicas": pods.there if pods else None,
        "readyReplicas": pods.ready if pods else None,
        **summary.addresses,
        **_work(observed.objects),
        "currentWriter": observed.writer or only_pod(observed.objects),
        "term": observed.term,
    }
    known = _fields_of(resource["kind"])
    return present({key: value for key, value in status.items() if key in known})


def _phase(said: Sequence[Said], observed: Observed, old: Manifest) -> str:
    """Return the conditions in one word."""
    if observed.resource["metadata"].get("deletionTimestamp"):
        return "Deleting"
    reasons = {each.type: each.reason for each in said}
    truth = {name: reason_named(name, reason).status for name, reason in reasons.items()}
    if "False" in {truth["Compiled"], truth["Applied"]}:
        return _refused_phase(reasons, observed)
    if reasons["Available"] == "JobFailed":
        return "Failed"
    if all(each == "True" for each in truth.values()):
        return "Ready"
    if reasons["Available"] in {"PodsRefused", "RolloutStuck"}:
        pods = pods_of(observed.objects)
        return "Degraded" if pods and pods.ready else "Failed"
    was_ready = old.get("phase") in {"Ready", "Degraded"} and reasons["Available"] != "Running"
    return "Degraded" if truth["Available"] == "True" or was_ready else "Pending"


def _refused_phase(reasons: Mapping[str, str], observed: Observed) -> str:
    """Return the phase of a resource of which not everything is applied: what was there before goes on."""
    if any(each["kind"] in {"Deployment", "StatefulSet", "CronJob", "Job"} for each in observed.objects):
        return "Degraded"
    is_waiting = reasons["Compiled"] == "ReferenceNotFound" or reasons["Applied"] == "JobRunning"
    return "Pending" if is_waiting else "Failed"


def _said(summary: Summary, observed: Observed) -> Iterable[Said]:
    """Yield the conditions in their order."""
    if summary.refused:
        yield Said("Compiled", "InvalidSpec", _findings_text(summary.refused))
    elif summary.unmet:
        yield Said("Compiled", "ReferenceNotFound", _findings_text(summary.unmet))
    else:
        yield Said("Compiled", "Compiled", f"{_objects(summary)} derived, and the set fits together")
    if summary.missing_gateway:
        text = f"{summary.missing_gateway} is not there; create it, or name another in spec.gateway"
        yield Said("LinksResolved", "GatewayNotFound", text)
    elif summary.children:
        text = "everything that it is linked to is there"
        if summary.elsewhere:
            names = ", ".join(summary.elsewhere)
            text = f"{names} is no resource in the cluster, and taken for something elsewhere that has the names of its kind"
        yield Said("LinksResolved", "Resolved", text)
    if not summary.children:
        yield Said("Applied", "NotCompiled", "nothing is changed; see Compiled")
    else:
        yield observed.problem or Said("Applied", "Applied", f"{_objects(summary)} as derived")
    secrets = secrets_said(observed.objects)
    if secrets is not None:
        yield secrets
    yield _available(summary, observed)


def _available(summary: Summary, observed: Observed) -> Said:
    """Say whether the resource does what it is for; a Job that is gone is what it was."""
    there = {each["kind"] for each in observed.objects}
    for each in summary.children:
        if each.ref.kind == "Job" and "Job" not in there and has_ended_before(observed.resource, each.ref.name):
            return gone_job_said(observed.resource, each.ref.name)
    return availability(observed.objects)


def _objects(summary: Summary) -> str:
    return "1 object is" if len(summary.children) == 1 else f"{len(summary.children)} objects are"


def _findings_text(findings: Iterable[Any]) -> str:
    return "; ".join(": ".join(filter(None, (each.path, each.message))) for each in findings)


def _work(objects: Iterable[Manifest]) -> Manifest:
    """Return what is known of work that ends."""
    found: dict[str, Any] = {}
    for each in objects:
        status = each.get("status") or {}
        if each["kind"] == "Job":
            found |= {key: status.get(key) for key in ("active", "succeeded", "failed")}
        elif each["kind"] == "CronJob":
            found["active"] = len(status.get("active") or ())
            found |= {key: status.get(key) for key in ("lastScheduleTime", "lastSuccessfulTime")}
    return found


def _fields_of(kind: str) -> frozenset[str]:
    """Return the fields of the status of *kind*, as they are written."""
    model = kind_named(kind).status_model
    return frozenset(str(field.alias or name) for name, field in model.model_fields.items())
