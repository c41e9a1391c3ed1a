"""What kinds need by fields of their own: replicas of each other, gateways of what they lead to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..kube.labels import selector_labels
from ..platform import Platform
from ..spec.base import Base, schema_form
from .links import GatewayRoute
from .needs import ROUTED_FIELD, Caller, Need, caller_of, namespace_of
from .offers import Name
from .readings import Text

if TYPE_CHECKING:
    from ..spec.datastore import Datastore
    from ..spec.gateway import Gateway

__all__ = ["base_needs", "base_route", "base_texts", "gateway_texts", "replica_need"]


def base_route(base: Base, platform: Platform) -> tuple[Name, GatewayRoute] | None:
    """Return the Gateway that *base* asks for a route, and the route."""
    namespace, gateway = base.metadata.namespace or platform.namespace, base.spec.gateway
    if not gateway or not namespace:
        return None
    route = GatewayRoute(
        str(base), namespace, base.name, base.service_name, base.spec.port, base.spec.replicas, gateway
    )
    return (gateway.gateway_namespace or namespace, gateway.gateway_name), route


def base_texts(base: Base) -> Iterator[Text]:
    """Yield the URL of the schema of *base*, which its containers get as a variable."""
    if base.spec.schema_ and schema_form(base.spec.schema_) == "url":
        yield base.spec.schema_, "", "spec.schema"


def replica_need(resource: Base | Datastore, platform: Platform, *, old: bool = False) -> Need:
    """Return what the replicas of *resource* ask of each other: without it, they elect no writer and form no cluster."""
    replicas = caller_of(resource, platform)._replace(who="its own replicas")
    return Need(replicas, namespace_of(resource, platform), resource.headless_name, None, "spec.replicas", old)


def base_needs(base: Base, platform: Platform) -> Iterator[Need]:
    """Yield what the replicas of *base* ask of each other, and its gateway of them, be that part of the set or not."""
    yield replica_need(base, platform, old=True)
    gateway, own = base.spec.gateway, namespace_of(base, platform)
    if gateway is None:
        return
    namespace, name = gateway.gateway_namespace or own, gateway.gateway_name
    who = f"Gateway {namespace}/{name}" if namespace else f"Gateway {name}"
    caller = Caller(who, namespace, tuple(selector_labels(name).items()))
    # a gateway finds the writer among the pods, by the Service
    yield Need(caller, own, base.service_name, base.spec.port, ROUTED_FIELD, old=namespace == own)


def gateway_texts(gateway: Gateway) -> Iterator[Text]:
    """Yield the URLs that *gateway* asks: backends, and the keys of tokens."""
    for index, route in enumerate(gateway.spec.routes):
        backend = route.backend if "://" in route.backend else f"http://{route.backend}"
        yield backend, "", f"spec.routes[{index}].backend"
    for index, policy in enumerate(gateway.spec.auth_policies):
        if policy.jwks_url is not None:
            yield policy.jwks_url, "", f"spec.authPolicies[{index}].jwksUrl"
        elif policy.iam_endpoint is not None:
            yield policy.iam_endpoint, "", f"spec.authPolicies[{index}].iamEndpoint"
