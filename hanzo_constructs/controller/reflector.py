"""Keeping in step with all objects of a kind: a list, and what changes from there on.

The client's own informer keeps each object as Python's dicts, of which 4,000 resources would fill a gigabyte.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Iterator, Mapping
from threading import Event, Thread
from typing import NamedTuple, Protocol

from ..kube.manifest import Manifest
from ..operator.errors import ClusterError, NotFound, Unavailable
from .api_server import ApiServer
from .bug_reports import raised

__all__ = ["Reflector", "Store", "Watched"]

_LOG = logging.getLogger(__name__)
_PAGE = 100
_GONE = 410
_LASTS = 300
"""Seconds after which the server ends a watch, and another one goes on from there."""
_PAUSES = (1.0, 2.0, 5.0, 15.0, 30.0)
"""Seconds to wait after a failure, the first, the second, and so on."""
_ABSENT = 30.0
"""Seconds to wait for a kind that the cluster does not have: it may come."""


class Watched(NamedTuple):
    """What is watched."""

    api_version: str
    kind: str
    selector: str = ""
    """Of labels."""
    namespace: str = ""
    """Empty: all."""

    @property
    def group(self) -> str:
        """The API group."""
        return self.api_version.rpartition("/")[0]


class Store(Protocol):
    """What is told."""

    def replace(self, group: str, kind: str, objects: Iterable[Manifest], namespace: str = "") -> None:
        """Note that *objects* are all that there are of *kind*, in *namespace* if it is given.

        Where they break off with an error, nothing is taken for gone.
        """
        ...

    def put(self, found: Manifest) -> None:
        """Note an object that is new or has changed."""
        ...

    def remove(self, found: Manifest) -> None:
        """Note that an object is gone."""
        ...


class Reflector:
    """A thread that tells a store of all objects of one kind, and of what changes in them."""

    def __init__(self, server: ApiServer, watched: Watched, store: Store) -> None:
        """Begin with `start`."""
        self._server, self._watched, self._store = server, watched, store
        self._stop = Event()
        self.is_ready = Event()
        """Set once the store knows all objects, or that the cluster does not have the kind."""
        self._thread = Thread(target=self._run, name=f"watch {watched.kind}", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End, at the latest when the server says something."""
        self._stop.set()

    def _run(self) -> None:
        failures = 0
        version = ""
        while not self._stop.is_set():
            try:
                version = version or self._listed()
                self.is_ready.set()
                version = self._followed(version)
                failures = 0
            except NotFound:
                self._server.paths.forget(self._watched.api_version)
                version = ""
                self._tell_all([])
                self.is_ready.set()
                self._stop.wait(_ABSENT)
            except ClusterError as error:
                version = ""
                _LOG.warning("watching %s failed: %s", self._watched.kind, error)
                self._stop.wait(_PAUSES[min(failures, len(_PAUSES) - 1)])
                failures += 1
            except Exception as error:  # noqa: BLE001 - a watch that has ended would go unnoticed
                version = ""
                _LOG.error("watching %s failed: %s", self._watched.kind, raised(error))
                self._stop.wait(_PAUSES[-1])

    @property
    def _path(self) -> str:
        return self._server.paths.collection(self._watched.api_version, self._watched.kind, self._watched.namespace)

    @property
    def _query(self) -> Mapping[str, str]:
        return {"labelSelector": self._watched.selector} if self._watched.selector else {}

    def _listed(self) -> str:
        """Tell of all objects, and return the version of the list."""
        versions: list[str] = []
        self._tell_all(self._all(versions))
        return versions[0]

    def _all(self, versions: list[str]) -> Iterator[Manifest]:
        """Yield all objects, a page at a time so that few are in memory at once; note the version of the list."""
        query = {**self._query, "limit": str(_PAGE)}
        while True:
            page = self._server.request("GET", self._path, query)
            versions.append(page["metadata"]["resourceVersion"])
            yield from map(self._whole, page.get("items") or ())
            more = page["metadata"].get("continue")
            if not more:
                return
            query["continue"] = more

    def _tell_all(self, objects: Iterable[Manifest]) -> None:
        self._store.replace(self._watched.group, self._watched.kind, objects, self._watched.namespace)

    def _whole(self, item: Manifest) -> Manifest:
        """Return *item* of a list with what only the list says of it."""
        return {"apiVersion": self._watched.api_version, "kind": self._watched.kind, **item}

    def _followed(self, version: str) -> str:
        """Tell of what changes from *version* on, until the watch ends; return where to go on, or nothing."""
        query = {
            **self._query,
            "watch": "true",
            "allowWatchBookmarks": "true",
            "resourceVersion": version,
            "timeoutSeconds": str(_LASTS),
        }
        for kind, found in self._events(query):
            if self._stop.is_set():
                break
            if kind == "ERROR":
                if found.get("code") == _GONE:
                    return ""
                raise Unavailable(str(found.get("message", "the watch failed")))
            version = found["metadata"]["resourceVersion"]
            if kind == "DELETED":
                self._store.remove(found)
            elif kind != "BOOKMARK":
                self._store.put(found)
        return version

    def _events(self, query: Mapping[str, str]) -> Iterator[tuple[str, Manifest]]:
        for line in self._server.lines(self._path, query):
            if line:
                event = json.loads(line)
                yield event["type"], event["object"]
