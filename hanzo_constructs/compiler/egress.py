"""Whom the pods of a resource are told to connect to outside the set, where their network policy lets them not."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, NamedTuple

from ..errors import Finding
from ..kube.hosts import named_hosts
from ..kube.labels import NAMESPACE
from ..platform import Platform
from ..spec.network_policy import NetworkPolicy
from ..spec.resource import Resource
from .kind import compiler_of
from .offers import Name
from .readings import texts_of

if TYPE_CHECKING:
    from ..kube.core import NetworkPolicyEgressRule, NetworkPolicyPort

__all__ = ["egress_findings"]

_URL = re.compile(r"[a-z][a-z0-9+.-]*://(?:[^\s@/]*@)?([a-z0-9](?:[a-z0-9-]*\.)+[a-z]{2,})(?::([0-9]{1,5}))?(?![\w.-])")
_PORTS = {"http": 80, "https": 443, "postgres": 5432, "postgresql": 5432, "redis": 6379}


class _Away(NamedTuple):
    """Something outside the set that a text names."""

    host: str
    namespace: str | None
    """None: outside of the cluster."""
    service: str
    """Empty there."""
    port: int | None
    field: str


def egress_findings(
    resource: Resource, policy: NetworkPolicy, platform: Platform, met: Collection[Name]
) -> Iterator[Finding]:
    """Yield, once for each host, what *resource* names and its *policy* keeps its pods from; who is *met* is in the set."""
    own, said = resource.metadata.namespace or platform.namespace or "", set[str]()
    for away in _named(resource, platform, own):
        if (away.namespace, away.service) in met or away.host in said or _may_reach(policy.egress or (), away, own):
            continue
        said.add(away.host)
        port = "" if away.port is None else f", port {away.port}"
        where, advice = (
            ("outside of the cluster", "write its addresses as ipBlock in egress")
            if away.namespace is None
            else ("not in the set", f"write a namespaceSelector for {away.namespace or 'its namespace'} in egress")
        )
        message = f"keeps its pods from {away.host}{port} ({away.field}), which is {where}; {advice}"
        yield Finding(message, "spec.networkPolicy", severity="warning")


def _named(resource: Resource, platform: Platform, own: str) -> Iterator[_Away]:
    domain = platform.cluster_domain
    for text, variable, field in (*texts_of(resource), *compiler_of(resource).routes(resource)):
        for host in named_hosts(text, namespace=own, domain=domain, variable=variable):
            if host.certain:
                yield _Away(f"{host.service}.{host.namespace}.svc", host.namespace, host.service, host.port, field)
        for found in _URL.finditer(text):
            if ".svc" not in found[1] and not found[1].endswith(f".{domain}"):
                port = int(found[2]) if found[2] else _PORTS.get(found[0].partition("://")[0])
                if found[1].count(".") > 1 or not _is_service(found[1]):
                    yield _Away(found[1], None, "", port, field)


def _is_service(host: str) -> bool:
    """Tell whether *host* may be a Service and its namespace: `cache.data`; names of the outside end in a known way."""
    return host.rpartition(".")[2] not in {"ai", "app", "cloud", "com", "dev", "io", "net", "org"}


def _may_reach(rules: tuple[NetworkPolicyEgressRule, ...], away: _Away, own: str) -> bool:
    """Tell whether *rules* may let through to *away*; what cannot be decided here is left open."""
    return any(_may_be_port(rule, away.port) and _may_be_peer(rule, away, own) for rule in rules)


def _may_be_port(rule: NetworkPolicyEgressRule, port: int | None) -> bool:
    return not rule.ports or port is None or any(_covers(each, port) for each in rule.ports)


def _covers(each: NetworkPolicyPort, port: int) -> bool:
    if not isinstance(each.port, int):
        return True
    return each.port <= port <= (each.end_port or each.port)


def _may_be_peer(rule: NetworkPolicyEgressRule, away: _Away, own: str) -> bool:
    if not rule.to:
        return True
    for peer in rule.to:
        if peer.ip_block is not None:
            return True
        if away.namespace is None:
            continue
        if peer.namespace_selector is None:
            if away.namespace == own:
                return True
            continue
        named = (peer.namespace_selector.match_labels or {}).get(NAMESPACE)
        if named is None or named == away.namespace:
            return True
    return False
