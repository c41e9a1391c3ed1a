"""Gateway: the API gateway in front of services, configured from routes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from ..kube.core import ResourceRequirements
from ..kube.duration import Duration, milliseconds
from ..kube.fields import shown, suggestion
from ..kube.model import CheckedModel, Items, Mapping, Problem
from ..kube.names import LabelValue
from .exposure import Ingress
from .image import Image
from .observability import ServiceMonitor
from .pod import repeated, request_problems
from .workload import labelling_problems

__all__ = ["METHODS", "AuthPolicy", "GatewaySpec", "RateLimit", "Route"]

Method = Literal["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
METHODS: tuple[Method, ...] = ("GET", "POST", "PUT", "PATCH", "DELETE")
"""Methods of a Base route."""
_BACKEND = re.compile(r"(?:https?://)?([a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)(?::(\d{1,5}))?(/\S*)?\Z", re.ASCII | re.IGNORECASE)


class Route(CheckedModel):
    """A path prefix and the backend that answers below it."""

    prefix: str
    """Path prefix, such as /v1/chat."""
    backend: str
    """URL or host:port of the backend."""
    methods: Annotated[Items[Method], Field(min_length=1)] = ("GET",)
    """HTTP methods of the route."""
    strip_prefix: bool = False
    """Whether the backend sees the path without the prefix."""
    rate_limit: str | None = None
    """Name of one of rateLimits."""
    auth_policy: str | None = None
    """Name of one of authPolicies."""

    def problems(self) -> Iterator[Problem]:
        """Refuse prefixes and backends the gateway refuses."""
        if not re.match(r"/[A-Za-z0-9._~/{}-]*\Z", self.prefix) or "//" in self.prefix:
            yield Problem(("prefix",), f"must be a path that begins with a slash, got {shown(self.prefix)}")
        matched = _BACKEND.match(self.backend)
        if not matched or (matched[2] and not 1 <= int(matched[2]) <= 65535):
            yield Problem(("backend",), f"must be a URL with a host, or host:port, got {shown(self.backend)}")
        yield from repeated(self.methods, field="", at=("methods",))


class RateLimit(CheckedModel):
    """How many requests may pass in a time."""

    name: Annotated[str, Field(min_length=1)]
    """Name that routes refer to."""
    max_rate: Annotated[int, Field(ge=1)] | None = None
    """Requests of all clients together."""
    every: Duration = "1s"
    """Time the rates are measured over."""
    client_max_rate: Annotated[int, Field(ge=1)] | None = None
    """Requests of each client."""

    def problems(self) -> Iterator[Problem]:
        """Refuse limits that limit nothing."""
        if self.max_rate is None and self.client_max_rate is None:
            yield Problem((), "must have maxRate or clientMaxRate")
        if milliseconds(self.every) == 0:
            yield Problem(("every",), f"must be more than 0, got {self.every}")


class AuthPolicy(CheckedModel):
    """Who may use a route."""

    name: Annotated[str, Field(min_length=1)]
    """Name that routes refer to."""
    type: Literal["jwt"] = "jwt"
    """How a client proves who it is."""
    iam_endpoint: str | None = None
    """URL of identity and access management: the issuer of the tokens."""
    jwks_url: str | None = None
    """URL of the signing keys; left out, /.well-known/jwks below iamEndpoint."""

    def problems(self) -> Iterator[Problem]:
        """Refuse a policy without keys."""
        if self.iam_endpoint is None and self.jwks_url is None:
            yield Problem((), "must have iamEndpoint or jwksUrl")
        for field, url in (("iamEndpoint", self.iam_endpoint), ("jwksUrl", self.jwks_url)):
            if url is not None and not re.match(r"https?://[^\s/]+", url):
                yield Problem((field,), f"must be an http or https URL, got {shown(url)}")


class GatewaySpec(CheckedModel):
    """An API gateway and its routes."""

    image: Image | None = None
    """Image of the gateway; left out, ghcr.io/hanzoai/gateway."""
    replicas: Annotated[int, Field(ge=0)] = 2
    """Number of pods."""
    routes: Items[Route] = ()
    """Routes in order; those of Base applications of the same app are added."""
    rate_limits: Items[RateLimit] = ()
    """Rate limits that routes refer to."""
    auth_policies: Items[AuthPolicy] = ()
    """Policies that routes refer to."""
    ingress: Ingress | None = None
    """Hosts under which the gateway is reached from outside."""
    resources: ResourceRequirements | None = None
    """Requests and limits of the gateway."""
    service_monitor: ServiceMonitor | None = None
    """How Prometheus scrapes the gateway."""
    labels: Mapping[str] = Field(default_factory=dict)
    """Labels of every child and of the pods; never of the selector."""
    annotations: Mapping[str] = Field(default_factory=dict)
    """Annotations of the pods."""
    part_of: LabelValue | None = None
    """Larger application this gateway belongs to: the label app.kubernetes.io/part-of."""
    component: LabelValue | None = None
    """Role within that application: the label app.kubernetes.io/component."""

    def problems(self) -> Iterator[Problem]:
        """Yield every rule between fields that does not hold."""
        yield from repeated((limit.name for limit in self.rate_limits), field="name", at=("rateLimits",))
        yield from repeated((policy.name for policy in self.auth_policies), field="name", at=("authPolicies",))
        limits, policies = [each.name for each in self.rate_limits], [each.name for each in self.auth_policies]
        seen: dict[tuple[str, str], int] = {}
        for index, route in enumerate(self.routes):
            for field, name, known in (("rateLimit", route.rate_limit, limits), ("authPolicy", route.auth_policy, policies)):
                if name is not None and name not in known:
                    near = suggestion(name, known)
                    hint = f"did you mean {near}?" if near else f"declared are {', '.join(known) or 'none'}"
                    yield Problem(("routes", index, field), f"{shown(name)} is not declared, {hint}")
            for method in route.methods:
                if (first := seen.setdefault((route.prefix, method), index)) != index:
                    yield Problem(("routes", index, "prefix"), f"{method} {route.prefix} is routed twice", also=("routes", first))
        if self.resources:
            yield from request_problems(self.resources)
        yield from labelling_problems(self)
