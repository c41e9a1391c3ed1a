"""What moves from one epoch to the other, either way, becomes what a fresh cluster would hold, whoever made it."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterable
from typing import Any

import pytest

from hanzo_constructs.compiler.takeover import takeover
from tests.cluster.client import Client
from tests.cluster.server import ControlPlane
from tests.cluster.sets import apart, apply_all, in_epoch, make_namespaces, settled, unfit
from tests.golden.cases import VALID, Case

pytestmark = [pytest.mark.slow, pytest.mark.cluster]

Manifest = dict[str, Any]
Epochs = dict[str, list[Manifest]]

_OPERATOR = "hanzo-operator"
_OWNER = {
    "apiVersion": "hanzo.ai/v1",
    "kind": "Service",
    "name": "of-the-operator",
    "uid": "5f3b0f5e-0000-4000-8000-000000000000",
    "controller": True,
    "blockOwnerDeletion": True,
}


@pytest.fixture(params=VALID, ids=lambda case: case.name)
def epochs(request: pytest.FixtureRequest, control_plane: ControlPlane) -> Epochs:
    """The children of a golden case in both epochs."""
    case: Case = request.param
    if reason := unfit(case, control_plane):
        pytest.skip(reason)
    old, new = in_epoch(case, "2025"), in_epoch(case, "2026")
    if old is None or new is None:
        pytest.skip("one of the epochs refuses it")
    return {"2025": old, "2026": new}


@pytest.mark.parametrize(("before", "after"), [("2025", "2026"), ("2026", "2025")])
def test_from_one_epoch_to_the_other(
    client: Client, epochs: Epochs, before: str, after: str, request: pytest.FixtureRequest
) -> None:
    name = request.node.name
    first, second = apart(epochs[before], name), apart(epochs[after], name)
    make_namespaces(client, [*first, *second])
    apply_all(client, first)
    stored = _moved(client, second)
    assert list(map(settled, stored)) == _fresh(client, epochs[after], name)


def test_from_the_operator(client: Client, epochs: Epochs, request: pytest.FixtureRequest) -> None:
    name = request.node.name
    made, wanted = apart(epochs["2025"], name), apart(epochs["2026"], name)
    make_namespaces(client, [*made, *wanted])
    for each in made:
        each["metadata"]["ownerReferences"] = [_OWNER]
        each["metadata"].setdefault("labels", {})["of-the-operator"] = "alone"
        assert not client.create(each, manager=_OPERATOR).message
    live = [client.get(each).body for each in made]
    assert len(live) == _run(client, takeover(live, givers=(), taker="kubectl"), live)
    stored = _moved(client, wanted)
    assert list(map(settled, stored)) == _fresh(client, epochs["2026"], name)
    managers = {entry["manager"] for each in stored for entry in each["metadata"]["managedFields"]}
    assert managers == {"kubectl"}


def _run(client: Client, commands: Iterable[str], live: list[Manifest]) -> int:
    """Do what *commands* would, without the time that it takes to start kubectl, and count them."""
    done = 0
    for line in commands:
        words = shlex.split(line)
        if "|" in words:  # keeps the count of pods, which nothing changes here
            continue
        done += 1
        kind, name = words[words.index("patch") + 1 :][:2]
        (target,) = [
            each
            for each in live
            if (each["kind"].lower(), each["metadata"]["name"]) == (kind.partition(".")[0], name)
            and each["metadata"]["namespace"] == words[2]
        ]
        patch = json.loads(words[words.index("--patch") + 1])
        assert not client.patch(target, patch, form="json").message
    return done


def _moved(client: Client, children: list[Manifest]) -> list[Manifest]:
    """Apply *children*, a StatefulSet or a Job after the old one was deleted, as `hzc show` says."""
    refusals = {"StatefulSet": "updates to statefulset spec", "Job": "spec.template: Invalid value"}
    for child in children:
        if (refusal := client.apply(child, manager="kubectl").message) and child["kind"] in refusals:
            assert refusals[child["kind"]] in refusal
            # nothing collects garbage here, so that whatever it owns stays
            assert not client.delete(child).message
    return apply_all(client, children)


def _fresh(client: Client, children: list[Manifest], name: str) -> list[Manifest]:
    """Return what is stored of *children* where nothing was before."""
    twins = apart(children, f"{name}-new")
    make_namespaces(client, twins)
    return list(map(settled, apply_all(client, twins)))
