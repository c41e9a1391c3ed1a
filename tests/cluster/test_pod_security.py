"""What namespaces that hold pods to a level say to derived pods.

`restricted` is what derived pods of Services keep; kinds that keep data need `hanzo.ai/pod-security: restricted` there.
"""

from __future__ import annotations

from typing import Any

import pytest

from hanzo_constructs import compile_resource, parse
from hanzo_constructs.compiler import Compilation
from hanzo_constructs.spec.kinds import KINDS
from tests.cluster.client import Client
from tests.cluster.sets import apart, make_namespaces

pytestmark = [pytest.mark.slow, pytest.mark.cluster]

Manifest = dict[str, Any]

_IMAGE = {"image": {"repository": "ghcr.io/hanzoai/api", "tag": "v1"}}
_STORAGE = {"storage": {"size": "1Gi"}}
_BACKUP = {
    "backup": {
        "schedule": "0 3 * * *",
        "s3Endpoint": "https://s3.example.com",
        "s3Bucket": "backups",
        "s3CredentialsSecret": "s3",
    }
}
SPECS: dict[str, dict[str, Any]] = {
    "Service": {**_IMAGE, "ports": [{"name": "http", "containerPort": 8080}]},
    "Gateway": {},
    "Base": {**_IMAGE, **_STORAGE},
    "Datastore": {"type": "postgresql", **_STORAGE, **_BACKUP, "credentialsSecret": "credentials"},
}
"""The least of each kind, with every child that runs pods."""


def warnings(client: Client, kind: str, level: str, enforced: str) -> list[str]:
    """Return what a namespace that warns of less than *enforced* says to a resource of *kind* at a *level*."""
    annotations = {"hanzo.ai/pod-security": level} if level else {}
    metadata = {"name": "api", "namespace": "shop", "annotations": annotations}
    document = {"apiVersion": "hanzo.ai/v1", "kind": kind, "metadata": metadata, "spec": SPECS[kind]}
    compiled: Compilation = compile_resource(parse(document))
    children = apart(compiled.manifests, f"{kind}-{level}-{enforced}".lower())
    make_namespaces(client, children, {"pod-security.kubernetes.io/warn": enforced})
    answers = [client.apply(child) for child in children]
    assert not [answer.message for answer in answers if answer.message]
    return [text for answer in answers for text in answer.warnings if "PodSecurity" in text]


@pytest.mark.parametrize("enforced", ["baseline", "restricted"])
@pytest.mark.parametrize("kind", SPECS)
def test_the_level_of_the_resource_is_kept(client: Client, kind: str, enforced: str) -> None:
    assert not warnings(client, kind, "restricted", enforced)


@pytest.mark.parametrize("kind", SPECS)
def test_the_level_that_nobody_asked_for(client: Client, kind: str) -> None:
    assert not warnings(client, kind, "", "baseline")
    keeps_data = KINDS[kind].compiled_as in {"Base", "Datastore"}
    assert bool(warnings(client, kind, "", "restricted")) is keeps_data
