"""Objects that come, go or are renamed."""

from __future__ import annotations

from collections.abc import Iterator

from ...kube.kinds import TRANSIENT, WORKLOADS
from ...kube.manifest import Manifest
from ..changes import ObjectChange, title
from ..consequence import Consequence, Effect, Sets
from .reading import mappings, spec_of

__all__ = ["presence"]


def presence(change: ObjectChange, _: Sets) -> Iterator[Consequence]:
    """Say that pods stop with their workload, that a namespace or a definition takes all in it along, and what is new."""
    kind = change.kind
    if change.renamed_from:
        yield from _renamed(change, kind)
    elif change.new is None:
        if kind in {"Namespace", "CustomResourceDefinition"}:
            what = "objects in it" if kind == "Namespace" else "objects of its kind"
            yield Consequence(Effect.DATA, f"is removed, and with it all {what}")
        elif kind in TRANSIENT:
            yield Consequence(Effect.STOPS, "is removed: what runs of it stops, and it runs no more")
        elif kind in WORKLOADS:
            yield Consequence(Effect.STOPS, "is removed, and its pods stop")
    elif change.old is None:
        yield Consequence(Effect.NEW, "is new")
    elif kind == "CustomResourceDefinition" and (gone := sorted(_served(change.old) - _served(change.new))):
        yield Consequence(Effect.SURFACE, f"does not serve {', '.join(gone)} any more: clients that use it fail")


def _renamed(change: ObjectChange, kind: str) -> Iterator[Consequence]:
    was = title(change.renamed_from) if change.renamed_from else ""
    if kind in WORKLOADS and kind not in TRANSIENT:
        yield Consequence(
            Effect.STOPS,
            f"was {was}, whose pods stop when it is removed, whether those of the new name are ready or not",
        )
    elif kind == "Service":
        yield Consequence(Effect.SURFACE, f"was {was}: clients that use the old name do not find it any more")
    elif kind != "PersistentVolumeClaim":  # of which the rule of data says more
        yield Consequence(Effect.APPLIES, f"was {was}: the old one is removed, the new one made")


def _served(definition: Manifest) -> set[str]:
    versions = mappings(spec_of(definition).get("versions"))
    return {str(each.get("name")) for each in versions if each.get("served") is True}
