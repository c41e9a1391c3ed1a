"""A server takes Services, rules for egress and autoscalers exactly if we do; what we refuse besides is listed with its reason."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from hanzo_constructs.compiler import compile_resource
from hanzo_constructs.errors import SpecError
from hanzo_constructs.platform import Platform
from hanzo_constructs.spec.kinds import parse
from tests.cluster.client import Client

pytestmark = [pytest.mark.slow, pytest.mark.cluster]

STRICTER = {
    r"has no effect on a headless Service": "the server stores it, and nothing follows it",
    r"target\.\w+: must be left out beside type": "the server stores it, and nobody reads it",
    r"target\.\w+: required because type is|target\.type: must be one of": "the type says something else than the value",
    r"measures \w+, as target": "two targets of one measure contradict each other",
}
"""What we refuse although a server takes it: the messages, and why."""
PLATFORM = Platform(kubernetes="1.36", namespace="default")
many = settings(
    max_examples=800,
    deadline=None,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.function_scoped_fixture],
)


def problems_of(**spec: Any) -> list[str]:
    """Return why we refuse a Service of *spec*."""
    image = {"repository": "ghcr.io/hanzoai/example", "tag": "v1"}
    metadata = {"name": "web", "namespace": "default"}
    document = {"apiVersion": "hanzo.ai/v1", "kind": "Service", "metadata": metadata, "spec": {"image": image, **spec}}
    try:
        compile_resource(parse(document, PLATFORM), PLATFORM)
    except SpecError as error:
        return [str(finding) for finding in error.findings if finding.severity == "error"]
    return []


def agree(ours: list[str], client: Client, kind: str, version: str, spec: dict[str, Any]) -> None:
    manifest = {"apiVersion": version, "kind": kind, "metadata": {"name": "web", "namespace": "default"}, "spec": spec}
    theirs = client.create(manifest, dry_run=True).message
    if theirs:
        assert ours, (theirs, spec)
    else:
        assert not [each for each in ours if not any(re.search(known, each) for known in STRICTER)], (ours, spec)


ranges = st.sampled_from(
    (
        "10.0.0.0/8",
        "10.0.0.1/8",
        "10.0.0.0",
        "10.0.0.0/33",
        "010.0.0.0/8",
        "2001:db8::/32",
        "2001:db8::1/32",
        "0.0.0.0/0",
        "x/8",
    )
)
option_sets = st.fixed_dictionaries(
    {},
    optional={
        "type": st.sampled_from(("ClusterIP", "NodePort", "LoadBalancer")),
        "headless": st.booleans(),
        "sessionAffinity": st.sampled_from(("None", "ClientIP")),
        "externalTrafficPolicy": st.sampled_from(("Cluster", "Local")),
        "internalTrafficPolicy": st.sampled_from(("Cluster", "Local")),
        "trafficDistribution": st.sampled_from(("PreferClose", "PreferSameZone", "PreferSameNode")),
        "loadBalancerClass": st.sampled_from(("internal", "example.com/internal", "a b", "a/b/c")),
        "loadBalancerSourceRanges": st.lists(ranges, max_size=2),
    },
)
port_names = st.sampled_from(("http", "80", "a--b", "a" * 63, "a" * 64, "HTTP", "-a", "web-of-more-than-fifteen"))
port_sets = st.lists(
    st.fixed_dictionaries(
        {"name": port_names, "containerPort": st.sampled_from((8080, 8081))},
        optional={
            "servicePort": st.sampled_from((80, 81)),
            "nodePort": st.sampled_from((30080, 30081)),
            "protocol": st.sampled_from(("TCP", "UDP")),
        },
    ),
    min_size=1,
    max_size=3,
)


@many
@given(option_sets, port_sets)
def test_a_server_takes_a_service_exactly_if_we_do(client: Client, options: dict[str, Any], ports: list[Any]) -> None:
    spec = {name: value for name, value in options.items() if name != "headless"}
    spec |= {"clusterIP": "None"} if options.get("headless") else {}
    spec["ports"] = [
        {
            "name": port["name"],
            "port": port.get("servicePort", port["containerPort"]),
            "targetPort": port["containerPort"],
            "protocol": port.get("protocol", "TCP"),
            **({"nodePort": port["nodePort"]} if "nodePort" in port else {}),
        }
        for port in ports
    ]
    agree(problems_of(ports=ports, service=options), client, "Service", "v1", spec)


selectors = st.sampled_from(({}, {"matchLabels": {"a": "b"}}, {"matchLabels": {"a b": "c"}}))
peers = st.fixed_dictionaries(
    {},
    optional={
        "podSelector": selectors,
        "namespaceSelector": selectors,
        "ipBlock": st.fixed_dictionaries({"cidr": ranges}, optional={"except": st.lists(ranges, max_size=2)}),
    },
)
egress_ports = st.fixed_dictionaries(
    {},
    optional={
        "port": st.sampled_from((0, 1, 80, 65535, 65536, "http", "A", "a" * 16)),
        "endPort": st.sampled_from((79, 80, 90, 65536)),
        "protocol": st.sampled_from(("TCP", "UDP", "SCTP")),
    },
)
egress_rules = st.lists(
    st.fixed_dictionaries(
        {}, optional={"to": st.lists(peers, max_size=2), "ports": st.lists(egress_ports, max_size=2)}
    ),
    max_size=2,
)


@many
@given(egress_rules)
def test_a_server_takes_egress_exactly_if_we_do(client: Client, rules: list[Any]) -> None:
    spec = {"podSelector": {}, "policyTypes": ["Egress"], "egress": rules}
    agree(problems_of(networkPolicy={"egress": rules}), client, "NetworkPolicy", "networking.k8s.io/v1", spec)


amounts = st.sampled_from(("1", "0", "-1", "500m"))
targets = st.fixed_dictionaries(
    {"type": st.sampled_from(("Utilization", "Value", "AverageValue"))},
    optional={"averageUtilization": st.sampled_from((0, 50)), "averageValue": amounts, "value": amounts},
)
identifiers = st.fixed_dictionaries(
    {"name": st.sampled_from(("queue", "a/b", "a%b", "", "A b"))}, optional={"selector": selectors}
)
resource_names = st.sampled_from(("cpu", "memory", "a b", "example.com/gpu", ""))
described = st.fixed_dictionaries(
    {"kind": st.just("Ingress"), "name": st.just("web"), "apiVersion": st.just("networking.k8s.io/v1")}
)
sources = {
    "resource": st.fixed_dictionaries({"name": resource_names, "target": targets}),
    "containerResource": st.fixed_dictionaries(
        {"name": resource_names, "container": st.just("web"), "target": targets}
    ),
    "pods": st.fixed_dictionaries({"metric": identifiers, "target": targets}),
    "external": st.fixed_dictionaries({"metric": identifiers, "target": targets}),
    "object": st.fixed_dictionaries({"metric": identifiers, "target": targets, "describedObject": described}),
}
kinds = st.sampled_from(tuple(sources))
metrics = st.tuples(kinds, st.sampled_from((*[None] * 9, *sources))).flatmap(
    lambda both: st.fixed_dictionaries(
        {"type": st.just(both[0][0].upper() + both[0][1:]), both[0]: sources[both[0]]}
        | ({both[1]: sources[both[1]]} if both[1] else {})
    )
)
policies = st.fixed_dictionaries(
    {
        "type": st.sampled_from(("Pods", "Percent")),
        "value": st.sampled_from((0, 1, 100)),
        "periodSeconds": st.sampled_from((0, 1, 1800, 1801)),
    }
)
scaling_rules = st.fixed_dictionaries(
    {},
    optional={
        "stabilizationWindowSeconds": st.sampled_from((-1, 0, 3600, 3601)),
        "selectPolicy": st.sampled_from(("Max", "Min", "Disabled")),
        "policies": st.lists(policies, max_size=2),
    },
)
behaviors = st.fixed_dictionaries({}, optional={"scaleUp": scaling_rules, "scaleDown": scaling_rules})


@many
@given(st.lists(metrics, min_size=1, max_size=2), st.none() | behaviors)
def test_a_server_takes_an_autoscaler_exactly_if_we_do(client: Client, measured: list[Any], behavior: Any) -> None:
    beside = {"behavior": behavior} if behavior is not None else {}
    spec = {
        "scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "web"},
        "minReplicas": 1,
        "maxReplicas": 5,
        "metrics": measured,
        **beside,
    }
    ours = problems_of(autoscaling={"maxReplicas": 5, "metrics": measured, **beside})
    agree(ours, client, "HorizontalPodAutoscaler", "autoscaling/v2", spec)
