"""What the operator costs in a cluster, beside kubectl applying the same objects to the same API server.

    python benchmarks/operating.py [SERVICES] [--alone]

It needs kubectl and the programs of a control plane: KUBEBUILDER_ASSETS, or what `make control-plane` has built. Printed are
the time from a cold start to all objects applied, as a ratio to `kubectl apply --server-side`, and to all resources Ready,
where this program plays the nodes: it says of every Deployment that its pods are ready; what a restarted operator and one that
rests write and ask for; and its memory. With --alone kubectl is left out.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.request import urlopen

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.fleet import resource
from benchmarks.places import hzc
from hanzo_constructs import Platform
from hanzo_constructs.compiler import compile_resource
from hanzo_constructs.controller.manifests import operator_manifests
from hanzo_constructs.kube.yaml import dump_all
from hanzo_constructs.spec.kinds import parse
from tests.cluster.client import Client
from tests.cluster.server import ControlPlane, missing_program, running, until

PROMISE = 1.5
"""Times what kubectl takes."""
REST = 60.0
"""Seconds for which the operator that rests is looked at."""
HEALTH, METRICS = 18080, 19090
NAMESPACE = {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "shop"}}


def measured(name: str) -> float:
    """Return the sum of the operator's metrics whose names begin so; -1 while it does not answer."""
    try:
        with urlopen(f"http://127.0.0.1:{METRICS}/metrics", timeout=5) as answer:
            lines = answer.read().decode().splitlines()
    except OSError:
        return -1.0
    return sum(float(line.rpartition(" ")[2]) for line in lines if line.startswith(name))


@contextmanager
def operating(cluster: ControlPlane) -> Iterator[int]:
    """Run the operator, and yield its process id."""
    ports = ["--health-port", str(HEALTH), "--metrics-port", str(METRICS)]
    process = subprocess.Popen(
        [hzc(), "operator", "run", "-A", "--standalone", "--host", "127.0.0.1", *ports],
        env={**os.environ, "KUBECONFIG": str(cluster.kubeconfig)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield process.pid
    finally:
        process.terminate()
        process.wait()


def memory(process: int) -> float:
    """Return the proportional set size of *process* in MiB."""
    lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:"))


def processor(process: int) -> float:
    """Return the seconds of processor time that *process* has taken."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(") ")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def timed(task: Callable[[], object]) -> float:
    """Return how many seconds *task* takes."""
    began = time.perf_counter()
    task()
    return time.perf_counter() - began


def install(client: Client) -> None:
    """Install the kinds."""
    for each in operator_manifests(Platform(), "hanzo-system", "ghcr.io/acme/operator:v1"):
        if each["kind"] in {"Namespace", "CustomResourceDefinition"}:
            client.apply(each)
    client.apply(NAMESPACE)


def fleet(services: int) -> tuple[list[Any], list[Any]]:
    """Return the resources, and what they compile to."""
    platform = Platform(namespace="shop")
    compiled = [compile_resource(parse(resource(index), platform), platform) for index in range(services)]
    return [each.resource_manifest for each in compiled], [child for each in compiled for child in each.manifests]


def by_kubectl(cluster: ControlPlane, folder: Path, objects: list[Any]) -> float:
    """Return the seconds in which kubectl applies *objects*."""
    file = folder / "objects.yaml"
    file.write_text(dump_all(objects))
    kubectl = ["kubectl", "--kubeconfig", str(cluster.kubeconfig), "apply", "--server-side", "-f", str(file)]
    return timed(lambda: subprocess.run(kubectl, check=True, stdout=subprocess.DEVNULL))


def audited(folder: Path) -> list[str]:
    """Return the options by which an API server notes every request."""
    policy = {"apiVersion": "audit.k8s.io/v1", "kind": "Policy", "omitStages": ["RequestReceived"]}
    noted = {"level": "Metadata", "users": ["admin"]}
    (folder / "policy.json").write_text(json.dumps({**policy, "rules": [noted, {"level": "None"}]}))
    return [f"--audit-policy-file={folder / 'policy.json'}", f"--audit-log-path={folder / 'audit.log'}"]


def noted(folder: Path) -> tuple[int, int]:
    """Return how many requests there were so far, and how many of them were to change something."""
    lines = (folder / "audit.log").read_text().splitlines()
    return len(lines), sum('"verb":"patch"' in each or '"verb":"create"' in each for each in lines)


def make_ready(client: Client) -> int:
    """Say of every Deployment that its pods are ready, and return how many Services of ours are Ready."""
    deployments = client.request("GET", "/apis/apps/v1/namespaces/shop/deployments").body["items"]
    for each in deployments:
        if not each.get("status", {}).get("readyReplicas"):
            count, generation = each["spec"].get("replicas", 1), each["metadata"]["generation"]
            status = dict.fromkeys(("replicas", "readyReplicas", "updatedReplicas", "availableReplicas"), count)
            available = {"type": "Available", "status": "True", "reason": "Enough", "message": ""}
            body = {"status": {**status, "observedGeneration": generation, "conditions": [available]}}
            name = each["metadata"]["name"]
            path = f"/apis/apps/v1/namespaces/shop/deployments/{name}/status"
            client.request("PATCH", path, body, "application/merge-patch+json")
    listed = client.request("GET", "/apis/hanzo.ai/v1/namespaces/shop/services").body["items"]
    return sum(each.get("status", {}).get("phase") == "Ready" for each in listed)


def main() -> int:
    """Measure and print."""
    services = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    if problem := missing_program("etcd", "kube-apiserver", "openssl"):
        sys.exit(problem)
    resources, objects = fleet(services)
    kubectl = 0.0
    if "--alone" not in sys.argv:
        with TemporaryDirectory() as place, running(Path(place)) as cluster:
            install(cluster.client)
            kubectl = by_kubectl(cluster, Path(place), objects)
        print(f"kubectl apply --server-side of the objects of {services} services, {len(objects)}: {kubectl:.0f} s")
    with TemporaryDirectory() as place, running(Path(place), options=audited(Path(place))) as cluster:
        install(cluster.client)
        for each in resources:
            if refusal := cluster.client.apply(each).message:
                sys.exit(refusal)
        return measure(cluster, Path(place), kubectl, services, len(objects))


def measure(cluster: ControlPlane, folder: Path, kubectl: float, services: int, objects: int) -> int:
    """Run the operator, print what it takes, and return 1 where that is more than was promised."""
    with operating(cluster) as process:
        begin = time.perf_counter()
        until(lambda: measured("hanzo_operator_writes_total") >= objects, patience=3000)
        ours = time.perf_counter() - begin
        times = f", {ours / kubectl:.2f} times that" if kubectl else ""
        print(
            f"cold start to all {objects} applied: {ours:.0f} s{times}; {processor(process):.0f} s of processor time",
            flush=True,
        )
        until(lambda: make_ready(cluster.client) == services, patience=3000)
        print(f"to all Ready: {time.perf_counter() - begin:.0f} s", flush=True)
        time.sleep(10)
        before, spent = noted(folder), processor(process)
        time.sleep(REST)
        asked, wrote = (now - then for now, then in zip(noted(folder), before, strict=True))
        print(
            f"at rest for {REST:.0f} s: {asked} requests, {wrote} writes, {processor(process) - spent:.2f} s of processor time"
        )
        print(f"memory: {memory(process):.0f} MiB", flush=True)
    with operating(cluster) as process:
        until(lambda: measured("hanzo_operator_reconciles_total{") >= services, patience=600)
        print(f"restarted: {measured('hanzo_operator_writes_total'):.0f} writes, {memory(process):.0f} MiB")
    return int(bool(kubectl) and ours > PROMISE * kubectl)


if __name__ == "__main__":
    sys.exit(main())
