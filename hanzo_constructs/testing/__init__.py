"""What tests of apps need: manifests by kind and name, and a snapshot file for each of them.

The pytest plugin (`plugin`) is loaded in every session of whoever has this package, so nothing is imported before it is
used: cdk8s and syrupy least of all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .lookup import Manifests, manifests
    from .snapshots import ManifestExtension, ManifestSnapshots

__all__ = ["ManifestExtension", "ManifestSnapshots", "Manifests", "manifests"]

_MODULES = {
    "ManifestExtension": "snapshots",
    "ManifestSnapshots": "snapshots",
    "Manifests": "lookup",
    "manifests": "lookup",
}


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(f".{_MODULES[name]}", __name__), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
