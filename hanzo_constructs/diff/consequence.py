"""What a change does to what runs, as far as the objects say it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from ..kube.manifest import Identity, Manifest, identity

__all__ = ["Consequence", "Effect", "Same", "Sets"]

Same = Callable[[Collection[str]], Iterable[Manifest]]
"""Takes kinds, and returns the objects of these that are the same before and after."""


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

    def __init__(self, old: Iterable[Manifest], new: Iterable[Manifest], same: Same | None = None) -> None:
        """Take the objects of both sets; of two with one name the later counts, as for `kubectl apply`.

        *same* reads objects of some kinds that are the same in both sets, where these are not among the others.
        """
        self.old: Mapping[Identity, Manifest] = {identity(each): each for each in old}
        self.new: Mapping[Identity, Manifest] = {identity(each): each for each in new}
        self._same = same
        self._known: dict[tuple[str, ...], list[Manifest]] = {}

    def before(self, kinds: tuple[str, ...]) -> Iterator[tuple[Identity, Manifest]]:
        """Yield the objects of *kinds* before the change."""
        yield from ((key, each) for key, each in self.old.items() if key[1] in kinds)
        yield from self._unchanged(kinds)

    def after(self, kinds: tuple[str, ...]) -> Iterator[tuple[Identity, Manifest]]:
        """Yield the objects of *kinds* after the change."""
        yield from ((key, each) for key, each in self.new.items() if key[1] in kinds)
        yield from self._unchanged(kinds)

    def is_scaled(self, workload: Manifest) -> bool:
        """Tell whether an autoscaler decides after the change how many pods *workload* has."""
        _, kind, namespace, name = identity(workload)
        return (kind, namespace, name) in self._scaled

    def _unchanged(self, kinds: tuple[str, ...]) -> Iterator[tuple[Identity, Manifest]]:
        if self._same is not None and kinds not in self._known:
            self._known[kinds] = [*self._same(kinds)]
        yield from ((identity(each), each) for each in self._known.get(kinds, ()))

    @cached_property
    def _scaled(self) -> set[tuple[str, str, str]]:
        return set(self._targets())

    def _targets(self) -> Iterator[tuple[str, str, str]]:
        for (_, _, namespace, _), each in self.after(("HorizontalPodAutoscaler", "ScaledObject")):
            spec = each.get("spec")
            target = spec.get("scaleTargetRef") if isinstance(spec, dict) else None
            if isinstance(target, dict):
                yield str(target.get("kind") or "Deployment"), namespace, str(target.get("name"))
