"""Errors keep what they found when they are copied, and when a pool of processes sends them home."""

from __future__ import annotations

import copy
import multiprocessing
import pickle
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from typing import Any

import pytest

from hanzo_constructs import errors
from hanzo_constructs.constructs.node.binary import NodeError
from hanzo_constructs.errors import Finding, HanzoError, InputError
from hanzo_constructs.operator.errors import ClusterError
from hanzo_constructs.schema.schema_error import SchemaError
from hanzo_constructs.spec.kinds import parse

FINDINGS = (
    Finding("must not be empty", "spec.image", "Service shop/api", "api.yaml:3"),
    Finding("is doubtful", severity="warning"),
)


def every(kind: type[HanzoError]) -> list[type[HanzoError]]:
    return [kind, *(below for each in kind.__subclasses__() for below in every(each))]


KINDS = [each for each in every(HanzoError) if each.__module__.startswith("hanzo_constructs.")]


def round_trips() -> list[Callable[[HanzoError], HanzoError]]:
    protocols = range(pickle.HIGHEST_PROTOCOL + 1)
    pickled = [
        lambda error, protocol=protocol: pickle.loads(pickle.dumps(error, protocol))  # noqa: S301 - our own
        for protocol in protocols
    ]
    return [copy.copy, copy.deepcopy, *pickled]


def test_every_error_is_in_the_tree() -> None:
    public = {getattr(errors, name) for name in errors.__all__ if name.endswith("Error")}
    assert {*KINDS} == public | {NodeError, SchemaError, *every(ClusterError)}


@pytest.mark.parametrize("kind", KINDS)
def test_an_error_is_the_same_after_a_round_trip(kind: Any) -> None:
    error = kind(FINDINGS) if issubclass(kind, InputError) else kind("no room")
    error.add_note("while the shop was read")
    for round_trip in round_trips():
        back = round_trip(error)
        assert type(back) is kind
        assert str(back) == str(error)
        assert vars(back) == vars(error)


def test_an_error_comes_home_from_a_pool_of_processes() -> None:
    document = {"apiVersion": "hanzo.ai/v1", "kind": "Service", "metadata": {"name": "api"}, "spec": {"replicas": -1}}
    with pytest.raises(InputError) as here:
        parse(document)
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool, pytest.raises(InputError) as there:
        pool.submit(parse, document).result()
    assert type(there.value) is type(here.value)
    assert str(there.value) == str(here.value)
    assert there.value.findings == here.value.findings
