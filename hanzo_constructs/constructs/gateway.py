"""Gateway as a construct."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..errors import Finding, SpecError
from ..kube.model import parse_python, written
from ..spec.kinds import KINDS
from ..spec.resource import Gateway, Resource
from .cdk import ApiObject
from .changing import ChangingConstruct
from .construct import ResourceConstruct
from .kept import KeptCompilation
from .objects import NamedObjects, OptionalObject, RequiredObject
from .place import caller, construct_path
from .roles import ScalingRole

__all__ = ["GatewayConstruct"]


class GatewayConstruct(ScalingRole[Gateway], ChangingConstruct[Gateway]):
    """An API gateway: its configuration, a Deployment, and the ways in.

    The routes of the Base applications of the same app that name it are part of the configuration.
    """

    kind = "Gateway"
    main_child = "Deployment"
    changing = frozenset({"ConfigMap", "Deployment", "NetworkPolicy"})

    config_map = RequiredObject("ConfigMap")
    route_maps = NamedObjects("ConfigMap")
    service = RequiredObject("Service")
    deployment = RequiredObject("Deployment")
    ingress = OptionalObject("Ingress")
    autoscaler = OptionalObject("HorizontalPodAutoscaler")
    disruption_budget = OptionalObject("PodDisruptionBudget")
    network_policy = OptionalObject("NetworkPolicy")
    kms_secrets = NamedObjects("KMSSecret")
    service_monitor = OptionalObject("ServiceMonitor")

    @property
    def children(self) -> Mapping[str, ApiObject]:
        """The children by id, made real."""
        self._match_children()
        return super().children

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
        where = f"{construct_path(self._around.path, self._id)} ({caller()})"
        try:
            given = {
                "prefix": prefix,
                "backend": _url(backend),
                "methods": methods if methods is None else [*methods],
                "stripPrefix": strip_prefix,
                "rateLimit": rate_limit,
                "authPolicy": auth_policy,
                "timeout": timeout,
            }
            resource = self._with_route({key: value for key, value in given.items() if value is not None})
            compilation = self._compiled_with(resource)
        except SpecError as error:
            raise SpecError(finding.at(where, str(self._declared)) for finding in error.findings) from None
        self._declared, self._kept = resource, KeptCompilation(compilation)
        self._joined(resource)

    def _with_route(self, route: dict[str, object]) -> Resource:
        spec = written(self._declared.spec)
        document = {
            "apiVersion": self._declared.api_version,
            "metadata": written(self._declared.metadata),
            "spec": {**spec, "routes": [*spec.get("routes", ()), route]},
        }
        return parse_python(KINDS[self.kind].model, document)


def _url(backend: str | ResourceConstruct[Any]) -> str:
    if not isinstance(backend, ResourceConstruct):
        return backend
    if not (urls := backend.endpoints.ports):
        raise SpecError([Finding(f"{backend.resource} has no port that a route could lead to")])
    return next(iter(urls.values()))
