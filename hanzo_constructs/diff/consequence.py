"""What a change does to what runs, as far as the objects say it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from ..kube.kinds import KINDS, known_kind
from ..kube.manifest import Identity, Manifest, identity

__all__ = ["Consequence", "Effect", "Sets"]


class Effect(StrEnum):
    """What a change does, the worst first."""

    DATA = "data at risk"
    REFUSED = "refused by API servers"
    STOPS = "stops pods"
    SURFACE = "public surface"
    ACCESS = "access widened"
    DOWNTIME = "restarts with downtime"
    COUNT = "replicas over an autoscaler"
    RESTARTS = "restarts pods"
    SCALES = "scales"
    APPLIES = "takes effect at once"
    NEW = "new"
    NONE = "no effect"

    @property
    def rank(self) -> int:
        """The place among all, 0 for the worst."""
        return list(Effect).index(self)


class Consequence(NamedTuple):
    """One thing that a change does."""

    effect: Effect
    message: str
    """What happens, in words, without the name of the object."""
    commands: tuple[str, ...] = ()
    """Commands for a shell that do what applying cannot do; empty where none are needed or none exist."""


class Sets:
    """All objects before and after, for rules that look at more than one of them."""

    def __init__(self, old: Iterable[Manifest], new: Iterable[Manifest]) -> None:
        """Take the objects of both sets; of two with one name the later counts, as for `kubectl apply`."""
        self.old: Mapping[Identity, Manifest] = {identity(each): each for each in old}
        self.new: Mapping[Identity, Manifest] = {identity(each): each for each in new}

    def is_scaled(self, workload: Manifest) -> bool:
        """Tell whether an autoscaler decides after the change how many pods *workload* has."""
        _, kind, namespace, name = identity(workload)
        return (kind, namespace, name) in self._scaled

    @cached_property
    def _scaled(self) -> set[tuple[str, str, str]]:
        return set(self._targets())

    def _targets(self) -> Iterator[tuple[str, str, str]]:
        for (_, kind, namespace, _), each in self.new.items():
            if kind in {"HorizontalPodAutoscaler", "ScaledObject"}:
                spec = each.get("spec")
                target = spec.get("scaleTargetRef") if isinstance(spec, dict) else None
                if isinstance(target, dict):
                    yield str(target.get("kind") or "Deployment"), namespace, str(target.get("name"))

    def of_kind(self, kind: str, *, after: bool = True) -> Iterator[Manifest]:
        """Yield the objects of *kind*, one of Kubernetes' own, *after* the change or before it."""
        group = KINDS[kind].group
        for (of_group, of_kind, _, _), each in (self.new if after else self.old).items():
            if (of_group, of_kind) == (group, kind) and known_kind(each["apiVersion"], kind) == kind:
                yield each
