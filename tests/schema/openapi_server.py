"""A server of what `kubectl explain` asks for: discovery, and the kinds in OpenAPI v3 as an API server publishes them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from hanzo_constructs.platform import Platform
from hanzo_constructs.schema.field_texts import described_schema
from hanzo_constructs.schema.parts import everywhere
from hanzo_constructs.spec.kind import Kind

__all__ = ["serving"]

_GROUP, _VERSION = "hanzo.ai", "v1"
_REFERENCE = "#/components/schemas/"


@contextmanager
def serving(kinds: Sequence[Kind]) -> Iterator[str]:
    """Serve *kinds*, and yield the address."""
    answers = _answers(kinds)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answer = answers.get(self.path.partition("?")[0])
            self.send_response(404 if answer is None else 200)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(answer or {}).encode())

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - as the base calls it
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


def _answers(kinds: Sequence[Kind]) -> dict[str, Any]:
    version = {"groupVersion": f"{_GROUP}/{_VERSION}", "version": _VERSION}
    place = f"/openapi/v3/apis/{_GROUP}/{_VERSION}"
    return {
        "/api": {"kind": "APIVersions", "versions": ["v1"]},
        "/api/v1": {"kind": "APIResourceList", "groupVersion": "v1", "resources": []},
        "/apis": {
            "kind": "APIGroupList",
            "apiVersion": "v1",
            "groups": [{"name": _GROUP, "versions": [version], "preferredVersion": version}],
        },
        f"/apis/{_GROUP}/{_VERSION}": {
            "kind": "APIResourceList",
            "apiVersion": "v1",
            "groupVersion": version["groupVersion"],
            "resources": [*map(_resource, kinds)],
        },
        "/openapi/v3": {"paths": {f"apis/{_GROUP}/{_VERSION}": {"serverRelativeURL": f"{place}?hash=1"}}},
        place: {
            "openapi": "3.0.0",
            "info": {"title": "kinds", "version": _VERSION},
            "paths": dict(map(_path, kinds)),
            "components": {"schemas": {**dict(map(_component, kinds)), "IntOrString": {}, "Quantity": {}}},
        },
    }


def _resource(kind: Kind) -> dict[str, Any]:
    return {
        "name": kind.plural,
        "singularName": kind.name.lower(),
        "namespaced": True,
        "kind": kind.name,
        "verbs": ["get", "list"],
        "shortNames": [*kind.short_names],
    }


def _path(kind: Kind) -> tuple[str, dict[str, Any]]:
    read = {"x-kubernetes-action": "list", "x-kubernetes-group-version-kind": _kind(kind), "responses": {}}
    return f"/apis/{_GROUP}/{_VERSION}/namespaces/{{namespace}}/{kind.plural}", {"get": read}


def _component(kind: Kind) -> tuple[str, dict[str, Any]]:
    assert kind.api_version(Platform()) == f"{_GROUP}/{_VERSION}"
    schema = everywhere(described_schema(kind), _with_references)
    return f"ai.hanzo.{_VERSION}.{kind.name}", {**schema, "x-kubernetes-group-version-kind": [_kind(kind)]}


def _kind(kind: Kind) -> dict[str, str]:
    return {"group": _GROUP, "version": _VERSION, "kind": kind.name}


def _with_references(part: dict[str, Any]) -> dict[str, Any]:
    """Return *part* with a reference in place of an integer or a string, as Kubernetes publishes its own types."""
    if "x-kubernetes-int-or-string" not in part:
        return part
    name = "Quantity" if "pattern" in part else "IntOrString"
    described = {"description": part["description"]} if "description" in part else {}
    return {**described, "allOf": [{"$ref": f"{_REFERENCE}{name}"}]}
