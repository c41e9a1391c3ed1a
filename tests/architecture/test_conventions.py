"""Conventions of the source that no linter knows."""

from __future__ import annotations

import ast
import re
import statistics

from tests.architecture.sources import SOURCES

LENGTHS = {source.name: len(source.path.read_text().splitlines()) for source in SOURCES if not source.generated}


def test_no_file_is_longer_than_400_lines() -> None:
    assert not {name: length for name, length in LENGTHS.items() if length > 400}


def test_the_median_file_is_no_longer_than_120_lines() -> None:
    assert statistics.median(LENGTHS.values()) <= 120


def test_no_module_is_named_after_nothing_in_particular() -> None:
    vague = {"util", "utils", "helper", "helpers", "common", "misc", "manager", "managers"}
    assert not [name for name in LENGTHS if vague & set(name.split("."))]


def test_annotations_of_models_are_no_texts() -> None:
    """Pydantic would compile each text once more, whenever the module is imported: a twentieth of a run of `hzc`."""
    model = re.compile(r"^class \w+\((?:\w*Model|Part|Resource|\w*Spec|\w*Source)\b", re.MULTILINE)
    packages = ("hanzo_constructs.spec.", "hanzo_constructs.kube.", "hanzo_constructs.platform")
    texts = [source for source in SOURCES if source.name.startswith(packages) and model.search(source.path.read_text())]
    assert len(texts) > 30
    assert not [source.name for source in texts if "annotations" in _future(ast.parse(source.path.read_text()))]


def _future(tree: ast.Module) -> set[str]:
    imports = [each for each in tree.body if isinstance(each, ast.ImportFrom) and each.module == "__future__"]
    return {name.name for each in imports for name in each.names}
