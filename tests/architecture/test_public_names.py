"""`__all__` tells the truth: what it names exists, and no public class or function of a module is missing from it."""

from __future__ import annotations

import importlib
import inspect

import pytest

from tests.architecture.sources import SOURCES

CASES = [
    # The package root resolves its cdk8s names on first use.
    pytest.param(
        source.name,
        marks=[pytest.mark.node] if source.starts_node or source.name == "hanzo_constructs" else [],
        id=source.name,
    )
    for source in SOURCES
    if "\n__all__ = " in source.path.read_text()
]


@pytest.mark.parametrize("name", CASES)
def test_all_tells_the_truth(name: str) -> None:
    module = importlib.import_module(name)
    listed = module.__all__
    assert len(set(listed)) == len(listed)
    assert not [entry for entry in listed if not hasattr(module, entry)]
    assert set(listed) <= set(dir(module))
    defined = {
        entry
        for entry, value in vars(module).items()
        if not entry.startswith("_")
        and (inspect.isclass(value) or inspect.isfunction(value))
        and value.__module__ == name
    }
    assert not defined - set(listed)
