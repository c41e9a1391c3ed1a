"""What it costs to begin: one service from each front end, and a test suite of a user's own.

    python -m benchmarks.starting [--beside PYTHON] [--rounds N] [--constructs N]

PYTHON is the interpreter of another installation, such as an older one in an environment of its own, which takes turns
with this one. Printed are processor time and memory, the best of the rounds: processor time is of all processes, and memory
that of the largest. Exit status 1 when a test of the suite costs 10 ms or more beyond its imports.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from .fleet import resource
from .places import BUILD, CDK8S, HERE, RIVALS, environment, node
from .runs import Best

TESTS = 50
PROMISE = 10
"""Milliseconds of processor time for each test."""
SUITE = """
import pytest

from benchmarks.fleet import resource
from hanzo_constructs import HanzoApp, HanzoChart, ServiceConstruct
from hanzo_constructs.testing import manifests


@pytest.mark.parametrize("index", range({tests}))
def test_has_six_objects(index):
    chart = HanzoChart(HanzoApp(), "chart", namespace="shop")
    declared = resource(index)
    ServiceConstruct(chart, declared["metadata"]["name"], declared["spec"])
    assert len(manifests(chart)) == 6
"""


def commands(python: str, constructs: int, folder: Path) -> Iterator[tuple[str, list[str]]]:
    """Yield what is measured of the installation of *python*, by name."""
    hzc = str(Path(python).parent / "hzc")
    keeps = has(hzc, "compile", "--no-cache")
    yield "hzc compile, one service", [hzc, "compile", *keeps, str(folder / "one.yaml"), "-o", "-"]
    program = [str(RIVALS / "constructs_app.py"), "{count}", "100"]
    app = " ".join([python, *program]).format(count=1)
    yield "cdk8s synth, one service", [node(), str(CDK8S), "synth", "--app", app, "--output", str(folder / "dist")]
    if has(hzc, "synth", "--app"):
        yield "hzc synth, one service", [hzc, "synth", "--app", app, "--output", str(folder / "dist")]
    yield f"constructs, {constructs:,}", [python, program[0], str(constructs), program[2]]
    pytest = [python, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-c", "/dev/null", "--rootdir", str(folder)]
    for tests in (1, TESTS + 1):
        suite = folder / f"test_suite_{tests}.py"
        suite.write_text(SUITE.format(tests=tests), encoding="utf-8")
        yield f"suite of {tests}", [*pytest, str(suite)]


@cache
def has(hzc: str, command: str, option: str) -> tuple[str, ...]:
    """Return *option* if that command line knows it, and nothing if it is older."""
    shown = subprocess.run([hzc, command, "--help"], capture_output=True, text=True, check=False).stdout
    return (option,) if option in shown else ()


def measured(command: list[str], variables: Mapping[str, str], folder: Path) -> dict[str, float]:
    """Run *command* and return what it took."""
    outputs = [str(folder / "stdout"), str(folder / "stderr")]
    measure = [sys.executable, "-I", "-S", str(HERE / "measure.py"), *outputs]
    answer = subprocess.run([*measure, *command], capture_output=True, text=True, check=True, cwd=folder, env=variables)
    result: dict[str, float] = json.loads(answer.stdout)
    if result["code"] != 0:
        raise SystemExit(f"{command}: {Path(outputs[1]).read_text(encoding='utf-8')[-600:]}")
    return result


def main() -> int:
    """Measure in turns, print the table, and judge the suite."""
    parser = argparse.ArgumentParser(description="Measure what it costs to begin.")
    parser.add_argument("--beside", metavar="PYTHON")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--constructs", type=int, default=400)
    options = parser.parse_args()
    folder = BUILD / "starting"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "one.yaml").write_text(json.dumps(resource(0)), encoding="utf-8")
    fleet = folder / "benchmarks"  # what the programs import, beside the package of whichever installation
    if not fleet.exists():
        fleet.symlink_to(HERE)
    pythons = [sys.executable, *([options.beside] if options.beside else [])]
    best: dict[tuple[str, str], Best] = {}
    variables = {**environment(), "CDK8S_OUTDIR": str(folder / "dist"), "PYTHONPATH": str(folder)}
    variables["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    for _ in range(options.rounds):
        for python in pythons:
            for name, command in commands(python, options.constructs, folder):
                took = measured(command, variables, folder)
                best.setdefault((name, python), Best()).keep(took["seconds"], took["peak"], took["cpu"])
    print("| what | CPU s | MiB | CPU s of the other | times the other |\n| --- | --- | --- | --- | --- |")
    for name in dict.fromkeys(name for name, _ in best):
        ours, other = best.get((name, sys.executable)), best.get((name, options.beside))
        print(f"| {name} | {cells(ours)} | {other.cpu if other else 0:.3f} | {times(ours, other)} |")
    each = (best[f"suite of {TESTS + 1}", sys.executable].cpu - best["suite of 1", sys.executable].cpu) / TESTS * 1000
    print(f"\na test of the suite, without imports: {each:.1f} ms, promised are less than {PROMISE}")
    return int(each >= PROMISE)


def cells(ours: Best | None) -> str:
    """Return the time and the memory of this installation."""
    return f"{ours.cpu:.3f} | {ours.peak / 2**20:.0f}" if ours else "- | -"


def times(ours: Best | None, other: Best | None) -> str:
    """Return how much of the time of the *other* installation this one takes."""
    return f"{ours.cpu / other.cpu:.2f}" if ours and other else "-"


if __name__ == "__main__":
    sys.exit(main())
