"""Every value of the children of a resource and its reason, in a form that resources of one shape share."""

from __future__ import annotations

from typing import NamedTuple

from ..compiler.compilation import Compilation
from ..diff.values import HIDDEN, discreet_object
from ..explain import KnownCauses, reasons
from ..explain.causes import leaves
from ..kube.fields import shown

__all__ = ["Values", "values_of"]

_LONGEST = 160
"""Characters of a value that are kept."""
_WRITTEN = "written in the resource"


class Values(NamedTuple):
    """The values of one child."""

    kind: str
    name: str
    paths: tuple[str, ...]
    because: tuple[str, ...]
    """The reason for the value at each of the paths."""
    texts: tuple[str, ...]
    """The value at each of them, without what may be a secret."""


def values_of(compilation: Compilation, known: KnownCauses) -> tuple[Values, ...]:
    """Return the values of each child of *compilation*; *known* remembers resources of the same shape."""
    told = iter(reasons(compilation, known))
    found = []
    for child in compilation.children:
        values = [value for _, value in leaves(discreet_object(child.manifest))]
        own = [next(told) for _ in values]
        found.append(
            Values(
                child.manifest["kind"],
                child.manifest["metadata"]["name"],
                tuple(each.path for each in own),
                tuple(each.because or _WRITTEN for each in own),
                tuple(map(_text, values)),
            )
        )
    return tuple(found)


def _text(value: object) -> str:
    if isinstance(value, str):
        return value if len(value) <= _LONGEST else f"{value[:_LONGEST]}..."
    return {"{}": "{}", "[]": "[]"}.get(repr(value)) or (HIDDEN if value == HIDDEN else shown(value))
