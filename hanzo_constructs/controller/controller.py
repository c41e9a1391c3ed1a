"""From what watches tell to reconciles, one at a time."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Collection, Iterator
from datetime import UTC, datetime
from itertools import product
from threading import Event, Thread

from ..kube.kinds import api_version
from ..operator.client import ObjectRef
from ..operator.ownership import OWNER_LABEL
from ..operator.reconciler import Outcome, Reconciler
from ..operator.status import CATEGORIES
from ..platform import Platform
from ..spec.kinds import KINDS
from .api_server import ApiServer
from .bug_reports import raised
from .cached_client import CachedClient
from .metrics import Metrics
from .object_cache import ObjectCache
from .reflector import Reflector, Watched
from .resource_store import ResourceStore
from .work_queue import WorkQueue

__all__ = ["Controller"]

_LOG = logging.getLogger(__name__)
_PATIENCE = 1.0
"""Seconds after which who stands by looks whether it is its turn."""


class Controller:
    """The operator of one platform, for a whole cluster or for some *namespaces*."""

    def __init__(
        self,
        server: ApiServer,
        platform: Platform,
        namespaces: Collection[str] = (),
        *,
        is_active: Callable[[], bool] = lambda: True,
    ) -> None:
        """Begin with `start`; nothing is written while *is_active* says no, and all is looked at when it says yes."""
        self.metrics = Metrics()
        self._is_active = is_active
        self._queue: WorkQueue[ObjectRef] = WorkQueue()
        self._resources = ResourceStore(self._queue.add)
        self._cache = ObjectCache(self._child_changed)
        self._reconciler = Reconciler(CachedClient(server, self._cache), platform)
        self._reflectors = [*self._watches(server, platform, namespaces or ("",))]
        self._stop = Event()
        self._thread = Thread(target=self._run, name="reconcile", daemon=True)
        self.metrics.ask(lambda: len(self._queue), lambda: len(self._resources), is_active)

    def start(self) -> None:
        """Begin to watch, and to reconcile once everything is known."""
        for each in self._reflectors:
            each.start()
        self._thread.start()

    def stop(self, seconds: float = 20.0) -> None:
        """End what is under way, and wait for it."""
        self._stop.set()
        self._queue.close()
        for each in self._reflectors:
            each.stop()
        if self._thread.is_alive():
            self._thread.join(seconds)

    @property
    def is_alive(self) -> bool:
        """Whether it goes on."""
        return self._thread.is_alive()

    @property
    def is_ready(self) -> bool:
        """Whether it knows everything that it watches."""
        return all(each.is_ready.is_set() for each in self._reflectors)

    def _watches(self, server: ApiServer, platform: Platform, namespaces: Collection[str]) -> Iterator[Reflector]:
        for namespace, kind in product(namespaces, KINDS.values()):
            yield Reflector(
                server, Watched(kind.api_version(platform), kind.name, namespace=namespace), self._resources
            )
        for namespace, name in product(namespaces, CATEGORIES):
            yield Reflector(server, Watched(api_version(name), name, OWNER_LABEL, namespace), self._cache)

    def _child_changed(self, resource: str) -> None:
        """Have the resource reconciled that a child names so: `Service.hanzo.ai shop/api`."""
        kind, _, name = resource.partition(" ")
        namespace, _, name = name.partition("/")
        short, _, group = kind.partition(".")
        for ref in self._resources.refs_named(namespace, name):
            if (ref.kind, ref.group) == (short, group):
                self._queue.add(ref)

    def _run(self) -> None:
        while not (self.is_ready or self._stop.is_set()):
            self._stop.wait(0.05)
        works: bool | None = None
        while not self._stop.is_set():
            if works != (works := self._is_active()):
                _LOG.info("this operator works" if works else "another operator works; this one stands by")
                if works:
                    self._take_over()
            if not works:
                self._stop.wait(_PATIENCE)
            elif (ref := self._queue.take(_PATIENCE)) is not None:
                self._work(ref)

    def _take_over(self) -> None:
        """Learn what there is by now, and look at all of it."""
        self._reconciler.learn(self._resources.all())
        for ref in self._resources.refs():
            self._queue.add(ref)

    def _work(self, ref: ObjectRef) -> None:
        started = time.perf_counter()
        try:
            outcomes = [*self._reconciled(ref)]
        except Exception as error:  # noqa: BLE001 - a bug must not stop what else there is to do
            seconds = self._queue.failed(ref, time.perf_counter() - started)
            _LOG.error("reconciling %s failed: %s; again in %.0f s", ref, raised(error), seconds)
            self.metrics.reconciles.labels(ref.kind, "error").inc()
            return
        finally:
            self._queue.done(ref)
            self.metrics.seconds.labels(ref.kind).observe(time.perf_counter() - started)
        for outcome in outcomes:
            self._note(ref, outcome, time.perf_counter() - started)

    def _reconciled(self, ref: ObjectRef) -> Iterator[Outcome]:
        if gone := self._resources.take_gone(ref):
            yield self._reconciler.delete(gone)
        if resource := self._resources.get(ref):
            yield self._reconciler.reconcile(resource, datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))

    def _note(self, ref: ObjectRef, outcome: Outcome, took: float) -> None:
        for other in outcome.affected:
            self._queue.add(other)
        self.metrics.writes.labels("apply").inc(len(outcome.applied))
        self.metrics.writes.labels("delete").inc(len(outcome.deleted))
        if outcome.retry:
            seconds = self._queue.failed(ref, took)
            _LOG.warning("%s: %s; again in %.0f s", ref, outcome.retry, seconds)
        else:
            self._queue.succeeded(ref)
        if outcome.applied or outcome.deleted:
            _LOG.info("%s: %d applied, %d deleted", ref, len(outcome.applied), len(outcome.deleted))
        result = "retry" if outcome.retry else "applied" if outcome.applied or outcome.deleted else "unchanged"
        self.metrics.reconciles.labels(ref.kind, result).inc()
