"""An API server as the operator asks it, with a note of every request: verb, API group and resource, as roles name them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml
from kubernetes.client import Configuration

from hanzo_constructs.controller.api_server import ApiServer
from hanzo_constructs.operator import NotFound
from tests.cluster.client import Client

__all__ = ["RecordingServer", "configuration_of", "token_of"]

Request = tuple[str, str, str]


class RecordingServer(ApiServer):
    """An API server whose requests are noted."""

    def __init__(self, configuration: Configuration) -> None:
        super().__init__(configuration)
        self.used: set[Request] = set()
        """API group, resource and verb of each request that was granted."""
        self.writes: list[str] = []
        """Method and path of each request that changes something, but for events."""

    def request(self, method: str, path: str, query: Mapping[str, str] = {}, body: Any = None, content: str = "application/json") -> Any:  # fmt: skip
        """Note the request and send it."""
        is_there = True
        if method == "PATCH" and content.startswith("application/apply") and not path.endswith("/status"):
            try:
                super().request("GET", path)
            except NotFound:
                is_there = False
        try:
            answer = super().request(method, path, query, body, content)
        except NotFound:
            if method == "GET" and (place := _place(path)) is not None:
                self.used.add((*place, _read(path)))
            raise
        if (place := _place(path)) is not None:
            self.used.add((*place, {"PATCH": "patch", "POST": "create", "DELETE": "delete"}.get(method, _read(path))))
            if not is_there:
                self.used.add((*place, "create"))
            if method != "GET" and place[1] != "events":
                self.writes.append(f"{method} {path}")
        return answer

    def lines(self, path: str, query: Mapping[str, str]) -> Iterator[bytes]:
        """Note the watch and begin it."""
        for line in super().lines(path, query):
            if (place := _place(path)) is not None:
                self.used.add((*place, "watch"))
            yield line


def _parts(path: str) -> list[str]:
    """Return what stands in *path* behind the API group and version: resource, name, subresource."""
    parts = urlsplit(path).path.strip("/").split("/")
    rest = parts[2:] if parts[0] == "api" else parts[3:]
    return rest[2:] if rest[:1] == ["namespaces"] and len(rest) > 2 else rest


def _place(path: str) -> tuple[str, str] | None:
    """Return API group and resource that *path* is about; None for what is no object."""
    parts = _parts(path)
    if not parts:
        return None
    group = "" if path.startswith("/api/") else path.split("/")[2]
    return group, "/".join([parts[0], *parts[2:3]])


def _read(path: str) -> str:
    return "get" if len(_parts(path)) > 1 else "list"


def configuration_of(kubeconfig: Path, token: str = "") -> Configuration:
    """Return how the server of *kubeconfig* is reached, with the *token* of somebody else if it is given."""
    read = yaml.safe_load(kubeconfig.read_text())
    cluster = read["clusters"][0]["cluster"]
    found = Configuration(host=cluster["server"])
    found.ssl_ca_cert = cluster["certificate-authority"]
    found.api_key = {"BearerToken": f"Bearer {token or read['users'][0]['user']['token']}"}
    found.connection_pool_maxsize = 100
    found.retries = False
    return found


def token_of(client: Client, namespace: str, account: str) -> str:
    """Return a token of a service account, which is made if it is not there."""
    place = f"/api/v1/namespaces/{namespace}/serviceaccounts"
    client.request("POST", place, {"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": account}})
    body = {"apiVersion": "authentication.k8s.io/v1", "kind": "TokenRequest", "spec": {"expirationSeconds": 3600}}
    answer = client.request("POST", f"{place}/{account}/token", body)
    assert not answer.message
    token: str = answer.body["status"]["token"]
    return token
