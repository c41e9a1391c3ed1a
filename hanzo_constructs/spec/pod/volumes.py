"""Rules for the volumes of a pod."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...kube.core import Volume
from ...kube.model import Problem
from ..repeats import repeated
from .sources import source_problems

__all__ = ["volume_problems"]


def volume_problems(volumes: Sequence[Volume]) -> Iterator[Problem]:
    """Yield repeated names, and volumes with no or several sources."""
    if len(volumes) > 1:
        yield from repeated([volume.name for volume in volumes], field="name", at=("volumes",))
    for index, volume in enumerate(volumes):
        yield from source_problems(volume, ("volumes", index), beside="name")
        if volume.projected:
            for number, part in enumerate(volume.projected.sources or ()):
                yield from source_problems(part, ("volumes", index, "projected", "sources", number))
