"""What the measure of real workloads counts: judged of small repositories, one sort of trouble in each."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from benchmarks.coverage.corpus import workloads
from benchmarks.coverage.imports import imports_of
from benchmarks.coverage.verdict import Verdict, verdict

Object = dict[str, Any]


def deployment(name: str = "web", **pod: Any) -> Object:
    container = {"name": "app", "image": "acme/web:v1", "ports": [{"name": "http", "containerPort": 8080}]}
    labels = {"app": name, "tier": "front"}
    return {
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": {"name": name},
        "spec": {
            "selector": {"matchLabels": {"app": name}},
            "template": {"metadata": {"labels": labels}, "spec": {"containers": [container], **pod}},
        },
    }


def stateful_set(mounts: list[Object], *, size: Object, image: str = "acme/db:v1") -> Object:
    found = deployment("db")
    found["kind"] = "StatefulSet"
    (container,) = found["spec"]["template"]["spec"]["containers"]
    container |= {"image": image, "volumeMounts": mounts}
    claim = {"accessModes": ["ReadWriteOnce"], "resources": size}
    found["spec"] |= {"serviceName": "db", "volumeClaimTemplates": [{"metadata": {"name": "data"}, "spec": claim}]}
    return found


def service(name: str, selector: Object, **labels: str) -> Object:
    ports = [{"name": "http", "port": 80, "targetPort": "http"}]
    metadata = {"name": name, "labels": labels}
    return {"apiVersion": "v1", "kind": "Service", "metadata": metadata, "spec": {"selector": selector, "ports": ports}}


def verdicts(folder: Path, *objects: Object) -> list[Verdict]:
    (folder / "all.yaml").write_text(yaml.safe_dump_all(objects), encoding="utf-8")
    return [verdict(each) for each in workloads([folder])]


SIZE = {"requests": {"storage": "1Gi"}}
MOUNT = {"name": "data", "mountPath": "/data"}


def container(**fields: Any) -> Object:
    return {"containers": [{"name": "app", "image": "acme/web:v1", **fields}]}


@pytest.mark.parametrize(
    ("manifest", "reason"),
    [
        (deployment(containers=[{"name": "app", "image": "<IMAGE>"}]), "an image that is no reference"),
        (deployment(**container(), serviceAccountName="$(ACCOUNT)"), "a name that no object can have"),
        (deployment(**container(resources={"limits": {"cpu": "{{cpu}}"}})), "an amount that is no quantity"),
        (deployment(**container(volumeMounts=[MOUNT])), "a mount without its volume"),
        (stateful_set([MOUNT], size={}), "a claim without a size"),
        (
            deployment(**container(env=[{"name": "A", "value": True}])),
            "a field that is unknown, missing or of another type",
        ),
    ],
)
def test_what_is_no_manifest_is_told_and_not_hidden(tmp_path: Path, manifest: Object, reason: str) -> None:
    (found,) = verdicts(tmp_path, manifest)
    assert found.invalid == reason
    assert not found.fields


@pytest.mark.parametrize(
    "pod",
    [
        container(resources={"limits": {"cpu": None}}),
        {**container(volumeMounts=[MOUNT]), "volumes": [{"name": "data"}]},
        container(readinessProbe={"httpGet": {"path": "readyz", "port": 8080}}),
    ],
)
def test_what_an_api_server_reads_otherwise_than_it_is_written_is_said(tmp_path: Path, pod: Object) -> None:
    (found,) = verdicts(tmp_path, deployment(**pod))
    assert (found.invalid, found.refused, found.fields) == ("", [], True)


def test_a_claim_that_is_mounted_by_parts_is_said_by_fields(tmp_path: Path) -> None:
    (found,) = verdicts(tmp_path, stateful_set([{**MOUNT, "subPath": "a"}], size=SIZE))
    assert (found.invalid, found.refused, found.fields) == ("", [], True)


def test_a_service_of_several_workloads_stands_beside_as_it_is(tmp_path: Path) -> None:
    found = verdicts(tmp_path, deployment("a"), deployment("b"), service("both", {"tier": "front"}))
    assert [each.workload.shared for each in found] == [["both"], ["both"]]
    assert all(each.fields for each in found)


def test_a_service_with_a_name_in_its_labels_that_is_not_its_own_stands_beside(tmp_path: Path) -> None:
    own = service("db", {"app": "db"}, **{"app.kubernetes.io/name": "another"})
    own["spec"]["clusterIP"] = "None"
    (found,) = verdicts(tmp_path, stateful_set([MOUNT], size=SIZE), own)
    assert (found.refused, found.fields) == ([], True)


def test_a_value_that_does_not_arrive_counts_as_not_said(tmp_path: Path) -> None:
    (found,) = verdicts(tmp_path, deployment(**container(terminationMessagePolicy="FallbackToLogsOnError")))
    assert (found.fields, found.overlay) == (False, True)
    assert found.missing == ["Deployment spec.template.spec.containers.*.terminationMessagePolicy"]


def test_what_an_import_comes_to_is_counted(tmp_path: Path) -> None:
    said, laid_over = deployment("a"), deployment("b", **container(terminationMessagePolicy="FallbackToLogsOnError"))
    refused = deployment("c", **container(image="<IMAGE>"))
    (tmp_path / "all.yaml").write_text(
        yaml.safe_dump_all([said, laid_over, refused, service("a", {"app": "a"})]), encoding="utf-8"
    )
    tally = imports_of([tmp_path])
    assert (tally.workloads, tally.without_remainder, tally.by_fields) == (3, 2, 1)
    assert (tally.companions["Service"], tally.beside) == (1, {"Deployment": 1})
    ((reason, count),) = tally.reasons.items()
    assert (reason.partition(":")[0], count) == ("spec.image.repository", 1)
