"""`hzc takeover` reads what kubectl prints, and says what it expected instead of anything else."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from hanzo_constructs.kube.yaml import dump
from tests.cli.conftest import Run

OBJECT = {
    "apiVersion": "v1",
    "kind": "ConfigMap",
    "metadata": {
        "name": "api",
        "managedFields": [{"manager": "operator", "operation": "Update", "fieldsV1": {}}],
        "ownerReferences": [{"apiVersion": "hanzo.ai/v1", "kind": "Service", "name": "api", "uid": "a"}],
    },
}
LIST = json.dumps({"apiVersion": "v1", "kind": "List", "items": [OBJECT, OBJECT]})


def test_a_list_and_one_object(hzc: Run, here: Path) -> None:
    (here / "live.json").write_text(json.dumps(OBJECT))
    one = hzc("takeover", "live.json", "--from", "operator", "--to", "argocd-controller")
    assert (one.status, one.stderr) == (0, "")
    assert one.stdout.startswith("kubectl patch configmap api --type=json --patch '[{")
    assert '"value":"argocd-controller"' in one.stdout
    (here / "live.yaml").write_text(dump(OBJECT))
    assert hzc("takeover", "live.yaml", "--to", "argocd-controller", "--from", "operator") == one
    assert hzc("takeover", "-", "--from", "operator", stdin=LIST).stdout.count("\n") == 2


def test_nothing_to_do(hzc: Run) -> None:
    bare = {**OBJECT, "metadata": {**OBJECT["metadata"], "ownerReferences": []}}  # type: ignore[dict-item]
    ran = hzc("takeover", "-", stdin=json.dumps(bare))
    assert (ran.status, ran.stdout, ran.stderr) == (0, "", "")


@pytest.mark.parametrize(
    "text", ["", "a: b\n", "[]", "{}", '{"kind": "List"}', '{"kind": "List", "items": [1]}', '{"kind": "Pod"}', "\xff"]
)
def test_what_is_not_from_kubectl(hzc: Run, text: str) -> None:
    ran = hzc("takeover", "-", stdin=text.encode("latin-1"))
    assert (ran.status, ran.stdout) == (2, "")
    assert ran.stderr == (
        "error: <stdin>: expected objects as `kubectl get --output json --show-managed-fields` prints them\n"
    )


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": "--server=https://example.com"},
        {"name": "api\nkubectl delete namespace shop"},
        {"namespace": "-shop"},
        {"name": ["api"]},
        {"managedFields": "all"},
        {"managedFields": [{"operation": "Update"}]},
        {
            "managedFields": [
                {"manager": "a", "operation": "Update", "fieldsV1": {"f:metadata": {"f:ownerReferences": {"k:a": {}}}}}
            ]
        },
        {"ownerReferences": [{"apiVersion": "hanzo.ai/v1", "kind": "Service", "name": "api"}]},
        {"ownerReferences": [{"kind": "Service"}]},
    ],
)
def test_an_object_that_no_cluster_has(hzc: Run, wrong: dict[str, Any]) -> None:
    object_ = {**OBJECT, "metadata": {**OBJECT["metadata"], **wrong}}  # type: ignore[dict-item]
    ran = hzc("takeover", "-", stdin=json.dumps(object_))
    assert (ran.status, ran.stdout) == (2, "")
    assert ran.stderr == (
        "error: <stdin>: expected objects as `kubectl get --output json --show-managed-fields` prints them\n"
    )


def test_without_managed_fields(hzc: Run) -> None:
    ran = hzc("takeover", "-", stdin='{"kind": "Pod", "metadata": {"name": "api"}}')
    assert ran.status == 2
    assert (
        ran.stderr == "error: <stdin>: Pod api: metadata: has no managedFields; kubectl needs --show-managed-fields\n"
    )
