"""Tables, for the terminal and for the docs the same text: Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from .bars import MIB, Bar
from .runs import Timings


def report(timings: list[Timings], judged: list[Bar], *, emitting: dict[str, float], start_up: dict[str, float]) -> str:
    """Write all tables of one run."""
    alone = [timing for timing in timings if timing.entry.name.endswith(" alone")]
    users = [timing for timing in timings if timing not in alone]
    sections = [
        ("Rendering a fleet", _table(users, "hzc")),
        ("cdk8s programs without the cdk8s command line", _table(alone, "constructs alone")),
        ("Writing YAML alone, the objects of the largest fleet", _seconds(emitting)),
        ("Start-up", _seconds(start_up)),
        ("Promises", _promises(judged)),
        ("What each entry is", _rows(("entry", "what runs"), ((t.entry.name, t.entry.note) for t in timings))),
    ]
    return "\n".join(f"## {title}\n\n{body}\n" for title, body in sections if body)


def _table(timings: list[Timings], baseline: str) -> str:
    if not timings:
        return ""
    sizes = sorted(timings[0].by_size)
    largest = sizes[-1]
    base = next((timing for timing in timings if timing.entry.name == baseline), None)
    head = [
        "entry",
        *("1 resource, s" if size == 1 else f"{size:,}, s" for size in sizes),
        *(f"ms a resource, {low:,} to {high:,}" for low, high in pairwise(sizes[1:])),
        f"MiB at {largest:,}",
        "MiB of all processes",
        f"times {baseline}",
        f"CPU s at {largest:,}",
        f"times {baseline}",
    ]
    return _rows(head, (_row(timing, sizes, base) for timing in timings))


def _row(timing: Timings, sizes: list[int], base: Timings | None) -> list[str]:
    largest = sizes[-1]
    costs = [timing.cost(low, high) for low, high in pairwise(sizes[1:])]
    mine, other = timing.by_size[largest], base.by_size[largest] if base else None
    return [
        f"**{timing.entry.name}**" if timing.entry.ours else timing.entry.name,
        *(f"{timing.by_size[size].seconds:.2f}" for size in sizes),
        *(f"{cost * 1000:.2f}" if cost is not None else "" for cost in costs),
        f"{mine.peak / MIB:.0f}",
        f"{mine.tree / MIB:.0f}" if mine.tree else "",
        f"{mine.seconds / other.seconds:.2f}" if other else "",
        f"{mine.cpu:.2f}",
        f"{mine.cpu / other.cpu:.2f}" if other else "",
    ]


def _seconds(values: dict[str, float]) -> str:
    if not values:
        return ""
    first = next(iter(values.values()))
    rows = ((name, f"{value:.3f}", f"{value / first:.2f}") for name, value in values.items())
    return _rows(("what", "s", "times the first"), rows)


def _promises(judged: list[Bar]) -> str:
    if not judged:
        return ""
    words = {True: "yes", False: "**no**", None: "?"}
    return _rows(("promise", "measured", "kept"), ((bar.promise, bar.measured, words[bar.kept]) for bar in judged))


def _rows(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
