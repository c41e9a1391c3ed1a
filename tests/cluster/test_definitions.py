"""A real API server takes every published definition without a warning, and every resource of the golden cases."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from hanzo_constructs.kube.model import written
from hanzo_constructs.platform import Platform
from hanzo_constructs.schema.crd import custom_resource_definition
from hanzo_constructs.spec.kinds import KINDS, parse
from tests.cluster.client import Client
from tests.cluster.server import ControlPlane, running, until
from tests.golden.cases import VALID, Case

pytestmark = [pytest.mark.slow, pytest.mark.cluster]

_PLATFORM = Platform()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, control_plane: ControlPlane) -> Iterator[Client]:
    """A server of its own: others define the kinds without a schema."""
    del control_plane  # it is skipped where there are no programs for one
    with running(tmp_path_factory.mktemp("definitions")) as server:
        for kind in KINDS.values():
            answer = server.client.create(custom_resource_definition(kind, _PLATFORM))
            assert not answer.message
            assert not answer.warnings
        until(lambda: all(_is_served(server.client, each.plural) for each in KINDS.values()))
        yield server.client


def _is_served(client: Client, plural: str) -> bool:
    return client.request("GET", f"/apis/{_PLATFORM.api_group}/v1/namespaces/default/{plural}").status == 200


def test_what_is_compiled_is_stored_as_written(server: Client) -> None:
    refused = [problem for case in VALID for problem in _problems(server, case)]
    assert refused == []


def _problems(server: Client, case: Case) -> Iterator[str]:
    for document in case.documents:
        resource = parse(document, case.platform)
        kind = KINDS.get(resource.kind)
        if kind is None:
            continue
        sent = {**written(resource), "apiVersion": kind.api_version(_PLATFORM)}
        sent["metadata"] = {**sent["metadata"], "namespace": "default"}
        answer = server.request(
            "POST",
            f"/apis/{_PLATFORM.api_group}/v1/namespaces/default/{kind.plural}?dryRun=All&fieldValidation=Strict",
            sent,
        )
        if answer.message:
            yield f"{case.name}: {answer.message}"
        elif answer.warnings:
            yield f"{case.name}: {answer.warnings}"
        else:
            yield from (f"{case.name}: {each}" for each in _lost(sent["spec"], answer.body["spec"], "spec"))


def _lost(sent: Any, stored: Any, path: str) -> Iterator[str]:
    """Yield what was sent and is not stored; defaults may be added."""
    if isinstance(sent, dict) and isinstance(stored, dict):
        for key, value in sent.items():
            yield from _lost(value, stored.get(key), f"{path}.{key}")
    elif isinstance(sent, list) and isinstance(stored, list) and len(sent) == len(stored):
        for index, pair in enumerate(zip(sent, stored, strict=True)):
            yield from _lost(*pair, f"{path}[{index}]")
    elif sent != stored:
        yield f"{path}: {sent!r} is stored as {stored!r}"
