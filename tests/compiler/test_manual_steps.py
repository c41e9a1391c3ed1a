"""Which changes of a resource take more than applying them, and what is to be run; `tests/cluster` runs it."""

from __future__ import annotations

import shlex
from typing import Any

import pytest

from hanzo_constructs import Platform, compile_resource, parse
from hanzo_constructs.compiler.manual_steps import manual_steps

IMAGE = {"repository": "ghcr.io/hanzoai/api", "tag": "v1"}
SCALED = {"image": IMAGE, "resources": {"requests": {"cpu": "1"}}, "autoscaling": {"maxReplicas": 3}}


def commands(kind: str, spec: dict[str, Any], **metadata: Any) -> dict[str, list[str]]:
    document = {"apiVersion": "hanzo.ai/v1", "kind": kind, "metadata": {"name": "api", **metadata}, "spec": spec}
    return {each.before: list(each.commands) for each in manual_steps(compile_resource(parse(document), Platform()))}


def test_an_autoscaler_gets_the_count_that_is_there() -> None:
    (by_server,), (by_client,) = commands("Service", SCALED, namespace="shop").values()
    words = shlex.split(by_server)
    assert words[:6] == ["kubectl", "--namespace", "shop", "get", "deployment", "api"]
    assert words[7] == (
        'go-template={"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"api","namespace":"shop"},'
        '"spec":{"replicas":{{.spec.replicas}}}}'
    )
    assert by_server.endswith(" | kubectl apply --server-side --field-manager=handover --filename -")
    assert shlex.split(by_client)[3:6] == ["annotate", "deployment", "api"]


@pytest.mark.parametrize("kind", ["IAM", "KMS", "LLM", "Indexer", "Explorer"])
def test_facades_are_services_here_too(kind: str) -> None:
    assert len(commands(kind, SCALED)) == 2


def test_what_scales_by_itself_needs_nothing() -> None:
    assert not commands("Service", {"image": IMAGE, "replicas": 3, "pdb": {}})


@pytest.mark.parametrize("kind", ["KV", "SQL", "S3", "DocDB"])
def test_the_data_of_another_engine_goes_by_hand(kind: str) -> None:
    spec = {"storage": {"size": "1Gi"}, "replicas": 2}
    *_, (stop, remove), _ = commands(kind, spec).values()
    assert stop == "kubectl delete statefulset api"
    assert remove == "kubectl delete pvc data-api-0 data-api-1"


def test_a_base_has_one_engine() -> None:
    changes = commands("Base", {"image": IMAGE, "storage": {"size": "1Gi"}}, namespace="shop")
    assert len(changes) == 3
    assert not any("engine" in change for change in changes)


def test_a_workload_of_any_image_says_how_its_disks_and_its_order_change() -> None:
    disk = {"size": "1Gi", "mountPath": "/data"}
    first, *_ = commands("Stateful", {"image": IMAGE, "storage": disk})
    assert first.startswith("before you apply a changed spec.storage.size or spec.podManagementPolicy, run these")
    scaled = commands("Stateful", {**SCALED, "storage": disk}, namespace="shop")
    (resize, *_), (keep,) = scaled[first], next(run for before, run in scaled.items() if "to an autoscaler" in before)
    assert "pvc data-api-0 " in resize
    assert shlex.split(keep)[3:6] == ["get", "statefulset", "api"]
    shared = commands("Stateful", {"image": IMAGE, "storage": {"existingClaim": "x", "mountPath": "/data"}})
    assert not any("size" in before for before in shared)


HANGS = {"image": IMAGE, "storage": {"size": "1Gi"}}


@pytest.mark.parametrize(
    ("epoch", "kubernetes", "number"),
    [("2025", "1.30", 2), ("2025", "1.37", 2), ("2026", "1.36", 1), ("2026", "1.37", 0)],
)
def test_a_rollout_that_may_hang_has_a_way_out(epoch: str, kubernetes: str, number: int) -> None:
    document = {
        "apiVersion": "hanzo.ai/v1",
        "kind": "Base",
        "metadata": {"name": "api", "namespace": "a"},
        "spec": HANGS,
    }
    platform = Platform(epoch=epoch, kubernetes=kubernetes)
    steps = manual_steps(compile_resource(parse(document), platform))
    found = [step.commands for step in steps if "hangs" in step.before]
    assert len(found) == bool(number)
    if number:
        *first, last = found[0]
        assert len(first) == number - 1
        words = shlex.split(last)
        assert words[:5] == ["kubectl", "--namespace", "a", "get", "pods"]
        assert words[5].startswith(
            "--selector=app.kubernetes.io/name=api,app.kubernetes.io/instance=api,controller-revision-hash!=$(kubectl"
        )
        assert words[-4:] == ["--namespace", "a", "delete", "pod"]


@pytest.mark.parametrize(
    ("kind", "spec", "told"),
    [
        ("Datastore", {"type": "clickhouse"}, "mounts the disk at /var/lib/clickhouse, and here it is at"),
        ("SQL", {"image": {"repository": "postgres", "tag": "18.3"}}, "here it is at /var/lib/postgresql, where"),
        ("SQL", {}, "write PGDATA in spec.env as the server has it there (/var/lib/postgresql/data"),
        ("SQL", {"env": [{"name": "PGDATA", "value": "/var/lib/postgresql/data/mine"}]}, ""),
        ("KV", {}, ""),
        ("DocDB", {}, ""),
    ],
)
def test_data_that_the_old_operator_had_elsewhere(kind: str, spec: dict[str, Any], told: str) -> None:
    changes = commands(kind, {"storage": {"size": "1Gi"}, **spec})
    moved = [change for change in changes if "2025" in change]
    assert len(moved) == bool(told)
    assert all(told in change for change in moved)


def test_a_job_is_deleted_before_its_pods_change() -> None:
    spec = {"image": IMAGE}
    (found,) = commands("Task", spec, namespace="shop").values()
    assert found == ["kubectl --namespace shop delete job api --ignore-not-found --cascade=foreground"]
    assert not commands("Task", {**spec, "schedule": "0 3 * * *"})  # its next job has the new pods


PORTS = [{"name": "http", "containerPort": 8080}]


@pytest.mark.parametrize(
    ("kind", "spec"),
    [
        ("Service", {"image": IMAGE, "ports": PORTS}),
        ("Gateway", {"image": IMAGE, "routes": [{"prefix": "/api", "backend": "api:80"}]}),
        ("Stateful", {"image": IMAGE, "ports": PORTS, "storage": {"size": "1Gi", "mountPath": "/data"}}),
        ("KV", {"storage": {"size": "1Gi"}}),
    ],
)
def test_a_service_is_deleted_before_it_loses_its_address(kind: str, spec: dict[str, Any]) -> None:
    services = [{"name": "pods", "headless": True}, {"name": "other"}]
    told = commands(kind, {**spec, "service": {"headless": True}, "services": services}, namespace="shop")
    assert [run for before, run in told.items() if "headless" in before] == [
        ["kubectl --namespace shop delete service api --ignore-not-found"],
        ["kubectl --namespace shop delete service pods --ignore-not-found"],
    ]
    with_addresses = {**spec, "service": {"sessionAffinity": "ClientIP"}, "services": services[1:]}
    assert not any("headless" in before for before in commands(kind, with_addresses))
