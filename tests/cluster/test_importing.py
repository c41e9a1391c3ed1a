"""What a server fills into plain manifests makes no difference to what they are imported as."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cluster.client import Client
from tests.cluster.sets import make_namespaces
from tests.importing.test_manifests import FOLDER, came_to, declared

pytestmark = [pytest.mark.slow, pytest.mark.cluster]

_SERVED = ("Deployment", "StatefulSet", "Service", "Job", "CronJob", "HorizontalPodAutoscaler", "PodDisruptionBudget")


@pytest.mark.parametrize("file", [FOLDER / "helm.yaml", FOLDER / "kustomize.yaml"], ids=lambda file: file.stem)
def test_manifests_come_back_from_a_server_as_the_same_resources(client: Client, file: Path) -> None:
    objects = [each.data for each in declared(file.read_text())]
    for each in objects:
        each["metadata"]["namespace"] = f"import-{file.stem}"
    make_namespaces(client, objects[:1])
    served = []
    for each in [each for each in objects if each["kind"] in (*_SERVED, "Ingress")]:
        assert not client.apply(each, force=True).message
        answer = client.get(each).body
        served.append({"apiVersion": each["apiVersion"], "kind": each["kind"], **answer})
    assert all("uid" in each["metadata"] for each in served)
    plain, _ = came_to(*(each for each in objects if each["kind"] in (*_SERVED, "Ingress")))
    found, _ = came_to(*served)
    assert [each["metadata"]["name"] for each in found.resources] == [
        each["metadata"]["name"] for each in plain.resources
    ]
    assert found.resources == plain.resources
