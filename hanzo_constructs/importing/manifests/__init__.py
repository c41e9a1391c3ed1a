"""Plain manifests, as people, tools and clusters keep them, as resources and objects beside them."""

from __future__ import annotations

from .reading import import_manifests

__all__ = ["import_manifests"]
