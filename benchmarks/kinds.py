"""What an object of a kind costs beside one of a Service: `kinds.py KIND RESOURCES` prints both, in seconds of a processor.

A resource of either kind is a function of the index and about as rich as a Service of the plain fleet. Reading, compiling,
proving and writing are measured, in one process, in turn with as many Services.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from typing import Any

from benchmarks.fleet import NAMESPACE, facts, resource
from hanzo_constructs.compiler import compile_resource
from hanzo_constructs.compiler.links import links_of
from hanzo_constructs.kube.yaml import dump_all
from hanzo_constructs.platform import GatewayParent, Platform, SecretStore
from hanzo_constructs.spec.kinds import parse
from hanzo_constructs.verify import prove

__all__ = ["PLATFORM", "RESOURCES", "compiled", "costs"]

PLATFORM = Platform(
    namespace=NAMESPACE, gateway=GatewayParent(name="edge"), secret_store=SecretStore(name="vault"), cilium=True
)
ROUNDS = 5
_DIGEST = "sha256:" + "0a1b2c3d" * 8


def inference_service(index: int) -> dict[str, Any]:
    """Return model number *index*; of ten, one has a canary."""
    name, fact = f"model-{index:04d}", facts(index)
    canary = {"canary": {"modelRef": "hf://acme/next", "weight": 10}} if index % 10 == 0 else {}
    scale = {"replicas": 2} if canary else {"minReplicas": 1, "maxReplicas": fact["maxReplicas"]}
    spec = {
        "modelRef": f"hf://acme/{name}",
        "healthCheck": {"path": "/health", "interval": "10s", "timeout": "5s"},
        "partOf": "shop",
        "labels": {"team": fact["team"]},
        "resources": {"cpu": "8", "memory": "64Gi", "gpuMemory": "80Gi"},
        "cache": {"size": "200Gi", "storageClassName": "nfs"},
        "tokenSecret": {"name": "hub"},
        "env": [{"name": "LOG_LEVEL", "value": fact["level"]}, {"name": "TRACING", "value": "on"}],
        "pdb": {"maxUnavailable": 1},
        "networkPolicy": {"allowFrom": [{"podSelector": {"matchLabels": {"team": fact["team"]}}}]},
        **scale,
        **canary,
    }
    return _declared("hanzo.ai/v1", "InferenceService", name, spec)


def lattice_service(index: int) -> dict[str, Any]:
    """Return workload number *index*; it calls the one before it and is called by the next; of ten, one has a canary."""
    name, fact = f"lattice-{index:04d}", facts(index)
    first, last = index % 10 == 0, index % 10 == 9
    neighbours = {} if first else {f"lattice-{index - 1:04d}": {"type": "service", "direction": "outbound"}}
    neighbours |= {} if last else {f"lattice-{index + 1:04d}": {"type": "service", "direction": "inbound"}}
    called = {} if first else {"UPSTREAM_URL": f"${{resources.lattice-{index - 1:04d}.url}}/v1"}
    image = f"ghcr.io/acme/{name}:{fact['version']}@{_DIGEST}"
    own = {"cpu": fact["cpu"], "memory": fact["memory"]}
    canary = {"weight": 10, "containers": {"main": {"image": f"ghcr.io/acme/{name}:next@{_DIGEST}"}}}
    spec = {
        "replicas": 2,
        "partOf": "shop",
        "labels": {"team": fact["team"]},
        "workload": {
            "containers": {
                "main": {
                    "image": image,
                    "variables": {
                        "LOG_LEVEL": fact["level"],
                        "TRACING": "on",
                        "GREETING": "hello: #1, it's ready",
                        "DATABASE_PASSWORD": "${resources.database.password}",
                        "DATABASE_URL": "postgres://app:${secret.database.password}@db:5432/app",
                        **called,
                    },
                    "files": {"/etc/app.yaml": "level: info\n"},
                    "resources": {"requests": own, "limits": own},
                }
            },
            "service": {"ports": {"http": {"port": 80, "targetPort": 8080}, "metrics": {"port": 9090}}},
            "resources": {
                **neighbours,
                "database": {"type": "secret", "params": {"keys": ["password"]}},
                "bank": {"type": "external-service", "params": {"endpoints": {"api": "https://api.example.com"}}},
            },
        },
        "autoscaling": {"max": fact["maxReplicas"]},
        **({"deploy": {"strategy": "canary", "canary": canary}} if first else {}),
    }
    return _declared("lattice.dev/v1alpha1", "LatticeService", name, spec)


RESOURCES: dict[str, Callable[[int], dict[str, Any]]] = {
    "InferenceService": inference_service,
    "LatticeService": lattice_service,
}
"""Resource number so-and-so of each kind."""


def _declared(version: str, kind: str, name: str, spec: dict[str, Any]) -> dict[str, Any]:
    metadata = {"name": name, "namespace": NAMESPACE}
    return {"apiVersion": version, "kind": kind, "metadata": metadata, "spec": spec}


def compiled(documents: list[dict[str, Any]]) -> tuple[list[dict[str, Any]], list[str]]:
    """Return the objects of *documents*, compiled as one set, and every finding about them."""
    declared = [parse(document, PLATFORM) for document in documents]
    links, found = links_of(declared, PLATFORM)
    compilations = [compile_resource(each, PLATFORM, links=links) for each in declared]
    findings = [*found, *(warning for each in compilations for warning in each.warnings), *prove(compilations).findings]
    return [manifest for each in compilations for manifest in each.manifests], [str(each) for each in findings]


def costs(kind: str, resources: int, rounds: int = ROUNDS) -> tuple[float, float]:
    """Return the seconds of a processor for an object of a Service, and for one of *kind*: the best of *rounds* each."""
    best = [float("inf"), float("inf")]
    for _ in range(rounds):
        for side, make in enumerate((resource, RESOURCES[kind])):
            documents = [make(index) for index in range(resources)]
            began = time.process_time()
            objects, _ = compiled(documents)
            dump_all(objects)
            best[side] = min(best[side], (time.process_time() - began) / len(objects))
    return best[0], best[1]


if __name__ == "__main__":
    print(json.dumps(costs(sys.argv[1], int(sys.argv[2]))))
