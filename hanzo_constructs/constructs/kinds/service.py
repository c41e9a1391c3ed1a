"""Service as a construct."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...spec.service import Service
from .attributes import NamedObjects, OptionalObject, RequiredObject
from .plus_interfaces import ScalableConstruct

if TYPE_CHECKING:
    from ...spec.dicts import ServiceDict  # noqa: F401 - named in the argument of the base
    from ...spec.service import ServiceSpec  # noqa: F401 - likewise

__all__ = ["ServiceConstruct"]


class ServiceConstruct(ScalableConstruct[Service, "ServiceSpec | ServiceDict"]):
    """A stateless workload: a Deployment, and what its optional blocks ask for.

    Its network policy, where it has one, lets in whom the other constructs of the app declare to need it.
    """

    kind = "Service"
    main_child = "Deployment"
    linked_children = frozenset({"NetworkPolicy"})

    deployment = RequiredObject("Deployment")
    service = OptionalObject("Service")
    services = NamedObjects("Service-alias")
    ingress = OptionalObject("Ingress")
    http_route = OptionalObject("HTTPRoute")
    http_routes = NamedObjects("HTTPRoute")
    autoscaler = OptionalObject("HorizontalPodAutoscaler")
    disruption_budget = OptionalObject("PodDisruptionBudget")
    network_policy = OptionalObject("NetworkPolicy")
    service_monitor = OptionalObject("ServiceMonitor")
    kms_secrets = NamedObjects("KMSSecret")
