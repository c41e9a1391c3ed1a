"""What is remembered of what a cluster gives to one object alone: ports of its nodes, addresses."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...kube.fields import Path
from ..facts import Exclusive
from ..index import SetIndex
from ..objects import Object

__all__ = ["read_exclusive_of_service", "read_host_ports"]


def read_exclusive_of_service(obj: Object, set_index: SetIndex) -> None:
    """Note the node ports and addresses that the Service *obj* asks for; most ask for none."""
    spec = obj.spec
    if spec.get("type", "ClusterIP") == "ClusterIP" and "clusterIP" not in spec and "externalIPs" not in spec:
        return
    for path, what in (*_node_ports(spec), *_addresses(spec)):
        _note(obj, set_index, path, what)
    seen: set[tuple[int, str]] = set()  # a Service may have one port for two protocols
    for index, port in enumerate(spec.get("ports") or ()):
        number, protocol = port.get("nodePort") or 0, port.get("protocol") or "TCP"
        if number and (number, protocol) in seen:
            what = Exclusive("node port", str(number))
            set_index.contended.append((obj.origin, ("spec", "ports", index, "nodePort"), obj.origin, what))
        seen.add((number, protocol))


def _node_ports(spec: dict[str, Any]) -> Iterator[tuple[Path, Exclusive]]:
    for index, port in enumerate(spec.get("ports") or ()):
        if number := port.get("nodePort"):
            yield ("spec", "ports", index, "nodePort"), Exclusive("node port", str(number))
    if number := spec.get("healthCheckNodePort"):
        yield ("spec", "healthCheckNodePort"), Exclusive("node port", str(number))


def _addresses(spec: dict[str, Any]) -> Iterator[tuple[Path, Exclusive]]:
    """Yield the addresses of the cluster that *spec* asks for, and those of others with each of its ports."""
    address = spec.get("clusterIP")
    if isinstance(address, str) and address not in ("", "None"):
        yield ("spec", "clusterIP"), Exclusive("cluster address", address)
    asked: list[tuple[Path, Any]] = [(("spec", "loadBalancerIP"), spec.get("loadBalancerIP"))]
    asked += [(("spec", "externalIPs", index), each) for index, each in enumerate(spec.get("externalIPs") or ())]
    for path, each in asked:
        for port in spec.get("ports") or () if isinstance(each, str) and each else ():
            protocol = port.get("protocol") or "TCP"
            yield path, Exclusive("outside address", f"{each}:{port['port']}/{protocol}", certain=False)


def read_host_ports(obj: Object, set_index: SetIndex) -> None:
    """Note the ports of nodes that *obj*, a DaemonSet, takes on every node that its pods are for."""
    spec = obj.pod.spec
    nodes = repr((sorted((spec.get("nodeSelector") or {}).items()), spec.get("affinity")))
    for container in obj.pod.containers:
        for index, port in enumerate(container.ports):
            number = port.get("hostPort") or (port["containerPort"] if spec.get("hostNetwork") is True else None)
            if number:
                what = f"{port.get('hostIP') or ''}:{number}/{port.get('protocol') or 'TCP'}"
                path = (*container.path, "ports", index, "hostPort")
                _note(obj, set_index, path, Exclusive("host port", what, nodes, certain=False))


def _note(obj: Object, set_index: SetIndex, path: Path, what: Exclusive) -> None:
    first = set_index.exclusive.setdefault(what, obj.origin)
    if first is not obj.origin:
        set_index.contended.append((obj.origin, path, first, what))
