"""A pytest plugin that does one thing: whoever imports cdk8s in a test gets the Node that this package would choose.

Test modules import cdk8s before they import this package, because imports are sorted. Here the first import of a jsii
package is noticed, so that Node can be put to sleep before it. Sessions without jsii pay a comparison per import.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from types import ModuleType

__all__ = ["Alarm", "pytest_load_initial_conftests", "pytest_unconfigure"]


class Alarm(MetaPathFinder):
    """Puts Node to sleep when `constructs` is about to be imported, which every jsii package does first."""

    def find_spec(self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None) -> None:  # noqa: ARG002
        """Find nothing; act on the one name that matters."""
        if fullname == "constructs":
            sys.meta_path.remove(self)
            from .sleeping import let_node_sleep

            let_node_sleep()


_alarm = Alarm()


def pytest_load_initial_conftests() -> None:
    """Set the alarm, before any code of the user is imported."""
    if "constructs" not in sys.modules:
        sys.meta_path.insert(0, _alarm)


def pytest_unconfigure() -> None:
    """Switch the alarm off."""
    if _alarm in sys.meta_path:
        sys.meta_path.remove(_alarm)
