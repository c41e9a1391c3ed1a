"""The facades of the table of kinds as classes, made from their rows: a Service or a Datastore in everything else."""

from __future__ import annotations

from typing import Any

from .kinds import KINDS

_NAMES = tuple(name for name, kind in KINDS.items() if kind.of)


def __getattr__(name: str) -> Any:
    if name not in _NAMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return KINDS[name].model


def __dir__() -> list[str]:
    return sorted({*globals(), *_NAMES})
