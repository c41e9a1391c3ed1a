"""Plain manifests, as people, tools and clusters keep them, as resources and objects beside them."""

from __future__ import annotations

from .cleaning import cleaned
from .conversion import converted
from .normal import normal
from .reading import import_manifests
from .workload import Workload

__all__ = ["Workload", "cleaned", "converted", "import_manifests", "normal"]
