"""What a resource needs of others, and of itself: who wants to connect to which Service, and where that is said.

A need is declared: a path of an Ingress, a route of a gateway, a host in a variable, a scraper, a backup. What the
needs of a set come to is `compiler.links`; whom a network policy lets in for them is `compiler.policies`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from ..kube.fields import field_path
from ..kube.hosts import NamedHost, named_hosts
from ..kube.labels import selector_labels
from ..platform import Platform
from ..spec.backup import backup_target
from ..spec.base import Base
from ..spec.datastore import Datastore
from ..spec.gateway import Gateway
from ..spec.ingress import Ingress
from ..spec.observability import ServiceMonitor
from ..spec.ports import exposed
from ..spec.resource import Resource
from .backup import backup_selector
from .kind import compiler_of
from .offers import Name, Offer, credentials, resource_address
from .readings import Text, secrets_of, texts_of, variables

__all__ = [
    "ROUTED_FIELD",
    "Caller",
    "Labels",
    "Need",
    "base_needs",
    "credential_needs",
    "datastore_needs",
    "gateway_texts",
    "ingress_controller",
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


def _pods_of(resource: Resource, platform: Platform) -> Caller:
    """Return the pods of *resource* as callers."""
    return Caller(str(resource), _namespace(resource, platform), tuple(resource.selector.items()))


def ingress_controller(platform: Platform) -> Caller:
    """Return the ingress controller as a caller."""
    return Caller("the ingress controller", platform.ingress_namespace, None, "ingress_namespace")


def prometheus(platform: Platform) -> Caller:
    """Return who scrapes metrics as a caller."""
    return Caller("Prometheus", platform.monitoring_namespace, None, "monitoring_namespace")


def needs_of(resource: Resource, platform: Platform) -> Iterator[Need]:
    """Yield every need that *resource* declares, those towards itself too."""
    pods = _pods_of(resource, platform)
    yield from _declared(resource, pods, platform)
    yield from text_needs([pods], texts_of(resource), platform)
    for index, each in enumerate(resource.spec.connections):
        place = each.namespace or pods.namespace or ""
        yield Need(pods, place, resource_address(each.kind, each.name), None, f"spec.connections[{index}]")
    for secret, field in secrets_of(resource):
        yield Need(pods, pods.namespace or "", credentials(secret), None, field)


def _declared(resource: Resource, pods: Caller, platform: Platform) -> Iterator[Need]:
    """Yield the needs of *pods* that fields of their own declare, and not a text or a variable."""
    yield from _exposed(resource, platform)
    yield from _scraped(resource, platform)
    compiler = compiler_of(resource)
    yield from text_needs([pods], compiler.routes(resource), platform)
    yield from compiler.needs(resource, platform)


def credential_needs(resource: Resource, offers: Iterable[Offer], platform: Platform) -> Iterator[Need]:
    """Yield what the pods of *resource* need of the datastores with *offers*, whose credentials they have."""
    for offer in offers:
        yield Need(
            _pods_of(resource, platform),
            offer.namespace,
            next(iter(offer.services)),
            offer.ports[0].exposed_port,
            "spec.env",
        )


def _namespace(resource: Resource, platform: Platform) -> str:
    return resource.metadata.namespace or platform.namespace or ""


def _exposed(resource: Resource, platform: Platform) -> Iterator[Need]:
    """Yield what the ingress controller asks for on behalf of *resource*."""
    ingress: Ingress | None = getattr(resource.spec, "ingress", None)
    if ingress is None or ingress.enabled is False:
        return
    namespace = _namespace(resource, platform)
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
    yield Need(prometheus(platform), _namespace(resource, platform), resource.service_name, port, "spec.serviceMonitor")


def _replicated(resource: Base | Datastore, platform: Platform, *, old: bool = False) -> Need:
    """Return what the replicas of *resource* ask of each other: without it, they elect no writer and form no cluster."""
    replicas = _pods_of(resource, platform)._replace(who="its own replicas")
    return Need(replicas, _namespace(resource, platform), resource.headless_name, None, "spec.replicas", old)


def base_needs(base: Base, platform: Platform) -> Iterator[Need]:
    """Yield what the replicas of *base* ask of each other, and its gateway of them, be that part of the set or not."""
    yield _replicated(base, platform, old=True)
    gateway, own = base.spec.gateway, _namespace(base, platform)
    if gateway is None:
        return
    namespace, name = gateway.gateway_namespace or own, gateway.gateway_name
    who = f"Gateway {namespace}/{name}" if namespace else f"Gateway {name}"
    caller = Caller(who, namespace, tuple(selector_labels(name).items()))
    # a gateway finds the writer among the pods, by the Service
    yield Need(caller, own, base.service_name, base.spec.port, ROUTED_FIELD, old=namespace == own)


def datastore_needs(datastore: Datastore, platform: Platform) -> Iterator[Need]:
    """Yield what the replicas of *datastore* ask of each other, and its backup of the engine and of the store."""
    if datastore.spec.replicas > 1:
        yield _replicated(datastore, platform)
    backup, engine = datastore.spec.active_backup, datastore.engine
    target = backup_target(backup, platform) if backup else None
    if target is None:
        return
    namespace = _namespace(datastore, platform)
    job = Caller(f"the backup of {datastore}", namespace, tuple(backup_selector(datastore.name).items()))
    dumped = next(port for port in datastore.spec.all_ports(engine) if port.name == engine.dump_port)
    yield Need(job, namespace, datastore.service_name, dumped.exposed_port, "spec.backup")
    # the job has the variables of the engine too, and there are engines that write their dumps to the store themselves
    yield from text_needs([job], variables(datastore.spec.env, "spec.env"), platform)
    store = [(target.endpoint, "", "spec.backup.s3Endpoint")]
    yield from text_needs([_pods_of(datastore, platform), job], store, platform)


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


def routed_hosts(resource: Resource, platform: Platform) -> Iterator[tuple[str, NamedHost]]:
    """Yield the hosts that *resource* leads others to, as a gateway does, and the fields that name them."""
    namespace = _namespace(resource, platform)
    for text, _, field in compiler_of(resource).routes(resource):
        for host in named_hosts(text, namespace=namespace, domain=platform.cluster_domain):
            if host.certain or host.is_plain:
                yield field, host._replace(certain=True)


def text_needs(callers: Sequence[Caller], texts: Iterable[Text], platform: Platform) -> Iterator[Need]:
    """Yield what *callers*, pods of one namespace, need by the hosts that stand in *texts*."""
    seen: set[tuple[str, str, int | None]] = set()
    for text, variable, field in texts:
        namespace = callers[0].namespace or ""
        for host in named_hosts(text, namespace=namespace, domain=platform.cluster_domain, variable=variable):
            key = (host.namespace, host.service, host.port)
            if key not in seen:
                seen.add(key)
                for caller in callers:
                    yield Need(caller, host.namespace, host.service, host.port, field)
