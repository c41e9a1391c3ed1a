"""What a resource needs of others, and of itself: who wants to connect to which Service, and where that is said.

A need is declared: a path of an Ingress, a route of a gateway, a host in a variable, a scraper, a backup. What the
needs of a set come to is `compiler.links`; whom a network policy lets in for them is `compiler.policies`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from ..kube.fields import field_path
from ..kube.hosts import NamedHost, named_hosts
from ..platform import Platform
from ..spec.ingress import Ingress
from ..spec.observability import ServiceMonitor
from ..spec.ports import exposed
from ..spec.resource import Resource
from .kind import compiler_of
from .offers import Name, Offer, credentials, resource_address
from .readings import Text, secrets_of, texts_of

__all__ = [
    "ROUTED_FIELD",
    "Caller",
    "Labels",
    "Need",
    "caller_of",
    "credential_needs",
    "ingress_controller",
    "namespace_of",
    "need_rank",
    "needs_of",
    "prometheus",
    "routed_hosts",
    "text_needs",
]

Labels = tuple[tuple[str, str], ...]

ROUTED_FIELD = "spec.gateway"
"""The field of an application that lets its gateway connect to it."""


class Caller(NamedTuple):
    """Who wants to connect."""

    who: str
    """As messages name it: `Gateway edge/gateway`."""
    namespace: str | None
    """Empty for the namespace of resources that have none; None: nobody knows it."""
    labels: Labels | None
    """Labels of the pods; None: all pods of the namespace."""
    setting: str = ""
    """The platform setting that names the namespace, as a Python name."""

    @property
    def pods(self) -> tuple[str, Labels]:
        """By what its pods are known; without labels, where nobody knows them."""
        return self.namespace or "", self.labels or ()


class Need(NamedTuple):
    """A declared wish to connect to a Service."""

    caller: Caller
    namespace: str
    service: str
    """Name of the Service, or `credentials` of the Secret that the caller reads to reach it."""
    port: int | str | None
    """Number or name of the Service's port; None: any of its ports."""
    field: str
    """Where it is said, in the resource of the caller: `spec.routes[0].backend`."""
    old: bool = False
    """Whether the operator that this replaces has let the caller in too."""

    @property
    def address(self) -> Name:
        """What is asked for, by namespace and name."""
        return self.namespace, self.service


def need_rank(need: Need) -> tuple[str, ...]:
    """Return the order of *need* among others, whatever the order of their declaration."""
    return (need.caller.who, need.field, need.namespace, need.service, str(need.port))


def caller_of(resource: Resource, platform: Platform) -> Caller:
    """Return the pods of *resource* as a caller."""
    return Caller(str(resource), namespace_of(resource, platform), tuple(resource.selector.items()))


def ingress_controller(platform: Platform) -> Caller:
    """Return the ingress controller as a caller."""
    return Caller("the ingress controller", platform.ingress_namespace, None, "ingress_namespace")


def prometheus(platform: Platform) -> Caller:
    """Return who scrapes metrics as a caller."""
    return Caller("Prometheus", platform.monitoring_namespace, None, "monitoring_namespace")


def needs_of(resource: Resource, platform: Platform) -> Iterator[Need]:
    """Yield every need that *resource* declares, those towards itself too."""
    pods = caller_of(resource, platform)
    yield from _declared(resource, pods, platform)
    yield from text_needs([pods], texts_of(resource), platform.cluster_domain)
    for index, each in enumerate(resource.spec.connections):
        place = each.namespace or pods.namespace or ""
        address = resource_address(each.kind, each.name)
        yield Need(pods, place, address, each.port or "", f"spec.connections[{index}]")
    for secret, field in secrets_of(resource):
        yield Need(pods, pods.namespace or "", credentials(secret), None, field)


def _declared(resource: Resource, pods: Caller, platform: Platform) -> Iterator[Need]:
    """Yield the needs of *pods* that fields of their own declare, and not a text or a variable."""
    yield from _exposed(resource, platform)
    yield from _scraped(resource, platform)
    compiler = compiler_of(resource)
    yield from text_needs([pods], compiler.routes(resource), platform.cluster_domain)
    yield from compiler.needs(resource, platform)


def credential_needs(resource: Resource, offers: Iterable[Offer], platform: Platform) -> Iterator[Need]:
    """Yield what the pods of *resource* need of the datastores with *offers*, whose credentials they have."""
    for offer in offers:
        yield Need(
            caller_of(resource, platform),
            offer.namespace,
            next(iter(offer.services)),
            offer.ports[0].exposed_port,
            "spec.env",
        )


def namespace_of(resource: Resource, platform: Platform) -> str:
    """Return the namespace of *resource*; empty for none."""
    return resource.metadata.namespace or platform.namespace or ""


def _exposed(resource: Resource, platform: Platform) -> Iterator[Need]:
    """Yield what the ingress controller asks for on behalf of *resource*."""
    ingress: Ingress | None = getattr(resource.spec, "ingress", None)
    if ingress is None or ingress.enabled is False:
        return
    namespace = namespace_of(resource, platform)
    controller = ingress_controller(platform)
    offered = exposed(resource.ports)
    primary = offered[0].exposed_port if offered else None
    if ingress.default_path:
        yield Need(controller, namespace, resource.service_name, primary, "spec.ingress")
    for place, rule in ingress.placed_rules:
        port = primary if rule.port is None else rule.port
        field = field_path(("spec", "ingress", *place))
        yield Need(controller, namespace, rule.service_name or resource.service_name, port, field)


def _scraped(resource: Resource, platform: Platform) -> Iterator[Need]:
    monitor: ServiceMonitor | None = getattr(resource.spec, "service_monitor", None)
    if monitor is None or monitor.enabled is False:
        return
    port = monitor.port_name(resource.ports)
    yield Need(
        prometheus(platform), namespace_of(resource, platform), resource.service_name, port, "spec.serviceMonitor"
    )


def routed_hosts(resource: Resource, platform: Platform) -> Iterator[tuple[str, NamedHost]]:
    """Yield the hosts that *resource* leads others to, as a gateway does, and the fields that name them."""
    namespace = namespace_of(resource, platform)
    for text, _, field in compiler_of(resource).routes(resource):
        for host in named_hosts(text, namespace=namespace, domain=platform.cluster_domain):
            if host.certain or host.is_plain:
                yield field, host._replace(certain=True)


def text_needs(callers: Sequence[Caller], texts: Iterable[Text], domain: str) -> Iterator[Need]:
    """Yield what *callers*, pods of one namespace of a cluster with this DNS *domain*, need by the hosts that stand in *texts*."""
    seen: set[tuple[str, str, int | None]] = set()
    for text, variable, field in texts:
        namespace = callers[0].namespace or ""
        for host in named_hosts(text, namespace=namespace, domain=domain, variable=variable):
            key = (host.namespace, host.service, host.port)
            if key not in seen:
                seen.add(key)
                for caller in callers:
                    yield Need(caller, host.namespace, host.service, host.port, field)
