"""The client that the core gets: what is written goes to the API server, what is owned is known already."""

from __future__ import annotations

from collections.abc import Sequence

from ..kube.manifest import Manifest
from ..operator.client import Event, KubeClient, ObjectRef, Propagation
from ..operator.errors import NotFound
from .object_cache import ObjectCache

__all__ = ["CachedClient"]


class CachedClient:
    """A `KubeClient` whose `list_owned` answers from what watches have told."""

    def __init__(self, server: KubeClient, cache: ObjectCache) -> None:
        """Ask *server*; *cache* knows what is owned."""
        self._server, self._cache = server, cache

    def get(self, ref: ObjectRef) -> Manifest:
        """Return the object as it is stored."""
        try:
            found = self._server.get(ref)
        except NotFound:
            self._cache.absent(ref)
            raise
        self._cache.put(found, own=True)
        return found

    def list_owned(self, owner: ObjectRef, uid: str) -> Sequence[Manifest]:
        """Return what carries the owner label with *uid*."""
        del owner
        return self._cache.owned(uid)

    def apply(self, manifest: Manifest, *, manager: str, force: bool = False) -> Manifest:
        """Apply *manifest* server-side."""
        found = self._server.apply(manifest, manager=manager, force=force)
        self._cache.put(found, own=True)
        return found

    def patch(self, ref: ObjectRef, patch: Manifest, *, uid: str, manager: str) -> Manifest:
        """Lay *patch* over the object."""
        found = self._server.patch(ref, patch, uid=uid, manager=manager)
        self._cache.put(found, own=True)
        return found

    def delete(self, ref: ObjectRef, *, uid: str, propagation: Propagation = "Background") -> None:
        """Delete the object; that it is gone, the watch tells."""
        try:
            self._server.delete(ref, uid=uid, propagation=propagation)
        except NotFound:
            self._cache.absent(ref)
            raise

    def patch_status(self, ref: ObjectRef, status: Manifest, *, uid: str, manager: str) -> None:
        """Make *status* all that *manager* says in the status of the object."""
        self._server.patch_status(ref, status, uid=uid, manager=manager)

    def emit_event(self, event: Event) -> None:
        """Tell *event*."""
        self._server.emit_event(event)
