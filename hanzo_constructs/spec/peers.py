"""Rules for the peers of network policies (`pkg/apis/networking/validation` of Kubernetes)."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Protocol

from ..kube.cidrs import cidr_problem
from ..kube.fields import Path, shown
from ..kube.model import Problem
from ..kube.names import port_name_problem
from .selectors import selector_problems

if TYPE_CHECKING:
    from ..kube.core import IPBlock, LabelSelector, NetworkPolicyEgressRule, NetworkPolicyPort

__all__ = ["Peer", "egress_problems", "ip_block_problems", "peer_problems"]


def ip_block_problems(block: IPBlock, at: Path) -> Iterator[Problem]:
    """Yield ranges in *block* that are none, and exceptions that lie outside of it."""
    problem = cidr_problem(block.cidr)
    if problem:
        yield Problem((*at, "cidr"), problem)
    for index, text in enumerate(block.except_ or ()):
        place = (*at, "except", index)
        if wrong := cidr_problem(text):
            yield Problem(place, wrong)
        elif not problem and not _is_part(text, block.cidr):
            yield Problem(place, f"must lie within {block.cidr} and be smaller, got {shown(text)}")


def _is_part(inner: str, outer: str) -> bool:
    part, whole = ipaddress.ip_network(inner), ipaddress.ip_network(outer)
    return part.version == whole.version and part != whole and part.subnet_of(whole)  # type: ignore[arg-type]  # of one version


class Peer(Protocol):
    """Pods or addresses at the other end of a connection."""

    @property
    def pod_selector(self) -> LabelSelector | None:
        """Labels of the pods."""
        ...

    @property
    def namespace_selector(self) -> LabelSelector | None:
        """Labels of their namespaces."""
        ...

    @property
    def ip_block(self) -> IPBlock | None:
        """Addresses."""
        ...


def peer_problems(peer: Peer, at: Path, *, nobody: str) -> Iterator[Problem]:
    """Yield what is wrong with *peer*, which is pods or addresses; *nobody* is said of one that is neither."""
    by_labels = peer.pod_selector is not None or peer.namespace_selector is not None
    if not by_labels and peer.ip_block is None:
        yield Problem(at, nobody)
    if by_labels and peer.ip_block is not None:
        yield Problem((*at, "ipBlock"), "must stand alone; write it as a peer of its own")
    if peer.ip_block is not None:
        yield from ip_block_problems(peer.ip_block, (*at, "ipBlock"))
    for field, selector in (("podSelector", peer.pod_selector), ("namespaceSelector", peer.namespace_selector)):
        if selector is not None:
            yield from selector_problems(selector, (*at, field))


def egress_problems(rules: Sequence[NetworkPolicyEgressRule], at: Path) -> Iterator[Problem]:
    """Yield what no API server takes in the egress *rules*."""
    for index, rule in enumerate(rules):
        for number, peer in enumerate(rule.to or ()):
            nobody = "must have podSelector, namespaceSelector or ipBlock; for connections to anywhere leave to out"
            yield from peer_problems(peer, (*at, index, "to", number), nobody=nobody)
        for number, port in enumerate(rule.ports or ()):
            yield from _port_problems(port, (*at, index, "ports", number))


def _port_problems(port: NetworkPolicyPort, at: Path) -> Iterator[Problem]:
    first, last = port.port, port.end_port
    if isinstance(first, str) and (problem := port_name_problem(first)):
        yield Problem((*at, "port"), problem)
    if isinstance(first, int) and not 0 < first < 65536:
        yield Problem((*at, "port"), f"must be a port from 1 to 65535, got {first}")
    if last is None:
        return
    if not isinstance(first, int):
        yield Problem((*at, "endPort"), "needs the number of a port beside it, where the range begins")
    elif not first <= last < 65536:
        yield Problem((*at, "endPort"), f"must be a port from {first} to 65535, got {last}")
