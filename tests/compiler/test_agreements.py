"""Whom workloads reach is whom both ends declare: judged by the semantics of NetworkPolicy, on random graphs."""

from __future__ import annotations

from itertools import permutations, product
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from hanzo_constructs.compiler import Compilation, compile_resource
from hanzo_constructs.compiler.link_index import LinkIndex
from hanzo_constructs.compiler.links import links_of
from hanzo_constructs.compiler.resource_ties import ties_of
from hanzo_constructs.kube.labels import NAMESPACE
from hanzo_constructs.platform import GatewayParent, Platform
from hanzo_constructs.spec.kinds import parse

PLATFORM = Platform(gateway=GatewayParent(name="edge"))
IMAGE = f"ghcr.io/acme/x@sha256:{'0a' * 32}"
AMOUNTS = {part: {"cpu": "100m", "memory": "128Mi"} for part in ("requests", "limits")}
CANARY = {
    "strategy": "canary",
    "canary": {"weight": 10, "containers": {"main": {"image": f"ghcr.io/acme/x@sha256:{'0b' * 32}"}}},
}
DIRECTIONS = ("none", "outbound", "inbound", "both")

Place = tuple[str, str]
"""Namespace and name."""
Declared = dict[tuple[Place, Place], str]
"""What the first says of the second."""


@st.composite
def graphs(draw: st.DrawFn) -> tuple[dict[Place, list[int]], Declared]:
    """Return workloads with their ports, and who says what of whom."""
    number = draw(st.integers(2, 12) | st.integers(2, 24))
    ports = st.lists(st.sampled_from((80, 443, 8080, 9000)), min_size=1, max_size=3, unique=True)
    # names are alike in several namespaces, which must not be mistaken for each other
    places = [(f"ns{index % 3}", f"s{index // 3}") for index in range(number)]
    workloads: dict[Place, list[int]] = {place: [*draw(ports)] for place in places}
    ends = st.tuples(st.sampled_from(places), st.sampled_from(places)).filter(lambda pair: pair[0] != pair[1])
    pairs = draw(st.lists(ends, max_size=3 * number, unique=True))
    declared: Declared = {}
    for one, other in pairs:
        declared[one, other] = draw(st.sampled_from(DIRECTIONS))
        declared[other, one] = draw(st.sampled_from(DIRECTIONS))
    return workloads, _by_name(declared)


def _by_name(declared: Declared) -> Declared:
    """Keep one of the declarations of a workload about others of one name, which a resource can say of one alone."""
    kept: dict[tuple[Place, str], tuple[Place, str]] = {}
    for (one, other), direction in declared.items():
        if direction != "none":
            kept.setdefault((one, other[1]), (other, direction))
    return {(one, other): direction for (one, _), (other, direction) in kept.items()}


def document(place: Place, ports: list[int], declared: Declared) -> dict[str, Any]:
    resources = {
        other[1]: {"type": "service", "direction": direction, "namespace": other[0]}
        for (one, other), direction in declared.items()
        if one == place
    }
    service = {"ports": {f"p{port}": {"port": port} for port in ports}}
    workload = {
        "containers": {"main": {"image": IMAGE, "resources": AMOUNTS}},
        "service": service,
        "resources": resources,
    }
    return {
        "apiVersion": "lattice.dev/v1alpha1",
        "kind": "LatticeService",
        "metadata": {"namespace": place[0], "name": place[1]},
        # some have a canary, by a fact that is drawn already
        "spec": {"replicas": 1, "workload": workload, **({"deploy": CANARY} if 443 in ports else {})},
    }


def selects(selector: dict[str, Any] | None, labels: dict[str, str]) -> bool:
    return selector is not None and (selector.get("matchLabels") or {}).items() <= labels.items()


def means(peer: dict[str, Any], own: str, pod: tuple[str, dict[str, str]]) -> bool:
    """Tell whether *peer* of a policy in the namespace *own* means *pod*."""
    namespace, labels = pod
    if "ipBlock" in peer:
        return False
    spaces = peer.get("namespaceSelector")
    near = namespace == own if spaces is None else selects(spaces, {NAMESPACE: namespace})
    return near and ("podSelector" not in peer or selects(peer["podSelector"], labels))


def lets(rules: list[dict[str, Any]], side: str, own: str, pod: tuple[str, dict[str, str]], port: int) -> bool:
    return any(
        (not rule.get(side) or any(means(peer, own, pod) for peer in rule[side]))
        and (not rule.get("ports") or any(each["port"] == port and each["protocol"] == "TCP" for each in rule["ports"]))
        for rule in rules
    )


def reaches(
    policies: list[Any], source: tuple[str, dict[str, str]], target: tuple[str, dict[str, str]], port: int
) -> bool:
    """Tell whether the pod *source* connects to *port* of *target*: no policy, or one of them, lets it out, and in."""
    for (own, labels), other, kind, field, side in (
        (source, target, "Egress", "egress", "to"),
        (target, source, "Ingress", "ingress", "from"),
    ):
        mine = [
            each["spec"]
            for each in policies
            if each["metadata"]["namespace"] == own
            and kind in each["spec"]["policyTypes"]
            and selects(each["spec"]["podSelector"], labels)
        ]
        if mine and not any(lets(each.get(field) or [], side, own, other, port) for each in mine):
            return False
    return True


def pods_of(compilation: Compilation) -> list[tuple[str, dict[str, str]]]:
    """Return a pod of each workload: those of a canary call and are called as the others."""
    return [
        (each["metadata"]["namespace"], each["spec"]["template"]["metadata"]["labels"])
        for each in compilation.manifests
        if each["kind"] == "Deployment"
    ]


@given(graphs())
def test_who_reaches_whom_is_what_both_declare(graph: tuple[dict[Place, list[int]], Declared]) -> None:
    workloads, declared = graph
    resources = [parse(document(place, ports, declared), PLATFORM) for place, ports in workloads.items()]
    links, _ = links_of(resources, PLATFORM)
    compilations = [compile_resource(resource, PLATFORM, links=links) for resource in resources]
    children = [manifest for compilation in compilations for manifest in compilation.manifests]
    policies = [each for each in children if each["kind"] == "NetworkPolicy"]
    assert len(policies) == len(workloads)
    pods = {compilation.place: pods_of(compilation) for compilation in compilations}
    for one, other in permutations(workloads, 2):
        agreed = declared.get((one, other)) in ("outbound", "both") and declared.get((other, one)) in (
            "inbound",
            "both",
        )
        for port in (80, 443, 8080, 9000):
            expected = agreed and port in workloads[other]
            for source, target in product(pods[one], pods[other]):
                assert reaches(policies, source, target, port) == expected, (one, other, port)
    for policy in policies:  # DNS is open to everybody
        assert policy["spec"]["egress"][0] == {
            "ports": [{"port": 53, "protocol": "UDP"}, {"port": 53, "protocol": "TCP"}]
        }
    # a half that the other end does not have is told, once, to whom it lacks
    missing = {
        (other, one)
        for (one, other), direction in declared.items()
        for mine, theirs in (("outbound", "inbound"), ("inbound", "outbound"))
        if direction in (mine, "both") and other in workloads and declared.get((other, one)) not in (theirs, "both")
    }
    told = {compilation.place for compilation in compilations if compilation.warnings}
    assert told == {lacking for lacking, _ in missing}


@given(graphs())
def test_the_index_says_the_same(graph: tuple[dict[Place, list[int]], Declared]) -> None:
    workloads, declared = graph
    resources = [parse(document(place, ports, declared), PLATFORM) for place, ports in workloads.items()]
    links, _ = links_of(resources, PLATFORM)
    index: LinkIndex[int] = LinkIndex()
    for number, resource in enumerate(resources):
        index.add(number, ties_of(resource, PLATFORM))
    for resource in resources:
        ties = ties_of(resource, PLATFORM)
        mine = index.links(ties)
        for part in ("admitted", "targets", "reached", "halves"):
            assert getattr(mine, part).get(ties.name) == getattr(links, part).get(ties.name), part
