"""PodDisruptionBudget: how many pods a drain may take at once."""

from __future__ import annotations

from typing import Any

from ..kube.manifest import Manifest, manifest, present
from ..kube.owner import Pods
from ..platform import Rules
from ..spec.scaling import PodDisruptionBudget

__all__ = ["EVICTION_POLICY_SINCE", "pod_disruption_budget"]


EVICTION_POLICY_SINCE = 26
"""Kubernetes 1.26 knows unhealthyPodEvictionPolicy."""


def pod_disruption_budget(pods: Pods, budget: PodDisruptionBudget, *, rules: Rules) -> Manifest:
    """Bound the disruption of *pods*; without a bound, the epoch's is 1."""
    epoch = rules.epoch
    known = epoch.evict_unhealthy and rules.platform.kubernetes_minor >= EVICTION_POLICY_SINCE
    unbounded = budget.min_available is None and budget.max_unavailable is None
    bounds: dict[str, Any] = (
        {epoch.budget: 1}
        if unbounded
        else {"minAvailable": budget.min_available, "maxUnavailable": budget.max_unavailable}
    )
    return manifest(
        "PodDisruptionBudget",
        pods,
        spec=present(
            {
                **bounds,
                "unhealthyPodEvictionPolicy": budget.unhealthy_pod_eviction_policy
                or ("AlwaysAllow" if known else None),
                "selector": {"matchLabels": dict(pods.selector)},
            }
        ),
    )
