"""NetworkPolicy: who may connect to a workload."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from ..kube.manifest import Manifest, manifest, present
from ..kube.model import written
from ..kube.owner import Pods
from ..spec.exposure import NetworkPolicy

__all__ = ["WHY", "Admitted", "PodPort", "network_policy"]

PodPort = tuple[int, str]
"""Number and protocol of a port that pods listen on."""

WHY = {"spec.policyTypes": "what the pods themselves may reach is not restricted"}
"""What is always so, and why: by the place in the object, of which `[*]` is any index."""


class Admitted(NamedTuple):
    """Clients that are let in to some of the ports."""

    ports: tuple[PodPort, ...]
    peers: Sequence[dict[str, Any]]


def network_policy(
    pods: Pods, policy: NetworkPolicy, *, ports: Sequence[PodPort], admitted: Sequence[Admitted]
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
        "NetworkPolicy",
        pods,
        spec=present(
            {
                "podSelector": {"matchLabels": dict(pods.selector)},
                "policyTypes": ["Ingress"],
                # an empty list is dropped by the API server, and would be a change each time it is applied
                "ingress": rules or None,
            }
        ),
    )


def _ports(ports: Sequence[PodPort]) -> list[dict[str, Any]]:
    return [{"port": number, "protocol": protocol} for number, protocol in ports]
