"""What becomes of a change of one thing: a server takes it, or refuses what is documented to take more."""

from __future__ import annotations

from typing import Any

import pytest

from hanzo_constructs import Platform, compile_resource, parse
from tests.cluster.client import Client
from tests.cluster.sets import apart, apply_all, make_namespaces

pytestmark = [pytest.mark.slow, pytest.mark.cluster]

Spec = dict[str, Any]

_REFUSED = ("volumeClaimTemplates", "updates to statefulset spec")
"""Words of the refusal, in one version of Kubernetes or another."""
IMAGE = {"repository": "ghcr.io/hanzoai/api", "tag": "v1"}
PORTS = [{"name": "http", "containerPort": 8080}]
SCALED = {"resources": {"requests": {"cpu": "1"}}, "autoscaling": {"maxReplicas": 3}}
KINDS: dict[str, Spec] = {
    "Service": {"image": IMAGE, "ports": PORTS},
    "KV": {"storage": {"size": "1Gi"}},
    "SQL": {"storage": {"size": "1Gi"}, "credentialsSecret": "credentials"},
    "Base": {"image": IMAGE, "storage": {"size": "1Gi"}},
    "Gateway": {},
}

TAKEN: list[tuple[str, Spec, Spec]] = [
    ("Service", {}, {"image": {**IMAGE, "tag": "v2"}}),
    ("Service", {}, {"replicas": 3}),
    ("Service", {"replicas": 3}, SCALED),
    ("Service", SCALED, {"replicas": 3}),
    ("Service", {"strategy": "Recreate"}, {}),
    ("Service", {}, {"strategy": "Recreate"}),
    ("Service", {}, {"ports": [*PORTS, {"name": "udp", "containerPort": 8080, "protocol": "UDP"}]}),
    ("Service", {"ports": PORTS}, {"ports": [{**PORTS[0], "protocol": "UDP"}]}),
    ("Service", {}, {"ports": []}),
    ("Service", {"livenessProbe": {"port": "http"}}, {"livenessProbe": {"exec": {"command": ["true"]}}}),
    (
        "Service",
        {"volumes": [{"name": "a", "emptyDir": {}}], "volumeMounts": [{"name": "a", "mountPath": "/a"}]},
        {"volumes": [{"name": "a", "configMap": {"name": "a"}}], "volumeMounts": [{"name": "a", "mountPath": "/a"}]},
    ),
    ("Service", {"env": [{"name": "A", "value": "1"}]}, {"env": [{"name": "B", "value": "1"}]}),
    ("Service", {"pdb": {"minAvailable": 0}}, {"pdb": {"maxUnavailable": "50%"}}),
    ("Service", {"networkPolicy": {}}, {"networkPolicy": {"allowIntraNamespace": False}}),
    ("Service", {"partOf": "a", "component": "b"}, {"partOf": "c"}),
    ("KV", {}, {"replicas": 2}),
    ("KV", {"replicas": 2}, {}),
    ("KV", {}, {"storage": {"size": "1024Mi"}}),
    ("KV", {}, {"storage": {"size": "1Gi", "retentionPolicy": "Delete"}}),
    ("KV", {}, {"serviceAliases": ["cache"]}),
    ("KV", {}, {"ports": [{"name": "metrics", "containerPort": 9121}]}),
    ("KV", {}, {"env": [{"name": "A", "value": "1"}]}),
    ("Base", {}, {"replicas": 3}),
    ("Base", {"replicas": 3}, {"replicas": 1}),
    ("Base", {}, {"port": 9000}),
    ("Gateway", {}, {"routes": [{"prefix": "/a", "backend": "http://a"}]}),
    ("Gateway", {}, {"replicas": 3}),
]
REFUSED: list[tuple[str, Spec, Spec]] = [
    (kind, {}, {"storage": {"size": "1Gi", **change}})
    for kind in ("KV", "Base")
    for change in ({"size": "2Gi"}, {"storageClassName": "fast"})
]


def answers(client: Client, name: str, before: tuple[str, Spec], after: tuple[str, Spec]) -> list[str]:
    """Apply what *before* compiles to, then what *after* does, and return what is refused of that."""
    first, second = (_children(kind, spec, name) for kind, spec in (before, after))
    make_namespaces(client, first)
    apply_all(client, first)
    taken = [client.apply(child, manager="kubectl", force=True) for child in second]
    assert all(client.get(child).status == 200 for child in second)
    return [answer.message for answer in taken if answer.message]


def _children(kind: str, spec: Spec, name: str) -> list[dict[str, Any]]:
    metadata = {"name": "api", "namespace": "shop"}
    document = {"apiVersion": "hanzo.ai/v1", "kind": kind, "metadata": metadata, "spec": {**KINDS[kind], **spec}}
    return apart(compile_resource(parse(document), Platform()).manifests, name)


@pytest.mark.parametrize(("kind", "before", "after"), TAKEN)
def test_a_change_that_is_taken(
    client: Client, request: pytest.FixtureRequest, kind: str, before: Spec, after: Spec
) -> None:
    assert not answers(client, request.node.name, (kind, before), (kind, after))


@pytest.mark.parametrize(("kind", "before", "after"), REFUSED)
def test_a_change_that_takes_more(
    client: Client, request: pytest.FixtureRequest, kind: str, before: Spec, after: Spec
) -> None:
    (message,) = answers(client, request.node.name, (kind, before), (kind, after))
    assert message.startswith("422 ")
    assert any(words in message for words in _REFUSED)


@pytest.mark.parametrize(("before", "after"), [("Service", "KV"), ("KV", "Service"), ("KV", "SQL")])
def test_another_kind_under_the_same_name(
    client: Client, request: pytest.FixtureRequest, before: str, after: str
) -> None:
    assert not answers(client, request.node.name, (before, {}), (after, {}))
