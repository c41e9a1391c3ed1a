"""A real API server judges the prepared changes of definitions: what breaks, and what stored objects are spared."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.cluster.client import Answer, Client
from tests.cluster.server import ControlPlane, until
from tests.schema.compat_cases import CASES, Case, definition

pytestmark = [pytest.mark.slow, pytest.mark.cluster]

_NAME = "things.example.com"
_PLACE = "/apis/example.com/v1/namespaces/default/things"
_RATCHETS_SINCE = 33


@pytest.fixture(scope="module")
def client(control_plane: ControlPlane) -> Iterator[Client]:
    """A client of a server that has the old definition."""
    client = control_plane.client
    assert not client.create(definition()).message
    until(lambda: client.request("GET", _PLACE).status == 200)
    yield client
    client.request("DELETE", f"/apis/apiextensions.k8s.io/v1/customresourcedefinitions/{_NAME}")


@pytest.mark.parametrize("case", [case for case in CASES if case.shows], ids=lambda case: case.name)
def test_what_breaks(client: Client, control_plane: ControlPlane, case: Case) -> None:
    """The object that shows it is kept by the old definition; the new one refuses it, or keeps something else."""
    stored = _created(client, "stored", case.shows)
    assert not stored.message
    kept = stored.body["spec"]
    try:
        _define(client, case.new)
        again = _created(client, "new", case.shows, dry_run=True)
        assert again.message or again.body["spec"] != kept
        if case.ratchets and control_plane.minor >= _RATCHETS_SINCE:
            assert again.message
            assert not _touched(client, "stored").message
    finally:
        _define(client, None)
        client.request("DELETE", f"{_PLACE}/stored")


def _created(client: Client, name: str, spec: dict[str, Any], *, dry_run: bool = False) -> Answer:
    thing = {"apiVersion": "example.com/v1", "kind": "Thing", "metadata": {"name": name}, "spec": spec}
    return client.request("POST", f"{_PLACE}{'?dryRun=All' if dry_run else ''}", thing)


def _touched(client: Client, name: str) -> Answer:
    """Change nothing of the object but a label."""
    return client.request(
        "PATCH", f"{_PLACE}/{name}", {"metadata": {"labels": {"touched": "true"}}}, "application/merge-patch+json"
    )


def _define(client: Client, spec: dict[str, Any] | None) -> None:
    """Give the kind the schema of *spec*, and wait until the server goes by it."""
    place = f"/apis/apiextensions.k8s.io/v1/customresourcedefinitions/{_NAME}"
    current = client.request("GET", place).body
    changed = {**current, "spec": definition(spec)["spec"]}
    mark = f"{current['metadata']['resourceVersion']}"
    schema = changed["spec"]["versions"][0]["schema"]["openAPIV3Schema"]
    schema["properties"] = {**schema["properties"], "mark": {"type": "string", "enum": [mark]}}
    assert not client.request("PUT", place, changed).message

    def goes_by_it() -> bool:
        probe = {"apiVersion": "example.com/v1", "kind": "Thing", "metadata": {"name": "probe"}, "mark": "no"}
        message = client.request("POST", f"{_PLACE}?dryRun=All", probe).message
        return f'"{mark}"' in message

    until(goes_by_it)
