"""Control planes for the tests of this folder, which are skipped where there are no programs to run one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.cluster.client import Client
from tests.cluster.server import ControlPlane, missing_program, running, until

_FOREIGN = {"monitoring.coreos.com/v1": "ServiceMonitor", "kms.hanzo.ai/v1alpha1": "KMSSecret"}
"""What our resources compile to and Kubernetes does not have."""


@pytest.fixture(scope="session")
def control_plane(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ControlPlane]:
    """A control plane that stores and judges objects; nothing acts upon them, so that only tests change them."""
    if problem := missing_program("etcd", "kube-apiserver", "openssl"):
        pytest.skip(problem)
    with running(tmp_path_factory.mktemp("control-plane")) as server:
        _define_foreign_kinds(server.client)
        yield server


@pytest.fixture(scope="session")
def controllers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ControlPlane]:
    """A control plane whose controllers act upon what it stores. There is no node: pods are made and never start."""
    if problem := missing_program("etcd", "kube-apiserver", "kube-controller-manager", "openssl"):
        pytest.skip(problem)
    with running(tmp_path_factory.mktemp("controllers"), controllers=True) as server:
        yield server


@pytest.fixture
def client(control_plane: ControlPlane) -> Client:
    """A client of the control plane that only stores."""
    return control_plane.client


def _define_foreign_kinds(client: Client) -> None:
    for version, kind in _FOREIGN.items():
        assert not client.create(_definition(version, kind)).message
    probes = [
        {"apiVersion": version, "kind": kind, "metadata": {"name": "probe", "namespace": "default"}}
        for version, kind in _FOREIGN.items()
    ]
    until(lambda: all(client.apply(probe, dry_run=True).status == 201 for probe in probes))


def _definition(api_version: str, kind: str) -> dict[str, Any]:
    """Return the least definition of a kind, which takes every field."""
    group, version = api_version.split("/")
    plural = f"{kind.lower()}s"
    schema = {"type": "object", "x-kubernetes-preserve-unknown-fields": True}
    return {
        "apiVersion": "apiextensions.k8s.io/v1",
        "kind": "CustomResourceDefinition",
        "metadata": {
            "name": f"{plural}.{group}",
            "annotations": {"api-approved.kubernetes.io": "unapproved, for tests"},
        },
        "spec": {
            "group": group,
            "scope": "Namespaced",
            "names": {"kind": kind, "plural": plural, "singular": kind.lower()},
            "versions": [{"name": version, "served": True, "storage": True, "schema": {"openAPIV3Schema": schema}}],
        },
    }
