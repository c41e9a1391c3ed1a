"""InferenceService as a construct."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...spec.inference.contract import variants
from ...spec.inference_service import InferenceService
from .attributes import NamedObjects, OptionalObject, RequiredObject
from .plus_interfaces import ScalableConstruct

if TYPE_CHECKING:
    from ...spec.dicts import InferenceServiceDict  # noqa: F401 - named in the argument of the base
    from ...spec.inference_service import InferenceServiceSpec  # noqa: F401 - likewise

__all__ = ["InferenceServiceConstruct"]


class InferenceServiceConstruct(ScalableConstruct[InferenceService, "InferenceServiceSpec | InferenceServiceDict"]):
    """A model that answers requests, and a new one beside it: a Deployment for each, and a route that shares the traffic.

    Its network policy, where it has one, lets in whom the other constructs of the app declare to need it.
    """

    kind = "InferenceService"
    linked_children = frozenset({"NetworkPolicy"})

    primary = OptionalObject("Deployment-primary")
    canary = OptionalObject("Deployment-canary")
    deployments = NamedObjects("Deployment")
    service = RequiredObject("Service")
    primary_service = OptionalObject("Service-primary")
    canary_service = OptionalObject("Service-canary")
    services = NamedObjects("Service-alias")
    ingress = OptionalObject("Ingress")
    http_route = OptionalObject("HTTPRoute")
    http_routes = NamedObjects("HTTPRoute")
    autoscaler = OptionalObject("HorizontalPodAutoscaler")
    scaled_object = OptionalObject("ScaledObject")
    resource_claim_template = OptionalObject("ResourceClaimTemplate")
    disruption_budget = OptionalObject("PodDisruptionBudget")
    network_policy = OptionalObject("NetworkPolicy")
    service_monitor = OptionalObject("ServiceMonitor")
    kms_secrets = NamedObjects("KMSSecret")

    @property
    def main_child(self) -> str:  # type: ignore[override]  # the other kinds know it without a look
        """The Deployment of the model that serves."""
        return f"Deployment-{variants(self.resource.spec)[0]}"
