"""A topology spread counts the pods it spreads."""

from __future__ import annotations

from collections.abc import Iterator

from ...errors import Finding
from ...kube.fields import field_path
from ..objects import Object
from ..selecting import Requirements, matches, shown_requirements

__all__ = ["spread_findings"]


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
        yield Finding(
            f"{what} the labels of these pods, so that they are not spread", path, severity=obj.origin.severity
        )
