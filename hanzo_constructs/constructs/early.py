"""The pytest plugin by its former name, for environments that were installed before it moved."""

from __future__ import annotations

from .node.pytest_hook import pytest_load_initial_conftests, pytest_unconfigure

__all__ = ["pytest_load_initial_conftests", "pytest_unconfigure"]
