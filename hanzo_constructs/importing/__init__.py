"""Resources made of what people have already: older resources, plain manifests, compose files, Score files."""

from __future__ import annotations

from .imported import Imported, Left

__all__ = ["Imported", "Left"]
