"""The resources of ours that there are in the cluster, and what is to be done about each."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterable, Iterator
from threading import Lock

from ..kube.manifest import Manifest
from ..operator.client import ObjectRef, ref_of

__all__ = ["ResourceStore"]


class ResourceStore:
    """Resources as they were last seen, as compressed JSON; safe to use from several threads."""

    def __init__(self, changed: Callable[[ObjectRef], None]) -> None:
        """Call *changed* with what is new, has changed, or is gone."""
        self._changed = changed
        self._lock = Lock()
        self._packed: dict[ObjectRef, bytes] = {}
        self._named: dict[tuple[str, str], dict[ObjectRef, None]] = {}
        self._gone: dict[ObjectRef, bytes] = {}
        """How they were in the end, until somebody asks."""

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._packed)

    def refs(self) -> list[ObjectRef]:
        """Return which there are."""
        with self._lock:
            return [*self._packed]

    def refs_named(self, namespace: str, name: str) -> list[ObjectRef]:
        """Return which there are of that name, of whatever kind."""
        with self._lock:
            return [*self._named.get((namespace, name), ())]

    def all(self) -> Iterator[Manifest]:
        """Yield every resource."""
        for ref in self.refs():
            if found := self.get(ref):
                yield found

    def get(self, ref: ObjectRef) -> Manifest | None:
        """Return the resource; None where there is none."""
        with self._lock:
            packed = self._packed.get(ref)
        return _unpacked(packed) if packed else None

    def take_gone(self, ref: ObjectRef) -> Manifest | None:
        """Return how the resource was before it went, once."""
        with self._lock:
            packed = self._gone.pop(ref, None)
        return _unpacked(packed) if packed else None

    def put(self, found: Manifest) -> None:
        """Note a resource that is new or has changed; another one of its name is gone then."""
        ref, packed = ref_of(found), zlib.compress(json.dumps(found).encode(), 1)
        with self._lock:
            before = self._packed.get(ref)
            if before is not None and before != packed and _uid(before) != found["metadata"]["uid"]:
                self._gone[ref] = before
            self._packed[ref] = packed
            self._named.setdefault((ref.namespace, ref.name), {})[ref] = None
        if before != packed:
            self._changed(ref)

    def remove(self, found: Manifest) -> None:
        """Note that a resource is gone."""
        self._remove(ref_of(found))

    def replace(self, group: str, kind: str, objects: Iterable[Manifest], namespace: str = "") -> None:
        """Note that *objects* are all that there are of *kind*, in *namespace* if it is given: others are gone."""
        seen = set()
        for each in objects:
            seen.add(ref_of(each))
            self.put(each)
        for ref in self.refs():
            is_meant = ref.identity[:2] == (group, kind) and namespace in {"", ref.namespace}
            if is_meant and ref not in seen:
                self._remove(ref)

    def _remove(self, ref: ObjectRef) -> None:
        with self._lock:
            packed = self._packed.pop(ref, None)
            if packed is None:
                return
            self._gone[ref] = packed
            named = self._named[ref.namespace, ref.name]
            del named[ref]
            if not named:
                del self._named[ref.namespace, ref.name]
        self._changed(ref)


def _unpacked(packed: bytes) -> Manifest:
    found: Manifest = json.loads(zlib.decompress(packed))
    return found


def _uid(packed: bytes) -> str:
    uid: str = _unpacked(packed)["metadata"]["uid"]
    return uid
