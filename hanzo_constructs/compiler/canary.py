"""Two sides of one resource, of whatever kind: the old version and its canary, and the route that shares requests."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from ..children.http_route import Weights, weighted_route
from ..errors import Finding
from ..kube.labels import VARIANT
from ..kube.owner import Adopted, Owner, Pods
from ..platform import Platform, Rules
from ..spec.canary import Shared, shares_of
from ..spec.connection import host_name, namespace_needed
from ..spec.ingress import Ingress
from .child import Child
from .exposure import uses_gateway
from .needs import Need, ingress_controller
from .optional_blocks import active

__all__ = ["ROUTE_WHY", "route_children", "route_findings", "route_needs", "shared_among", "variant_pods"]

ROUTE_WHY = {
    "spec.hostnames": "the name of the Service, by which the Gateway knows the workload",
    "spec.rules[*].backendRefs": "the Services of both sides, each with its share, also where that is 0",
}
"""What is always so of the route, and why: by the place in it."""


def variant_pods(pods: Pods, variant: str, *, name: str, main: bool, adopted: bool) -> Pods:
    """Return those of *pods* that run *variant*, in a workload of that *name*; the *main* one bears the name that is adopted.

    Labels and selector depend on the variant alone. Where the selector is *adopted*, it is that of the only workload there
    is.
    """
    own = {} if adopted else {VARIANT: variant}
    return replace(
        pods,
        name=name,
        labels={**pods.labels, **own},
        selector={**pods.selector, **own},
        adopted=pods.adopted if main else Adopted(container=pods.adopted.container),
    )


def shared_among(canary: Shared | None, services: Mapping[str, str]) -> Weights | None:
    """Return how many of 100 requests each of *services* gets, which are those of the sides; None without a *canary*."""
    if canary is None:
        return None
    return {services[side]: share for side, share in shares_of(canary).items()}


def route_children(
    owner: Owner, ingress: Ingress | None, weights: Weights | None, *, port: int, rules: Rules, because: str
) -> Iterator[Child]:
    """Yield the route that shares by *weights* what comes for the Service of *owner*; hosts of *ingress* have their own.

    The Services of both sides offer *port*; *because* of that field there is a canary.
    """
    gateway = rules.platform.gateway
    if weights and gateway and not active(ingress):
        hosts = [host_name(owner.service, owner.namespace or "", rules.platform)]
        route = weighted_route(owner, hosts=hosts, port=port, weights=weights, gateway=gateway, name=owner.name)
        yield Child("HTTPRoute", route, because)


def route_findings(ingress: Ingress | None, rules: Rules, namespace: str, at: str) -> Iterator[Finding]:
    """Yield why the requests cannot be shared with the canary that stands *at* a field."""
    platform = rules.platform
    if platform.gateway is None:
        message = "needs a Gateway that shares the traffic; set gateway: {name: <Gateway>} in the platform settings"
        yield Finding(message, at)
    exposure = active(ingress)
    if exposure and not uses_gateway(exposure, platform):
        message = "an Ingress cannot share requests with a canary; write gateway"
        yield Finding(message, "spec.ingress.exposure")
    elif not exposure and not namespace:
        yield namespace_needed("the host of the route to the canary")


def route_needs(
    services: Iterable[str], platform: Platform, namespace: str, *, port: int, field: str
) -> Iterator[Need]:
    """Yield that the Gateway leads to *port* of the *services* of the sides, as *field* says."""
    for name in services:
        yield Need(ingress_controller(platform), namespace, name, port, field)
