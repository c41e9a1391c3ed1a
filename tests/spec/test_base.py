"""A schema is told apart by its form, and a quorum by its size."""

from __future__ import annotations

from typing import Any

import pytest

from hanzo_constructs.compiler import compile_resource
from hanzo_constructs.errors import SpecError
from hanzo_constructs.spec.base import BASE_VARIABLES, schema_form
from hanzo_constructs.spec.kinds import parse


def base(**spec: Any) -> dict[str, Any]:
    return {
        "apiVersion": "hanzo.ai/v1",
        "kind": "Base",
        "metadata": {"name": "app", "namespace": "hanzo"},
        "spec": {
            "image": {"repository": "ghcr.io/hanzoai/app", "tag": "v1"},
            "storage": {"size": "1Gi"},
            **spec,
        },
    }


def children(**spec: Any) -> dict[str, Any]:
    return {child.id: child.manifest for child in compile_resource(parse(base(**spec))).children}


@pytest.mark.parametrize(
    ("schema", "form"),
    [
        ("my-schema", "configMap"),
        ("create", "configMap"),
        ("schemas.v1", "configMap"),
        ("https://schemas.hanzo.ai/create.sql", "url"),
        ("http://schemas/create table", "unknown"),
        ("CREATE TABLE t (id INTEGER)", "inline"),
        ("-- notes\ncreate table t(id integer);", "inline"),
        ("PRAGMA user_version=2;", "inline"),
        ("SELECT 1;", "unknown"),
        ("Create", "unknown"),
        ("https://", "unknown"),
        ("", "unknown"),
    ],
)
def test_a_schema_is_told_apart_by_its_form(schema: str, form: str) -> None:
    assert schema_form(schema) == form


@pytest.mark.parametrize(("replicas", "missing"), [(3, 1), (5, 2), (7, 3), (9, 4)])
def test_the_budget_leaves_a_majority(replicas: int, missing: int) -> None:
    budget = children(replicas=replicas)["PodDisruptionBudget"]
    assert budget["spec"]["maxUnavailable"] == missing
    assert replicas - missing > replicas / 2 >= replicas - missing - 1


@pytest.mark.parametrize("replicas", range(2, 12, 2))
def test_an_even_number_of_replicas_is_refused(replicas: int) -> None:
    with pytest.raises(SpecError, match=f"must be odd for a quorum.* got {replicas}; write {replicas - 1} or"):
        parse(base(replicas=replicas))


@pytest.mark.parametrize("replicas", [1, 3, 5])
def test_every_replica_is_a_peer_at_its_own_address(replicas: int) -> None:
    found = children(replicas=replicas)
    (container,) = found["StatefulSet"]["spec"]["template"]["spec"]["containers"]
    env = {variable["name"]: variable.get("value") for variable in container["env"]}
    peers = (env["BASE_PEERS"] or "").split(",")
    domain = f"{found['Service-headless']['metadata']['name']}.hanzo.svc.cluster.local"
    assert peers == [f"http://app-{index}.{domain}:8090" for index in range(replicas)]
    assert env["BASE_LOCAL_TARGET"].replace("$(BASE_NODE_ID)", "app-0") == peers[0]
    assert found["StatefulSet"]["spec"]["serviceName"] == found["Service-headless"]["metadata"]["name"]


def test_the_users_variables_come_last_and_as_written() -> None:
    own = [{"name": "A", "value": "$(BASE_PORT)"}, {"name": "B", "value": ""}]
    found = children(env=own, iamApp="app", schema="https://schemas.hanzo.ai/x.sql")
    (container,) = found["StatefulSet"]["spec"]["template"]["spec"]["containers"]
    names = [variable["name"] for variable in container["env"]]
    assert container["env"][-2:] == own
    assert set(names[:-2]) == set(BASE_VARIABLES)
    assert names[0] == "BASE_NODE_ID"  # a variable can only contain those before it


@pytest.mark.parametrize("name", BASE_VARIABLES)
def test_a_variable_of_the_platform_cannot_be_set(name: str) -> None:
    with pytest.raises(SpecError, match=f"{name} is set by the platform; leave it out"):
        parse(base(env=[{"name": name, "value": "x"}]))


def test_a_schema_too_large_for_a_config_map_is_refused() -> None:
    with pytest.raises(SpecError, match="must have at most 1048576 bytes to fit into a ConfigMap, got 1048594"):
        parse(base(schema="CREATE TABLE t (" + "x" * 1024 * 1024 + ");"))
