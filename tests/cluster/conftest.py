"""Control planes for the tests of this folder, which are skipped where there are no programs to run one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.cluster.client import Client
from tests.cluster.kinds import define
from tests.cluster.server import ControlPlane, missing_program, running

FOREIGN = {
    "cilium.io/v2": "CiliumNetworkPolicy",
    "external-secrets.io/v1": "ExternalSecret",
    "gateway.networking.k8s.io/v1": "HTTPRoute",
    "keda.sh/v1alpha1": "ScaledObject",
    "kms.hanzo.ai/v1alpha1": "KMSSecret",
    "monitoring.coreos.com/v1": "ServiceMonitor",
}
"""What our resources compile to and Kubernetes does not have."""


@pytest.fixture(scope="session")
def control_plane(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ControlPlane]:
    """A control plane that stores and judges objects; nothing acts upon them, so that only tests change them."""
    if problem := missing_program("etcd", "kube-apiserver", "openssl"):
        pytest.skip(problem)  # no set-up brings a control plane: CONTRIBUTING says how one is built
    with running(tmp_path_factory.mktemp("control-plane")) as server:
        define(server.client, FOREIGN)
        yield server


@pytest.fixture(scope="session")
def controllers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ControlPlane]:
    """A control plane whose controllers act upon what it stores. There is no node: pods are made and never start."""
    if problem := missing_program("etcd", "kube-apiserver", "kube-controller-manager", "openssl"):
        pytest.skip(problem)  # no set-up brings a control plane: CONTRIBUTING says how one is built
    with running(tmp_path_factory.mktemp("controllers"), controllers=True) as server:
        define(server.client, {"hanzo.ai/v1": "Service"})
        yield server


@pytest.fixture
def client(control_plane: ControlPlane) -> Client:
    """A client of the control plane that only stores."""
    return control_plane.client
