"""What an edit costs in an editor, beside compiling and proving the same set anew.

    python benchmarks/editing.py [RESOURCES]

Printed is processor time, the best of five, from the new text to everything that is wrong with the set, as `hzc lsp`
finds it. Exit status 1 when an edit of the mixed fleet of 400 takes more than 100 ms.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.mixed import mixed_resource
from hanzo_constructs.editor import WorkingSet
from hanzo_constructs.editor.diagnostics import diagnostic_of
from hanzo_constructs.kube.yaml import dump

ROUNDS = 5
PROMISE = 0.1
"""Seconds of processor time."""


def findings(working: WorkingSet) -> int:
    """Find everything that is wrong with *working*, as it is shown, and return how much that is."""
    return len([diagnostic_of(each) for each in working.found()])


def cost(task: Callable[[], object]) -> float:
    """Return the seconds of processor time that *task* takes."""
    started = time.process_time()
    task()
    return time.process_time() - started


def opened(texts: dict[str, str]) -> WorkingSet:
    """Return a set of *texts* that everything is known of."""
    working = WorkingSet()
    for name, text in texts.items():
        working.update(name, text)
    findings(working)
    return working


def edits(texts: dict[str, str]) -> dict[str, tuple[str, str]]:
    """Return what is typed, by what it does: the file, and its new text."""
    service, gateway = next(iter(texts)), next(name for name, text in texts.items() if "kind: Gateway" in text)
    other = [*texts][1]
    return {
        "a value of a Service": (service, texts[service].replace("spec:", "spec:\n  revisionHistoryLimit: 3", 1)),
        "a field that is misspelt": (service, texts[service].replace("spec:", "spec:\n  replica: 3", 1)),
        "a name that others link to": (gateway, texts[gateway].replace("  name: ", "  name: x-", 1)),
        "a text that is no YAML": (service, texts[service] + "  a: {\n"),
        "a name that is taken": (service, texts[other]),
    }


def main() -> int:
    """Measure and print the table."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 400
    texts = {f"{number:04}.yaml": dump(mixed_resource(number)) for number in range(count)}
    as_one = {"all.yaml": "---\n".join(texts.values())}
    whole = min(cost(lambda: opened(texts)) for _ in range(2))
    print(f"{count} resources; everything anew: {whole * 1000:.0f} ms\n\n{'edit':<36}{'ms':>6}{'of anew':>10}")
    worst = 0.0
    rows = {**edits(texts), "a value, all in one file": ("all.yaml", edits(texts)["a value of a Service"][1])}
    for what, (name, text) in rows.items():
        working = opened(as_one if name == "all.yaml" else texts)
        before = (as_one if name == "all.yaml" else texts)[name]
        after = before.replace(next(iter(texts.values())), text, 1) if name == "all.yaml" else text

        def edit(working: WorkingSet = working, name: str = name, after: str = after) -> None:
            working.update(name, after)
            findings(working)

        seconds = float("inf")
        for _ in range(ROUNDS):
            seconds = min(seconds, cost(edit))
            working.update(name, before)
            findings(working)
        worst = max(worst, seconds)
        print(f"{what:<36}{seconds * 1000:>6.0f}{seconds / whole:>10.3f}")
    return int(count == 400 and worst > PROMISE)


if __name__ == "__main__":
    sys.exit(main())
