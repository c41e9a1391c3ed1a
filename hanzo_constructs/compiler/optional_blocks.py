"""The blocks that several kinds share: whether one is on, and secrets to be filled."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

from ..children.kms_secret import kms_secret
from ..kube.owner import Owner
from ..platform import Platform
from ..spec.ingress import Ingress
from ..spec.network_policy import NetworkPolicy
from ..spec.observability import ServiceMonitor
from ..spec.scaling import Autoscaling, PodDisruptionBudget
from ..spec.secrets import KmsSecretRef
from .child import Child

__all__ = ["active", "secret_children"]

Block = TypeVar("Block", Ingress, Autoscaling, PodDisruptionBudget, NetworkPolicy, ServiceMonitor)


def active(block: Block | None) -> Block | None:
    """Return *block* unless it is absent or switched off."""
    return None if block is None or block.enabled is False else block


def secret_children(owner: Owner, secrets: Sequence[KmsSecretRef], platform: Platform) -> Iterator[Child]:
    """Yield what fills each of *secrets* from the key management service."""
    for index, secret in enumerate(secrets):
        name, manifest = secret.managed_secret_name, kms_secret(owner, secret, platform=platform)
        yield Child(f"KMSSecret-{name}", manifest, "spec.kmsSecrets", f"spec.kmsSecrets[{index}].managedSecretName")
