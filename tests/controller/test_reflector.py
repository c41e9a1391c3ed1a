"""Lists and watches against a server that says what the test tells it to."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from hanzo_constructs.controller import reflector
from hanzo_constructs.controller.reflector import Reflector, Watched
from hanzo_constructs.controller.resource_paths import ResourcePaths
from hanzo_constructs.operator import ClusterError, NotFound, Unavailable
from tests.controller.objects import child

Said = dict[str, Any]
_KINDS = {"resources": [{"name": "configmaps", "kind": "ConfigMap", "namespaced": True}]}


class Server:
    """Says one thing after the other, and then stops the reflector."""

    def __init__(self, *said: Said | ClusterError | list[Said]) -> None:
        self.said = [*said]
        self.asked: list[dict[str, str]] = []
        self.paths = ResourcePaths(lambda _: _KINDS)
        self.reflector: Reflector | None = None

    def request(self, method: str, path: str, query: Mapping[str, str]) -> Any:
        assert (method, path) == ("GET", "/api/v1/configmaps")
        return self._next(query)

    def lines(self, path: str, query: Mapping[str, str]) -> Iterator[bytes]:
        assert path == "/api/v1/configmaps"
        for event in self._next(query):
            yield json.dumps(event).encode()

    def _next(self, query: Mapping[str, str]) -> Any:
        if not self.said:
            assert self.reflector
            self.reflector.stop()
            raise Unavailable("that is all")
        self.asked.append(dict(query))
        said = self.said.pop(0)
        if isinstance(said, ClusterError):
            raise said
        return said


class Told:
    """Notes what the store is told."""

    def __init__(self) -> None:
        self.all: list[tuple[str, list[str]]] = []

    def replace(self, group: str, kind: str, objects: list[Any], namespace: str = "") -> None:
        assert (group, kind, namespace) == ("", "ConfigMap", "")
        self.all.append(("replace", [each["metadata"]["name"] for each in objects]))

    def put(self, found: Any) -> None:
        self.all.append(("put", [found["metadata"]["name"]]))

    def remove(self, found: Any) -> None:
        self.all.append(("remove", [found["metadata"]["name"]]))


def told(server: Server, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, list[str]]]:
    monkeypatch.setattr(reflector, "_PAUSES", (0.0,))
    monkeypatch.setattr(reflector, "_ABSENT", 0.0)
    store = Told()
    server.reflector = Reflector(server, Watched("v1", "ConfigMap", "a=b"), store)  # type: ignore[arg-type]
    server.reflector.start()
    server.reflector._thread.join(10)
    assert server.reflector.is_ready.is_set()
    return store.all


def listed(version: int, *objects: Any, more: str = "") -> Said:
    bare = [{key: value for key, value in each.items() if key not in {"apiVersion", "kind"}} for each in objects]
    return {"metadata": {"resourceVersion": str(version), "continue": more}, "items": bare}


def event(kind: str, found: Any) -> Said:
    return {"type": kind, "object": found}


def test_a_list_and_what_follows_it(monkeypatch: pytest.MonkeyPatch) -> None:
    events = [
        event("ADDED", child("b", 8)),
        event("MODIFIED", child("a", 9)),
        event("DELETED", child("b", 10)),
        event("BOOKMARK", {"metadata": {"resourceVersion": "12"}}),
    ]
    server = Server(listed(7, child("a", 3), more="x"), listed(7, child("c", 4)), events, [])
    assert told(server, monkeypatch) == [
        ("replace", ["a", "c"]),
        ("put", ["b"]),
        ("put", ["a"]),
        ("remove", ["b"]),
    ]
    assert [each.get("continue") for each in server.asked[:2]] == [None, "x"]
    assert [each.get("resourceVersion") for each in server.asked[2:]] == ["7", "12"]
    assert all(each["labelSelector"] == "a=b" for each in server.asked)


def test_a_watch_that_the_server_has_forgotten_begins_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    gone = event("ERROR", {"code": 410, "message": "too old resource version"})
    server = Server(listed(7, child("a", 3)), [gone], listed(9), [])
    assert told(server, monkeypatch) == [("replace", ["a"]), ("replace", [])]


@pytest.mark.parametrize(
    "failure", [Unavailable("no answer"), [{"type": "ERROR", "object": {"code": 500, "message": "oh"}}]], ids=str
)
def test_after_a_failure_everything_is_listed_again(failure: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    server = Server(listed(7, child("a", 3)), failure, listed(9, child("b", 8)), [])
    assert told(server, monkeypatch) == [("replace", ["a"]), ("replace", ["b"])]


def test_a_kind_that_the_cluster_does_not_have_may_come(monkeypatch: pytest.MonkeyPatch) -> None:
    server = Server(NotFound("no such kind"), listed(9, child("b", 8)), [])
    assert told(server, monkeypatch) == [("replace", []), ("replace", ["b"])]
