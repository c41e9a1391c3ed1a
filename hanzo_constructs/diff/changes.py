"""A changed field, and a changed object."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from ..kube.kinds import KINDS, known_kind
from ..kube.manifest import Identity, Manifest

__all__ = ["FieldChange", "How", "Item", "ObjectChange", "Steps", "place", "title"]

How = Literal["added", "removed", "changed", "moved", "respelled"]


class Item(str):
    """A step of a path to an item of a list, by what tells the item apart: `api` among containers."""

    __slots__ = ()


Steps = tuple[str, ...]
"""A path: names of fields, and an `Item` for each item of a list."""


class FieldChange(NamedTuple):
    """One field that is not the same."""

    path: Steps
    how: How
    """Moved: the items of a list are the same in another order, `old` and `new` name them. Respelled: another text for
    the same amount, such as 1024Mi for 1Gi, which API servers take for no change."""
    old: Any = None
    """None where the field is added."""
    new: Any = None
    """None where the field is removed."""

    @property
    def fields(self) -> Steps:
        """The path without the items of lists: spec, template, spec, containers, image."""
        return tuple(step for step in self.path if type(step) is not Item)


def place(path: Steps) -> str:
    """Return *path* as it is printed: `spec.template.spec.containers[api].image`, `metadata.labels["app.kubernetes.io/name"]`."""
    text = ""
    for step in path:
        if type(step) is Item:
            text += f"[{step}]"
        elif step.isidentifier():
            text += f".{step}" if text else step
        else:
            text += f'["{step}"]'
    return text


@dataclass(frozen=True, slots=True)
class ObjectChange:
    """One object that is added, removed, renamed or changed."""

    key: Identity
    """What the object is told apart by: as it is now, or where it is removed as it was."""
    old: Manifest | None
    """None: it is added."""
    new: Manifest | None
    """None: it is removed."""
    fields: Sequence[FieldChange] = ()
    """What differs between both; empty for what is added or removed."""
    renamed_from: Identity | None = None
    """What it was told apart by before, where nearly all else stayed."""

    @property
    def kind(self) -> str:
        """The kind, with the API group where the kind is not one of Kubernetes: `Service.serving.knative.dev`."""
        known = self.new or self.old or {}
        return known_kind(known["apiVersion"], known["kind"])

    @property
    def both(self) -> tuple[Manifest, Manifest] | None:
        """The object before and after, where it is there both times under one name."""
        return (self.old, self.new) if self.old and self.new and not self.renamed_from else None

    def changed(self, *prefix: str) -> list[FieldChange]:
        """Return the changes at or below the fields *prefix* that an API server takes for changes."""
        return [each for each in self.fields if each.fields[: len(prefix)] == prefix and each.how != "respelled"]


def title(key: Identity, *, is_resource: bool = False) -> str:
    """Return how an object is called: `Deployment shop/api`, with the group of a kind that only is called like one of Kubernetes.

    A resource of the platform is called by its kind alone, as its messages do.
    """
    group, kind, namespace, name = key
    if not is_resource and kind in KINDS and KINDS[kind].group != group:
        kind = f"{kind}.{group}"
    return f"{kind} {namespace}/{name}" if namespace else f"{kind} {name}"
