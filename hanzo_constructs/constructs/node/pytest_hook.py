"""A pytest plugin: test modules that import cdk8s before this package get the same Node, started on demand.

Imports are sorted, so test modules import cdk8s first, and that would start Node. The plugin notices the first import of
a package of jsii and sets the provider before it. Sessions without jsii pay one comparison per import.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from types import ModuleType

__all__ = ["JsiiImportHook", "pytest_load_initial_conftests", "pytest_unconfigure"]


class JsiiImportHook(MetaPathFinder):
    """Sets the provider when `constructs` is about to be imported, which every package of jsii imports first."""

    def find_spec(self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None) -> None:  # noqa: ARG002
        """Find no module, ever; called for each import."""
        if fullname == "constructs":
            sys.meta_path.remove(self)
            from .provider import start_node_on_demand

            start_node_on_demand()


_hook = JsiiImportHook()


def pytest_load_initial_conftests() -> None:
    """Install the hook before any module of the user is imported."""
    if "constructs" not in sys.modules:
        sys.meta_path.insert(0, _hook)


def pytest_unconfigure() -> None:
    """Remove the hook."""
    if _hook in sys.meta_path:
        sys.meta_path.remove(_hook)
