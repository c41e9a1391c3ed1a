"""The blocks that several kinds share: whether one is on, what follows for a network policy, secrets to be filled."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

from ..children.kms_secret import kms_secret
from ..kube.owner import Owner
from ..platform import Platform, Rules
from ..spec.exposure import Ingress, NetworkPolicy
from ..spec.observability import ServiceMonitor
from ..spec.scaling import Autoscaling, PodDisruptionBudget
from ..spec.secrets import KmsSecretRef
from .compilation import Child

__all__ = ["active", "admitted_namespaces", "secret_children"]

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


def secret_children(owner: Owner, secrets: Sequence[KmsSecretRef], platform: Platform) -> Iterator[Child]:
    """Yield what fills each of *secrets* from the key management service."""
    for index, secret in enumerate(secrets):
        name, manifest = secret.managed_secret_name, kms_secret(owner, secret, platform=platform)
        yield Child(f"KMSSecret-{name}", manifest, "spec.kmsSecrets", f"spec.kmsSecrets[{index}].managedSecretName")
