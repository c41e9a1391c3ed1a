"""What `hzc diff` says that API servers refuse, a server refuses, and it takes all else."""

from __future__ import annotations

import copy

import pytest

from hanzo_constructs.diff import Effect
from tests.cluster.client import Client
from tests.cluster.sets import make_namespaces
from tests.diff.cases import CASES
from tests.diff.objects import SERVICE, changed

pytestmark = [pytest.mark.slow, pytest.mark.cluster]

_CHANGES = [
    case
    for case in CASES
    if len(case.old) == len(case.new) == 1 and case.old[0]["metadata"]["name"] == case.new[0]["metadata"]["name"]
]
_BY_OTHER_MEANS = {
    "a claim shrinks": "a claim that no volume belongs to yet may ask for less",
    "a claim grows": "a claim that no volume belongs to yet is refused, whatever its class allows",
    "another listener": "the server here does not know the kind",
}
"""Cases that a server without disks, or without the Gateway API, judges otherwise."""


@pytest.mark.parametrize("number", range(len(_CHANGES)), ids=[case.name.replace(" ", "-") for case in _CHANGES])
def test_a_server_refuses_what_is_said_to_be_refused(client: Client, number: int) -> None:
    case = _CHANGES[number]
    if case.name in _BY_OTHER_MEANS:
        pytest.skip(_BY_OTHER_MEANS[case.name])  # the table says why: this server cannot tell
    place = f"diff-{number}"
    old, new = (copy.deepcopy(side[0]) for side in (case.old, case.new))
    for each in (old, new):
        if "namespace" in each["metadata"]:
            each["metadata"]["namespace"] = place
        elif each["kind"] != "CustomResourceDefinition":  # whose name is made of others
            each["metadata"]["name"] = f"{each['metadata']['name']}-{number}"
    make_namespaces(client, [each for each in (old,) if "namespace" in each["metadata"]])
    assert not client.apply(old, force=True).message
    answer = client.apply(new, force=True)
    assert bool(answer.message) is (Effect.REFUSED in case.effects), answer.message


def test_a_service_stays_without_an_address(client: Client) -> None:
    old = changed(SERVICE, {"metadata.namespace": "diff-headless", "spec.clusterIP": "None"})
    make_namespaces(client, [old])
    assert not client.apply(old, force=True).message
    assert not client.apply(changed(old, {"spec.clusterIP": None}), force=True).message
    assert client.get(old).body["spec"]["clusterIP"] == "None"


def test_every_kind_of_refusal_is_tried() -> None:
    assert sum(Effect.REFUSED in case.effects for case in _CHANGES) > 10
