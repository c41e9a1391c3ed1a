"""checkov finds nothing on the strict settings but what the platform decides otherwise, with the reason beside it.

checkov wants older versions of what this project uses, so it lives in an environment of its own; `make slow` makes it.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from hanzo_constructs.compiler import compile_resource
from hanzo_constructs.kube.yaml import dump_all
from hanzo_constructs.platform import Platform
from hanzo_constructs.spec.kinds import parse
from tests.golden.cases import VALID
from tests.properties.resources import SHAPES
from tests.properties.rich import rich

BESIDE = Path(__file__).parents[2] / ".build" / "checkov" / "bin" / "checkov"
CHECKOV = shutil.which("checkov") or (str(BESIDE) if BESIDE.exists() else None)

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHECKOV is None, reason="checkov is not installed; `make slow` installs it"),
]

NEVER = {
    "CKV_K8S_40": "a high user id: no user id is ever set, images run as the user they are built for, and never as root",
}
"""What the platform decides otherwise, whatever its settings."""

BY_DEFAULT = NEVER | {
    "CKV2_K8S_6": "a network policy: cuts off traffic, so that a resource asks for it",
    "CKV_K8S_8": "a liveness probe: kills what is only slow, so that a resource asks for it",
    "CKV_K8S_9": "a readiness probe: derived where ports are declared, a worker has none",
    "CKV_K8S_10": "a CPU request: the resource's own",
    "CKV_K8S_11": "a CPU limit: the resource's own, and many are better without",
    "CKV_K8S_12": "a memory request: the resource's own",
    "CKV_K8S_13": "a memory limit: the resource's own",
    "CKV_K8S_15": "pull policy Always: the resource's own",
    "CKV_K8S_22": "a read-only root filesystem: the platform's choice, readOnlyRootFilesystem",
    "CKV_K8S_35": "secrets as files: the resource says how it takes them",
    "CKV_K8S_43": "an image digest: the platform's choice, requireImageDigest",
}
"""What is left to the resource or to the strict settings."""

OF_A_KIND = {
    "Datastore": {
        "CKV_K8S_8": "a liveness probe: an engine that is busy with its data must not be killed for it",
        "CKV_K8S_35": "secrets as files: what uploads a backup takes its credentials from the environment",
    },
}
"""What a kind does not offer; another kind offers everything."""

DIGEST = "sha256:" + "0a" * 32
STRICT = Platform(require_image_digest=True, read_only_root_filesystem=True)
RESOURCES = {"requests": {"cpu": "100m", "memory": "128Mi"}, "limits": {"cpu": "1", "memory": "256Mi"}}
SIDECAR = {
    "image": f"ghcr.io/hanzoai/agent@{DIGEST}",
    "imagePullPolicy": "Always",
    "resources": RESOURCES,
    "livenessProbe": {"exec": {"command": ["/agent", "alive"]}},
    "readinessProbe": {"exec": {"command": ["/agent", "ready"]}},
}


def strict_service(name: str, **scale: Any) -> dict[str, Any]:
    probe = {"path": "/healthz", "port": "http"}
    spec: dict[str, Any] = {
        "image": {
            "repository": "ghcr.io/hanzoai/strict",
            "tag": "v1.0.0",
            "digest": DIGEST,
            "pullPolicy": "Always",
        },
        "ports": [{"name": "http", "containerPort": 8080}],
        "resources": RESOURCES,
        "livenessProbe": probe,
        "readinessProbe": probe,
        "ingress": {"hosts": [f"{name}.hanzo.ai"]},
        "pdb": {},
        "networkPolicy": {},
        "serviceMonitor": {},
        "kmsSecrets": [
            {
                "projectSlug": "strict",
                "envSlug": "prod",
                "credentialsRef": {"name": "kms"},
                "managedSecretName": f"{name}-secrets",
            }
        ],
        "volumes": [{"name": "secrets", "secret": {"secretName": f"{name}-secrets"}}],
        "volumeMounts": [{"name": "secrets", "mountPath": "/etc/secrets", "readOnly": True}],
        "sidecars": [{"name": "agent", **SIDECAR}],
        "initContainers": [{"name": "proxy", "restartPolicy": "Always", **SIDECAR}],
        **scale,
    }
    metadata = {"name": name, "namespace": "hanzo"}
    return {"apiVersion": "hanzo.ai/v1", "kind": "Service", "metadata": metadata, "spec": spec}


def strict_resource(kind: str) -> dict[str, Any]:
    """Return the rich resource of *kind* as the strict settings take it."""
    document = rich(kind)
    document["metadata"]["annotations"] = {"hanzo.ai/pod-security": "restricted"}
    spec = document["spec"]
    spec |= {"image": spec["image"] | {"digest": DIGEST, "pullPolicy": "Always"}, "resources": RESOURCES}
    for field in spec.keys() & {"sidecars", "initContainers"}:
        spec[field] = [{**each, **SIDECAR} for each in spec[field]]
    spec.pop("credentialsSecret", None)  # secrets as variables, which a resource may do without
    return document


def failed(manifests: list[dict[str, Any]], folder: Path) -> set[str]:
    """Return the checks that *manifests* fail."""
    assert CHECKOV
    (folder / "manifests.yaml").write_text(dump_all(manifests), encoding="utf-8")
    options = ["--framework", "kubernetes", "--skip-download", "--compact", "--quiet", "--output", "json"]
    run = subprocess.run([CHECKOV, "--directory", folder, *options], capture_output=True, text=True, check=False)
    report = json.loads(run.stdout)
    assert report["summary"]["parsing_errors"] == 0
    assert report["summary"]["passed"] > 0
    return {check["check_id"] for check in report["results"]["failed_checks"]}


def test_the_strict_settings_fail_nothing_but_what_is_decided_otherwise(tmp_path: Path) -> None:
    services = [strict_service("fixed", replicas=2), strict_service("scaled", autoscaling={"maxReplicas": 5})]
    manifests = [each for one in services for each in compile_resource(parse(one, STRICT), STRICT).manifests]
    assert failed(manifests, tmp_path) == set(NEVER)


@pytest.mark.parametrize("kind", SHAPES)
def test_every_kind_fails_nothing_but_what_is_decided_otherwise_or_not_offered(kind: str, tmp_path: Path) -> None:
    manifests = compile_resource(parse(strict_resource(kind), STRICT), STRICT).manifests
    assert failed(manifests, tmp_path) == NEVER.keys() | OF_A_KIND.get(kind, {}).keys()


def test_the_default_settings_fail_what_is_left_to_the_resource(tmp_path: Path) -> None:
    names = {"service/minimal", "service/everything", "service/worker", "service/ingress"}
    manifests = [
        manifest
        for case in VALID
        if case.name in names
        for compilation in case.compilations()
        for manifest in compilation.manifests
    ]
    assert failed(manifests, tmp_path) == set(BY_DEFAULT)
