"""What is derived for an engine fits what is known of its image, for every generation of every engine."""

from __future__ import annotations

import re
from typing import Any

import pytest

from hanzo_constructs.compiler import compile_resource
from hanzo_constructs.kube.paths import clean_path, is_within
from hanzo_constructs.platform import Platform
from hanzo_constructs.spec.engines import ENGINES
from hanzo_constructs.spec.engines.choosing import chosen_generation, foreign_engine
from hanzo_constructs.spec.engines.engine import Engine, image
from hanzo_constructs.spec.engines.generation import Generation, version_of
from hanzo_constructs.spec.kinds import parse

KNOWN = [(engine, generation) for engine in ENGINES.values() for generation in engine.generations]
IDS = [f"{engine.name}-{generation.name}" for engine, generation in KNOWN]
each_generation = pytest.mark.parametrize(("engine", "generation"), KNOWN, ids=IDS)


def stateful_set(engine: Engine, generation: Generation, **spec: Any) -> Any:
    document = {
        "apiVersion": "hanzo.ai/v1",
        "kind": "Datastore",
        "metadata": {"name": "db", "namespace": "shop", "annotations": spec.pop("annotations", {})},
        "spec": {
            "type": engine.name,
            "storage": {"size": "1Gi"},
            "credentialsSecret": "credentials",
            "engine": {"generation": generation.name},
            "image": {"repository": "example.com/store", "tag": "build"},
            **spec,
        },
    }
    (found,) = (each for each in compile_resource(parse(document), Platform()).children if each.id == "StatefulSet")
    return found.manifest["spec"]["template"]["spec"]


@each_generation
def test_the_claim_covers_the_data(engine: Engine, generation: Generation) -> None:
    (main,) = stateful_set(engine, generation)["containers"]
    (mount,) = (clean_path(each["mountPath"]) for each in main["volumeMounts"] if each["name"] == "data")
    assert is_within(generation.data_path, mount)
    for name, place in generation.environment.items():
        assert {"name": name, "value": place} in main["env"]
        assert is_within(place, mount)
        assert place != mount, "the root of a file system holds lost+found"
    data = [each for each in main.get("args", ()) if each.startswith("/") and "config" not in each]
    assert all(is_within(each, mount) for each in data)


@each_generation
def test_the_user_can_write_the_claim_and_the_kubelet_can_tell_it_from_root(
    engine: Engine, generation: Generation
) -> None:
    pod = stateful_set(engine, generation)
    assert pod["securityContext"]["fsGroup"] == generation.group > 0
    assert pod["securityContext"]["fsGroupChangePolicy"] == "OnRootMismatch"
    hardened = stateful_set(engine, generation, annotations={"hanzo.ai/pod-security": "restricted"})
    own = hardened["containers"][0]["securityContext"].get("runAsUser", generation.user)
    assert isinstance(own, int)
    assert own == generation.runs_as
    assert own > 0
    written = stateful_set(engine, generation, fsGroup=4321, containerSecurityContext={"runAsUser": 1234})
    assert written["securityContext"]["fsGroup"] == 4321
    assert written["containers"][0]["securityContext"]["runAsUser"] == 1234


@each_generation
def test_every_program_that_is_called_exists(engine: Engine, generation: Generation) -> None:
    (main,) = stateful_set(engine, generation)["containers"]
    command = main["readinessProbe"].get("exec", {}).get("command")
    if command:
        assert command[0].removeprefix("/bin/") in generation.programs
        called = re.findall(r"[a-z]+-cli", " ".join(command))
        assert not called or set(called) & set(generation.programs)
    assert "exec" not in main["lifecycle"]["preStop"], "an image without a shell cannot sleep by one"
    if generation.saves_itself:
        assert {"sh", *engine.tools} <= set(generation.programs)
        assert {"mc", "rclone", "aws"} & set(generation.programs)
    assert generation.entry_point


@each_generation
def test_what_is_asked_is_listened_on(engine: Engine, generation: Generation) -> None:
    (main,) = stateful_set(engine, generation)["containers"]
    numbers = {port["containerPort"] for port in main["ports"]}
    usual = {port.container_port for port in engine.ports}
    assert numbers <= usual | set(generation.listens)
    probe = main["readinessProbe"].get("httpGet") or main["readinessProbe"].get("tcpSocket")
    if probe:
        named = {port.get("name"): port["containerPort"] for port in main["ports"]}
        assert named.get(probe["port"], probe["port"]) in usual | set(generation.listens)
    if generation.metrics and not generation.metrics.args:
        assert generation.metrics.port in usual | set(generation.listens)
    assert generation.metrics or generation.exporter


@each_generation
def test_the_names_of_credentials_are_those_that_the_image_reads(engine: Engine, generation: Generation) -> None:
    known = generation.credentials
    for group in known.required:
        mentioned = [name for name in group if name in known.remedy]
        assert mentioned, "what is told to write has what is required"
    for name in re.findall(r"\b[A-Z]+_[A-Z_]+\b", known.remedy):
        assert any(name in group for group in known.required) or name in known.variables
    assert engine.dump_port in {port.name for port in engine.ports}


@each_generation
def test_every_fact_says_where_it_was_read(engine: Engine, generation: Generation) -> None:
    assert generation in engine.generations
    assert generation.sources
    for source in generation.sources:
        assert re.fullmatch(r"[\w.-]+/[\w.-]+", source.repository)
        assert re.fullmatch(r"[0-9a-f]{7,40}", source.commit)
        assert re.fullmatch(r"2026-\d\d-\d\d", source.read)
        assert source.path


def test_names_of_generations_are_unique() -> None:
    names = [generation.name for _, generation in KNOWN]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("engine", ENGINES.values(), ids=ENGINES)
def test_the_default_image_is_known(engine: Engine) -> None:
    chosen = chosen_generation(engine, engine.image)
    assert chosen.is_known
    assert not foreign_engine(engine, engine.image)
    assert engine.generation(engine.unknown) in engine.generations


@pytest.mark.parametrize(
    ("type_", "reference", "name", "is_certain"),
    [
        ("postgresql", "postgres:17.6-alpine", "postgres-17", True),
        ("postgresql", "postgres:9.6", "postgres-17", True),
        ("postgresql", "postgres:18", "postgres-18", True),
        ("postgresql", "postgres:18.3-bookworm", "postgres-18", True),
        ("postgresql", "docker.io/library/postgres:19beta1", "postgres-18", False),
        ("postgresql", "postgres", "postgres-18", False),
        ("postgresql", "pgvector/pgvector:pg16", "postgres-17", True),
        ("postgresql", "pgvector/pgvector:0.8.0-pg18", "postgres-18", True),
        ("postgresql", "registry.example:5000/mirror/postgres:18.3", "postgres-18", False),
        ("postgresql", "bitnami/postgresql:18", "postgres-17", False),
        ("postgresql", "ghcr.io/hanzoai/sql:16-alpine", "sql-16", True),
        ("postgresql", "ghcr.io/hanzoai/sql:18-alpine", "sql-18", False),
        ("postgresql", "ghcr.io/hanzoai/sql:7be1234", "sql-18", False),
        ("postgresql", "ghcr.io/hanzoai/sql:1234567", "sql-18", False),
        ("clickhouse", "clickhouse/clickhouse-server:24.8-alpine", "clickhouse-24", True),
        ("clickhouse", "clickhouse/clickhouse-server:25.1.3", "clickhouse-25.1", True),
        ("clickhouse", "clickhouse:25", "clickhouse-25.1", True),
        ("clickhouse", "ghcr.io/hanzoai/datastore", "datastore-26.2", False),
        ("clickhouse", "ghcr.io/hanzoai/datastore:26.2.3.2", "datastore-26.2", True),
        ("clickhouse", "ghcr.io/hanzoai/datastore:26.7.0.1", "datastore-26.7", True),
        ("clickhouse", "ghcr.io/hanzoai/datastore:24", "datastore-24", True),
        ("valkey", "ghcr.io/hanzoai/kv:8", "kv-2026-02", True),
        ("valkey", "ghcr.io/hanzoai/kv:v9.0.5", "kv-2026-07", False),
        ("valkey", "ghcr.io/hanzoai/kv:latest", "kv-2026-07", False),
        ("valkey", "valkey/valkey:9-alpine", "valkey", True),
        ("valkey", "redis:7.4", "redis", True),
        ("docdb", "ghcr.io/hanzoai/docdb", "docdb", True),
        ("docdb", "ghcr.io/ferretdb/ferretdb:2.7.0", "ferretdb-2", True),
        ("docdb", "ghcr.io/ferretdb/ferretdb:1.24.0", "mongo", False),
        ("docdb", "mongo:8.0", "mongo", True),
        ("minio", "quay.io/minio/minio:RELEASE.2025-09-07T16-13-09Z", "minio", True),
        ("minio", "ghcr.io/hanzoai/s3:v2026.3.1", "s3-2026-03", False),
        ("nats", "nats:2.14", "nats", True),
        ("nats", "nats:2.12-alpine3.22", "nats-alpine", True),
        ("nats", "nats:alpine", "nats-alpine", True),
    ],
)
def test_what_an_image_is_taken_for(type_: str, reference: str, name: str, *, is_certain: bool) -> None:
    chosen = chosen_generation(ENGINES[type_], image(reference))
    assert chosen.generation.name == name
    assert (not chosen.doubt) is is_certain, chosen.doubt


@pytest.mark.parametrize(
    ("tag", "version"),
    [
        ("16", (16,)),
        ("v16.4", (16, 4)),
        ("16.4-alpine", (16, 4)),
        ("pg16", (16,)),
        ("26.2.3.2", (26, 2, 3, 2)),
        ("RELEASE.2025-09-07T16-13-09Z", (2025, 9, 7)),
        ("latest", None),
        ("alpine", None),
        ("bookworm", None),
        ("7be1234", None),
        ("1234567", None),
        ("8d3e0f1a2b", None),
        ("19beta1", None),
        (None, None),
    ],
)
def test_the_version_of_a_tag(tag: str | None, version: tuple[int, ...] | None) -> None:
    assert version_of(tag) == version


@pytest.mark.parametrize(
    ("engine", "reference", "generation", "is_likely"),
    [
        ("postgresql", "registry.example.com/mirror/postgres:16.4", "postgres-17", True),
        ("postgresql", "ghcr.io/acme/sql:16.4", "postgres-17", True),
        ("valkey", "registry.example.com/valkey/valkey:8.1", "valkey", True),
        # the tag says nothing, the disk is elsewhere, or images of that name differ in it
        ("postgresql", "registry.example.com/mirror/postgres:latest", "postgres-18", False),
        ("postgresql", "registry.example.com/mirror/postgres:18.3", "postgres-18", False),
        ("valkey", "docker.io/bitnami/valkey:8.1", "valkey", False),
        ("valkey", "ghcr.io/acme/cache:8.1", "valkey", False),
        ("clickhouse", "ghcr.io/acme/datastore:26.2", "clickhouse-25.1", False),
    ],
)
def test_copies_are_taken_for_what_they_are_called(
    engine: str, reference: str, generation: str, *, is_likely: bool
) -> None:
    chosen = chosen_generation(ENGINES[engine], image(reference))
    assert chosen.generation.name == generation
    assert chosen.doubt
    assert (chosen.is_known, chosen.is_likely) == (False, is_likely)
