"""Every value of the children of a resource and its reason, in a form that resources of one shape share."""

from __future__ import annotations

from typing import NamedTuple

from ..compiler.compilation import Compilation
from ..diff.values import HIDDEN, discreet_object
from ..explain import KnownCauses, reasons
from ..explain.causes import leaves
from ..kube.fields import shown

__all__ = ["NAME", "Values", "values_of"]

NAME = "\0"
"""Stands in texts for the name of the resource, so that those of its siblings are the same."""
_LONGEST = 160
"""Characters of a value that are kept."""
_WRITTEN = "written in the resource"


class Values(NamedTuple):
    """The values of one child; its texts have `NAME` where the resource is named."""

    kind: str
    name: str
    requested_by: str
    """The field that asks for the child, or why it is there."""
    paths: tuple[str, ...]
    because: tuple[str, ...]
    """The reason for the value at each of the paths."""
    texts: tuple[str, ...]
    """The value at each of them, without what may be a secret."""


def values_of(compilation: Compilation, known: KnownCauses) -> tuple[Values, ...]:
    """Return the values of each child of *compilation*; *known* remembers resources of the same shape."""
    told = iter(reasons(compilation, known))
    name = compilation.resource.name
    found = []
    for child in compilation.children:
        discreet = dict(leaves(discreet_object(child.manifest)))
        values = [discreet.get(path, HIDDEN) for path, _ in leaves(child.manifest)]
        own = [next(told) for _ in values]
        found.append(
            Values(
                child.manifest["kind"],
                _nameless(child.manifest["metadata"]["name"], name),
                _nameless(child.requested_by, name),
                tuple(_nameless(each.path, name) for each in own),
                tuple(_nameless(each.because or _WRITTEN, name) for each in own),
                tuple(_nameless(_text(value), name) for value in values),
            )
        )
    return tuple(found)


def _nameless(text: str, name: str) -> str:
    return text.replace(NAME, "\ufffd").replace(name, NAME)


def _text(value: object) -> str:
    if isinstance(value, str):
        return value if len(value) <= _LONGEST else f"{value[:_LONGEST]}..."
    return "{}" if value == {} else "[]" if value == [] else shown(value)
