"""The API groups of the platform's resources; nothing else is loaded with them."""

from __future__ import annotations

__all__ = ["GROUPS", "LATTICE_GROUP"]

LATTICE_GROUP = "lattice.dev"
GROUPS = ("hanzo.ai", "lux.cloud", "zoo.cloud", "osage.cloud", LATTICE_GROUP)
"""API groups by which operators of the platform are known; whatever names one of them means a kind of it."""
