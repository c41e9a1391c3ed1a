"""Base as a construct."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...spec.base import Base
from .attributes import NamedObjects, OptionalObject, RequiredObject
from .plus_interfaces import PodConstruct

if TYPE_CHECKING:
    from ...spec.base import BaseSpec  # noqa: F401 - likewise
    from ...spec.dicts import BaseDict  # noqa: F401 - named in the argument of the base

__all__ = ["BaseConstruct"]


class BaseConstruct(PodConstruct[Base, "BaseSpec | BaseDict"]):
    """A replicated application with an elected writer: a StatefulSet, and what its optional blocks ask for.

    Its route is part of the Gateway that it names, when that is declared anywhere in the same app, before or after.
    """

    kind = "Base"
    main_child = "StatefulSet"
    linked_children = frozenset({"NetworkPolicy"})

    stateful_set = RequiredObject("StatefulSet")
    service = RequiredObject("Service")
    services = NamedObjects("Service-alias")
    headless_service = RequiredObject("Service-headless")
    schema = OptionalObject("ConfigMap-schema")
    gateway_route = OptionalObject("ConfigMap-gateway-route")
    disruption_budget = OptionalObject("PodDisruptionBudget")
    network_policy = OptionalObject("NetworkPolicy")
    service_monitor = OptionalObject("ServiceMonitor")
    kms_secrets = NamedObjects("KMSSecret")
