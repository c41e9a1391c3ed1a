"""From a document of v1alpha1, or one in its spelling, to v1: a pure function of the document."""

from __future__ import annotations

from typing import Any, NamedTuple

from ..kube.yaml.field_edits import Edit
from ..platform import Platform
from ..spec.kind import Kind
from ..spec.kinds import GROUPS, KINDS
from ..spec.resource import EPOCH_ANNOTATION
from .draft import MISSING, Draft, Remark
from .kinds import OLD_KINDS, OLD_VERSION, OldKind
from .spelling import respell, unknown_places

__all__ = ["Migration", "is_old", "migrated"]

_EPOCH = "2025"
"""The epoch that derives what the operator did."""
_PRUNED = "v1alpha1 had no such field, and the API server dropped it"
_GIVEN_UP = {"zap": "the operator gave this sidecar up before v1"}
"""Why fields are gone that early versions of v1alpha1 had."""


class Migration(NamedTuple):
    """How a document becomes one of v1."""

    data: Any
    """The document of v1."""
    edits: tuple[Edit, ...]
    """What makes it of the one that was given; nothing where that is of v1 already."""
    remarks: tuple[Remark, ...]
    """What is lost, what is obeyed from now on, and what is written out."""


def is_old(document: object, platform: Platform) -> bool:
    """Tell whether *document* is a resource of v1alpha1 that `migrated` makes one of v1."""
    return _found(document, platform) is not None


def _found(document: object, platform: Platform) -> tuple[OldKind, Kind] | None:
    """Return how *document* is migrated, and to which kind; None where it is no resource of v1alpha1.

    Kinds of v1 that say v1alpha1 are taken for it too: what is behind them has an old name.
    """
    if not isinstance(document, dict):
        return None
    group, _, version = str(document.get("apiVersion")).rpartition("/")
    name = document.get("kind")
    if group not in {platform.api_group, *GROUPS} or not isinstance(name, str):
        return None
    if name in OLD_KINDS and version in {OLD_VERSION, OLD_KINDS[name].replacement.version}:
        return OLD_KINDS[name], OLD_KINDS[name].replacement
    kind = KINDS.get(name)
    if version != OLD_VERSION or kind is None or kind.group:
        return None
    old = OLD_KINDS.get(KINDS[kind.compiled_as].old_name)
    return (old, kind) if old else None


def migrated(document: object, platform: Platform) -> Migration:
    """Return how *document*, which is left as it is, becomes one of v1.

    A document of v1 gets the right spelling of its fields; any other document stays as it is.
    """
    draft = Draft(document)
    if found := _found(document, platform):
        _migrate(draft, *found)
    elif isinstance(document, dict) and (kind := _kind_of(document, platform)):
        respell(draft, kind.model)
    return Migration(draft.data, tuple(draft.edits), tuple(draft.remarks))


def _kind_of(document: dict[str, Any], platform: Platform) -> Kind | None:
    kind = KINDS.get(str(document.get("kind")))
    return kind if kind and document.get("apiVersion") == kind.api_version(platform) else None


def _migrate(draft: Draft, old: OldKind, new: Kind) -> None:
    _drop_unknown(draft, old, new)
    old.steps(draft)
    respell(draft, new.model)
    group = str(draft.get("apiVersion")).rpartition("/")[0]
    draft.put(("apiVersion",), f"{group}/{new.version}")
    if draft.get("kind") != new.name:
        draft.put(("kind",), new.name)
    _pin(draft)


def _drop_unknown(draft: Draft, old: OldKind, new: Kind) -> None:
    """Leave out the fields that neither version knows; of those that v1 has, say that they are obeyed from now on."""
    unknown = {path for path in unknown_places(draft.data, old.kind.model) if path[0] == "spec"}
    respelt = Draft(draft.data)
    respell(respelt, new.model)
    neither = {path for path in unknown_places(respelt.data, new.model) if path[0] == "spec"}
    for path in sorted(unknown, key=str, reverse=True):
        if path in neither:
            draft.lose(path, _GIVEN_UP.get(str(path[-1]), _PRUNED), known=False)
        else:
            draft.obey(path, f"{_PRUNED}; v1 has it")


def _pin(draft: Draft) -> None:
    """Pin the epoch that changes nothing, unless one is pinned."""
    annotations = draft.get("metadata", "annotations")
    if annotations in (MISSING, None):
        if draft.has_block("metadata"):
            draft.put(("metadata", "annotations"), {EPOCH_ANNOTATION: _EPOCH})
    elif isinstance(annotations, dict) and EPOCH_ANNOTATION not in annotations:
        draft.put(("metadata", "annotations", EPOCH_ANNOTATION), _EPOCH)
