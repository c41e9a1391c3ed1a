"""Gateway as a construct."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ...errors import Finding, SpecError
from ...kube.model import parse_as, written
from ...spec.gateway import Gateway
from ...spec.kinds import KINDS
from ...spec.resource import Resource
from ..synth.links import tree_links
from .attributes import NamedObjects, OptionalObject, RequiredObject
from .plus_interfaces import ScalableConstruct
from .resource import ResourceConstruct

if TYPE_CHECKING:
    from ...spec.dicts import GatewayDict  # noqa: F401 - named in the argument of the base
    from ...spec.gateway import GatewaySpec  # noqa: F401 - likewise

__all__ = ["GatewayConstruct"]


class GatewayConstruct(ScalableConstruct[Gateway, "GatewaySpec | GatewayDict"]):
    """An API gateway: its configuration, a Deployment, and the ways in.

    The routes of the Base applications of the same app that name it are part of the configuration.
    """

    kind = "Gateway"
    main_child = "Deployment"
    linked_children = frozenset({"ConfigMap", "Deployment", "NetworkPolicy"})

    config_map = RequiredObject("ConfigMap")
    route_maps = NamedObjects("ConfigMap")
    service = RequiredObject("Service")
    deployment = RequiredObject("Deployment")
    services = NamedObjects("Service-alias")
    ingress = OptionalObject("Ingress")
    http_route = OptionalObject("HTTPRoute")
    http_routes = NamedObjects("HTTPRoute")
    autoscaler = OptionalObject("HorizontalPodAutoscaler")
    disruption_budget = OptionalObject("PodDisruptionBudget")
    network_policy = OptionalObject("NetworkPolicy")
    kms_secrets = NamedObjects("KMSSecret")
    service_monitor = OptionalObject("ServiceMonitor")

    def add_route(  # noqa: PLR0913 - a route has as many fields
        self,
        prefix: str,
        backend: str | ResourceConstruct[Any],
        *,
        methods: Sequence[str] | None = None,
        strip_prefix: bool | None = None,
        rate_limit: str | None = None,
        auth_policy: str | None = None,
        timeout: str | None = None,
    ) -> None:
        """Add a route behind those there are; raises `SpecError`, and adds nothing, when it does not fit.

        The *backend* is a URL, host:port, or a construct, of which the first port is meant. What is left out is as in
        `spec.routes`.
        """
        where = self._here
        try:
            given = {
                "prefix": prefix,
                "backend": _url(backend),
                "methods": [*methods] if isinstance(methods, set | frozenset | tuple) else methods,
                "stripPrefix": strip_prefix,
                "rateLimit": rate_limit,
                "authPolicy": auth_policy,
                "timeout": timeout,
            }
            resource = self._with_route({key: value for key, value in given.items() if value is not None})
            self._declare(resource, None)
        except SpecError as error:
            raise SpecError(finding.at(where, self._compiled.subject) for finding in error.findings) from None
        tree_links(self._context.root).add(self, resource, self._ties)

    def _with_route(self, route: dict[str, object]) -> Resource:
        declared = self.resource
        spec = written(declared.spec)
        document = {
            "apiVersion": declared.api_version,
            "metadata": written(declared.metadata),
            "spec": {**spec, "routes": [*spec.get("routes", ()), route]},
        }
        return parse_as(KINDS[self.kind].model, document)


def _url(backend: str | ResourceConstruct[Any]) -> str:
    if not isinstance(backend, ResourceConstruct):
        return backend
    if not (urls := backend.endpoints.ports):
        raise SpecError([Finding(f"{backend.resource} has no port that a route could lead to")])
    return next(iter(urls.values()))
