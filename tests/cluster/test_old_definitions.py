"""A real API server and the definitions of v1alpha1: what it stores, whom it warns, and what short names cost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from hanzo_constructs.kube.yaml import load
from hanzo_constructs.platform import Platform
from hanzo_constructs.schema.crd import custom_resource_definition
from hanzo_constructs.spec.kind import Kind
from hanzo_constructs.versions import OLD_KINDS, migrated
from tests.cluster.client import Client
from tests.cluster.server import ControlPlane, running, until

pytestmark = [pytest.mark.slow, pytest.mark.cluster]

_PLATFORM = Platform()
_INPUTS = sorted((Path(__file__).parents[1] / "cli" / "golden" / "migrate").glob("*/input.*"))


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, control_plane: ControlPlane) -> Iterator[Client]:
    """A server of its own: others define the kinds without a schema."""
    del control_plane  # it is skipped where there are no programs for one
    with running(tmp_path_factory.mktemp("old-definitions")) as server:
        yield server.client


def _definition(kind: Kind, short_names: tuple[str, ...] = ()) -> dict[str, Any]:
    definition = custom_resource_definition(kind, _PLATFORM)
    if short_names:
        definition["spec"]["names"]["shortNames"] = [*short_names]
    return definition


def _condition(client: Client, definition: dict[str, Any], name: str) -> str:
    conditions = client.get(definition).body.get("status", {}).get("conditions", [])
    return next((each["status"] for each in conditions if each["type"] == name), "")


def test_the_new_kinds_are_served_when_the_old_ones_let_go_of_the_short_names(server: Client) -> None:
    rows = [*OLD_KINDS.values()]
    for row in rows:  # as the operator had them
        assert not server.create(_definition(row.kind, row.replacement.short_names)).message
    until(lambda: all(_condition(server, _definition(row.kind), "Established") == "True" for row in rows))
    for row in rows:
        assert not server.create(_definition(row.replacement)).message
    until(lambda: all(_condition(server, _definition(row.replacement), "NamesAccepted") == "False" for row in rows))
    assert [_condition(server, _definition(row.replacement), "Established") for row in rows] == ["False"] * len(rows)
    for row in rows:
        answer = server.apply(_definition(row.kind), force=True)
        assert (answer.message, answer.warnings) == ("", ())
        current = server.get(_definition(row.kind)).body["spec"]["names"].get("shortNames", [])
        assert current == []
    until(lambda: all(_condition(server, _definition(row.replacement), "Established") == "True" for row in rows))


def test_what_was_written_is_stored_with_a_warning_and_what_becomes_of_it_without(server: Client) -> None:
    asked = set()
    for path in _INPUTS:
        for document in [each.data for each in load(path.read_bytes()) if each.data["kind"] in OLD_KINDS]:
            row = OLD_KINDS[document["kind"]]
            old = {**document, "metadata": {**document["metadata"], "namespace": "default"}}
            answer = server.request("POST", _place(row.kind), old)
            assert answer.message == ""
            assert row.kind.deprecation in answer.warnings
            answer = server.request("POST", _place(row.replacement), migrated(old, _PLATFORM).data)
            assert ("replicas: must be odd" in answer.message) is (path.parent.name == "refused-by-v1")
            assert answer.message == "" or "must be odd" in answer.message
            asked.add(row.kind.name)
    assert asked == {*OLD_KINDS}


def _place(kind: Kind) -> str:
    query = "fieldValidation=Ignore" if kind.deprecation else "fieldValidation=Strict"
    return f"/apis/{kind.api_version(_PLATFORM)}/namespaces/default/{kind.plural}?dryRun=All&{query}"
