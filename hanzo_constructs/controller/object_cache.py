"""The children that there are in the cluster, by the resource that they belong to, as small as they can be kept."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterable
from sys import intern
from threading import Lock

from ..kube.manifest import Manifest
from ..operator.client import ObjectRef, ref_of
from ..operator.ownership import OWNER_LABEL, RESOURCE_ANNOTATION

__all__ = ["ObjectCache"]

Key = tuple[str, str, str, str]

_TOMBSTONES = 10_000
_WINDOW = 2**15
"""Bytes that zlib looks back."""


class ObjectCache:
    """Children as they were last seen; safe to use from several threads.

    The objects of 4,000 resources are looked at once in a while, and there are six for each: they are kept as JSON, compressed
    by what they have in common with the first of their kind. Python's dicts would take a hundred times the room.
    """

    def __init__(self, changed: Callable[[str], None] = lambda _: None) -> None:
        """Call *changed* with the name of a resource when one of its children is another one than before."""
        self._changed = changed
        self._lock = Lock()
        self._packed: dict[Key, tuple[str, int, str, bytes]] = {}
        """Owner, resource version, name of the resource, and the object."""
        self._first: dict[tuple[str, str], bytes] = {}
        """The first object of each kind, as JSON."""
        self._of: dict[str, dict[Key, None]] = {}
        """By the uid of the owner."""
        self._gone: dict[Key, int] = {}
        """Versions in which objects went: an answer that was on its way then is no news."""

    def owned(self, uid: str) -> list[Manifest]:
        """Return the objects that carry the owner label with *uid*."""
        with self._lock:
            packed = [(key, self._packed[key][3]) for key in self._of.get(uid, ())]
        return [self._unpacked(key, each) for key, each in packed]

    def put(self, found: Manifest, *, own: bool = False) -> None:
        """Note *found*, unless something newer is known; nobody is told of what is the operator's *own* doing."""
        owner = (found["metadata"].get("labels") or {}).get(OWNER_LABEL, "")
        if not owner:
            self.remove(found)
            return
        group, kind, namespace, name = ref_of(found).identity
        key, version = (intern(group), intern(kind), intern(namespace), name), _version(found)
        resource = (found["metadata"].get("annotations") or {}).get(RESOURCE_ANNOTATION, "")
        with self._lock:
            known = self._packed.get(key)
            if version <= max(known[1] if known else -1, self._gone.get(key, -1)):
                return
            if known is not None:
                self._of[known[0]].pop(key, None)
            self._packed[key] = intern(owner), version, intern(resource), self._compressed(key, found)
            self._of.setdefault(owner, {})[key] = None
        if not own:
            self._changed(resource)

    def remove(self, found: Manifest) -> None:
        """Note that there is no such object any more; *found* is how it was in the end."""
        key, version = ref_of(found).identity, _version(found)
        with self._lock:
            known = self._packed.get(key)
            if known is not None and known[1] > version:
                return  # another of that name has been made since
            if len(self._gone) >= _TOMBSTONES:
                self._gone.clear()
            self._gone[key] = version
        self._remove(key)

    def absent(self, ref: ObjectRef) -> None:
        """Note that the server says that there is no such object."""
        self._remove(ref.identity)

    def replace(self, group: str, kind: str, objects: Iterable[Manifest], namespace: str = "") -> None:
        """Note that *objects* are all that there are of *kind*, in *namespace* if it is given: others are gone."""
        seen = set()
        for each in objects:
            seen.add(ref_of(each).identity)
            self.put(each)
        with self._lock:
            gone = [
                key
                for key in self._packed
                if key[:2] == (group, kind) and namespace in {"", key[2]} and key not in seen
            ]
        for key in gone:
            self._remove(key)

    def _compressed(self, key: Key, found: Manifest) -> bytes:
        text = json.dumps(found).encode()
        packer = zlib.compressobj(zdict=self._first.setdefault(key[:2], text)[-_WINDOW:])
        return packer.compress(text) + packer.flush()

    def _unpacked(self, key: Key, packed: bytes) -> Manifest:
        found: Manifest = json.loads(zlib.decompressobj(zdict=self._first[key[:2]][-_WINDOW:]).decompress(packed))
        return found

    def _remove(self, key: Key) -> None:
        with self._lock:
            known = self._packed.pop(key, None)
            if known is None:
                return
            owned = self._of[known[0]]
            owned.pop(key, None)
            if not owned:
                del self._of[known[0]]
        self._changed(known[2])


def _version(found: Manifest) -> int:
    """Return the version of an object in the cluster: a number that grows, by what Kubernetes promises since 1.35."""
    text = found["metadata"].get("resourceVersion", "")
    return int(text) if text.isdecimal() else 0
