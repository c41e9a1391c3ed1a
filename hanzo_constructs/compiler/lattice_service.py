"""LatticeService: the Service that it amounts to, and what its dependencies ask for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from ..children.cilium_network_policy import cilium_network_policy
from ..children.config_map import LARGEST, config_map
from ..children.external_secret import RemoteKey, external_secret
from ..children.persistent_volume_claim import persistent_volume_claim
from ..errors import Finding
from ..kube.fields import field_path
from ..kube.owner import Owner, Pods
from ..platform import Platform, Rules, SecretStore
from ..spec.attachments import Persistence
from ..spec.canary import PRIMARY
from ..spec.lattice_resources import ExternalServiceResource, SecretResource, VolumeResource
from ..spec.lattice_service import LatticeService
from ..spec.resource import POD_SECURITY_ANNOTATION
from .agreements import missing_halves
from .canary import ROUTE_WHY, route_children, route_needs, shared_among, variant_pods
from .child import Child
from .kind import Compiler
from .lattice_canary import AT_CANARY, canary_children, canary_findings
from .lattice_files import FILES, SECRET_FILES, VARIABLES
from .lattice_spec import Lowered, lowered
from .lattice_values import LatticeValues
from .links import NO_LINKS, Links
from .needs import Need, caller_of
from .owner import pods_of
from .serving import Derived
from .stateless import stateless_children, stateless_findings

__all__ = ["LATTICE_SERVICE", "compile_lattice_service", "lattice_service_findings"]

_RESOURCES = ("spec", "workload", "resources")


def compile_lattice_service(
    lattice: LatticeService, pods: Pods, rules: Rules, links: Links = NO_LINKS
) -> Iterator[Child]:
    """Yield the children of *lattice* in apply order."""
    form = lowered(lattice, rules, links, pods.owner)
    yield from _secret_children(lattice, pods.owner, rules.platform, form)
    if form.texts.plain:
        yield Child("ConfigMap", config_map(pods.owner, FILES, form.texts.plain), "spec.workload.containers")
    yield from _claim_children(lattice, pods.owner, rules.platform)
    if rules.platform.cilium and (hosts := [(host, port, protocol) for _, host, port, protocol in _hosts(lattice)]):
        yield Child("CiliumNetworkPolicy", cilium_network_policy(pods, hosts), "spec.workload.resources")
    service, canary = form.service, lattice.spec.canary
    adopted, weights = lattice.adopted.selector is not None, shared_among(canary, lattice.side_services)
    own = variant_pods(pods, PRIMARY, name=pods.name, main=True, adopted=adopted)
    derived = Derived(read=form.texts.read, weights=weights)
    for child in stateless_children(service, service.spec.image, own, rules, derived):
        yield replace(child, requested_by=form.requested_by(child.requested_by))
    if canary:
        yield from canary_children(lattice, form, pods, rules)
        port = lattice.ports[0].exposed_port
        yield from route_children(pods.owner, lattice.spec.ingress, weights, port=port, rules=rules, because=AT_CANARY)


def lattice_service_findings(lattice: LatticeService, rules: Rules, links: Links = NO_LINKS) -> Iterator[Finding]:
    """Yield what the platform, the epoch or the set doubts or refuses in *lattice*."""
    if (level := lattice.metadata.annotations.get(POD_SECURITY_ANNOTATION)) not in (None, "restricted"):
        message = f"must be restricted, which the pods of a LatticeService always are, got {level}; leave it out"
        yield Finding(message, field_path(("metadata", "annotations", POD_SECURITY_ANNOTATION)))
    owner = pods_of(lattice, rules, version=None).owner
    form = lowered(lattice, rules, links, owner)
    if problems := form.problems():
        yield from problems
        return
    service = form.service
    yield from (form.as_written(each) for each in stateless_findings(service, service.spec.image, rules))
    yield from canary_findings(lattice, rules)
    yield from _size_findings(form)
    yield from _held_findings(lattice)
    yield from _store_findings(lattice, rules.platform)
    yield from _host_findings(lattice, rules.platform)
    yield from _guesses(lattice, LatticeValues(lattice, rules.platform, links, owner))
    place = lattice.metadata.namespace or rules.platform.namespace or "", lattice.name
    yield from missing_halves(links.halves.get(place, ()), place)


def _size_findings(form: Lowered) -> Iterator[Finding]:
    """Yield files that are too large for the object that holds them."""
    for texts in (form.texts.plain, form.texts.files):
        if (size := sum(len(text.encode()) for text in texts.values())) > LARGEST:
            message = f"must have at most {LARGEST} bytes of files together to fit into one object, got {size}"
            yield Finding(message, "spec.workload.containers")


def _held_findings(lattice: LatticeService) -> Iterator[Finding]:
    """Yield new pods beside old ones whose volume one node alone can mount: they would wait for ever."""
    deploy = lattice.spec.deploy
    if deploy is None:
        return
    what, otherwise = "rolling starts a new pod before the old one stops, which holds", "leave it out, or "
    if deploy.strategy == "canary":
        what, otherwise = "the pods of a canary run beside the others, which hold", ""
    for name, resource in lattice.spec.workload.resources.items():
        if isinstance(resource, VolumeResource) and resource.params.size is not None and resource.is_held:
            message = (
                f"{what} the volume {name} for its node; {otherwise}write accessMode: ReadWriteMany for the volume"
            )
            yield Finding(message, "spec.deploy")
            return


def _store_findings(lattice: LatticeService, platform: Platform) -> Iterator[Finding]:
    for name, resource in lattice.spec.workload.resources.items():
        if isinstance(resource, SecretResource) and _store(resource, platform) is None:
            message = "required: the secret store, because secretStore of the platform names none; set that, such as {name: vault}, or this"
            yield Finding(message, field_path((*_RESOURCES, name, "params", "provider")))


def _host_findings(lattice: LatticeService, platform: Platform) -> Iterator[Finding]:
    for place, host, port, _ in _hosts(lattice) if not platform.cilium else ():
        message = (
            f"{host} is a host by name, which a NetworkPolicy of Kubernetes cannot say: nothing lets the pods connect to it (port {port});"
            " set cilium of the platform where Cilium enforces policies, write its addresses, or let it through by an object of your own"
        )
        yield Finding(message, place, severity="warning")


def _guesses(lattice: LatticeService, values: LatticeValues) -> Iterator[Finding]:
    for name, container in lattice.spec.workload.containers.items():
        for place, pieces in container.texts:
            yield from values.guessed(pieces, ("spec", "workload", "containers", name, *place))


def _hosts(lattice: LatticeService) -> Iterator[tuple[str, str, int, str]]:
    """Yield the endpoints outside the cluster that are hosts by name: the field, the host, the port and the protocol."""
    for name, resource in lattice.spec.workload.resources.items():
        if isinstance(resource, ExternalServiceResource):
            for key, endpoint in resource.params.parsed.items():
                if not endpoint.cidr:
                    place = field_path((*_RESOURCES, name, "params", "endpoints", key))
                    yield place, endpoint.host, endpoint.port, endpoint.protocol


def _store(resource: SecretResource, platform: Platform) -> SecretStore | None:
    store = platform.secret_store
    if resource.params.provider is None:
        return store
    return SecretStore(name=resource.params.provider, kind=store.kind if store else "ClusterSecretStore")


def _secret_children(lattice: LatticeService, owner: Owner, platform: Platform, form: Lowered) -> Iterator[Child]:
    """Yield what fills the Secrets: one for each secret, and those with texts that secrets are a part of."""
    stores: dict[str, SecretStore] = {}
    ids: dict[str, str] = {}
    for name, resource in lattice.spec.workload.resources.items():
        if not isinstance(resource, SecretResource) or (store := _store(resource, platform)) is None:
            continue
        stores[name], ids[name] = store, resource.id or name
        keys = [RemoteKey(key, ids[name], key, store) for key in resource.params.keys or ()]
        manifest = external_secret(
            owner,
            f"{owner.name}-{name}",
            store,
            keys=keys,
            whole=None if keys else ids[name],
            refresh=resource.params.refresh_interval,
        )
        yield Child(f"ExternalSecret-{name}", manifest, "spec.workload.resources")
    asked = {variable: each for variable, each in sorted(form.texts.asked.items()) if each.name in stores}
    for suffix, template in ((VARIABLES, form.texts.variables), (SECRET_FILES, form.texts.files)):
        read = {variable: each for variable, each in asked.items() if _reads(template, variable)}
        if not template or not read:
            continue
        keys = [RemoteKey(name, ids[each.name], each.key, stores[each.name]) for name, each in read.items()]
        manifest = external_secret(owner, f"{owner.name}-{suffix}", keys[0].store, keys=keys, template=template)
        yield Child(f"ExternalSecret-{suffix}", manifest, "spec.workload.containers")


def _reads(template: dict[str, str], variable: str) -> bool:
    return any(f"{{{{ .{variable} }}}}" in text for text in template.values())


def _claim_children(lattice: LatticeService, owner: Owner, platform: Platform) -> Iterator[Child]:
    for name, resource in lattice.spec.workload.resources.items():
        if not isinstance(resource, VolumeResource) or resource.params.size is None:
            continue
        params = resource.params
        claim: dict[str, Any] = {"name": name, "mount_path": "/", "size": params.size}
        if params.access_mode is not None:
            claim["access_modes"] = (params.access_mode,)
        if params.storage_class_name is not None:
            claim["storage_class_name"] = params.storage_class_name
        manifest = persistent_volume_claim(owner, Persistence(**claim), platform)
        if resource.id is not None:
            manifest["metadata"]["name"] = resource.id
        name_field = field_path((*_RESOURCES, name, "id")) if resource.id is not None else ""
        yield Child(f"PersistentVolumeClaim-{name}", manifest, "spec.workload.resources", name_field)


def _needs(lattice: LatticeService, platform: Platform) -> Iterator[Need]:
    """Yield what the services that it calls are asked for."""
    pods = caller_of(lattice, platform)
    for name, resource, (namespace, service) in lattice.spec.dependencies(pods.namespace or ""):
        if resource.is_outbound:
            yield Need(pods, namespace, service, None, field_path((*_RESOURCES, name)))


def _all_needs(lattice: LatticeService, platform: Platform) -> Iterator[Need]:
    """Yield whom its pods call, and that the Gateway leads to both sides of a canary."""
    yield from _needs(lattice, platform)
    if services := lattice.side_services.values():
        namespace = lattice.metadata.namespace or platform.namespace or ""
        yield from route_needs(services, platform, namespace, port=lattice.ports[0].exposed_port, field=AT_CANARY)


_WHY = {
    "HTTPRoute": ROUTE_WHY,
    "NetworkPolicy": {
        "spec.policyTypes": "who calls and who is called is said by both, so that both are restricted",
        "spec.ingress[*].ports[*].protocol": "TCP where nothing else is written",
    },
    "Service": {
        "spec.ports[*].name": "the name of the port; http where there is none",
        "spec.ports[*].protocol": "TCP where nothing else is written",
    },
    "Deployment": {
        "spec.strategy.type": "rolling, unless a new pod needs the volume or the GPU of the old one",
        "spec.strategy.rollingUpdate": "a new pod before an old one goes, or after it where it needs what that one holds",
        "spec.template.spec.containers[*].ports[*].name": "the name of the port; http where there is none",
        "spec.template.spec.containers[*].ports[*].protocol": "TCP where nothing else is written",
        "spec.template.spec.tolerations": "nodes with GPUs keep away whatever asks for none",
    },
}

LATTICE_SERVICE = Compiler(
    compile_lattice_service, lattice_service_findings, needs=_all_needs, why=_WHY, pod_security="restricted"
)
