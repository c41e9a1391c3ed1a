"""One Kubernetes object derived from a resource."""

from __future__ import annotations

from dataclasses import dataclass

from ..kube.manifest import Manifest
from ..kube.owner import Pods

__all__ = ["Child"]


@dataclass(frozen=True, slots=True)
class Child:
    """One Kubernetes object derived from a resource."""

    id: str
    """Name within the resource, stable: `Deployment`, `KMSSecret-api-secrets`."""
    manifest: Manifest
    requested_by: str
    """Why the child exists: the field of the spec that asks for it, or `always`."""
    name_field: str = ""
    """The field that holds its name, where the user chose that; else the name follows from the resource's."""
    pods: Pods | None = None
    """What it runs, where it is a workload."""
    derived: Manifest | None = None
    """What was derived, where the user laid something over it."""
