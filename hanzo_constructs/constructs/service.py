"""Service as a construct."""

from __future__ import annotations

from ..compiler import Compilation, compile_unshared
from ..spec.resource import Resource, Service
from .changing import ChangingConstruct
from .objects import NamedObjects, OptionalObject, RequiredObject
from .roles import ScalingRole

__all__ = ["ServiceConstruct"]


class ServiceConstruct(ScalingRole[Service], ChangingConstruct[Service]):
    """A stateless workload: a Deployment, and what its optional blocks ask for.

    Its network policy, where it has one, lets in whom the other constructs of the app declare to need it.
    """

    kind = "Service"
    main_child = "Deployment"
    changing = frozenset({"NetworkPolicy"})

    deployment = RequiredObject("Deployment")
    service = OptionalObject("Service")
    ingress = OptionalObject("Ingress")
    autoscaler = OptionalObject("HorizontalPodAutoscaler")
    disruption_budget = OptionalObject("PodDisruptionBudget")
    network_policy = OptionalObject("NetworkPolicy")
    service_monitor = OptionalObject("ServiceMonitor")
    kms_secrets = NamedObjects("KMSSecret")

    def _compile(self, resource: Resource) -> Compilation:
        policy = resource.spec.network_policy
        if policy is None or policy.enabled is False:  # others change nothing, and there are many of these
            return compile_unshared(resource, self._around.platform)
        return super()._compile(resource)
