"""A topology spread counts the pods it spreads, and an anti-affinity means pods that there are."""

from __future__ import annotations

from collections.abc import Iterator

from ...errors import Finding
from ...kube.fields import field_path
from ..index import SetIndex
from ..objects import Object, Origin
from ..selecting import Requirements, matches, shown_requirements

__all__ = ["anti_affinity_findings", "spread_findings"]


def spread_findings(obj: Object) -> Iterator[Finding]:
    """Yield spread constraints whose selector leaves out the very pods that carry them."""
    known: Requirements = ()
    for index, constraint in enumerate(obj.pod.spec.get("topologySpreadConstraints") or ()):
        asked = obj.asked(constraint.get("labelSelector"))
        if asked and (asked is known or matches(obj.pod.labels, asked)):
            known = asked  # over hosts and zones alike
            continue
        what = f"{shown_requirements(asked)} does not match" if asked else "nothing matches"
        path = field_path((*obj.pod.path, "topologySpreadConstraints", index, "labelSelector"))
        message = f"{what} the labels of these pods, so that they are not spread"
        yield Finding(message, path, severity="warning")


def anti_affinity_findings(set_index: SetIndex) -> Iterator[tuple[Origin, Finding]]:
    """Yield anti-affinities to pods of which the set has none."""
    for selection in set_index.selections.values():
        if selection.apart and not selection.found:
            message = (
                f"{shown_requirements(selection.asked)} matches the pods of no workload, so that nothing is kept apart"
            )
            for origin, path in selection.apart:
                yield origin, Finding(message, field_path(path), severity="warning")
