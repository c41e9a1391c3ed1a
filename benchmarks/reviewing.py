"""What reviewing a change costs, beside `diff -r` of the same directories.

    python benchmarks/reviewing.py [SERVICES]

Printed is processor time, the best of five. `hzc diff` compares directories with one service in a hundred changed. `hzc check`
finds what was committed as it would be written, once with the result that `hzc compile` has kept, and once with nothing
kept, which is all the work of compiling; `diff -r` compares two such directories. Exit status 1 when `hzc diff`, or
`hzc check` with a kept result, takes ten times as long as `diff -r` at 4,000 services.
"""

from __future__ import annotations

import resource as system
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.fleet import resource
from benchmarks.places import hzc
from hanzo_constructs.kube.yaml import dump_all

ROUNDS = 5
PROMISE = 10
CHANGED = 100
"""One service of so many gets another tag."""


def cost(*command: str) -> float:
    """Return the seconds of processor time that *command* takes, the best of some."""
    best = float("inf")
    for _ in range(ROUNDS):
        before = system.getrusage(system.RUSAGE_CHILDREN)
        subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
        after = system.getrusage(system.RUSAGE_CHILDREN)
        best = min(best, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return best


def rendered(services: int, changed: int, directory: Path) -> str:
    """Render *services* into *directory*, one of so many *changed* with another tag; return where."""
    fleet = [resource(index) for index in range(services)]
    for each in fleet[::changed] if changed else []:
        each["spec"]["image"]["tag"] = "v9.9.9"
    source = directory.with_suffix(".yaml")
    source.write_text(dump_all(fleet))
    subprocess.run([hzc(), "compile", str(source), "-o", str(directory)], check=True, capture_output=True)
    return str(directory)


def main() -> int:
    """Measure and print the table."""
    services = int(sys.argv[1]) if len(sys.argv) > 1 else 4000
    with TemporaryDirectory() as folder:
        old, new = rendered(services, 0, Path(folder, "old")), rendered(services, CHANGED, Path(folder, "new"))
        plain = cost("/usr/bin/diff", "-r", old, new)
        print(f"{services} services, one of {CHANGED} changed; diff -r: {plain * 1000:.0f} ms\n")
        ratio = cost(hzc(), "diff", old, new) / plain
        print(f"hzc diff: {ratio:.1f} times that")
        shutil.copytree(old, f"{old}-2")
        same = cost("/usr/bin/diff", "-r", old, f"{old}-2")
        check = (hzc(), "check", f"{old}.yaml", "-o", old)
        kept = cost(*check) / same
        print(f"\nnothing changed; diff -r: {same * 1000:.0f} ms\n")
        print(f"hzc check: {kept:.1f} times that; with nothing kept: {cost(*check, '--no-cache') / same:.1f} times")
    return int(services == 4000 and max(ratio, kept) > PROMISE)


if __name__ == "__main__":
    sys.exit(main())
