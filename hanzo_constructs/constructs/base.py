"""Base as a construct."""

from __future__ import annotations

from ..compiler import Compilation
from ..errors import SpecError
from ..spec.resource import Base, Resource
from .changing import ChangingConstruct
from .linked import linked_set, placed
from .objects import NamedObjects, OptionalObject, RequiredObject
from .roles import PodRole

__all__ = ["BaseConstruct"]


class BaseConstruct(PodRole[Base], ChangingConstruct[Base]):
    """A replicated application with an elected writer: a StatefulSet, and what its optional blocks ask for.

    Its route is part of the Gateway that it names, when that is declared anywhere in the same app, before or after.
    """

    kind = "Base"
    main_child = "StatefulSet"
    changing = frozenset({"NetworkPolicy"})

    stateful_set = RequiredObject("StatefulSet")
    service = RequiredObject("Service")
    headless_service = RequiredObject("Service-headless")
    schema = OptionalObject("ConfigMap-schema")
    gateway_route = OptionalObject("ConfigMap-gateway-route")
    disruption_budget = OptionalObject("PodDisruptionBudget")
    network_policy = OptionalObject("NetworkPolicy")
    service_monitor = OptionalObject("ServiceMonitor")
    kms_secrets = NamedObjects("KMSSecret")

    def _compiled_with(self, resource: Resource) -> Compilation:
        here = placed(resource, self._around.platform)
        if isinstance(here, Base) and (contradiction := linked_set(self._around.root).contradiction(here)):
            raise SpecError([contradiction])
        return super()._compiled_with(resource)

    def _outdated(self) -> None:
        """Forget what was compiled; of the children that are there already, make those that are right."""
        super()._outdated()
        self._match_children()
