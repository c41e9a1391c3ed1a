"""Requests to an API server: HTTP of the official client, which knows kubeconfig files, tokens and certificates."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from typing import Any
from urllib.parse import urlencode

import urllib3
from kubernetes.client import ApiClient, ApiException, Configuration
from kubernetes.config import ConfigException, load_incluster_config, load_kube_config

from ..kube.kinds import api_version
from ..kube.manifest import Manifest
from ..operator.client import Event, ObjectRef, Propagation
from ..operator.errors import ClusterError, NoCluster, NotFound, Unavailable, error_of
from ..operator.ownership import OWNER_LABEL
from ..operator.status import CATEGORIES
from .events import event_manifest
from .resource_paths import ResourcePaths

__all__ = ["ApiServer", "configuration"]

_JSON = "application/json"
_APPLY = "application/apply-patch+yaml"
"""JSON is YAML: what is applied is sent as JSON."""
_MERGE = "application/merge-patch+json"
_ANSWER = 30.0
"""Seconds within which the server answers everything but a watch."""
_QUIET = 330.0
"""Seconds after which a watch without a word is taken for dead; the server ends each before that."""


def configuration(context: str = "", *, connections: int = 10) -> Configuration:
    """Return how the API server is reached: from within a pod, and else by the kubeconfig with its *context*.

    Raises `NoCluster` where neither says so.
    """
    found = Configuration()
    try:
        if context:
            load_kube_config(context=context, client_configuration=found)  # type: ignore[no-untyped-call]
        else:
            try:
                load_incluster_config(client_configuration=found)  # type: ignore[no-untyped-call]
            except ConfigException:
                load_kube_config(client_configuration=found)  # type: ignore[no-untyped-call]
    except (ConfigException, OSError) as error:
        raise NoCluster(f"no cluster to connect to: {error}; set KUBECONFIG, or run it in a pod") from error
    found.connection_pool_maxsize = connections
    found.retries = False  # whoever asks knows what to do about a failure
    return found


class ApiServer:
    """An API server, for the operator's requests; safe to use from several threads."""

    def __init__(self, configuration: Configuration) -> None:
        """Connect as *configuration* says, when the first request is made."""
        self._api = ApiClient(configuration)
        self.paths = ResourcePaths(lambda path: self.request("GET", path))

    def get(self, ref: ObjectRef) -> Manifest:
        """Return the object."""
        return self.request("GET", self.paths.object(ref))

    def list_owned(self, owner: ObjectRef, uid: str) -> Sequence[Manifest]:
        """Return what carries the owner label with *uid*: one request for each kind, for who has no cache."""
        found: list[Manifest] = []
        for kind in CATEGORIES:
            version = api_version(kind)
            try:
                path = self.paths.collection(version, kind, owner.namespace)
                items = self.request("GET", path, {"labelSelector": f"{OWNER_LABEL}={uid}"}).get("items") or ()
            except NotFound:
                continue  # the cluster has no such kind
            found += ({"apiVersion": version, "kind": kind, **each} for each in items)
        return found

    def apply(self, manifest: Manifest, *, manager: str, force: bool = False) -> Manifest:
        """Apply *manifest* server-side, strictly."""
        metadata = manifest["metadata"]
        path = self.paths.object(
            ObjectRef(manifest["apiVersion"], manifest["kind"], metadata.get("namespace") or "", metadata["name"])
        )
        query = {"fieldManager": manager, "fieldValidation": "Strict", "force": "true" if force else "false"}
        return self.request("PATCH", path, query, manifest, _APPLY)

    def patch(self, ref: ObjectRef, patch: Manifest, *, uid: str, manager: str) -> Manifest:
        """Lay *patch* over the object."""
        checked = {**patch, "metadata": {**patch.get("metadata", {}), "uid": uid}}
        query = {"fieldManager": manager, "fieldValidation": "Strict"}
        return self.request("PATCH", self.paths.object(ref), query, checked, _MERGE)

    def delete(self, ref: ObjectRef, *, uid: str, propagation: Propagation = "Background") -> None:
        """Delete the object."""
        options = {"preconditions": {"uid": uid}, "propagationPolicy": propagation}
        self.request("DELETE", self.paths.object(ref), body=options)

    def patch_status(self, ref: ObjectRef, status: Manifest, *, uid: str, manager: str) -> None:
        """Make *status* all that *manager* says in the status of the object."""
        metadata = {"name": ref.name, "namespace": ref.namespace, "uid": uid}
        body = {"apiVersion": ref.api_version, "kind": ref.kind, "metadata": metadata, "status": status}
        query = {"fieldManager": manager, "force": "true"}
        self.request("PATCH", f"{self.paths.object(ref)}/status", query, body, _APPLY)

    def emit_event(self, event: Event) -> None:
        """Tell *event*."""
        namespace = event.about.namespace or "default"
        try:
            self.request("POST", f"/apis/events.k8s.io/v1/namespaces/{namespace}/events", body=event_manifest(event))
        except ClusterError:
            return  # an event is a courtesy

    def request(
        self, method: str, path: str, query: Mapping[str, str] = {}, body: Manifest | None = None, content: str = _JSON
    ) -> Manifest:
        """Return what the server answers; raises a `ClusterError` where that is no success."""
        with closing(self._sent(method, path, query, body, content, _ANSWER)) as response:
            try:
                text = response.read()
            except urllib3.exceptions.HTTPError as error:
                raise Unavailable(f"the answer of the API server broke off: {error}") from error
        if response.status >= 400:
            raise error_of(response.status, _status(text))
        found: Manifest = json.loads(text)
        return found

    def lines(self, path: str, query: Mapping[str, str]) -> Iterator[bytes]:
        """Yield the lines of an answer that goes on, as that of a watch."""
        with closing(self._sent("GET", path, query, None, _JSON, _QUIET)) as response:
            if response.status >= 400:
                raise error_of(response.status, _status(response.read()))
            rest = b""
            try:
                for chunk in response.response.stream(2**16, decode_content=True):
                    *whole, rest = (rest + chunk).split(b"\n")
                    yield from whole
            except urllib3.exceptions.HTTPError as error:
                raise Unavailable(f"the answer of the API server broke off: {error}") from error

    def _sent(
        self, method: str, path: str, query: Mapping[str, str], body: Manifest | None, content: str, seconds: float
    ) -> Any:
        headers = {"Accept": _JSON, "User-Agent": "hanzo-operator", "Content-Type": content}
        self._api.update_params_for_auth(headers, [], ["BearerToken"], path, method, body)
        url = f"{self._api.configuration.host}{path}" + (f"?{urlencode(query)}" if query else "")
        # to the client this is YAML, which it would write as JSON with surrogate escapes, and those are no YAML
        sent = json.dumps(body, ensure_ascii=False).encode() if content == _APPLY else body
        try:
            return self._api.call_api(method, url, headers, sent, _request_timeout=(_ANSWER, seconds))
        except ApiException as error:
            raise Unavailable(f"no answer of the API server: {error.reason}") from error
        except urllib3.exceptions.HTTPError as error:
            raise Unavailable(f"no answer of the API server: {error}") from error


def _status(text: bytes) -> Mapping[str, Any]:
    try:
        found = json.loads(text)
    except ValueError:
        return {"message": text.decode(errors="replace")[:200]}
    return found if isinstance(found, dict) else {}
