"""Network policies of the user's own let through what the set declares: policies add up, so one that admits is enough.

Of derived policies compiling knows who needs whom, and has said what they cut. What cannot be decided here (addresses, labels
of namespaces, names of ports) is taken to be let through.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from ...errors import Finding
from ...kube.fields import Path, field_path
from ...kube.labels import NAMESPACE
from ..facts import Policy, PortUse, Workload
from ..index import SetIndex
from ..objects import Origin
from ..selecting import matches, requirements

__all__ = ["isolation_findings"]

_INGRESS, _EGRESS = "ingress", "egress"
_SIDES = {_EGRESS: "to", _INGRESS: "from"}
"""How the two directions of a policy are called, and the peers in their rules."""


class _Peer(NamedTuple):
    """Pods at the other end."""

    namespace: str
    labels: dict[str, str] | None
    """None: nobody knows them."""


class _Door(NamedTuple):
    """What stands behind a Service."""

    workloads: list[Workload]
    uses: tuple[PortUse, ...]
    """The ports of the pods, in the order of those of the Service."""


def isolation_findings(set_index: SetIndex) -> Iterator[tuple[Origin, Finding]]:
    """Yield connections between pods of the set, and routes to them, that policies of the user's own cut."""
    if not any(not policy.origin.own for policy in set_index.policies):
        return
    isolating = _Isolating(set_index)
    yield from _cut_connections(set_index, isolating)
    yield from _cut_routes(set_index, isolating)


class _Isolating:
    """Which policies isolate which pods, and what stands behind Services."""

    def __init__(self, set_index: SetIndex) -> None:
        """Look for the pods of each policy of *set_index*."""
        self._policies: dict[tuple[str, Origin], list[Policy]] = {}
        for policy in set_index.policies:
            for workload in set_index.select(policy.origin.namespace, policy.asked).found:
                for direction in policy.restricts:
                    self._policies.setdefault((direction, workload.origin), []).append(policy)
        self.doors = {
            (origin.namespace, origin.name): _Door(selection.found, uses)
            for selection in set_index.selections.values()
            for origin, uses in selection.ports
            if origin.kind == "Service"
        }

    def cut(
        self, direction: str, workload: Workload, peer: _Peer, port: int | None, protocol: str = "TCP"
    ) -> Policy | None:
        """Return a policy that keeps *workload* and *peer* apart in that *direction*; None where they may connect."""
        policies = self._policies.get((direction, workload.origin), [])
        if not policies or any(policy.origin.own for policy in policies):
            return None
        side = _SIDES[direction]
        for policy in policies:
            for rule in (policy.ingress if direction == _INGRESS else policy.egress) or ():
                if _may_be_port(rule.get("ports"), port, protocol) and _may_be_peer(
                    rule.get(side), peer, policy.origin.namespace
                ):
                    return None
        return policies[0]


def _cut_connections(set_index: SetIndex, isolating: _Isolating) -> Iterator[tuple[Origin, Finding]]:
    runners = {each.origin.source.resource: each for each in reversed(set_index.workloads.values()) if each.origin.own}
    told: set[tuple[str, Origin, str, str]] = set()
    for use in set_index.resolved_hosts:
        origin, address = use.origin, (use.host.namespace, use.host.service)
        service, door = set_index.services.get(address), isolating.doors.get(address)
        caller = set_index.workloads.get((origin.kind, origin.namespace, origin.name))
        caller = caller or (runners.get(origin.source.resource) if origin.own else None)
        if service is None or door is None or caller is None or caller in door.workloads:
            continue
        asked: list[PortUse] = [
            (door.uses[index] if not service.headless else ((), number, protocol))
            for index, (number, _, protocol) in enumerate(service.ports)
            if use.host.port in (None, number)
        ]
        if use.host.port is not None and service.headless:
            asked = [((), use.host.port, "TCP")]
        for direction in _SIDES:
            policy = _cut_by(isolating, direction, caller, door.workloads, asked)
            if policy and (direction, caller.origin, *address) not in told:
                told.add((direction, caller.origin, *address))
                message = _egress_message(service.origin, policy, caller)
                if direction == _INGRESS:
                    message = (
                        f"connects to {service.origin}, whose pods {policy.origin.described} isolates; {_opening(door)}"
                    )
                yield origin, Finding(message, field_path(use.path), severity="warning")


def _egress_message(service: Origin, policy: Policy, caller: Workload) -> str:
    advice = "write a rule of egress that lets them"
    if caller.origin.own:
        advice = (
            f"write networkPolicy: {{policyTypes: [Egress]}} in {caller.origin.source.resource}, whose policy lets them"
        )
    return f"connects to {service}, but {policy.origin.described} lets its pods connect to nobody there; {advice}"


def _opening(door: _Door) -> str:
    target = door.workloads[0].origin
    if target.own:
        return f"write networkPolicy: {{}} in {target.source.resource}, whose policy lets in who is declared to need it"
    return "write a rule of ingress that lets in who needs them"


def _cut_by(
    isolating: _Isolating, direction: str, caller: Workload, targets: list[Workload], asked: list[PortUse]
) -> Policy | None:
    """Return the policy that cuts all ways from *caller* to *targets*, at each of the ports that are *asked* for."""
    found: Policy | None = None
    for target in targets:
        for _, port, protocol in asked or [((), "", "TCP")]:
            number = port if isinstance(port, int) else _numbered(target, port)
            ends = (caller, _peer(target)) if direction == _EGRESS else (target, _peer(caller))
            found = isolating.cut(direction, *ends, number, protocol)
            if found is None:
                return None
    return found


def _cut_routes(set_index: SetIndex, isolating: _Isolating) -> Iterator[tuple[Origin, Finding]]:
    """Yield routes to pods that let in nobody from other namespaces, where the controller runs in another one."""
    told: set[tuple[Origin, str]] = set()
    controller = _Peer(set_index.platform.ingress_namespace, None)
    for kind, namespace, name, origin, path, *_ in set_index.resolved:
        door = isolating.doors.get((namespace, name))
        if kind != "Service" or origin.kind not in {"Ingress", "HTTPRoute", "GRPCRoute"} or door is None:
            continue
        cut = [isolating.cut(_INGRESS, target, controller, None) for target in door.workloads]
        if cut and (policy := cut[0]) and all(cut) and (origin, name) not in told:
            told.add((origin, name))
            message = (
                f"leads to Service {f'{namespace}/' if namespace else ''}{name}, whose pods {policy.origin.described} isolates"
                f" from the namespace of the ingress controller ({controller.namespace}); {_opening(door)}"
            )
            yield origin, Finding(message, field_path(_named(path)), severity="warning")


def _named(path: Path) -> Path:
    return path if path[-1] == "name" else (*path, "name")


def _peer(workload: Workload) -> _Peer:
    return _Peer(workload.origin.namespace, workload.labels)


def _numbered(workload: Workload, name: str) -> int | None:
    return next((number for number, known, _ in workload.ports if known == name), None)


def _may_be_port(ports: Any, port: int | None, protocol: str) -> bool:
    if not ports or port is None:
        return True
    return any(_covers(each, port) for each in ports if (each.get("protocol") or "TCP") == protocol)


def _covers(each: dict[str, Any], port: int) -> bool:
    first = each.get("port")
    return not isinstance(first, int) or first <= port <= (each.get("endPort") or first)


def _may_be_peer(peers: Any, peer: _Peer, own: str) -> bool:
    return not peers or any(_may_mean(each, peer, own) for each in peers)


def _may_mean(each: dict[str, Any], peer: _Peer, own: str) -> bool:
    if each.get("ipBlock") is not None:
        return True
    namespaces, pods = each.get("namespaceSelector"), each.get("podSelector")
    if namespaces is None and peer.namespace != own:
        return False
    if namespaces is not None and peer.labels is not None:
        named = tuple(asked for asked in requirements(namespaces) if asked[0] == NAMESPACE)
        if not matches({NAMESPACE: peer.namespace}, named):
            return False
    return peer.labels is None or matches(peer.labels, requirements(pods))
