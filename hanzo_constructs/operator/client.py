"""What the operator asks of a cluster: a protocol that a client of an API server or a cluster in memory fulfils.

Every method raises a `ClusterError` where the request fails; `Unavailable` means that nobody knows whether it took effect.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple, Protocol

from ..kube.manifest import Manifest

__all__ = ["Event", "KubeClient", "ObjectRef", "Propagation", "ref_of"]

Propagation = Literal["Background", "Foreground", "Orphan"]


class ObjectRef(NamedTuple):
    """By what an object is known in a cluster."""

    api_version: str
    """Group and version: `apps/v1`."""
    kind: str
    namespace: str
    """Empty for objects of the whole cluster."""
    name: str

    @property
    def group(self) -> str:
        """The API group; empty for the core."""
        return self.api_version.rpartition("/")[0]

    @property
    def identity(self) -> tuple[str, str, str, str]:
        """What tells it apart whatever the version: group, kind, namespace and name."""
        return self.group, self.kind, self.namespace, self.name

    def __str__(self) -> str:
        """Name the object as messages do: `Deployment shop/api`."""
        return f"{self.kind} {self.namespace}/{self.name}" if self.namespace else f"{self.kind} {self.name}"


class Event(NamedTuple):
    """Something to be told in an Event of Kubernetes, which `kubectl describe` shows with the resource."""

    about: ObjectRef
    """The resource."""
    uid: str
    """The uid of the resource."""
    reason: str
    """One word in CamelCase: `DriftReverted`."""
    message: str
    type: Literal["Normal", "Warning"] = "Normal"


class KubeClient(Protocol):
    """What is asked of a cluster. Objects are given and returned as plain data; neither side keeps what it was given."""

    def get(self, ref: ObjectRef) -> Manifest:
        """Return the object as it is stored, and not as a cache may have it; raises `NotFound`."""
        ...

    def list_owned(self, owner: ObjectRef, uid: str) -> Sequence[Manifest]:
        """Return what carries the label `OWNER_LABEL` with *uid*, of every kind that resources compile to.

        *owner* is the resource. A cache that watches may answer, as long as it gets every change in the end.
        """
        ...

    def apply(self, manifest: Manifest, *, manager: str, force: bool = False) -> Manifest:
        """Apply *manifest* server-side with strict validation of fields, and return what is stored then.

        A `metadata.uid` in it is a precondition: `Conflict` where the object is another one or none. Raises `Conflict`
        with fields where others own some with other values, unless *force* takes these over; `NotFound` where there is
        no such kind or namespace.
        """
        ...

    def patch(self, ref: ObjectRef, patch: Manifest, *, uid: str, manager: str) -> Manifest:
        """Lay *patch* over the object as a JSON merge patch, if it has that *uid*, and return what is stored then."""
        ...

    def delete(self, ref: ObjectRef, *, uid: str, propagation: Propagation = "Background") -> None:
        """Delete the object if it has that *uid*; raises `NotFound` where there is none, `Conflict` for another one."""
        ...

    def patch_status(self, ref: ObjectRef, status: Manifest, *, uid: str, manager: str) -> None:
        """Make *status* all that *manager* says in the status of the object, by server-side apply with force.

        What others wrote there, such as conditions of other types, stays. A server does not check the *uid* here; a status
        of an object that is gone is corrected when the one of its name is reconciled.
        """
        ...

    def emit_event(self, event: Event) -> None:
        """Tell *event*; a failure is nothing to stop for, so that none is raised."""
        ...


def ref_of(manifest: Manifest) -> ObjectRef:
    """Return by what *manifest* is known."""
    metadata = manifest["metadata"]
    return ObjectRef(manifest["apiVersion"], manifest["kind"], metadata.get("namespace") or "", metadata["name"])
