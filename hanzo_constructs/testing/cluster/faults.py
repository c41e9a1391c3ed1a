"""A client whose requests fail, so that a test sees what becomes of work that was half done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Literal

from ...kube.manifest import Manifest
from ...operator.client import Event, KubeClient, ObjectRef, Propagation
from ...operator.errors import Unavailable

__all__ = ["Died", "Fault", "FaultyClient"]

Fault = Literal["", "before", "after", "dies before", "dies after"]
"""What happens to a request: nothing; no answer, before or after it took effect; or the program that asks dies then."""


class Died(BaseException):
    """The program that asked is dead: nothing that it would have done next happens."""


class FaultyClient:
    """A `KubeClient` that passes on what it is asked, as far as the faults allow."""

    def __init__(self, client: KubeClient, fault: Callable[[], Fault]) -> None:
        """Ask *client*; *fault* says for each request what happens to it."""
        self._client = client
        self._fault = fault

    def get(self, ref: ObjectRef) -> Manifest:
        """See `KubeClient`."""
        return self._asked(self._client.get, ref)  # type: ignore[no-any-return]

    def list_owned(self, owner: ObjectRef, uid: str) -> Sequence[Manifest]:
        """See `KubeClient`."""
        return self._asked(self._client.list_owned, owner, uid)  # type: ignore[no-any-return]

    def apply(self, manifest: Manifest, *, manager: str, force: bool = False) -> Manifest:
        """See `KubeClient`."""
        return self._asked(self._client.apply, manifest, manager=manager, force=force)  # type: ignore[no-any-return]

    def patch(self, ref: ObjectRef, patch: Manifest, *, uid: str, manager: str) -> Manifest:
        """See `KubeClient`."""
        return self._asked(self._client.patch, ref, patch, uid=uid, manager=manager)  # type: ignore[no-any-return]

    def delete(self, ref: ObjectRef, *, uid: str, propagation: Propagation = "Background") -> None:
        """See `KubeClient`."""
        self._asked(self._client.delete, ref, uid=uid, propagation=propagation)

    def patch_status(self, ref: ObjectRef, status: Manifest, *, uid: str, manager: str) -> None:
        """See `KubeClient`."""
        self._asked(self._client.patch_status, ref, status, uid=uid, manager=manager)

    def emit_event(self, event: Event) -> None:
        """See `KubeClient`: an event that is lost is no error."""
        self._client.emit_event(event)

    def _asked(self, request: Callable[..., Any], *arguments: Any, **options: Any) -> Any:
        fault = self._fault()
        _fail(fault, "before")
        answer = request(*arguments, **options)
        _fail(fault, "after")
        return answer


def _fail(fault: Fault, when: str) -> None:
    if fault == when:
        raise Unavailable("the API server does not answer")
    if fault == f"dies {when}":
        raise Died
