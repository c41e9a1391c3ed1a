"""What objects of the user's own have to do with resources: jobs, monitors, an Ingress or a ConfigMap written by hand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ..platform import Platform
from .config_texts import Told, told_by
from .fronts import Front, Scrape, front_of, scrapes_of
from .manifest_needs import is_of, needs_in, reads_in, understood
from .ties import Ties

__all__ = ["ties_of_objects"]

_NOBODY = ("", "objects of the user's own")
"""The name that no resource has."""
_MONITORS = ("ServiceMonitor", "PodMonitor")


def ties_of_objects(manifests: Iterable[Mapping[str, Any]], platform: Platform) -> Ties:
    """Return what *manifests*, which may be anything, have to do with resources; nothing where a form is not understood."""
    objects = list(manifests)
    return Ties(
        "",
        _NOBODY,
        needs=tuple(need for each in objects for need in understood(needs_in, each, platform)),
        fronts=tuple(front for each in objects for front in understood(_fronts, each)),
        scrapes=tuple(scrape for each in objects for scrape in understood(_scrapes, each, platform)),
        told=tuple(told for each in objects for told in understood(_told, each)),
        reads=tuple(read for each in objects for read in understood(reads_in, each)),
        domain=platform.cluster_domain,
    )


def _told(manifest: Mapping[str, Any]) -> Iterator[Told]:
    if is_of(manifest, "ConfigMap"):
        yield from told_by(manifest)


def _fronts(manifest: Mapping[str, Any]) -> Iterator[Front]:
    if is_of(manifest, "Service") and (front := front_of(manifest)):
        yield front


def _scrapes(manifest: Mapping[str, Any], platform: Platform) -> Iterator[Scrape]:
    if is_of(manifest, *_MONITORS):
        yield from scrapes_of(manifest, platform)
