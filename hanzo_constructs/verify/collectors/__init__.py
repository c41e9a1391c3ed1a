"""What the index of the set takes from an object, for the checks of the whole set; one collector for each kind."""

from __future__ import annotations

from collections.abc import Callable
from types import MappingProxyType

from ...kube.kinds import ROUTES, WORKLOADS
from ..index import SetIndex
from ..objects import Object
from .networks import read_ingress, read_network_policy, read_route, read_service, read_service_monitor
from .references import read_references
from .scaling import read_autoscaler, read_budget, read_limit_range, read_scaled_object
from .stored import read_annotations, read_claim, read_config_map, read_filled_secret, read_kms_secret, read_secret
from .workloads import read_workload

__all__ = ["Reader", "read_annotations", "read_references", "reader_of"]

Reader = Callable[[Object, SetIndex], None]

_READERS: MappingProxyType[str, Reader] = MappingProxyType(
    {
        **dict.fromkeys(WORKLOADS, read_workload),
        "Service": read_service,
        "Ingress": read_ingress,
        **dict.fromkeys(ROUTES, read_route),
        "NetworkPolicy": read_network_policy,
        "ServiceMonitor": read_service_monitor,
        "HorizontalPodAutoscaler": read_autoscaler,
        "ScaledObject": read_scaled_object,
        "PodDisruptionBudget": read_budget,
        "LimitRange": read_limit_range,
        "ConfigMap": read_config_map,
        "PersistentVolumeClaim": read_claim,
        "Secret": read_secret,
        "KMSSecret": read_kms_secret,
        "ExternalSecret": read_filled_secret,
        "SealedSecret": read_filled_secret,
        "Certificate": read_filled_secret,
    }
)


def reader_of(kind: str) -> Reader | None:
    """Return the reader of *kind*, or None when only its annotations are of interest."""
    return _READERS.get(kind)
