"""Stateful as a construct."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...spec.stateful import Stateful
from .attributes import NamedObjects, OptionalObject, RequiredObject
from .plus_interfaces import ScalableConstruct

if TYPE_CHECKING:
    from ...spec.dicts import StatefulDict  # noqa: F401 - named in the argument of the base
    from ...spec.stateful import StatefulSpec  # noqa: F401 - likewise

__all__ = ["StatefulConstruct"]


class StatefulConstruct(ScalableConstruct[Stateful, "StatefulSpec | StatefulDict"]):
    """A workload of any image whose pods have stable names, and a disk each: a StatefulSet and its Services."""

    kind = "Stateful"
    main_child = "StatefulSet"
    linked_children = frozenset({"NetworkPolicy"})

    stateful_set = RequiredObject("StatefulSet")
    service = OptionalObject("Service")
    services = NamedObjects("Service-alias")
    headless_service = RequiredObject("Service-headless")
    ingress = OptionalObject("Ingress")
    http_route = OptionalObject("HTTPRoute")
    http_routes = NamedObjects("HTTPRoute")
    autoscaler = OptionalObject("HorizontalPodAutoscaler")
    disruption_budget = OptionalObject("PodDisruptionBudget")
    network_policy = OptionalObject("NetworkPolicy")
    service_monitor = OptionalObject("ServiceMonitor")
    kms_secrets = NamedObjects("KMSSecret")
