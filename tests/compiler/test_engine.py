"""What engines are asked and told: probes that only a serving engine passes, and how many replicas change what is written."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest

from hanzo_constructs.compiler import compile_resource
from hanzo_constructs.errors import SpecError
from hanzo_constructs.platform import EPOCHS, Platform
from hanzo_constructs.spec.engines import ENGINES
from hanzo_constructs.spec.kinds import parse

CLIENT = """\
#!/bin/sh
echo "$* ${REDISCLI_AUTH-none}" > "$LOG"
echo "$ANSWER"
exit "$STATUS"
"""
"""A client that notes how it was called."""
METRICS = {"name": "metrics", "containerPort": 9999}
WITH_POLICY: dict[str, Any] = {"networkPolicy": {}, "serviceMonitor": {}, "pdb": {}, "credentialsSecret": "credentials"}


def children(kind: str, epoch: str = "2026", **spec: Any) -> dict[str, Any]:
    """Return the children of a resource with *spec*, by id."""
    document = {
        "apiVersion": "hanzo.ai/v1",
        "kind": kind,
        "metadata": {"name": "db", "namespace": "shop"},
        "spec": {"storage": {"size": "1Gi"}, **spec},
    }
    return {each.id: each.manifest for each in compile_resource(parse(document), Platform(epoch=epoch)).children}


def pod(found: dict[str, Any]) -> Any:
    return found["StatefulSet"]["spec"]["template"]["spec"]


@pytest.mark.parametrize(
    ("answer", "status", "variables", "ready", "password"),
    [
        ("PONG", 0, {}, True, "none"),
        ("PONG", 0, {"VALKEY_PASSWORD": "secret"}, True, "secret"),
        ("PONG", 0, {"REDIS_PASSWORD": "secret"}, True, "secret"),
        ("PONG", 0, {"REDISCLI_AUTH": "first", "VALKEY_PASSWORD": "secret"}, True, "first"),
        ("PONG", 0, {"REDISCLI_AUTH": ""}, True, "none"),
        # valkey-cli succeeds with every answer
        ("LOADING Valkey is loading the dataset in memory", 0, {}, False, "none"),
        ("MASTERDOWN Link with MASTER is down", 0, {}, False, "none"),
        ("WRONGPASS invalid username-password pair", 0, {"VALKEY_PASSWORD": "wrong"}, False, "wrong"),
        ("NOAUTH Authentication required.", 0, {"VALKEY_PASSWORD": "wrong"}, False, "wrong"),
        ("NOAUTH Authentication required.", 0, {}, True, "none"),
        ("", 1, {}, False, "none"),
    ],
)
def test_valkey_is_ready_when_it_answers(
    tmp_path: Path, answer: str, status: int, variables: dict[str, str], *, ready: bool, password: str
) -> None:
    client, log = tmp_path / "valkey-cli", tmp_path / "log"
    client.write_text(CLIENT)
    client.chmod(0o755)
    found = children("KV", ports=[{"name": "valkey", "containerPort": 7000}])
    (main,) = pod(found)["containers"]
    environment = {
        "PATH": f"{tmp_path}:/usr/bin:/bin",
        "LOG": str(log),
        "ANSWER": answer,
        "STATUS": str(status),
        **variables,
    }
    done = subprocess.run(main["readinessProbe"]["exec"]["command"], env=environment, check=False, capture_output=True)
    assert (done.returncode == 0) is ready, done.stderr
    assert log.read_text() == f"-p 7000 ping {password}\n"
    assert not done.stdout


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("epoch", EPOCHS)
def test_a_port_is_the_same_wherever_it_stands(engine: str, epoch: str) -> None:
    """In the container, the probe, the Services, the policy and what the engine is told."""
    first = ENGINES[engine].ports[0].name
    told = {"args": ["--port", "7777"]} if epoch == "2025" else {}
    ports = [{"name": first, "containerPort": 7777}, METRICS]
    found = children("Datastore", epoch, type=engine, ports=ports, **WITH_POLICY, **told)
    (main,) = pod(found)["containers"]
    assert main["ports"][0]["containerPort"] == 7777
    assert {each["targetPort"] for each in found["Service"]["spec"]["ports"] if each["name"] == first} == {7777}
    assert {each["port"] for each in found["Service-headless"]["spec"]["ports"] if each["name"] == first} == {7777}
    assert 7777 in {each["port"] for each in found["NetworkPolicy"]["spec"]["ingress"][0]["ports"]}
    said = " ".join([*main.get("args", ()), *(each["value"] for each in main.get("env", ()))])
    assert "7777" in said
    probe = main["readinessProbe"]
    assert "7777" in str(probe) or probe.get("httpGet", {}).get("port") in {first, "monitor", 8088}


@pytest.mark.parametrize("epoch", EPOCHS)
@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("replicas", [0, 1, 3])
def test_what_the_number_of_replicas_decides(engine: str, epoch: str, replicas: int) -> None:
    """The count, whether pods keep apart, and nothing else: what was there for one pod is right for none and for three."""
    found = children("Datastore", epoch, type=engine, replicas=replicas, ports=[METRICS], **WITH_POLICY)
    one = children("Datastore", epoch, type=engine, replicas=1, ports=[METRICS], **WITH_POLICY)
    assert found["StatefulSet"]["spec"]["replicas"] == replicas
    spread = pod(found).get("topologySpreadConstraints", [])
    assert bool(spread) is (epoch == "2026" and replicas > 1)
    assert all(each["whenUnsatisfiable"] == "ScheduleAnyway" for each in spread)
    for each in (found, one):
        each["StatefulSet"]["spec"].pop("replicas")
        pod(each).pop("topologySpreadConstraints", None)
    assert found == one
    assert found["Service-headless"]["spec"]["publishNotReadyAddresses"] is True
    budget = found["PodDisruptionBudget"]["spec"]
    assert ("maxUnavailable" if epoch == "2026" else "minAvailable") in budget


@pytest.mark.parametrize("epoch", EPOCHS)
@pytest.mark.parametrize(("replicas", "missing"), [(1, None), (3, 1), (5, 2)])
def test_replicas_of_a_base_start_together_and_keep_a_majority(epoch: str, replicas: int, missing: int | None) -> None:
    image = {"repository": "ghcr.io/hanzoai/notes", "tag": "v1"}
    found = children("Base", epoch, replicas=replicas, image=image)
    spec = found["StatefulSet"]["spec"]
    assert spec.get("podManagementPolicy") == ("Parallel" if epoch == "2026" else None)
    budget = found.get("PodDisruptionBudget", {"spec": {}})["spec"].get("maxUnavailable")
    assert budget == (missing if epoch == "2026" else None)
    peers = next(each["value"] for each in pod(found)["containers"][0]["env"] if each["name"] == "BASE_PEERS")
    assert len(peers.split(",")) == replicas


@pytest.mark.parametrize("epoch", EPOCHS)
@pytest.mark.parametrize("kind", ["SQL", "KV", "DocDB", "S3", "Base"])
def test_what_keeps_data_gets_time_to_stop(kind: str, epoch: str) -> None:
    image = {"repository": "ghcr.io/hanzoai/notes", "tag": "v1"}
    assert pod(children(kind, epoch, image=image))["terminationGracePeriodSeconds"] == (120 if epoch == "2026" else 30)
    own = children(kind, epoch, image=image, terminationGracePeriodSeconds=1800)
    assert pod(own)["terminationGracePeriodSeconds"] == 1800


def test_what_a_bulk_source_may_say_about_directories_wins() -> None:
    def main(**spec: Any) -> tuple[list[str], list[str]]:
        """Return the names of the variables, and where the others come from, the last one winning."""
        found = pod(children("SQL", credentialsSecret="credentials", **spec))["containers"][0]
        sources = [next(iter(each[kind]["name"] for kind in each if kind != "prefix")) for each in found["envFrom"]]
        return [each["name"] for each in found.get("env", ())], sources

    bulk = {"configMapRef": {"name": "settings"}}
    assert main() == (["PGDATA"], ["credentials"])
    assert main(envFrom=[bulk]) == ([], ["credentials", "db-directories", "settings"])
    assert main(envFrom=[{**bulk, "prefix": "PG"}]) == ([], ["credentials", "db-directories", "settings"])
    assert main(envFrom=[{**bulk, "prefix": "APP_"}]) == (["PGDATA"], ["credentials", "settings"])
    own = [{"name": "PGDATA", "value": "/var/lib/postgresql/data"}]
    assert main(env=own, envFrom=[bulk]) == (["PGDATA"], ["credentials", "settings"])
    assert children("SQL", envFrom=[bulk])["ConfigMap-directories"]["data"] == {
        "PGDATA": "/var/lib/postgresql/data/pgdata"
    }
    assert "ConfigMap-directories" not in children("SQL", "2025", envFrom=[bulk])


@pytest.mark.parametrize("number", ["9" * 5000, "\N{SUPERSCRIPT TWO}", "\N{ARABIC-INDIC DIGIT FIVE}"])
def test_a_number_that_no_port_has_is_text(number: str) -> None:
    found = pod(children("SQL", env=[{"name": "PGPORT", "value": number}], args=[number]))
    assert {"name": "PGPORT", "value": number} in found["containers"][0]["env"]
    with pytest.raises(SpecError, match="nothing tells the engine to listen on 7000"):
        children("KV", ports=[{"name": "valkey", "containerPort": 7000}], args=[number])
