"""Several processes say what one process says."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from hanzo_constructs.cli import checking, processes
from hanzo_constructs.cli.checking import Checked, check
from hanzo_constructs.cli.rendering import FORMATS, Piece, renderer
from hanzo_constructs.kube.yaml import dump_all
from hanzo_constructs.platform import Platform

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are forked on Linux only")

SERVICES = 30


@pytest.fixture(autouse=True)
def _small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let parts begin where a test can reach them, on two processors whatever the machine has."""
    monkeypatch.setattr(processes, "_PART", 7)
    monkeypatch.setattr(processes, "_processors", lambda: 2)


def service(number: int, **spec: object) -> dict[str, object]:
    metadata = {"name": f"api-{number}", "namespace": "shop"}
    ports = [{"name": "http", "containerPort": 8080}]
    image = {"repository": "ghcr.io/hanzoai/api", "tag": "v1"}
    secret = [{"secretRef": {"name": f"api-{number % 3}"}}]
    return {
        "apiVersion": "hanzo.ai/v1",
        "kind": "Service",
        "metadata": metadata,
        "spec": {"image": image, "ports": ports, "envFrom": secret, "pdb": {"minAvailable": 1}, **spec},
    }


def checked(file: Path, resources: list[dict[str, object]]) -> Checked[Piece]:
    file.write_text(dump_all(resources), encoding="utf-8")
    return check([str(file)], Platform(), renderer(FORMATS["yaml"], "children"))


def both(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, resources: list[dict[str, object]], *, once: bool = True
) -> Checked[Piece]:
    """Return what one process says of *resources*, having compared it with what several say.

    *once* says that these are enough: nothing is done once more by one process.
    """
    monkeypatch.setattr(checking, "LONG", len(resources) + 1)
    alone = checked(tmp_path / "fleet.yaml", resources)
    monkeypatch.setattr(checking, "LONG", 1)
    if once:
        monkeypatch.setattr(checking, "_alone", None)
    assert said(checked(tmp_path / "fleet.yaml", resources)) == said(alone)
    return alone


def said(found: Checked[Piece]) -> tuple[object, ...]:
    """Return all that a user ever sees of what was *found*."""
    needs = [(str(external), external.optional, external.uses) for external in found.external]
    return found.outcomes, found.findings, needs


def test_the_same_outcomes_warnings_and_outside_needs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = both(tmp_path, monkeypatch, [service(number) for number in range(SERVICES)])
    assert [outcome.subject for outcome in found.outcomes] == [f"Service shop/api-{n}" for n in range(SERVICES)]
    assert {str(external) for external in found.external} == {f"Secret shop/api-{n}" for n in range(3)}
    assert len(found.findings) == SERVICES
    assert all(finding.severity == "warning" for finding in found.findings)


def test_the_work_is_really_shared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, "LONG", 1)
    (tmp_path / "fleet.yaml").write_text(dump_all(service(number) for number in range(SERVICES)), encoding="utf-8")
    pids = check([str(tmp_path / "fleet.yaml")], Platform(), lambda _: os.getpid())
    first, *others = dict.fromkeys(outcome.value for outcome in pids.outcomes)
    assert first == os.getpid()
    assert len(others) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {20: {"replicas": "three"}},
        {3: {"replicas": "three"}, 25: {"sevice": 1}},
        {3: {"replicas": 3, "autoscaling": {"maxReplicas": 5}}, 25: {"image": "api:latest"}},
        {number: {"replicas": "three"} for number in range(SERVICES)},
        {number: {"replicas": 3, "autoscaling": {"maxReplicas": 5}} for number in range(SERVICES)},
    ],
    ids=["in a later part", "in two parts", "of compiling", "in each", "of compiling in each"],
)
def test_the_same_errors(wrong: dict[int, dict[str, object]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = both(tmp_path, monkeypatch, [service(number, **wrong.get(number, {})) for number in range(SERVICES)])
    assert any(finding.severity == "error" for finding in found.findings)


def test_a_host_that_two_parts_serve(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    resources = [service(number) for number in range(SERVICES)]
    for number in (4, 28):
        resources[number] = service(number, ingress={"hosts": ["shop.example.com"]})
    found = both(tmp_path, monkeypatch, resources, once=False)
    assert any("Ingress shop/api-4" in finding.message for finding in found.findings)


def test_a_resource_declared_in_two_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = both(tmp_path, monkeypatch, [service(number) for number in [*range(SERVICES), 2]])
    (error,) = (finding for finding in found.findings if finding.severity == "error")
    assert error.message.startswith("is declared twice (also at ")


def test_a_gateway_declared_in_two_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    resources = [service(number) for number in range(SERVICES)]
    resources[4] = application("notes")
    resources[5], resources[28] = gateway(), gateway(replicas=2)
    resources[27] = gateway(replicas="two")
    found = both(tmp_path, monkeypatch, resources)
    wrong = [finding.message for finding in found.findings if finding.severity == "error"]
    assert [message.partition(" (")[0] for message in wrong[1:]] == [
        "expected an integer, got a string",
        "is declared twice",
    ]


def test_findings_on_one_line_come_in_the_same_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    resources = [service(number) for number in [*range(SERVICES), 2]]
    resources[4] = service(4, replicas="three")
    resources[20] = service(20, replicas="three")
    resources[6], resources[28] = application("notes"), application("memos")
    resources[8] = service(8, replicas=3, autoscaling={"maxReplicas": 5})
    file = tmp_path / "fleet.json"
    file.write_text(json.dumps(resources), encoding="utf-8")
    results = []
    for long in (len(resources) + 1, 1):
        monkeypatch.setattr(checking, "LONG", long)
        results.append(said(check([str(file)], Platform(), renderer(FORMATS["yaml"], "children"))))
    assert results[0] == results[1]


def test_who_needs_whom_between_two_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    resources = [service(number) for number in range(SERVICES)]
    resources[4] = service(4, networkPolicy={"allowIntraNamespace": False})
    resources[28] = service(28, env=[{"name": "API", "value": "http://api-4.shop.svc:8080"}])
    found = both(tmp_path, monkeypatch, resources)
    assert found.outcomes[4].value is not None
    assert "api-28" in found.outcomes[4].value.text


def test_a_route_that_two_parts_ask_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    resources = [service(number) for number in range(SERVICES)]
    resources[4], resources[28] = application("notes"), application("memos")
    found = both(tmp_path, monkeypatch, resources)
    (error,) = (finding for finding in found.findings if finding.severity == "error")
    assert "is routed twice in Gateway shop/gateway (also by Base shop/memos)" in error.message


def application(name: str) -> dict[str, object]:
    spec = {"image": {"repository": "ghcr.io/hanzoai/app", "tag": "v1"}, "gateway": {"route": "/v1/same"}}
    return {
        "apiVersion": "hanzo.ai/v1",
        "kind": "Base",
        "metadata": {"name": name, "namespace": "shop"},
        "spec": {**spec, "storage": {"size": "1Gi"}},
    }


def gateway(**spec: object) -> dict[str, object]:
    metadata = {"name": "gateway", "namespace": "shop"}
    return {"apiVersion": "hanzo.ai/v1", "kind": "Gateway", "metadata": metadata, "spec": spec}


def test_a_process_that_is_killed_costs_time_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    resources = [service(number) for number in range(SERVICES)]
    monkeypatch.setattr(checking, "LONG", SERVICES + 1)
    alone = checked(tmp_path / "fleet.yaml", resources)
    monkeypatch.setattr(checking, "LONG", 1)
    monkeypatch.setattr(processes, "_work", _killed)
    assert said(checked(tmp_path / "fleet.yaml", resources)) == said(alone)


def _killed(*_: object) -> None:
    os.kill(os.getpid(), 9)


def test_one_processor_does_it_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "_processors", lambda: 1)
    assert processes.check_in_processes([], Platform(), lambda _: None) is None
