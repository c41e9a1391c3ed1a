"""NetworkPolicy: who may connect to a workload."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..kube.manifest import Manifest, manifest, present
from ..kube.model import written
from ..kube.owner import Owner
from ..spec.exposure import NetworkPolicy
from ..spec.ports import ServicePort
from .origin import Origin, Origins

__all__ = ["ORIGINS", "network_policy"]

ORIGINS: Origins = {
    "spec.podSelector": Origin("metadata.name"),
    "spec.policyTypes": Origin(why="what the pods themselves may reach is not restricted"),
    "spec.ingress": Origin("spec.networkPolicy"),
    "spec.ingress[i].from[f].podSelector": Origin(
        ("spec.networkPolicy.allowFrom[f].podSelector", "spec.networkPolicy.allowIntraNamespace")
    ),
    "spec.ingress[i].from[f].namespaceSelector": Origin(
        "spec.networkPolicy.allowFrom[f].namespaceSelector", rule="policy_admits_platform"
    ),
    "spec.ingress[i].ports[p].port": Origin("spec.ports[p].containerPort"),
    "spec.ingress[i].ports[p].protocol": Origin("spec.ports[p].protocol"),
}


def network_policy(
    owner: Owner,
    policy: NetworkPolicy,
    *,
    ports: Sequence[ServicePort],
    namespaces: Sequence[str] = (),
    pods: Sequence[dict[str, str]] = (),
) -> Manifest:
    """Let the peers of *policy*, all pods of *namespaces* and *pods* by label connect to *ports*, and nobody else."""
    peers = [written(peer) for peer in policy.allow_from]
    if policy.allow_intra_namespace:
        peers.append({"podSelector": {}})
    peers += [{"podSelector": {"matchLabels": dict(labels)}} for labels in pods]
    peers += [{"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": name}}} for name in namespaces]
    rules = [{"from": peers}] if peers else []
    if policy.allow_ingress:
        rules.append({})  # a rule without peers lets everybody in
    return manifest(
        "networking.k8s.io/v1",
        "NetworkPolicy",
        owner,
        spec={
            "podSelector": {"matchLabels": dict(owner.selector)},
            "policyTypes": ["Ingress"],
            "ingress": [present({**rule, "ports": _ports(ports)}) for rule in rules],
        },
    )


def _ports(ports: Sequence[ServicePort]) -> list[dict[str, Any]] | None:
    return [{"port": port.container_port, "protocol": port.protocol} for port in ports] or None
