"""LatticeService as a construct."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...spec.lattice_service import LatticeService
from .attributes import NamedObjects, OptionalObject, RequiredObject
from .plus_interfaces import ScalableConstruct

if TYPE_CHECKING:
    from ...spec.dicts import LatticeServiceDict  # noqa: F401 - named in the argument of the base
    from ...spec.lattice_service import LatticeServiceSpec  # noqa: F401 - likewise

__all__ = ["LatticeServiceConstruct"]


class LatticeServiceConstruct(ScalableConstruct[LatticeService, "LatticeServiceSpec | LatticeServiceDict"]):
    """A workload by what it depends on: a Deployment, and what the dependencies ask for.

    Its network policy lets in those of the other constructs of the app that it names and that call it; texts that name
    the address of one follow it.
    """

    kind = "LatticeService"
    main_child = "Deployment"
    linked_children = frozenset({"ConfigMap", "Deployment", "Deployment-canary", "ExternalSecret", "NetworkPolicy"})

    deployment = RequiredObject("Deployment")
    canary = OptionalObject("Deployment-canary")
    service = RequiredObject("Service")
    canary_service = OptionalObject("Service-canary")
    network_policy = RequiredObject("NetworkPolicy")
    cilium_network_policy = OptionalObject("CiliumNetworkPolicy")
    service_account = OptionalObject("ServiceAccount")
    config_map = OptionalObject("ConfigMap")
    external_secrets = NamedObjects("ExternalSecret")
    claims = NamedObjects("PersistentVolumeClaim")
    ingress = OptionalObject("Ingress")
    http_route = OptionalObject("HTTPRoute")
    http_routes = NamedObjects("HTTPRoute")
    autoscaler = OptionalObject("HorizontalPodAutoscaler")
    disruption_budget = OptionalObject("PodDisruptionBudget")
    service_monitor = OptionalObject("ServiceMonitor")
