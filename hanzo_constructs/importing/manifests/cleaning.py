"""Manifests without what tools and servers write into them: what is left is what somebody wants."""

from __future__ import annotations

from typing import Any

from ...kube.manifest import Manifest

__all__ = ["cleaned", "is_served", "made_by_cluster"]

_OF_SERVERS = (
    "creationTimestamp",
    "deletionGracePeriodSeconds",
    "deletionTimestamp",
    "generateName",
    "generation",
    "managedFields",
    "resourceVersion",
    "selfLink",
    "uid",
)
_OF_JOBS = {"controller-uid", "job-name", "batch.kubernetes.io/controller-uid", "batch.kubernetes.io/job-name"}
"""Labels by which a cluster finds the pods of jobs, whatever the selector of one that a server hands out says."""
_MARKS = {
    "labels": (
        "pod-template-hash",
        "controller-revision-hash",
        "controller-uid",
        "job-name",
        "batch.kubernetes.io/controller-uid",
        "batch.kubernetes.io/job-name",
        "batch.kubernetes.io/job-completion-index",
        "statefulset.kubernetes.io/pod-name",
        "helm.sh/chart",
        "helm.toolkit.fluxcd.io/",
        "kustomize.toolkit.fluxcd.io/",
    ),
    "annotations": (
        "kubectl.kubernetes.io/last-applied-configuration",
        "kubectl.kubernetes.io/restartedAt",
        "helm.sh/hook",
        "helm.sh/hook-delete-policy",
        "helm.sh/hook-weight",
        "deployment.kubernetes.io/",
        "deprecated.daemonset.template.generation",
        "autoscaling.alpha.kubernetes.io/",
        "meta.helm.sh/",
        "argocd.argoproj.io/tracking-id",
        "kustomize.toolkit.fluxcd.io/checksum",
    ),
}
"""Labels and annotations by which tools and controllers know their objects again; those with a slash at the end are groups."""
_MANAGED_BY = "app.kubernetes.io/managed-by"
_TOOLS = ("Helm", "Tiller", "kustomize", "skaffold", "Kustomize")
_MADE_TYPES = ("helm.sh/release.v1", "kubernetes.io/service-account-token")
_MADE_KINDS = ("ControllerRevision", "Endpoints", "EndpointSlice", "Event", "Lease", "Node")


def made_by_cluster(manifest: Manifest) -> str:
    """Say who in a cluster makes *manifest* again: `Deployment web`; nothing where a person wrote it."""
    for owner in manifest["metadata"].get("ownerReferences") or ():
        if isinstance(owner, dict) and owner.get("controller"):
            return f"{owner.get('kind')} {owner.get('name')}"
    if manifest["kind"] in _MADE_KINDS:
        return "a controller"
    if manifest["kind"] == "Secret" and manifest.get("type") in _MADE_TYPES:
        return "Helm" if str(manifest["type"]).startswith("helm") else "a controller"
    if manifest["kind"] == "ConfigMap" and manifest["metadata"]["name"] == "kube-root-ca.crt":
        return "a controller"
    return ""


def is_served(manifest: Manifest) -> bool:
    """Tell whether *manifest* comes from a server, which writes into fields that nobody wrote."""
    metadata = manifest["metadata"]
    return any(key in metadata for key in ("uid", "resourceVersion", "managedFields")) or "status" in manifest


def cleaned(manifest: Manifest, dropped: set[str] | None = None) -> Manifest:
    """Return *manifest* without null, status, and what servers and tools know it again by.

    The labels and annotations that are left out are put among those *dropped*.
    """
    found: Manifest = _without_nulls({key: value for key, value in manifest.items() if key != "status"})
    dropped = set() if dropped is None else dropped
    found["metadata"] = _metadata(found["metadata"], None, dropped)
    _clean_template(found.get("spec"), dropped)
    return found


def _clean_template(spec: Any, dropped: set[str]) -> None:
    """Clean the metadata of the templates in *spec*, in place."""
    if not isinstance(spec, dict):
        return
    for field in ("template", "jobTemplate"):
        template = spec.get(field)
        if isinstance(template, dict):
            if isinstance(template.get("metadata"), dict):
                template["metadata"] = _metadata(template["metadata"], spec.get("selector"), dropped)
                if not template["metadata"]:
                    del template["metadata"]
            _clean_template(template.get("spec"), dropped)


def _metadata(metadata: Manifest, selector: Any, dropped: set[str]) -> Manifest:
    """Return *metadata* without marks, but for labels that *selector* needs."""
    found = {
        key: value
        for key, value in metadata.items()
        if key not in _OF_SERVERS or (key == "generateName" and "name" not in metadata)
    }
    selected = {*((selector.get("matchLabels") if isinstance(selector, dict) else None) or {})} - _OF_JOBS
    for field, marks in _MARKS.items():
        if isinstance(found.get(field), dict):
            kept = {
                key: value
                for key, value in found[field].items()
                if key in selected or not (_is_mark(str(key), marks) or (key == _MANAGED_BY and value in _TOOLS))
            }
            dropped |= found[field].keys() - kept.keys()
            found[field] = kept
        if found.get(field) == {}:
            del found[field]
    return found


def _is_mark(key: str, marks: tuple[str, ...]) -> bool:
    return any(key.startswith(mark) if mark.endswith("/") else key == mark for mark in marks)


def _without_nulls(value: Any) -> Any:
    """Return a copy of *value* as an API server reads it: a field that is null is not there."""
    if isinstance(value, dict):
        return {key: _without_nulls(item) for key, item in value.items() if item is not None}
    return [*map(_without_nulls, value)] if isinstance(value, list) else value
