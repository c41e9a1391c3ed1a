"""How long the probes of a pod let it take until it is available."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

__all__ = ["seconds_to_available"]

_PERIOD, _FAILURES, _SUCCESSES = 10, 3, 1
"""What Kubernetes takes where a probe says nothing."""


def seconds_to_available(pod: Mapping[str, Any], min_ready: int) -> int:
    """Return the seconds that the probes of *pod* allow its containers until they are ready, and *min_ready* after that.

    Sidecars among the init containers start one after the other, each when the startup probe of the one before has
    succeeded, and become ready meanwhile; the containers start side by side after them.
    """
    before, ready = 0, [0]
    for each in pod.get("initContainers") or ():
        ready.append(before + _startup(each) + _readiness(each))
        before += _until_failed(probe) if (probe := each.get("startupProbe")) else 0
    ready += (before + _startup(each) + _readiness(each) for each in pod["containers"])
    return max(ready) + min_ready


def _startup(container: Mapping[str, Any]) -> int:
    """Return how long *container* may take to start before it is killed; without a startup probe, liveness says so."""
    if startup := container.get("startupProbe"):
        return _until_failed(startup)
    return _until_failed(liveness) if (liveness := container.get("livenessProbe")) else 0


def _until_failed(probe: Mapping[str, Any]) -> int:
    delay: int = probe.get("initialDelaySeconds", 0)
    period: int = probe.get("periodSeconds", _PERIOD)
    failures: int = probe.get("failureThreshold", _FAILURES)
    return delay + period * failures


def _readiness(container: Mapping[str, Any]) -> int:
    """Return how long *container*, once started, may take to be ready before it counts as failed."""
    if not (probe := container.get("readinessProbe")):
        return 0
    successes: int = probe.get("successThreshold", _SUCCESSES)
    return _until_failed(probe) + (successes - _SUCCESSES) * int(probe.get("periodSeconds", _PERIOD))
