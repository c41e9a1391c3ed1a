"""Earlier versions of the kinds, and how a resource of one of them becomes a resource of the version that is compiled."""

from __future__ import annotations

from .kinds import OLD_KINDS
from .migration import Migration, is_old, migrated

__all__ = ["OLD_KINDS", "Migration", "is_old", "migrated"]
