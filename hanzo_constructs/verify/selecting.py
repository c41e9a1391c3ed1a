"""Label selectors: which of many labelled objects one matches, without comparing all with all.

https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Generic, TypeVar

from ..kube.fields import listed
from ..kube.requirements import Requirements, matches, requirements

__all__ = ["NOTHING", "Matcher", "Requirements", "matches", "requirements", "shown_requirements"]

T = TypeVar("T")

NOTHING: Requirements = (("", ""),)
"""What a Service without a selector asks for: no label has an empty key."""


def shown_requirements(asked: Requirements) -> str:
    """Write *asked* as kubectl does: `app=api,tier in (a, b),!old`."""
    if not asked or asked == NOTHING:
        return "an empty selector"
    parts = []
    for requirement in asked:
        if len(requirement) == 2:
            parts.append(f"{requirement[0]}={requirement[1]}")
            continue
        key, operator, values = requirement
        if operator in {"In", "NotIn"}:
            parts.append(f"{key} {operator.lower()} ({listed(values)})")
        else:
            parts.append(key if operator == "Exists" else f"!{key}")
    return ",".join(parts)


class Matcher(Generic[T]):
    """An index of labelled things by namespace and by the labels that somebody selects by."""

    def __init__(self, things: Iterable[tuple[str, Mapping[str, str], T]], questions: Iterable[Requirements]) -> None:
        """Index *things* (namespace, labels, thing) for *questions*."""
        keys = {requirement[0] for asked in questions for requirement in asked if len(requirement) == 2}
        self._by_label: dict[tuple[str, str, str], list[tuple[Mapping[str, str], T]]] = {}
        self._by_namespace: dict[str, list[tuple[Mapping[str, str], T]]] = {}
        for namespace, labels, thing in things:
            entry = (labels, thing)
            self._by_namespace.setdefault(namespace, []).append(entry)
            for key in keys & labels.keys():
                self._by_label.setdefault((namespace, key, labels[key]), []).append(entry)

    def matching(self, namespace: str, asked: Requirements) -> list[T]:
        """Return what in *namespace* meets *asked*, in input order."""
        return [thing for labels, thing in self._candidates(namespace, asked) if matches(labels, asked)]

    def _candidates(self, namespace: str, asked: Requirements) -> list[tuple[Mapping[str, str], T]]:
        """Return the things that share one of the labels in *asked*: all that match are among them."""
        fewest = self._by_namespace.get(namespace, [])
        for requirement in asked:
            if len(requirement) == 2:
                entries = self._by_label.get((namespace, *requirement), [])
                if len(entries) < len(fewest):
                    fewest = entries
        return fewest
