"""ConfigMaps and Secrets whose content changes: who sees it, and when."""

from __future__ import annotations

from collections.abc import Iterator

from ...kube.kinds import WORKLOADS
from ...kube.manifest import Manifest
from ...kube.references import references_in
from ..changes import ObjectChange, title
from ..consequence import Consequence, Effect, Sets

__all__ = ["content"]


def content(change: ObjectChange, sets: Sets) -> Iterator[Consequence]:
    """Say which workloads of the set read what changed, and whether they see it before they restart."""
    if change.kind not in {"ConfigMap", "Secret"}:
        return
    if change.new is None:
        yield from _missed(change, sets)
    if change.both is None or not any(change.changed(part) for part in ("data", "binaryData", "stringData")):
        return
    files: list[str] = []
    variables: list[str] = []
    for who, places in _readers(change, sets):
        (variables if any("env" in place for place in places) else files).append(who)
    if variables:
        yield Consequence(
            Effect.APPLIES, f"{', '.join(sorted(variables))}: read as variables when pods start, not before"
        )
    if files:
        yield Consequence(
            Effect.APPLIES,
            f"{', '.join(sorted(files))}: files in running pods follow within about a minute (not below subPath)",
        )


def _missed(change: ObjectChange, sets: Sets) -> Iterator[Consequence]:
    if readers := [who for who, _ in _readers(change, sets)]:
        who = ", ".join(sorted(readers))
        yield Consequence(
            Effect.APPLIES, f"is removed, and {who} names it: pods that start from now on may wait for it"
        )


def _readers(change: ObjectChange, sets: Sets) -> Iterator[tuple[str, list[str]]]:
    """Yield which workloads read what *change* is about, and where."""
    _, kind, namespace, name = change.key
    for key, each in sets.after(WORKLOADS):
        if key[2] == namespace and (places := [*_places(each, kind, name)]):
            yield title(key), places


def _places(workload: Manifest, kind: str, name: str) -> Iterator[str]:
    for reference, value, _ in references_in(workload["kind"], workload):
        called = value.get(reference.name) if isinstance(value, dict) else value
        if reference.kind == kind and reference.is_read and called == name:
            yield reference.place
