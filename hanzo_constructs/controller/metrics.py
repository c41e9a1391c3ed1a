"""What the operator measures of itself, for Prometheus."""

from __future__ import annotations

from collections.abc import Callable

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

__all__ = ["Metrics"]

_SECONDS = (0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


class Metrics:
    """Counters of one operator; `registry` has them all."""

    def __init__(self) -> None:
        """Begin at zero."""
        self.registry = CollectorRegistry()
        self.reconciles = Counter(
            "hanzo_operator_reconciles",
            "Reconciles of resources, by what came of them: applied, unchanged, retry, error.",
            ("kind", "result"),
            registry=self.registry,
        )
        self.seconds = Histogram(
            "hanzo_operator_reconcile_seconds",
            "How long a reconcile took.",
            ("kind",),
            buckets=_SECONDS,
            registry=self.registry,
        )
        self.writes = Counter(
            "hanzo_operator_writes",
            "Objects that were applied or deleted.",
            ("operation",),
            registry=self.registry,
        )
        self._depth = Gauge("hanzo_operator_queue_depth", "Resources that wait.", registry=self.registry)
        self._resources = Gauge("hanzo_operator_resources", "Resources that there are.", registry=self.registry)
        self._active = Gauge(
            "hanzo_operator_active", "1 for the one that works, 0 for those that stand by.", registry=self.registry
        )

    def ask(self, depth: Callable[[], int], resources: Callable[[], int], active: Callable[[], bool]) -> None:
        """Ask *depth*, *resources* and *active* whenever somebody reads the metrics."""
        self._depth.set_function(depth)
        self._resources.set_function(resources)
        self._active.set_function(active)
