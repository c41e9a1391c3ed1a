"""The table of the kinds of v1alpha1."""

from __future__ import annotations

from collections.abc import Callable
from types import MappingProxyType
from typing import NamedTuple

from ..spec.kind import Kind
from ..spec.kinds import KINDS
from .draft import Draft
from .v1alpha1.base import base
from .v1alpha1.datastore import datastore
from .v1alpha1.gateway import gateway
from .v1alpha1.service import service

__all__ = ["OLD_KINDS", "OLD_VERSION", "OldKind"]

OLD_VERSION = "v1alpha1"


class OldKind(NamedTuple):
    """A kind of v1alpha1, and how it becomes the kind of v1 that replaces it."""

    kind: Kind
    replacement: Kind
    steps: Callable[[Draft], None]
    """What is done to a resource, but for names."""


def _old(new: str, plural: str, module: str, steps: Callable[[Draft], None]) -> OldKind:
    """Return the row of what became the kind *new*.

    It has no short names, and says so, so that applying it takes those away that the operator gave it: they are those of
    the kind that replaces it, and a server gives each to one definition.
    """
    replacement = KINDS[new]
    name = replacement.old_name
    kind = Kind(
        name,
        plural,
        (),
        resource=f".versions.v1alpha1.{module}:{name}",
        compiler=replacement.compiler,
        construct=replacement.construct,
        status=".versions.v1alpha1.parts:OldStatus",
        version=OLD_VERSION,
        deprecation=f"{name} of {OLD_VERSION} is deprecated; hzc migrate makes a {new} of {replacement.version} of it",
    )
    return OldKind(kind, replacement, steps)


OLD_KINDS: MappingProxyType[str, OldKind] = MappingProxyType(
    {
        old.kind.name: old
        for old in (
            _old("Service", "hanzoservices", "service", service),
            _old("Datastore", "hanzodatastores", "datastore", datastore),
            _old("Gateway", "hanzogateways", "gateway", gateway),
            _old("Base", "baseapps", "base", base),
        )
    }
)
"""Every kind of v1alpha1 that a kind of v1 replaces, by name."""
