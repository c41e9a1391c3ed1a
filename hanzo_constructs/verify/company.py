"""The rules of the platform that are asked of objects that are written, and of all resources and objects together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..errors import Finding
from ..kube.manifest import Manifest
from ..platform import Platform, Rules
from .compiled import Compiled

__all__ = ["CompanyRules"]


class CompanyRules:
    """The rules of a *platform*, which is that of the user's own objects and of the set; resources may have others.

    Where no rule is asked of the set, nothing is kept.
    """

    def __init__(self, platform: Platform) -> None:
        """Ask the rules of *platform*."""
        self.platform = platform
        self._of_set = [each for each in platform.rules_ if each.match.set_]
        self._resources: list[Manifest] = []
        self._objects: list[Manifest] = []

    def note(self, compilation: Compiled) -> None:
        """Note the resource of *compilation* for the rules of the set; what it breaks by itself, compiling has said."""
        if self._of_set:
            self._resources.append(compilation.resource_manifest)

    def broken_by(self, manifest: Manifest, rules: Rules | None) -> Iterator[Finding]:
        """Yield what *manifest* breaks: an object of a resource for which *rules* hold, or one of the user's own."""
        if self._of_set:
            self._objects.append(manifest)
        from ..platform_rules.judge import broken_by_object  # most platforms have no rules

        platform = rules.platform if rules else self.platform
        return broken_by_object(platform.rules_, manifest, rules.epoch.name if rules else platform.epoch)

    def merge(self, later: CompanyRules) -> None:
        """Add what *later* was handed over."""
        self._resources += later._resources
        self._objects += later._objects

    def broken_by_set(self) -> Iterable[Finding]:
        """Return what all together break."""
        if not self._of_set:
            return ()
        from ..platform_rules.judge import broken_by_set

        return broken_by_set(self._of_set, self._resources, self._objects, self.platform.epoch)
