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
    if change.kind not in {"ConfigMap", "Secret"} or change.both is None:
        return
    if not any(change.changed(part) for part in ("data", "binaryData", "stringData")):
        return
    _, kind, namespace, name = change.key
    files, variables = [], []
    for key, each in sets.after(WORKLOADS):
        if key[2] == namespace:
            places = [*_places(each, kind, name)]
            if any("env" in place for place in places):
                variables.append(title(key))
            elif places:
                files.append(title(key))
    if variables:
        yield Consequence(
            Effect.APPLIES, f"{', '.join(sorted(variables))}: read as variables when pods start, not before"
        )
    if files:
        yield Consequence(
            Effect.APPLIES,
            f"{', '.join(sorted(files))}: files in running pods follow within about a minute (not below subPath)",
        )


def _places(workload: Manifest, kind: str, name: str) -> Iterator[str]:
    for reference, value, _ in references_in(workload["kind"], workload):
        called = value.get(reference.name) if isinstance(value, dict) else value
        if reference.kind == kind and reference.is_read and called == name:
            yield reference.place
