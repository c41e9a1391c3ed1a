"""HanzoGateway, which is Gateway in v1."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from ...kube.core import ResourceRequirements
from ...kube.core.scalars import Positive32
from ...kube.model import Items, Model
from ..draft import Draft
from ..steps import image, monitor, switches, zero_trust
from .parts import Image, Ingress, Metadata, Monitor

__all__ = ["AuthPolicy", "HanzoGateway", "HanzoGatewaySpec", "RateLimit", "Route", "gateway"]

_IMAGE = {"repository": "ghcr.io/hanzoai/gateway", "tag": "latest"}
_NO_SUCH_TYPE = "v1 checks signed tokens (jwt) and nothing else; the operator checked nothing"


class RateLimit(Model):
    """How many requests may pass in a time."""

    list_keys: ClassVar[tuple[str, ...]] = ("name",)

    name: str
    """Name of the limit."""
    max_rate: Positive32
    """Requests of all clients together."""
    every: str
    """Time in which they are counted."""
    client_max_rate: Positive32 | None = None
    """Requests of each client."""


class AuthPolicy(Model):
    """Who may use a route."""

    list_keys: ClassVar[tuple[str, ...]] = ("name",)

    name: str
    """Name that routes refer to."""
    type: Literal["jwt", "apikey", "oidc", "none"]
    """How a client proves who it is."""
    iam_endpoint: str | None = None
    """URL of identity and access management."""
    jwks_url: Annotated[str | None, Field(alias="jwksURL")] = None
    """URL of the keys that tokens are signed with."""


class Route(Model):
    """A path prefix and the backend that answers below it."""

    prefix: str
    """Path prefix."""
    backend: str
    """Host of the backend, or host:port."""
    methods: Items[str] = ()
    """HTTP methods; all but the first were ignored."""
    strip_prefix: bool = False
    """Whether the prefix was meant to be removed; it was ignored."""
    rate_limit: RateLimit | None = None
    """Limit of the route; it was ignored."""
    auth_policy: str | None = None
    """Name of one of authPolicies; it was ignored."""


class HanzoGatewaySpec(Model):
    """An API gateway and its routes."""

    image: Image | None = None
    """Image of the gateway."""
    replicas: Positive32 = 2
    """Number of pods."""
    routes: Items[Route] = ()
    """Routes."""
    rate_limits: Items[RateLimit] = ()
    """Rate limits; they were ignored."""
    auth_policies: Items[AuthPolicy] = ()
    """Policies on who may pass; they were ignored."""
    ingress: Ingress | None = None
    """A way in from outside the cluster."""
    resources: ResourceRequirements | None = None
    """Requests and limits."""
    service_monitor: Monitor | None = None
    """How Prometheus would scrape the pods; it was ignored."""


class HanzoGateway(Model):
    """An API gateway; use Gateway of v1."""

    api_version: str = "hanzo.ai/v1alpha1"
    """API group and version."""
    kind: Literal["HanzoGateway"] = "HanzoGateway"
    """HanzoGateway."""
    metadata: Metadata
    """Name, namespace, labels and annotations."""
    spec: HanzoGatewaySpec
    """What is wanted."""


def gateway(draft: Draft) -> None:
    """Make a Gateway of v1 of *draft*, but for the names of kinds and fields."""
    image(draft, _IMAGE)
    monitor(draft)
    draft.differ(("spec",), "the Service of the gateway offers port 80 from now on, and offered 8080")
    zero_trust(draft)
    _policies(draft)
    for index in draft.indexes("spec", "routes"):
        if draft.has_block("spec", "routes", index):
            _route(draft, index)
    switches(draft, "ingress", "serviceMonitor")


def _route(draft: Draft, index: int) -> None:
    route: dict[str, Any] = draft.get("spec", "routes", index)
    place = ("spec", "routes", index)
    methods = route.get("methods")
    if methods == []:
        draft.remove((*place, "methods"))
    elif isinstance(methods, list) and len(methods) > 1:
        draft.obey((*place, "methods"), f"all but {methods[0]} were ignored, and are routed from now on")
    if route.get("stripPrefix") is True:
        draft.obey((*place, "stripPrefix"), "was ignored; from now on the backend does not see the prefix")
    if isinstance(limit := route.get("rateLimit"), dict):
        _limit(draft, (*place, "rateLimit"), limit)
    if route.get("authPolicy"):
        draft.obey((*place, "authPolicy"), "was ignored; from now on nobody passes without what the policy asks for")


def _limit(draft: Draft, place: tuple[str | int, ...], limit: dict[str, Any]) -> None:
    """Move the *limit* of a route to those of the gateway, which routes of v1 name."""
    limits = draft.get("spec", "rateLimits")
    known = {each.get("name"): each for each in limits if isinstance(each, dict)} if isinstance(limits, list) else {}
    name = str(limit.get("name"))
    number = 2
    while name in known and {**known[name], "name": ""} != {**limit, "name": ""}:
        name, number = f"{limit.get('name')}-{number}", number + 1
    draft.obey(place, "was ignored; from now on requests above it are refused")
    if name not in known:
        entry = {**limit, "name": name}
        if isinstance(limits, list):
            draft.put(("spec", "rateLimits", len(limits)), entry)
        else:
            draft.put(("spec", "rateLimits"), [entry])
    draft.put(place, name)


def _policies(draft: Draft) -> None:
    """Leave out the policies that v1 does not know, and the routes' names for them."""
    gone = set()
    for index in reversed(draft.indexes("spec", "authPolicies")):
        policy = draft.get("spec", "authPolicies", index)
        if isinstance(policy, dict) and policy.get("type") in {"apikey", "oidc", "none"}:
            gone.add(policy.get("name"))
            draft.lose(("spec", "authPolicies", index), _NO_SUCH_TYPE)
    for index in draft.indexes("spec", "routes"):
        if draft.has_block("spec", "routes", index) and draft.get("spec", "routes", index, "authPolicy") in gone:
            draft.lose(("spec", "routes", index, "authPolicy"), _NO_SUCH_TYPE)
