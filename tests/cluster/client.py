"""A client of the Kubernetes API: server-side apply, create, read, change and delete, and the warnings of each answer."""

from __future__ import annotations

import json
import ssl
from http.client import HTTPResponse, HTTPSConnection
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlencode

from hanzo_constructs.spec.kinds import KINDS

__all__ = ["Answer", "Client", "path_of", "plural_of"]

Manifest = dict[str, Any]

_PLURALS = {kind.name.lower(): kind.plural for kind in KINDS.values()}
_PATCHES = {"merge": "application/merge-patch+json", "json": "application/json-patch+json"}


class Answer(NamedTuple):
    """What the server says: a status, an object (or why there is none), and warnings."""

    status: int
    body: Any
    warnings: tuple[str, ...]

    @property
    def message(self) -> str:
        """Why it was refused; empty if it was not."""
        return "" if self.status < 400 else f"{self.status} {self.body.get('message', self.body)}"


def path_of(manifest: Manifest) -> str:
    """Return the path of *manifest* in the API. Objects without a namespace are those of the whole cluster."""
    version, metadata = manifest["apiVersion"], manifest["metadata"]
    root = f"/apis/{version}" if "/" in version else f"/api/{version}"
    place = f"/namespaces/{metadata['namespace']}" if "namespace" in metadata else ""
    return f"{root}{place}/{plural_of(manifest['kind'])}/{metadata['name']}"


def plural_of(kind: str) -> str:
    """Return by what objects of *kind* stand in a path."""
    name = kind.lower()
    if name in _PLURALS:
        return _PLURALS[name]
    return f"{name[:-1]}ies" if name.endswith("y") else f"{name}es" if name.endswith("s") else f"{name}s"


class Client:
    """A connection to one server, as its administrator."""

    def __init__(self, port: int, token: str, certificate: Path) -> None:
        context = ssl.create_default_context(cafile=str(certificate))
        self._connection = HTTPSConnection("127.0.0.1", port, context=context, timeout=60)
        self._authorization = f"Bearer {token}"

    def apply(self, manifest: Manifest, *, manager: str = "hzc", force: bool = False, dry_run: bool = False) -> Answer:
        """Apply *manifest* as `kubectl apply --server-side` does."""
        query = {"fieldManager": manager, "force": json.dumps(force), **({"dryRun": "All"} if dry_run else {})}
        return self.request(
            "PATCH", f"{path_of(manifest)}?{urlencode(query)}", manifest, "application/apply-patch+yaml"
        )

    def create(self, manifest: Manifest, *, manager: str = "hzc", dry_run: bool = False) -> Answer:
        """Create *manifest*, as controllers do."""
        query = {"fieldManager": manager, **({"dryRun": "All"} if dry_run else {})}
        return self.request("POST", f"{path_of(manifest).rpartition('/')[0]}?{urlencode(query)}", manifest)

    def get(self, manifest: Manifest) -> Answer:
        """Read what is stored under the name of *manifest*."""
        return self.request("GET", path_of(manifest))

    def patch(
        self, manifest: Manifest, patch: Any, *, form: str = "merge", manager: str = "hzc", part: str = ""
    ) -> Answer:
        """Change what is stored under the name of *manifest*, or its subresource *part*."""
        query = urlencode({"fieldManager": manager})
        return self.request("PATCH", f"{path_of(manifest)}{part}?{query}", patch, _PATCHES[form])

    def delete(self, manifest: Manifest, *, propagation: str = "Background") -> Answer:
        """Delete what is stored under the name of *manifest*."""
        return self.request("DELETE", f"{path_of(manifest)}?{urlencode({'propagationPolicy': propagation})}")

    def request(self, method: str, path: str, body: Any = None, content: str = "application/json") -> Answer:
        """Send one request, on the connection that is open or a new one."""
        headers = {"Authorization": self._authorization, "Content-Type": content}
        # as the characters themselves: apply takes no surrogate escapes
        data = None if body is None else json.dumps(body, ensure_ascii=False).encode()
        try:
            response, text = self._sent(method, path, data, headers)
        except (ConnectionError, ssl.SSLEOFError):  # the server has closed it: nothing was asked for a while
            response, text = self._sent(method, path, data, headers)
        warnings = response.headers.get_all("Warning") or []
        return Answer(
            response.status,
            json.loads(text) if text[:1] == b"{" else {"message": text.decode()},
            tuple(json.loads(warning.split(" ", 2)[2]) for warning in warnings),
        )

    def _sent(self, method: str, path: str, data: bytes | None, headers: dict[str, str]) -> tuple[HTTPResponse, bytes]:
        try:
            self._connection.request(method, path, data, headers)
            response = self._connection.getresponse()
            return response, response.read()
        except BaseException:
            self._connection.close()
            raise

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()
