"""CiliumNetworkPolicy: connections to hosts by name, which a NetworkPolicy of Kubernetes cannot say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..kube.manifest import Manifest, manifest
from ..kube.owner import Pods

__all__ = ["WHY", "cilium_network_policy"]

WHY = {
    "spec.egress[0]": "Cilium learns the addresses of a name from the answers of DNS, which must pass it",
    "spec.egress[*].toPorts": "the port of the endpoint alone",
}
"""What is always so, and why: by the place in the object, of which `[*]` is any index."""


def _dns() -> dict[str, Any]:
    """Return the rule by which the pods ask for names, and Cilium hears the answers."""
    return {
        "toEndpoints": [{"matchLabels": {"k8s:io.kubernetes.pod.namespace": "kube-system", "k8s:k8s-app": "kube-dns"}}],
        "toPorts": [{"ports": [{"port": "53", "protocol": "ANY"}], "rules": {"dns": [{"matchPattern": "*"}]}}],
    }


def cilium_network_policy(pods: Pods, hosts: Sequence[tuple[str, int, str]]) -> Manifest:
    """Let *pods* connect to *hosts*: names, ports and protocols."""
    rules = [
        {"toFQDNs": [{"matchName": host}], "toPorts": [{"ports": [{"port": str(port), "protocol": protocol}]}]}
        for host, port, protocol in dict.fromkeys(hosts)
    ]
    return manifest(
        "CiliumNetworkPolicy",
        pods,
        spec={"endpointSelector": {"matchLabels": dict(pods.selector)}, "egress": [_dns(), *rules]},
    )
