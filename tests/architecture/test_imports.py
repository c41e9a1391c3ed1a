"""The import contracts of pyproject.toml hold, and so do the two rules that they cannot express."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import grimp
import pytest

from tests.architecture.sources import PACKAGE, ROOT, SOURCES

EMPTY_PATH_PROBE = """
import importlib, sys
for name in sys.argv[1:]:
    importlib.import_module(name)
print(*sorted({"cdk8s", "constructs", "jsii"} & set(sys.modules)))
"""


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    return grimp.build_graph("hanzo_constructs", cache_dir=None)


def test_the_contracts_hold() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    run = subprocess.run([linter, "--no-logo", "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr


@pytest.mark.processes
def test_everything_but_the_cdk8s_front_end_imports_without_programs_and_without_cdk8s() -> None:
    names = [source.name for source in SOURCES if not source.starts_node]
    assert "hanzo_constructs" in names
    run = subprocess.run(
        [sys.executable, "-c", EMPTY_PATH_PROBE, *names], env={"PATH": ""}, capture_output=True, text=True, check=False
    )
    assert (run.returncode, run.stdout, run.stderr) == (0, "\n", "")


def test_compilers_of_two_kinds_do_not_import_each_other(graph: grimp.ImportGraph) -> None:
    kinds = {
        f"hanzo_constructs.compiler.{path.stem}"
        for path in (PACKAGE / "compiler").glob("*.py")
        if f"def compile_{path.stem}(" in path.read_text()
    }
    assert kinds
    crossing = {(kind, other) for kind in kinds for other in graph.find_modules_directly_imported_by(kind) & kinds}
    assert not crossing


def test_no_modules_import_each_other_in_a_circle(graph: grimp.ImportGraph) -> None:
    imported = {name: graph.find_modules_directly_imported_by(name) for name in graph.modules}
    circles: list[list[str]] = []
    while leaves := [name for name, others in imported.items() if not others & imported.keys()]:
        for name in leaves:
            del imported[name]
    if imported:  # each of them leads to a circle; follow one of the ways until it comes back
        way = [min(imported)]
        while (following := min(imported[way[-1]] & imported.keys())) not in way:
            way.append(following)
        circles.append([*way[way.index(following) :], following])
    assert circles == []


def test_a_circle_is_noticed() -> None:
    graph = grimp.ImportGraph()
    for importer, imported in (("a", "b"), ("b", "c"), ("c", "b")):
        graph.add_import(importer=importer, imported=imported)
    with pytest.raises(AssertionError, match=r"\['b', 'c', 'b'\]"):
        test_no_modules_import_each_other_in_a_circle(graph)


def test_no_layer_imports_the_public_api_above_it(graph: grimp.ImportGraph) -> None:
    importers = graph.find_modules_that_directly_import("hanzo_constructs")
    front_ends = ("cli", "constructs", "testing")
    assert not {name for name in importers if name.split(".")[1] not in front_ends}
