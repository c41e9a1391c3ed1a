"""A container has time left to stop after its preStop hook."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ...errors import Finding
from ...kube.fields import field_path
from ..objects import Object

__all__ = ["grace_findings"]

_DEFAULT_GRACE = 30
_SLEEP = re.compile(r"\s*(?:exec\s+)?sleep\s+(\d{1,18})([smhd]?)\s*;?\s*\Z", re.ASCII)
_UNITS = {"": 1, "s": 1, "m": 60, "h": 3600, "d": 86400}


def grace_findings(obj: Object) -> Iterator[Finding]:
    """Yield hooks that sleep through the whole grace period, so that the container is killed before it can stop.

    The API server compares a postStart hook with it too, and refuses one that sleeps longer (`validateSleepAction`).
    """
    for path, container, *_ in obj.pod.containers:
        if not (lifecycle := container.get("lifecycle")):
            continue
        grace = obj.pod.spec.get("terminationGracePeriodSeconds")
        grace = _DEFAULT_GRACE if grace is None else grace
        hook, start = lifecycle.get("preStop"), (lifecycle.get("postStart") or {}).get("sleep")
        seconds = _slept(hook) if hook else None
        if seconds is not None and seconds >= grace:
            yield Finding(
                f"sleeps for {seconds} of the {grace} seconds of terminationGracePeriodSeconds, so that no time is left to stop",
                field_path((*path, "lifecycle", "preStop")),
                severity=obj.origin.severity,
            )
        if start and start["seconds"] > grace:
            yield Finding(
                f"must sleep no longer than the {grace} seconds of terminationGracePeriodSeconds, got {start['seconds']}",
                field_path((*path, "lifecycle", "postStart", "sleep", "seconds")),
            )


def _slept(hook: dict[str, Any]) -> int | None:
    """Return the seconds that *hook* sleeps, where it says so literally."""
    if sleep := hook.get("sleep"):
        return int(sleep["seconds"])
    command = (hook.get("exec") or {}).get("command") or []
    if len(command) == 3 and command[1] == "-c":
        command = command[2:]
    matched = _SLEEP.match(" ".join(command))
    return int(matched[1]) * _UNITS[matched[2]] if matched else None
