"""Whom a network policy lets in: those whom its fields name, and all who are declared to need the workload.

Fields of the policy open every port. What is declared elsewhere (a path of an Ingress, a route of a gateway, a host in
a variable, a scraper, a backup) opens the port that is needed, for those who need it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any, NamedTuple

from ..children.network_policy import Admitted, PodPort, network_policy
from ..errors import Finding
from ..kube.labels import NAMESPACE
from ..kube.owner import Pods
from ..platform import Rules
from ..spec.cluster_services import ServiceOptions
from ..spec.network_policy import NetworkPolicy, NetworkPolicyPeer
from ..spec.resource import Resource
from .child import Child
from .egress import egress_findings
from .exposure import uses_gateway
from .fronts import NO_DOORS, Front
from .links import Links, Reached, Ties, ties_of
from .needs import ROUTED_FIELD, Caller, Labels, Need
from .offers import is_credentials
from .optional_blocks import active

__all__ = ["Access", "access_of", "admitted_peers", "policy_children", "policy_findings"]


class Access(NamedTuple):
    """A workload with a network policy, and who is declared to need it: what the policy and its findings are read from."""

    resource: Resource
    policy: NetworkPolicy
    ties: Ties
    needs: tuple[tuple[Need, tuple[PodPort, ...]], ...]
    """Every need of a port that the resource really offers, and the ports of the pods behind that."""
    rules: Rules
    reached: tuple[Reached, ...] = ()
    """What the pods need of the set, where the policy restricts whom they connect to."""
    fronts: tuple[Front, ...] = ()
    """Services of the user's own that lead to the pods."""


def access_of(resource: Resource, rules: Rules, links: Links, ties: Ties | None) -> Access | None:
    """Return who needs *resource*, in a set with *links*; None for one without a network policy.

    *ties* are those of *resource*, if they are known. What it needs of itself counts, but that its pods read the Secret
    with the credentials of its clients does not say that they are among these.
    """
    if (policy := active(getattr(resource.spec, "network_policy", None))) is None:
        return None
    ties = ties or ties_of(resource, rules.platform)
    doors, declared = links.doors.get(ties.name, NO_DOORS), ties.pod_ports
    ties = ties.behind_doors(doors)
    if not rules.epoch.policy_admits_platform:
        ties = ties._replace(pod_ports=declared)  # it opens what is declared, and nothing else
    reached = links.reached.get(ties.name, ()) if policy.restricts_egress else ()
    if not policy.restricts_ingress:
        return Access(resource, policy, ties, (), rules, reached, doors.fronts)
    addresses = [address for address in ties.guarded if not is_credentials(address[1])]
    own = [_from_gateway(need, ties, links) for need in ties.needs if need.address in addresses]
    behind = [(need, ties.behind(need)) for need in (*own, *links.admitted.get(ties.name, ()))]
    return Access(resource, policy, ties, tuple([each for each in behind if each[1]]), rules, reached, doors.fronts)


def _from_gateway(need: Need, ties: Ties, links: Links) -> Need:
    """Return *need* with the labels that the pods of its gateway have in the set, where it is that of a gateway."""
    labels = links.gateways.get(ties.routed[0]) if ties.routed and need.field == ROUTED_FIELD else None
    return need._replace(caller=need.caller._replace(labels=labels)) if labels else need


def policy_children(access: Access | None, pods: Pods) -> Iterator[Child]:
    """Yield the network policy of *pods*, if it asks for one."""
    if access is not None:
        _, policy, ties, *_ = access
        admitted, needed = _grouped(ties, _admissions(access)), _servers(access)
        manifest = network_policy(pods, policy, ports=ties.pod_ports, admitted=admitted, needed=needed)
        yield Child("NetworkPolicy", manifest, "always" if ties.is_bilateral else "spec.networkPolicy")


def policy_findings(access: Access | None) -> Iterator[Finding]:
    """Yield whom a policy keeps out although they are declared to need the workload."""
    if access is None:
        return
    yield from _gateway_findings(access)
    if access.ties.is_bilateral:
        return
    resource, policy, ties, needs, rules, *_ = access
    if policy.restricts_egress:
        fields = {each.field for each in access.reached}
        met = {need.address for need in ties.needs if need.field in fields}
        yield from egress_findings(resource, policy, rules.platform, met)
    if policy.restricts_ingress:
        yield from _shut_findings(resource, policy, access.fronts)
    told: set[str] = set()
    for need, reached in needs:
        caller, obstacle = need.caller, _obstacle(need.caller, ties.name[0])
        if not obstacle and not _is_admitted(need, access):
            obstacle = f"epoch {rules.epoch.name} lets in whom the policy names, and nobody else"
        if obstacle and caller.who not in told and not _may_admit(policy, caller, ties.name[0]):
            told.add(caller.who)
            ports = ", ".join(str(number) for number, _ in reached)
            message = (
                f"keeps out {_described(caller)}, which must reach port {ports} ({need.field}): {obstacle}; "
                f"name it in allowFrom"
            )
            yield Finding(message, "spec.networkPolicy", severity="warning")


def _gateway_findings(access: Access) -> Iterator[Finding]:
    """Yield that a Gateway stands elsewhere than where the policy lets requests in from, and nobody says where its pods run."""
    platform, setting = access.rules.platform, "ingress_namespace"
    gateway, assumed = platform.gateway, platform.ingress_namespace
    if gateway is None or gateway.namespace in (None, assumed) or setting in platform.model_fields_set:
        return
    for need, _ in access.needs:
        caller = need.caller._replace(namespace=gateway.namespace)
        if caller.setting == setting and _is_admitted(need, access) and _comes_by_gateway(need, access):
            if not _may_admit(access.policy, caller, access.ties.name[0]):
                message = (
                    f"requests come from the pods of the Gateway {gateway.namespace}/{gateway.name}, and the policy lets in the"
                    f" namespace {assumed}; set ingressNamespace of the platform to the one where these pods run"
                )
                yield Finding(message, need.field, severity="warning")
            return


def _comes_by_gateway(need: Need, access: Access) -> bool:
    """Tell whether it is a Gateway, and no controller of Ingresses, that has the *need*."""
    platform, exposure = access.rules.platform, active(getattr(access.resource.spec, "ingress", None))
    return need.field.endswith("canary") or (
        platform.exposure == "gateway" if exposure is None else uses_gateway(exposure, platform)
    )


def _shut_findings(resource: Resource, policy: NetworkPolicy, fronts: Iterable[Front]) -> Iterator[Finding]:
    """Yield a Service that clients from outside reach, where *policy* lets in nobody from there."""
    if policy.allow_ingress or any(peer.ip_block is not None for peer in policy.allow_from):
        return
    for place, service in _options_of(resource):
        if service.is_open:
            message = (
                f"lets clients in from outside (type {service.type}), whom spec.networkPolicy keeps out; write "
                f"networkPolicy.allowIngress: true, or their addresses as ipBlock in networkPolicy.allowFrom"
            )
            yield Finding(message, place, severity="warning")
    for front in fronts:
        if front.is_open:
            message = (
                f"keeps out whom {front.described} lets in from outside; write allowIngress: true, or their addresses as"
                f" ipBlock in allowFrom"
            )
            yield Finding(message, "spec.networkPolicy", severity="warning")


def _options_of(resource: Resource) -> Iterator[tuple[str, ServiceOptions]]:
    """Yield the Services of *resource* of which the user writes how they are reached, and where."""
    spec = resource.spec
    if (main := getattr(spec, "service", None)) is not None:
        yield "spec.service.type", main
    for index, service in enumerate(getattr(spec, "services", ())):
        yield f"spec.services[{index}].type", service


def admitted_peers(access: Access | None, links: Links) -> list[dict[str, Any]]:
    """Return the pods of others that a policy must let in, for an operator that sees its resource alone."""
    if access is None or access.ties.is_bilateral or not access.rules.epoch.policy_admits_platform:
        return []
    ties, own = access.ties, access.ties.name[0]
    callers = {
        need.caller[1:3]: need.caller
        for need in links.admitted.get(ties.name, ())
        if need.caller.labels and not _obstacle(need.caller, own) and ties.behind(need)
    }
    return [_peer(caller, own) for caller in sorted(callers.values(), key=partial(_rank, own))]


def _admissions(access: Access) -> list[tuple[Caller, set[PodPort]]]:
    """Return whom the policy must let in by itself and to which ports."""
    _, policy, ties, needs, *_ = access
    own = ties.name[0]
    found: dict[tuple[str | None, Labels | None], tuple[Caller, set[PodPort]]] = {}
    for need, reached in needs:
        caller = need.caller
        is_neighbour = policy.allow_intra_namespace and caller.namespace == own
        if _is_admitted(need, access) and not is_neighbour and not _obstacle(caller, own):
            _, ports = found.setdefault((caller.namespace, caller.labels), (caller, set()))
            ports.update(reached)
    return [*found.values()]


def _servers(access: Access) -> list[Admitted]:
    """Return whom the pods are declared to need, and on which ports."""
    own, found = access.ties.name[0], dict[tuple[bool, str, Labels], set[PodPort]]()
    for each in access.reached:
        found.setdefault((each.namespace != own, each.namespace, each.labels), set()).update(each.ports)
    return [
        Admitted(tuple(sorted(ports)), [_pods(labels, namespace if is_far else None)])
        for (is_far, namespace, labels), ports in sorted(found.items())
    ]


def _grouped(ties: Ties, admissions: Iterable[tuple[Caller, set[PodPort]]]) -> list[Admitted]:
    """Return the callers of *admissions* by the ports they get, in an order that no declaration changes."""
    declared, own = ties.pod_ports, ties.name[0]
    groups: dict[tuple[PodPort, ...], list[dict[str, Any]]] = {}
    for caller, ports in sorted(admissions, key=lambda each: _rank(own, each[0])):
        groups.setdefault(tuple(port for port in declared if port in ports), []).append(_peer(caller, own))
    return [Admitted(ports, groups[ports]) for ports in sorted(groups, key=lambda ports: [*map(declared.index, ports)])]


def _rank(own: str, caller: Caller) -> tuple[bool, str, tuple[tuple[str, str], ...], str]:
    return caller.namespace != own, caller.namespace or "", caller.labels or (), caller.who


def _is_admitted(need: Need, access: Access) -> bool:
    """Tell whether the epoch lets in the caller of *need*; who names its callers knew no epoch before."""
    return need.old or access.ties.is_bilateral or access.rules.epoch.policy_admits_platform


def _obstacle(caller: Caller, own: str) -> str:
    """Say why no peer of a policy in the namespace *own* can mean *caller*; empty when one can."""
    if caller.labels == ():
        return "its pods carry no labels by which a policy could know them"
    if caller.namespace is None or (not caller.namespace and own):
        return "its namespace is not known"
    return ""


def _may_admit(policy: NetworkPolicy, caller: Caller, own: str) -> bool:
    """Tell whether the fields of *policy* in the namespace *own* may let *caller* in; what cannot be decided here is left open."""
    is_near = caller.namespace == own
    if policy.allow_ingress or (policy.allow_intra_namespace and is_near):
        return True
    return any(_may_mean(peer, caller, is_near=is_near) for peer in policy.allow_from)


def _may_mean(peer: NetworkPolicyPeer, caller: Caller, *, is_near: bool) -> bool:
    pods = (peer.pod_selector.match_labels or {}) if peer.pod_selector else {}
    if pods and not pods.items() <= dict(caller.labels or ()).items():
        return False
    if peer.namespace_selector is None:
        return is_near
    named = (peer.namespace_selector.match_labels or {}).get(NAMESPACE)
    return named is None or not caller.namespace or named == caller.namespace


def _peer(caller: Caller, own: str) -> dict[str, Any]:
    """Return the peer of a policy in the namespace *own* that means *caller*, and as few others as labels allow."""
    is_far = caller.labels is None or caller.namespace != own
    return _pods(caller.labels, caller.namespace if is_far else None)


def _pods(labels: Labels | None, namespace: str | None) -> dict[str, Any]:
    """Return the peer that means the pods with *labels* (None: all of them) in *namespace* (None: in the policy's own)."""
    peer: dict[str, Any] = {}
    if labels is not None:
        peer["podSelector"] = {"matchLabels": dict(labels)}
    if namespace is not None:
        peer["namespaceSelector"] = {"matchLabels": {NAMESPACE: namespace}}
    return peer


def _described(caller: Caller) -> str:
    return f"{caller.who} (namespace {caller.namespace})" if caller.setting else caller.who
