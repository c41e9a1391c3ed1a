"""The constructs of all kinds by name, and those of facades, which are made from their rows."""

from __future__ import annotations

import types
from functools import cache
from typing import Any

from ...spec.kind import Kind, imported
from ...spec.kinds import KINDS, kind_named
from .resource import ResourceConstruct

_NAMES = tuple(f"{name}Construct" for name, kind in KINDS.items() if kind.of)


def construct_of(name: str) -> type[ResourceConstruct[Any]]:
    """Return the class of the constructs of the kind *name*, be it of this package or of another one that adds it.

    Raises `SpecError` where there is no such kind.
    """
    return _class_of(kind_named(name))


@cache
def _class_of(kind: Kind) -> type[ResourceConstruct[Any]]:
    construct: type[ResourceConstruct[Any]] = imported(kind.construct)
    if not kind.of:
        return construct
    body = {"kind": kind.name, "__doc__": kind.summary, "__module__": __name__}
    return types.new_class(f"{kind.name}Construct", (construct,), exec_body=lambda own: own.update(body))


def __getattr__(name: str) -> Any:
    if name not in _NAMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return construct_of(name.removesuffix("Construct"))


def __dir__() -> list[str]:
    return sorted({*globals(), *_NAMES})
