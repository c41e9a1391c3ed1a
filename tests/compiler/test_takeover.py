"""What is handed over of an object in a cluster, and how; `tests/cluster` runs the commands."""

from __future__ import annotations

import json
import shlex
from typing import Any

from hanzo_constructs.compiler.takeover import takeover

Entry = dict[str, Any]

OWNER = {"apiVersion": "hanzo.ai/v1", "kind": "Service", "name": "api", "uid": "a"}
OWNED: Entry = {"f:metadata": {"f:ownerReferences": {".": {}, 'k:{"uid":"a"}': {}}}}


def live(*entries: Entry, owners: list[Entry] | None = None, kind: str = "Deployment") -> dict[str, Any]:
    metadata = {"name": "api", "namespace": "shop", "managedFields": list(entries), "ownerReferences": owners or []}
    return {"apiVersion": "apps/v1", "kind": kind, "metadata": metadata}


def entry(manager: str, fields: Entry | None = None, operation: str = "Update", **more: str) -> Entry:
    return {"manager": manager, "operation": operation, "fieldsV1": fields or {}, **more}


def patch_of(command: str) -> list[Entry]:
    words = shlex.split(command)
    assert words[:-1] == [
        *["kubectl", "--namespace", "shop", "patch", "deployment.apps", "api", "--type=json", "--patch"]
    ]
    patch: list[Entry] = json.loads(words[-1])
    return patch


def test_who_wrote_the_owner_gives_everything_and_the_owner_goes() -> None:
    object_ = live(entry("kube-controller-manager"), entry("operator", OWNED), owners=[OWNER])
    (command,) = takeover([object_], givers=(), taker="kubectl")
    assert patch_of(command) == [
        {"op": "test", "path": "/metadata/managedFields/1/manager", "value": "operator"},
        {"op": "replace", "path": "/metadata/managedFields/1/manager", "value": "kubectl"},
        {"op": "replace", "path": "/metadata/managedFields/1/operation", "value": "Apply"},
        {"op": "test", "path": "/metadata/ownerReferences/0/uid", "value": "a"},
        {"op": "remove", "path": "/metadata/ownerReferences/0"},
    ]


def test_several_givers_and_what_the_taker_has_become_one() -> None:
    own = entry("argocd", {"f:spec": {"f:replicas": {}}}, "Apply")
    first = entry("operator", {"f:spec": {"f:paused": {}}})
    second = entry("kubectl-edit", {"f:metadata": {"f:labels": {}}})
    (command,) = takeover([live(first, own, second)], givers=("operator", "kubectl-edit"), taker="argocd")
    steps = {(step["op"], step["path"]): step.get("value") for step in patch_of(command)}
    assert steps["replace", "/metadata/managedFields/1/fieldsV1"] == {
        "f:spec": {"f:replicas": {}, "f:paused": {}},
        "f:metadata": {"f:labels": {}},
    }
    removed = [path for op, path in steps if op == "remove"]
    assert removed == ["/metadata/managedFields/2", "/metadata/managedFields/0"]


def test_what_is_done_is_not_done_again() -> None:
    taken = live(entry("kubectl", OWNED, "Apply"), entry("kube-controller-manager"))
    assert not list(takeover([taken], givers=("kubectl",), taker="kubectl"))


def test_states_and_owners_of_kubernetes_stay() -> None:
    state = entry("operator", OWNED, subresource="status")
    owner = {"apiVersion": "apps/v1", "kind": "StatefulSet", "name": "db", "uid": "a"}
    assert not list(takeover([live(state)], givers=("operator",), taker="kubectl"))
    assert not list(takeover([live(entry("kube-controller-manager", OWNED), owners=[owner])], givers=(), taker="x"))


def test_what_belongs_to_another_operator_stays() -> None:
    cluster = {"apiVersion": "postgresql.cnpg.io/v1", "kind": "Cluster", "name": "db", "uid": "a"}
    lookalike = {"apiVersion": "nothanzo.ai/v1", "kind": "Service", "name": "api", "uid": "a"}
    for owner in (cluster, lookalike):
        assert not list(takeover([live(entry("manager", OWNED), owners=[owner])], givers=(), taker="kubectl"))
    (given,) = takeover([live(entry("manager", OWNED), owners=[cluster])], group="cnpg.io", givers=(), taker="kubectl")
    assert patch_of(given)[-1] == {"op": "remove", "path": "/metadata/ownerReferences/0"}
    (old,) = takeover(
        [live(owners=[cluster, {**OWNER, "apiVersion": "hanzo.ai/v1alpha1"}])], givers=(), taker="kubectl"
    )
    assert [step["path"] for step in patch_of(old)] == [
        "/metadata/ownerReferences/1/uid",
        "/metadata/ownerReferences/1",
    ]


def test_an_autoscaled_deployment_keeps_its_pods() -> None:
    scaler = live(kind="HorizontalPodAutoscaler")
    scaler["spec"] = {"scaleTargetRef": {"name": "api"}}
    taken, kept = takeover([live(entry("operator")), scaler], givers=("operator",), taker="kubectl")
    assert patch_of(taken)
    assert "--field-manager=handover" in kept
