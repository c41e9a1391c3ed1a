"""Under which URLs an API server serves objects, as it says itself: the names of kinds are its own affair."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from threading import Lock
from typing import Any, NamedTuple
from urllib.parse import quote

from ..operator.client import ObjectRef
from ..operator.errors import NotFound

__all__ = ["ResourcePaths", "Served"]


class Served(NamedTuple):
    """How a kind is served."""

    plural: str
    is_namespaced: bool


class ResourcePaths:
    """The paths of objects, with what was once asked of the API server remembered."""

    def __init__(self, get: Callable[[str], Mapping[str, Any]]) -> None:
        """Ask with *get*, which returns what is at a path, and raises `NotFound`."""
        self._get = get
        self._known: dict[str, dict[str, Served]] = {}
        self._lock = Lock()

    def served(self, api_version: str, kind: str) -> Served:
        """Return how *kind* is served; raises `NotFound` where it is not, and asks again the next time."""
        found = self._known.get(api_version, {}).get(kind)
        if found is None:
            resources = self._get(_root(api_version)).get("resources", ())
            kinds = {
                each["kind"]: Served(each["name"], each["namespaced"]) for each in resources if "/" not in each["name"]
            }
            with self._lock:
                self._known[api_version] = kinds
            found = kinds.get(kind)
        if found is None:
            raise NotFound(f'the server has no kind "{kind}" in {api_version}')
        return found

    def forget(self, api_version: str) -> None:
        """Ask again for the kinds of *api_version* when the next of them is needed."""
        with self._lock:
            self._known.pop(api_version, None)

    def collection(self, api_version: str, kind: str, namespace: str = "") -> str:
        """Return the path of all objects of *kind*, of one *namespace* if it is given."""
        served = self.served(api_version, kind)
        scope = f"/namespaces/{quote(namespace, safe='')}" if namespace and served.is_namespaced else ""
        return f"{_root(api_version)}{scope}/{served.plural}"

    def object(self, ref: ObjectRef) -> str:
        """Return the path of the object *ref*."""
        return f"{self.collection(ref.api_version, ref.kind, ref.namespace)}/{quote(ref.name, safe='')}"


def _root(api_version: str) -> str:
    return f"/apis/{api_version}" if "/" in api_version else f"/api/{api_version}"
