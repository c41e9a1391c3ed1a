"""NetworkPolicy: who may connect to a workload."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from typing import Any, NamedTuple

from ..kube.manifest import Manifest, manifest, present
from ..kube.model import written
from ..kube.owner import Pods
from ..spec.network_policy import NetworkPolicy

__all__ = ["WHY", "Admitted", "PodPort", "network_policy"]

PodPort = tuple[int, str]
"""Number and protocol of a port that pods listen on."""

WHY = {
    "spec.policyTypes": "what the pods themselves may reach is restricted only where egress is written",
    "spec.egress[0]": "names are resolved by DNS, whoever answers it",
}
"""What is always so, and why: by the place in the object, of which `[*]` is any index."""


class Admitted(NamedTuple):
    """Clients that are let in to some of the ports, or servers that are reached on some of theirs."""

    ports: tuple[PodPort, ...]
    peers: Sequence[dict[str, Any]]


_DNS = {"ports": [{"port": 53, "protocol": "UDP"}, {"port": 53, "protocol": "TCP"}]}
"""Who answers for the cluster has other labels everywhere, or an address of the node."""


def network_policy(
    pods: Pods,
    policy: NetworkPolicy,
    *,
    ports: Sequence[PodPort],
    admitted: Sequence[Admitted],
    needed: Sequence[Admitted] = (),
) -> Manifest:
    """Let the peers of *policy* connect to *ports* of the pods, *admitted* ones to theirs, and nobody else to any.

    Where it restricts whom the pods connect to, they may ask DNS, and reach what is *needed*.
    """
    types = list(policy.policy_types) or (["Ingress", "Egress"] if policy.restricts_egress else ["Ingress"])
    return manifest(
        "NetworkPolicy",
        pods,
        spec=present(
            {
                "podSelector": {"matchLabels": dict(pods.selector)},
                "policyTypes": types,
                # an empty list is dropped by the API server, and would be a change each time it is applied
                "ingress": (policy.restricts_ingress and _ingress(policy, ports, admitted)) or None,
                "egress": _egress(policy, needed) if policy.restricts_egress else None,
            }
        ),
    )


def _ingress(policy: NetworkPolicy, ports: Sequence[PodPort], admitted: Sequence[Admitted]) -> list[dict[str, Any]]:
    """Return who may connect; without ports there is nothing to open, so that there are no rules."""
    peers = [written(peer) for peer in policy.allow_from]
    if policy.allow_intra_namespace:
        peers.append({"podSelector": {}})
    rules = [{"from": peers, "ports": _ports(ports)}] if peers and ports else []
    if policy.allow_ingress and ports:
        rules.append({"ports": _ports(ports)})  # a rule without peers lets everybody in
    return rules + [{"from": list(each.peers), "ports": _ports(each.ports)} for each in admitted]


def _egress(policy: NetworkPolicy, needed: Sequence[Admitted]) -> list[dict[str, Any]]:
    rules = [written(rule) for rule in policy.egress or ()]
    return [copy.deepcopy(_DNS), *rules, *({"to": list(each.peers), "ports": _ports(each.ports)} for each in needed)]


def _ports(ports: Sequence[PodPort]) -> list[dict[str, Any]]:
    return [{"port": number, "protocol": protocol} for number, protocol in ports]
