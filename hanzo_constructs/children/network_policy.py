"""NetworkPolicy: who may connect to a workload."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from ..kube.manifest import Manifest, manifest, present
from ..kube.model import written
from ..kube.owner import Owner
from ..spec.exposure import NetworkPolicy
from .origin import Origin, Origins

__all__ = ["ORIGINS", "Admitted", "PodPort", "network_policy"]

PodPort = tuple[int, str]
"""Number and protocol of a port that pods listen on."""

ORIGINS: Origins = {
    "spec.podSelector": Origin("metadata.name"),
    "spec.policyTypes": Origin(why="what the pods themselves may reach is not restricted"),
    "spec.ingress[i].from[f].podSelector": Origin(
        ("spec.networkPolicy.allowFrom[f].podSelector", "spec.networkPolicy.allowIntraNamespace")
    ),
    "spec.ingress[i].from[f].namespaceSelector": Origin("spec.networkPolicy.allowFrom[f].namespaceSelector"),
}
"""Origins of what the fields of the policy say; who is let in beside that is known to `compiler.policies` alone."""


class Admitted(NamedTuple):
    """Clients that are let in to some of the ports."""

    ports: tuple[PodPort, ...]
    peers: Sequence[dict[str, Any]]


def network_policy(
    owner: Owner, policy: NetworkPolicy, *, ports: Sequence[PodPort], admitted: Sequence[Admitted]
) -> Manifest:
    """Let the peers of *policy* connect to *ports* of the pods, *admitted* ones to theirs, and nobody else to any.

    Without ports there is nothing to open, so that there are no rules.
    """
    peers = [written(peer) for peer in policy.allow_from]
    if policy.allow_intra_namespace:
        peers.append({"podSelector": {}})
    rules = [{"from": peers, "ports": _ports(ports)}] if peers and ports else []
    if policy.allow_ingress and ports:
        rules.append({"ports": _ports(ports)})  # a rule without peers lets everybody in
    rules += [{"from": list(each.peers), "ports": _ports(each.ports)} for each in admitted]
    return manifest(
        "networking.k8s.io/v1",
        "NetworkPolicy",
        owner,
        spec=present(
            {
                "podSelector": {"matchLabels": dict(owner.selector)},
                "policyTypes": ["Ingress"],
                # an empty list is dropped by the API server, and would be a change each time it is applied
                "ingress": rules or None,
            }
        ),
    )


def _ports(ports: Sequence[PodPort]) -> list[dict[str, Any]]:
    return [{"port": number, "protocol": protocol} for number, protocol in ports]
