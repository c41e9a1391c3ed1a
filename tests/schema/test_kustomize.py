"""What Kustomize is told of our kinds, asked of the Kustomize in kubectl."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from hanzo_constructs.cli.app import run
from hanzo_constructs.cli.kinds import all_kinds
from hanzo_constructs.platform import Platform
from hanzo_constructs.schema.kustomize import configuration, merge_schema
from hanzo_constructs.spec.kinds import KINDS

PLATFORM = Platform(api_group="acme.dev")


def places(fields: list[dict[str, str]]) -> set[tuple[str, str]]:
    return {(each["kind"], each["path"]) for each in fields}


def test_images_and_names_of_every_kind() -> None:
    found = configuration(all_kinds(), PLATFORM)
    of_images = places(found["images"])
    assert {kind for kind, path in of_images if path == "spec/image"} >= {*KINDS} - {
        "InferenceService",
        "LatticeService",
    }
    assert {("SQL", "spec/backup/image"), ("Service", "spec/sidecars/image")} <= of_images
    assert not any("volumes" in path for _, path in of_images)
    assert {each["group"] for each in found["images"]} >= {"acme.dev"}
    named = {each["kind"]: places(each["fieldSpecs"]) for each in found["nameReference"]}
    assert {
        ("SQL", "spec/credentialsSecret"),
        ("Service", "spec/env/valueFrom/secretKeyRef/name"),
        ("Service", "spec/volumes/projected/sources/secret/name"),
        ("Service", "spec/volumes/secret/secretName"),
        ("Service", "spec/imagePullSecrets/name"),
    } <= named["Secret"]
    assert ("Service", "spec/envFrom/configMapRef/name") in named["ConfigMap"]
    assert ("Service", "spec/connections/name") in named["SQL"]


def test_lists_whose_order_counts_are_not_merged() -> None:
    definitions = merge_schema(all_kinds(), PLATFORM)["definitions"]
    fields = definitions["acme.dev.v1.Service"]["properties"]["spec"]["properties"]
    assert fields["env"]["x-kubernetes-patch-merge-key"] == "name"
    assert not {"ports", "initContainers"} & {*fields}
    assert "pathRules" not in fields.get("ingress", {}).get("properties", {})


BASE = """
apiVersion: hanzo.ai/v1
kind: Service
metadata: {name: web}
spec:
  image: ghcr.io/acme/web:v1
  ports: [{name: http, containerPort: 3000}, {name: admin, containerPort: 3001}]
  env:
  - {name: A, value: "1"}
  - {name: B, valueFrom: {secretKeyRef: {name: password, key: b}}}
  sidecars: [{name: log, image: "ghcr.io/acme/log:v1"}]
  volumes: [{name: keys, secret: {secretName: password}}]
---
apiVersion: hanzo.ai/v1
kind: SQL
metadata: {name: db}
spec: {credentialsSecret: password, env: {A: a}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: own}
spec: {template: {spec: {containers: [{name: a, image: "ghcr.io/acme/web:v1"}, {name: b, image: "b:v1"}]}}}
"""

OVERLAY = """
resources: [../base]
components: [../kustomize]
secretGenerator: [{name: password, literals: [b=c]}]
images: [{name: ghcr.io/acme/web, newTag: v2}, {name: ghcr.io/acme/log, newTag: v3}]
patches:
- patch: |
    {apiVersion: hanzo.ai/v1, kind: Service, metadata: {name: web}, spec: {
      env: [{name: A, value: "2"}], sidecars: [{name: log, args: [x]}], ports: [{name: http, containerPort: 4000}]}}
- patch: |
    {apiVersion: hanzo.ai/v1, kind: SQL, metadata: {name: db}, spec: {env: {B: b}}}
- patch: |
    {apiVersion: apps/v1, kind: Deployment, metadata: {name: own}, spec: {template: {spec: {
      containers: [{name: a, args: [x]}]}}}}
"""


@pytest.fixture
def kustomized(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return what Kustomize makes of the base and an overlay."""
    monkeypatch.chdir(tmp_path)

    def kustomize(overlay: str = OVERLAY, base: str = BASE) -> subprocess.CompletedProcess[str]:
        assert run(["schema", "--kustomize", "-o", "kustomize"]) == 0
        texts = {
            "base/all.yaml": base,
            "base/kustomization.yaml": "resources: [all.yaml]",
            "over/kustomization.yaml": overlay,
        }
        for name, text in texts.items():
            Path(name).parent.mkdir(exist_ok=True)
            Path(name).write_text(text)
        command = ["kubectl", "kustomize", "over"]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    return kustomize


# kubectl starts in a second
needs_kubectl = pytest.mark.skipif(not shutil.which("kubectl"), reason="kubectl is not installed")


@pytest.mark.processes
@needs_kubectl
def test_kustomize_does_with_ours_what_it_does_with_its_own(kustomized: Any) -> None:
    found = {each["kind"]: each for each in yaml.safe_load_all(kustomized().stdout)}
    generated = found["Secret"]["metadata"]["name"]
    assert generated.startswith("password-")
    spec = found["Service"]["spec"]
    assert spec["image"] == "ghcr.io/acme/web:v2"
    assert spec["sidecars"] == [{"name": "log", "image": "ghcr.io/acme/log:v3", "args": ["x"]}]
    assert [each["name"] for each in spec["env"]] == ["A", "B"]
    assert spec["env"][0]["value"] == "2"
    assert (
        spec["env"][1]["valueFrom"]["secretKeyRef"]["name"] == spec["volumes"][0]["secret"]["secretName"] == generated
    )
    assert spec["ports"] == [{"name": "http", "containerPort": 4000}]
    assert found["SQL"]["spec"] == {"credentialsSecret": generated, "env": {"A": "a", "B": "b"}}
    own = found["Deployment"]["spec"]["template"]["spec"]["containers"]
    assert own == [{"name": "a", "image": "ghcr.io/acme/web:v2", "args": ["x"]}, {"name": "b", "image": "b:v1"}]


@pytest.mark.processes
@needs_kubectl
def test_kustomize_refuses_an_image_in_parts_aloud(kustomized: Any) -> None:
    ran = kustomized(base=BASE.replace("ghcr.io/acme/web:v1\n", "{repository: ghcr.io/acme/web, tag: v1}\n", 1))
    assert ran.returncode == 1
    assert "considering field 'spec/image' of object Service.v1.hanzo.ai/web" in ran.stderr


def test_the_files_need_a_directory(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["schema", "--kustomize"]) == 2
    assert "--kustomize needs --output DIR" in capsys.readouterr().err


def test_definitions_of_kubernetes_are_whole() -> None:
    text = json.dumps(merge_schema([], PLATFORM))
    definitions = json.loads(text)["definitions"]
    used = {part.partition('"')[0] for part in text.split("#/definitions/")[1:]}
    assert used <= {*definitions}
    kinds = {each["kind"] for one in definitions.values() for each in one.get("x-kubernetes-group-version-kind", ())}
    assert {"Deployment", "StatefulSet", "CronJob", "Service", "Pod", "ServiceAccount"} <= kinds
