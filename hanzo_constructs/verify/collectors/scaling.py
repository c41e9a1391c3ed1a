"""What is remembered of autoscalers and disruption budgets."""

from __future__ import annotations

from collections.abc import Iterable

from ...kube.kinds import known_kind
from ...kube.manifest import Manifest
from ..facts import Scaler
from ..field_types import identity_findings, shape_findings
from ..index import SetIndex
from ..objects import Object
from .references import target_kind

__all__ = ["read_autoscaler", "read_budget", "read_limit_range", "read_scaled_object", "scaled_by"]

_SCALERS = ("HorizontalPodAutoscaler", "ScaledObject")
_DEFAULTS = ("defaultRequest", "default", "min", "max")
_KEDA_RESOURCES = ("cpu", "memory")
_KEDA_MOST = 100
"""Pods that KEDA starts at most where nothing is written."""


def read_autoscaler(obj: Object, set_index: SetIndex) -> None:
    """Note what the autoscaler *obj* scales."""
    metrics = obj.spec.get("metrics")
    measured = ["cpu"]  # Kubernetes' default, and what there is in autoscaling/v1
    if metrics:
        resources = [each.get("resource") or {} for each in metrics if each.get("type") == "Resource"]
        measured = [each["name"] for each in resources if (each.get("target") or {}).get("type") == "Utilization"]
    _read_target(obj, set_index, obj.spec.get("minReplicas", 1), obj.spec["maxReplicas"], measured)


def read_scaled_object(obj: Object, set_index: SetIndex) -> None:
    """Note what KEDA scales."""
    measured = [
        each["type"]
        for each in obj.spec.get("triggers") or ()
        if each.get("type") in _KEDA_RESOURCES and each.get("metricType", "Utilization") == "Utilization"
    ]
    least, most = obj.spec.get("minReplicaCount", 0), obj.spec.get("maxReplicaCount", _KEDA_MOST)
    _read_target(obj, set_index, least, most, measured)


def scaled_by(manifest: Manifest) -> tuple[str, str, str] | None:
    """Return kind, namespace and name of what *manifest* scales; None where it is no autoscaler, or not a right one."""
    api_version, kind = manifest.get("apiVersion"), manifest.get("kind")
    if not isinstance(api_version, str) or not isinstance(kind, str) or known_kind(api_version, kind) not in _SCALERS:
        return None
    if [*identity_findings(manifest), *shape_findings(manifest, kind)]:
        return None  # the proof says so
    target = (manifest.get("spec") or {}).get("scaleTargetRef") or {}
    return (target_kind(target), manifest["metadata"].get("namespace") or "", target.get("name") or "")


def _read_target(obj: Object, set_index: SetIndex, least: int, most: int, measured: Iterable[str]) -> None:
    origin, target = obj.origin, obj.spec["scaleTargetRef"]
    kind = target_kind(target)
    namespace, name = origin.namespace, target["name"]
    set_index.scalers.append(Scaler(origin, (kind, namespace, name), least, most, tuple(measured)))


def read_limit_range(obj: Object, set_index: SetIndex) -> None:
    """Note what containers ask for where they say nothing; without a default, a bound is the default.

    Source: `SetDefaults_LimitRangeItem` in pkg/apis/core/v1/defaults.go of kubernetes/kubernetes.
    """
    for item in obj.spec.get("limits") or ():
        if item.get("type") == "Container":
            names = (name for field in _DEFAULTS for name in item.get(field) or ())
            set_index.default_requests |= {(obj.origin.namespace, name) for name in names}


def read_budget(obj: Object, set_index: SetIndex) -> None:
    """Note which pods the budget *obj* keeps, and how many."""
    spec, origin = obj.spec, obj.origin
    if "selector" in spec:
        selection = set_index.select(origin.namespace, obj.asked(spec["selector"]))
        selection.users.append((origin, ("spec", "selector")))
        selection.budgets.append((origin, spec.get("minAvailable"), spec.get("maxUnavailable")))
