"""Compose files: https://github.com/compose-spec/compose-spec."""

from __future__ import annotations

from .merging import with_merge_keys_quoted
from .project import import_compose

__all__ = ["import_compose", "with_merge_keys_quoted"]
