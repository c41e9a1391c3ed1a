"""Which of several operators works: the one with the highest priority among those that are alive, as kopf has it but for ties."""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from ..operator.client import ObjectRef
from ..operator.errors import ClusterError, NotFound
from ..operator.ownership import MANAGER
from .api_server import ApiServer

__all__ = ["PEERING", "Peers", "is_first", "random_priority"]

PEERING = "hanzo-operator"
"""Name of the ClusterKopfPeering, or the KopfPeering of a namespace, in which operators note that they are alive."""
_LOG = logging.getLogger(__name__)
_FRESH = 2.0
"""Seconds for which an answer counts."""
_LIFETIME = 60
"""Seconds for which an operator counts as alive that says nothing else of itself."""


def random_priority() -> int:
    """Return a priority, so that of the pods of one Deployment one works."""
    return random.randint(0, 32767)  # noqa: S311 - nobody gains anything by guessing it


def is_first(peers: Mapping[str, Mapping[str, Any]], identity: str, priority: int, now: datetime) -> bool:
    """Tell whether *identity* is the one that works among *peers*, the status of a peering.

    Of those with the same priority it is the one whose name comes last: kopf would have neither work.
    """
    for name, peer in peers.items():
        seen = datetime.fromisoformat(str(peer.get("lastseen", "1970-01-01T00:00:00+00:00")))
        seen = seen if seen.tzinfo else seen.replace(tzinfo=UTC)
        is_alive = seen + timedelta(seconds=int(peer.get("lifetime", _LIFETIME))) >= now
        if is_alive and (int(peer.get("priority", 0)), name) > (priority, identity):
            return False
    return True


class Peers:
    """The other operators, as the cluster knows them."""

    def __init__(
        self,
        server: ApiServer,
        identity: str,
        priority: int,
        namespace: str = "",
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Be *identity* among the operators of the cluster, or of *namespace*."""
        kind = "KopfPeering" if namespace else "ClusterKopfPeering"
        self._ref = ObjectRef("kopf.dev/v1", kind, namespace, PEERING)
        self._server, self._identity, self._priority, self._clock = server, identity, priority, clock
        self._until = 0.0
        self._first = False

    def join(self) -> None:
        """See that there is a peering to take part in."""
        metadata = {"name": PEERING, **({"namespace": self._ref.namespace} if self._ref.namespace else {})}
        manifest = {"apiVersion": self._ref.api_version, "kind": self._ref.kind, "metadata": metadata}
        self._server.apply(manifest, manager=MANAGER)

    def is_first(self) -> bool:
        """Tell whether this operator is the one that works; where the cluster does not answer, as before."""
        if self._clock() < self._until:
            return self._first
        try:
            status = self._server.get(self._ref).get("status") or {}
            self._first = is_first(status, self._identity, self._priority, datetime.now(UTC))
        except NotFound:
            self._first = True  # there is no peering to take part in
        except ClusterError as error:
            _LOG.warning("the peering cannot be read: %s", error)
        self._until = self._clock() + _FRESH
        return self._first
