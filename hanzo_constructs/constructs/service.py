"""Service as a construct."""

from __future__ import annotations

from ..spec.resource import Service
from .construct import ResourceConstruct
from .objects import NamedObjects, OptionalObject, RequiredObject
from .roles import ScalingRole

__all__ = ["ServiceConstruct"]


class ServiceConstruct(ScalingRole[Service], ResourceConstruct[Service]):
    """A stateless workload: a Deployment, and what its optional blocks ask for."""

    kind = "Service"
    main_child = "Deployment"

    deployment = RequiredObject("Deployment")
    service = OptionalObject("Service")
    ingress = OptionalObject("Ingress")
    autoscaler = OptionalObject("HorizontalPodAutoscaler")
    disruption_budget = OptionalObject("PodDisruptionBudget")
    network_policy = OptionalObject("NetworkPolicy")
    service_monitor = OptionalObject("ServiceMonitor")
    kms_secrets = NamedObjects("KMSSecret")
