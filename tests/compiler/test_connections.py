"""What connections come to: the same as the addresses that the other resource has, and nothing that is not known."""

from __future__ import annotations

import json
from typing import Any

import pytest

from hanzo_constructs import Platform, compile_resource, parse
from hanzo_constructs.compiler.compilation import Compilation
from hanzo_constructs.compiler.endpoints import endpoints
from hanzo_constructs.compiler.links import NO_LINKS, links_of
from hanzo_constructs.explain import reasons
from hanzo_constructs.spec.connection import connection_url
from hanzo_constructs.spec.connections import Piece, pieces_of
from hanzo_constructs.spec.datastore import Datastore
from hanzo_constructs.spec.kinds import KINDS
from hanzo_constructs.verify import prove
from tests.properties.resources import SHAPES
from tests.properties.rich import rich

PLATFORM = Platform(kubernetes="1.33")
IMAGE = {"repository": "acme/web", "tag": "v1.0.0"}


def client(*connections: dict[str, Any], namespace: str = "hanzo", **spec: Any) -> dict[str, Any]:
    metadata = {"name": "client", "namespace": namespace}
    return {
        "apiVersion": "hanzo.ai/v1",
        "kind": "Service",
        "metadata": metadata,
        "spec": {"image": IMAGE, "connections": [*connections], **spec},
    }


def compiled(*documents: dict[str, Any]) -> list[Compilation]:
    resources = [parse(document, PLATFORM) for document in documents]
    links, contradictions = links_of(resources, PLATFORM)
    assert not contradictions
    return [compile_resource(each, PLATFORM, links=links) for each in resources]


def variables(compilation: Compilation) -> dict[str, Any]:
    (workload,) = (child.manifest for child in compilation.children if child.pods)
    env = workload["spec"]["template"]["spec"]["containers"][0].get("env", ())
    return {each["name"]: each.get("value", each.get("valueFrom")) for each in env}


@pytest.mark.parametrize("kind", [kind for kind in KINDS if KINDS[kind].compiled_as != "Task"])
def test_every_kind_is_reached_as_its_endpoints_say(kind: str) -> None:
    link = {"kind": kind, "name": "api", "env": {"URL": "url", "TEXT": "${host}:${port}"}}
    ours, theirs = compiled(client(link), _startable(kind))
    first = next(iter(endpoints(theirs).ports.values()))
    found = variables(ours)
    assert found["URL"] == first
    assert first.endswith(f"//{found['TEXT']}")
    resource = theirs.resource
    if isinstance(resource, Datastore):
        assert found["URL"] == connection_url(resource, PLATFORM)
    assert not [finding for finding in prove([ours, theirs]).findings if "connections" in finding.path]


@pytest.mark.parametrize("kind", [kind for kind in KINDS if KINDS[kind].compiled_as != "Task"])
def test_every_port_is_reached_by_its_name(kind: str) -> None:
    (theirs,) = compiled(_startable(kind))
    known = endpoints(theirs).ports
    links = [
        {"kind": kind, "name": "api", "port": port, "env": {f"URL_{index}": "url"}} for index, port in enumerate(known)
    ]
    ours, _ = compiled(client(*links), _startable(kind))
    assert [*variables(ours).values()] == [*known.values()]


def _startable(kind: str) -> dict[str, Any]:
    """Return a resource of *kind* with everything that is not of one engine alone."""
    document = rich(kind)
    if KINDS[kind].engine:
        document["spec"] = {"storage": {"size": "1Gi"}, "credentialsSecret": "credentials"}
    return document


@pytest.mark.parametrize("kind", [kind for kind in SHAPES if kind != "Task"])
def test_every_kind_lets_in_who_connects(kind: str) -> None:
    other = rich(kind)
    if kind != "LatticeService":  # which always has a policy, and names whom it lets in
        other["spec"]["networkPolicy"] = {"allowIntraNamespace": False}
    link = {"kind": kind, "name": "api", "namespace": "hanzo", "env": {"PORT": "port"}}
    for place, shown in (("hanzo", None), ("far", {"matchLabels": {"kubernetes.io/metadata.name": "far"}})):
        if kind == "LatticeService":
            inbound = {"type": "service", "direction": "inbound", "namespace": place}
            other["spec"]["workload"]["resources"]["client"] = inbound
        _, theirs = compiled(client(link, namespace=place), other)
        (policy,) = (each for each in theirs.manifests if each["kind"] == "NetworkPolicy")
        peers = [peer for rule in policy["spec"]["ingress"] for peer in rule["from"]]
        mine = [each for each in peers if "client" in json.dumps(each)]
        assert [each.get("namespaceSelector") for each in mine] == [shown]


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "KV"},
        {"name": "other"},
        {"namespace": "far"},
        {"env": {"A": "port"}},
        {"env": {"B": "host"}},
        {"env": {"A": "host", "B": "host"}},
    ],
)
def test_each_field_of_a_connection_counts(change: dict[str, Any]) -> None:
    link = {"kind": "SQL", "name": "db", "env": {"A": "url"}}
    (before,), (after,) = compiled(client(link)), compiled(client({**link, **change}))
    assert variables(before) == {"A": "postgresql://db.hanzo.svc.cluster.local:5432"}
    assert variables(after) != variables(before)


@pytest.mark.parametrize("field", ["sidecars", "initContainers"])
def test_containers_that_a_connection_names_get_its_variables_and_the_reason(field: str) -> None:
    link = {"kind": "SQL", "name": "db", "env": {"A": "url"}, "containers": ["other"]}
    spec: dict[str, Any] = {field: [{"name": "other", "image": "acme/other:v1.0.0"}]}
    (ours,) = compiled(client(link, **spec))
    told = {each.path: each.because for each in reasons(ours) if ".initContainers[0].env[" in each.path}
    assert told
    assert all("spec.connections[0]" in because for because in told.values())


def test_each_value_of_a_connection_has_its_reason() -> None:
    link = {"kind": "Datastore", "name": "api", "env": {"A": "x ${secret/key} ${host}", "B": "secret/key"}}
    ours, _ = compiled(client(link), rich("Datastore"))
    told = {each.path: each.because for each in reasons(ours) if ".env[" in each.path}
    assert len(told) == 8
    assert all("spec.connections[0]" in because for because in told.values())
    assert "Datastore hanzo/api" in told["spec.template.spec.containers[0].env[0].valueFrom.secretKeyRef.name"]


def test_what_the_set_lacks_is_an_error_of_the_set_alone() -> None:
    link = {"kind": "Service", "name": "gone", "env": {"A": "host"}}
    resource = parse(client(link, env=[{"name": "B", "value": "b"}]), PLATFORM)
    compilation = compile_resource(resource, PLATFORM, links=NO_LINKS)
    assert variables(compilation) == {"B": "b"}
    (finding,) = prove([compilation]).findings
    assert finding.subject == "Service hanzo/client"
    assert (finding.path, finding.severity) == ("spec.connections[0].name", "error")


def test_what_is_outside_is_needed() -> None:
    (compilation,) = compiled(client({"kind": "S3", "name": "files", "env": {"A": "url"}}))
    proof = prove([compilation])
    assert not proof.findings
    assert [str(each) for each in proof.external] == ["Service hanzo/files"]


@pytest.mark.parametrize(
    ("env", "bulk", "found"),
    [
        ({}, {}, "postgres"),
        ({"POSTGRES_DB": "shop"}, {"credentialsSecret": "login"}, "shop"),
        ({"SQL_DB": "shop"}, {}, "shop"),
        ({"POSTGRES_DB": "shop", "POSTGRES_USER": "app"}, {}, "shop"),
    ],
)
def test_the_database_is_what_its_image_makes(env: dict[str, str], bulk: dict[str, Any], found: str) -> None:
    spec = {
        "image": {"repository": "postgres", "tag": "16.4"},
        "storage": {"size": "1Gi"},
        "insecure": True,
        "env": [{"name": name, "value": value} for name, value in env.items()],
        **bulk,
    }
    metadata = {"name": "db", "namespace": "hanzo"}
    store = {"apiVersion": "hanzo.ai/v1", "kind": "SQL", "metadata": metadata, "spec": spec}
    ours, _ = compiled(client({"kind": "SQL", "name": "db", "env": {"A": "database"}}), store)
    assert variables(ours) == {"A": found}


def test_texts_in_pieces() -> None:
    assert pieces_of("host") == (Piece(name="host"),)
    assert pieces_of("secret/a") == (Piece(name="secret/a"),)
    assert pieces_of("a ${host}") == (Piece("a "), Piece(name="host"))
    assert pieces_of("$${host} ${port}.") == (Piece("${"), Piece("host} "), Piece(name="port"), Piece("."))
    assert pieces_of("$(X)$$") == (Piece("$(X)$$"),)
