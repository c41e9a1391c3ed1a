"""Pydantic without what it finds its plugins with, which the command line wants none of."""

from __future__ import annotations

import contextlib
import os
import sys
from types import ModuleType

__all__ = ["import_pydantic"]

_METADATA = "importlib.metadata"


def import_pydantic() -> None:
    """Import pydantic without `importlib.metadata`, where plugins are off: with it come most of `email` and `zipfile`.

    They take a twentieth of a run of one resource. Whoever needs them later imports them as ever.
    """
    if _METADATA in sys.modules or os.environ.get("PYDANTIC_DISABLE_PLUGINS") != "__all__":
        return
    stand_in = ModuleType(_METADATA)
    stand_in.entry_points = _entry_points  # type: ignore[attr-defined]  # all that pydantic takes from it
    sys.modules[_METADATA] = stand_in
    try:
        with contextlib.suppress(ImportError):  # a version of pydantic that looks elsewhere is right, and slower
            import pydantic.plugin._loader  # noqa: F401
    finally:
        del sys.modules[_METADATA]


def _entry_points(**wanted: str) -> object:
    from importlib.metadata import entry_points

    return entry_points(**wanted)
