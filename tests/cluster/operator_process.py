"""`hzc operator run` as a process, and what tests ask of it and of the cluster that it looks after."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from hanzo_constructs import Platform
from hanzo_constructs.compiler import compile_resource
from hanzo_constructs.controller.manifests import operator_manifests
from hanzo_constructs.operator.differences import differences
from hanzo_constructs.spec.kinds import parse
from tests.cluster.client import Client
from tests.cluster.server import ControlPlane, until

__all__ = [
    "PLATFORM",
    "Operator",
    "answers",
    "as_account",
    "eventually",
    "install",
    "is_applied",
    "operating",
    "service",
    "status",
]

PLATFORM = Platform()
_INSTALLED = (
    "Namespace",
    "CustomResourceDefinition",
    "ValidatingAdmissionPolicy",
    "ValidatingAdmissionPolicyBinding",
)
_ROLES = ("ClusterRole", "ClusterRoleBinding", "Role", "RoleBinding")


def install(client: Client, namespaces: Sequence[str] = ()) -> None:
    """Install what `hzc operator manifests` prints, but for the workload: the operator runs here."""
    for each in operator_manifests(PLATFORM, "hanzo-system", "ghcr.io/acme/operator:v1", namespaces):
        if each["kind"] in {*_INSTALLED, *_ROLES}:
            assert not client.apply(each, force=True).message
    until(lambda: not client.apply(service("probe", 1), dry_run=True).message)


def service(name: str, replicas: int, **spec: Any) -> Any:
    """Return a Service as somebody may declare it."""
    image = {"repository": "ghcr.io/acme/api", "tag": f"v{replicas}"}
    ports = [{"name": "http", "containerPort": 8080}]
    return {
        "apiVersion": "hanzo.ai/v1",
        "kind": "Service",
        "metadata": {"name": name, "namespace": "default"},
        "spec": {"image": image, "replicas": replicas, "ports": ports, **spec},
    }


def port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        number: int = free.getsockname()[1]
        return number


class Operator:
    """A process of the operator."""

    def __init__(self, kubeconfig: Path, log: Path, *options: str) -> None:
        self.health, self.metrics = port(), port()
        command = [str(Path(sys.executable).with_name("hzc")), "operator", "run", "--host", "127.0.0.1"]
        ports = ["--health-port", str(self.health), "--metrics-port", str(self.metrics)]
        scope = [] if "--namespace" in options else ["--all-namespaces"]
        env = {**os.environ, "KUBECONFIG": str(kubeconfig)}
        with log.open("ab") as file:
            self.process = subprocess.Popen([*command, *ports, *scope, *options], stdout=file, stderr=file, env=env)

    def measured(self, name: str) -> float:
        """Return the sum of the metrics whose names begin so."""
        with urlopen(f"http://127.0.0.1:{self.metrics}/metrics", timeout=5) as answer:
            lines = answer.read().decode().splitlines()
        return sum(float(line.rpartition(" ")[2]) for line in lines if line.startswith(name))

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()


@contextmanager
def operating(kubeconfig: Path, log: Path, *options: str) -> Iterator[Operator]:
    operator = Operator(kubeconfig, log, *options)
    try:
        yield operator
    finally:
        operator.kill()


def answers(operator: Operator) -> bool:
    """Tell whether *operator* has begun to say what it does."""
    try:
        return operator.measured("hanzo_operator_active") >= 0
    except OSError:
        return False


def as_account(cluster: ControlPlane, token: str, file: Path) -> Path:
    """Write a kubeconfig to *file*, of whoever has *token*, and return it."""
    config = json.loads(cluster.kubeconfig.read_text())
    config["users"][0]["user"]["token"] = token
    file.write_text(json.dumps(config))
    return file


def status(client: Client, manifest: Any) -> Any:
    """Return the status of the resource, empty while there is none."""
    found = client.get(manifest).body
    return found.get("status") or {} if found.get("kind") == manifest["kind"] else {}


def is_applied(client: Client, manifest: Any, platform: Platform = PLATFORM) -> bool:
    """Tell whether what is in the cluster is what *manifest* compiles to, and its status says so."""
    stored = client.get(manifest).body
    said = stored.get("status") or {}
    is_seen = said.get("observedGeneration") == stored["metadata"]["generation"]
    if not is_seen or {"True"} != {each["status"] for each in said["conditions"] if each["type"] == "Applied"}:
        return False
    for child in compile_resource(parse(manifest, platform), platform).children:
        live = client.get(child.manifest)
        if live.status != 200 or any(differences(child.manifest, live.body)):
            return False
    return True


def eventually(holds: Callable[[], bool]) -> None:
    until(holds)
