"""`__all__` tells the truth: what it names exists, and no public class or function of a module is missing from it."""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Iterator

import pytest

from tests.architecture.sources import SOURCES, Source

LISTING = [source for source in SOURCES if "\n__all__ = " in source.path.read_text()]


def starts_node(source: Source) -> bool:
    # The package root resolves its cdk8s names on first use.
    return source.starts_node or source.name == "hanzo_constructs"


@pytest.mark.parametrize(
    "names",
    [
        pytest.param([source.name for source in LISTING if not starts_node(source)], id="without node"),
        pytest.param(
            [source.name for source in LISTING if starts_node(source)], id="with node", marks=pytest.mark.node
        ),
    ],
)
def test_all_tells_the_truth(names: list[str]) -> None:
    assert names
    assert not {name: untruths for name in names if (untruths := [*_untruths(name)])}


def _untruths(name: str) -> Iterator[str]:
    """Yield what is wrong with `__all__` of the module *name*."""
    module = importlib.import_module(name)
    listed = module.__all__
    yield from (f"twice: {entry}" for entry in set(listed) if listed.count(entry) > 1)
    yield from (f"not there: {entry}" for entry in listed if not hasattr(module, entry))
    yield from (f"not in dir(): {entry}" for entry in set(listed) - set(dir(module)))
    defined = {
        entry
        for entry, value in vars(module).items()
        if not entry.startswith("_")
        and (inspect.isclass(value) or inspect.isfunction(value))
        and value.__module__ == name
    }
    yield from (f"not listed: {entry}" for entry in defined - set(listed))
