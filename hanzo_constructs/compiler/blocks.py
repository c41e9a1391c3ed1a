"""The optional blocks that several kinds share: whether one is on, and what follows for a network policy."""

from __future__ import annotations

from typing import TypeVar

from ..platform import Rules
from ..spec.exposure import Ingress, NetworkPolicy
from ..spec.observability import ServiceMonitor
from ..spec.scaling import Autoscaling, PodDisruptionBudget

__all__ = ["active", "admitted_namespaces"]

Block = TypeVar("Block", Ingress, Autoscaling, PodDisruptionBudget, NetworkPolicy, ServiceMonitor)


def active(block: Block | None) -> Block | None:
    """Return *block* unless it is absent or switched off."""
    return None if block is None or block.enabled is False else block


def admitted_namespaces(
    rules: Rules, *, ingress: Ingress | None = None, monitor: ServiceMonitor | None = None
) -> list[str]:
    """Return the namespaces of the platform that a resource with these blocks cannot do without."""
    if not rules.epoch.policy_admits_platform:
        return []
    platform = rules.platform
    wanted = ((active(ingress), platform.ingress_namespace), (active(monitor), platform.monitoring_namespace))
    return list(dict.fromkeys(namespace for block, namespace in wanted if block))
