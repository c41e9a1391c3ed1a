"""What is remembered of autoscalers and disruption budgets."""

from __future__ import annotations

from ..facts import Facts, Scaler
from ..kinds import known_kind
from ..objects import Object

__all__ = ["read_autoscaler", "read_budget", "read_scaled_object"]


def read_autoscaler(obj: Object, facts: Facts) -> None:
    """Note what the autoscaler *obj* scales."""
    _read_target(obj, facts, obj.spec.get("minReplicas", 1))


def read_scaled_object(obj: Object, facts: Facts) -> None:
    """Note what KEDA scales."""
    _read_target(obj, facts, obj.spec.get("minReplicaCount", 0))


def _read_target(obj: Object, facts: Facts, least: int) -> None:
    origin, target = obj.origin, obj.spec["scaleTargetRef"]
    # KEDA's default is a Deployment.
    kind = known_kind(target.get("apiVersion") or "apps/v1", target.get("kind") or "Deployment")
    namespace, name = origin.namespace, target["name"]
    facts.scalers.append(Scaler(origin, (kind, namespace, name), least))
    facts.references.append((kind, namespace, name, origin, ("spec", "scaleTargetRef"), (), False, origin.own))


def read_budget(obj: Object, facts: Facts) -> None:
    """Note which pods the budget *obj* keeps, and how many."""
    spec, origin = obj.spec, obj.origin
    if "selector" in spec:
        selection = facts.select(origin.namespace, obj.asked(spec["selector"]))
        selection.users.append((origin, ("spec", "selector")))
        selection.budgets.append((origin, spec.get("minAvailable"), spec.get("maxUnavailable")))
