"""Whom a network policy lets in: those whom its fields name, and all who are declared to need the workload.

Fields of the policy open every port. What is declared elsewhere (a path of an Ingress, a route of a gateway, a host in
a variable, a scraper, a backup) opens the port that is needed, for those who need it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

from ..children.network_policy import Admitted, PodPort, network_policy
from ..errors import Finding
from ..kube.labels import NAMESPACE
from ..kube.owner import Owner
from ..platform import Rules
from ..spec.exposure import NetworkPolicy, NetworkPolicyPeer
from ..spec.resource import Resource
from .blocks import active
from .child import Child
from .links import Links
from .needs import Caller, Labels, Need, own_needs
from .offers import Offer, offer_of

__all__ = ["admitted_peers", "policy_children", "policy_findings"]


def policy_children(resource: Resource, owner: Owner, rules: Rules, links: Links) -> Iterator[Child]:
    """Yield the network policy of *resource*, if it asks for one."""
    if (policy := active(resource.spec.network_policy)) is not None:
        offer = offer_of(resource, rules.platform)
        admitted = _grouped(offer, _admissions(resource, offer, policy, rules, links))
        manifest = network_policy(owner, policy, ports=offer.pod_ports, admitted=admitted)
        yield Child("NetworkPolicy", manifest, "spec.networkPolicy")


def policy_findings(resource: Resource, rules: Rules, links: Links) -> Iterator[Finding]:
    """Yield whom the policy of *resource* keeps out although they are declared to need it."""
    if (policy := active(resource.spec.network_policy)) is None:
        return
    offer = offer_of(resource, rules.platform)
    told: set[str] = set()
    for need in _needs(resource, offer, rules, links):
        caller, obstacle = need.caller, _obstacle(need.caller, offer)
        if not obstacle and not _is_admitted(need, rules):
            obstacle = f"epoch {rules.epoch.name} lets in whom the policy names, and nobody else"
        if obstacle and caller.who not in told and not _may_admit(policy, caller, offer):
            told.add(caller.who)
            ports = ", ".join(str(number) for number, _ in offer.behind(need.service, need.port))
            message = (
                f"keeps out {_described(caller)}, which must reach port {ports} ({need.field}): {obstacle}; "
                f"name it in allowFrom"
            )
            yield Finding(message, "spec.networkPolicy", severity="warning")


def admitted_peers(resource: Resource, rules: Rules, links: Links) -> list[dict[str, Any]]:
    """Return the pods of others that the policy of *resource* must let in, for an operator that sees it alone."""
    if getattr(resource.spec, "network_policy", None) is None or not rules.epoch.policy_admits_platform:
        return []
    offer = offer_of(resource, rules.platform)
    callers = {
        need.caller[1:3]: need.caller
        for need in links.admitted.get((offer.namespace, offer.name), ())
        if need.caller.labels and not _obstacle(need.caller, offer) and offer.behind(need.service, need.port)
    }
    return [_peer(caller, offer) for caller in sorted(callers.values(), key=partial(_rank, offer))]


def _needs(resource: Resource, offer: Offer, rules: Rules, links: Links) -> Iterator[Need]:
    """Yield every need of a port that *resource*, the owner of *offer*, really offers."""
    for need in (*own_needs(resource, rules.platform), *links.admitted.get((offer.namespace, offer.name), ())):
        if offer.behind(need.service, need.port):
            yield need


def _admissions(
    resource: Resource, offer: Offer, policy: NetworkPolicy, rules: Rules, links: Links
) -> list[tuple[Caller, set[PodPort]]]:
    """Return whom the policy must let in by itself, and to which ports."""
    found: dict[tuple[str | None, Labels | None], tuple[Caller, set[PodPort]]] = {}
    for need in _needs(resource, offer, rules, links):
        caller = need.caller
        is_neighbour = policy.allow_intra_namespace and caller.namespace == offer.namespace
        if _is_admitted(need, rules) and not is_neighbour and not _obstacle(caller, offer):
            _, ports = found.setdefault((caller.namespace, caller.labels), (caller, set()))
            ports.update(offer.behind(need.service, need.port))
    return [*found.values()]


def _grouped(offer: Offer, admissions: Iterable[tuple[Caller, set[PodPort]]]) -> list[Admitted]:
    """Return the callers of *admissions* by the ports they get, in an order that no declaration changes."""
    groups: dict[tuple[PodPort, ...], list[dict[str, Any]]] = {}
    for caller, ports in sorted(admissions, key=lambda each: _rank(offer, each[0])):
        groups.setdefault(tuple(port for port in offer.pod_ports if port in ports), []).append(_peer(caller, offer))
    rank = {ports: [offer.pod_ports.index(port) for port in ports] for ports in groups}
    return [Admitted(ports, groups[ports]) for ports in sorted(groups, key=lambda ports: rank[ports])]


def _rank(offer: Offer, caller: Caller) -> tuple[bool, str, tuple[tuple[str, str], ...], str]:
    return caller.namespace != offer.namespace, caller.namespace or "", caller.labels or (), caller.who


def _is_admitted(need: Need, rules: Rules) -> bool:
    """Tell whether the epoch lets in the caller of *need*."""
    return need.old or rules.epoch.policy_admits_platform


def _obstacle(caller: Caller, offer: Offer) -> str:
    """Say why no peer of a policy can mean *caller*; empty when one can."""
    if caller.labels == ():
        return "its pods carry no labels by which a policy could know them"
    if caller.namespace is None or (not caller.namespace and offer.namespace):
        return "its namespace is not known"
    return ""


def _may_admit(policy: NetworkPolicy, caller: Caller, offer: Offer) -> bool:
    """Tell whether the fields of *policy* may let *caller* in; what cannot be decided here is left open."""
    is_near = caller.namespace == offer.namespace
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


def _peer(caller: Caller, offer: Offer) -> dict[str, Any]:
    """Return the peer that means *caller*, and as few others as labels allow."""
    peer: dict[str, Any] = {}
    if caller.labels is not None:
        peer["podSelector"] = {"matchLabels": dict(caller.labels)}
    if caller.labels is None or caller.namespace != offer.namespace:
        peer["namespaceSelector"] = {"matchLabels": {NAMESPACE: caller.namespace}}
    return peer


def _described(caller: Caller) -> str:
    return f"{caller.who} (namespace {caller.namespace})" if caller.setting else caller.who
