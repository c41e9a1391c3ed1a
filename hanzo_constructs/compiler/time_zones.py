"""Warnings and errors about the time zone of a schedule."""

from __future__ import annotations

from collections.abc import Iterator

from ..errors import Finding
from ..kube.fields import shown, suggestion
from ..kube.time_zones import is_known_time_zone, time_zone_names

__all__ = ["time_zone_findings"]


def time_zone_findings(zone: str | None, at: str) -> Iterator[Finding]:
    """Yield that nobody knows the *zone* in the field *at* a place: an error where another one is meant, else a warning.

    The list here grows old: a zone of tomorrow must not be an error.
    """
    if zone is None or is_known_time_zone(zone):
        return
    if near := suggestion(zone, time_zone_names(zone.partition("/")[0])):
        yield Finding(f"{shown(zone)} is no time zone, did you mean {near}?", at)
        return
    message = f"{shown(zone)} is no time zone that is known here, and a cluster that does not know it refuses it"
    yield Finding(message, at, severity="warning")
