"""The promises about speed and memory, each judged from the measurements."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from .kinds import RESOURCES
from .mixed_objects import objects_per_resource
from .reference import KINDS
from .runs import Timings

MIB = 2**20
LONGEST = 40_000
"""Resources of the longest set of which anything is promised, where it is measured: `--sizes 400,4000,40000`."""
EXPLAINED = {1: 1.5, 400: 4.0}
"""How many times the CPU of compiling so many services it may cost to say why their children are what they are."""


@dataclass(frozen=True)
class Bar:
    """One promise: what is compared, what was measured, what is allowed."""

    promise: str
    measured: str
    kept: bool | None
    """None when one side of the comparison was not measured."""


def bars(
    timings: list[Timings],
    start_up_ratio: float | None,
    costs: Mapping[str, tuple[float, float]] | None = None,
    explaining: Mapping[int, tuple[float, float]] | None = None,
) -> Iterator[Bar]:
    """Judge every promise that concerns the sizes 1, 40, 400 and 4,000, *costs* of objects of single kinds, and *explaining*.

    Of a kind these are the seconds for an object of a Service, and for one of the kind; of so many services, what they cost
    to compile and to explain.
    """
    table = {timing.entry.name: timing for timing in timings}
    for rival in ("jsonnet", "kcl"):
        yield _faster(table, ("hzc", rival), 4000, least=3)
    yield _faster(table, ("hzc", "helm"), 4000, least=1 / 3)
    yield _cheap(table, ("hzc again", "hzc"), 4000, most=0.08)
    yield _cheap(table, ("hzc forms", "hzc"), 4000, most=1.15)
    yield _cheap(table, ("hzc edited", "hzc"), 4000, most=0.3)
    for suffix in ("", " alone"):
        for size in (400, 4000):
            yield _faster(table, (f"constructs{suffix}", f"cdk8s-plus python{suffix}"), size, least=3)
            yield _faster(table, (f"constructs{suffix}", f"cdk8s-plus javascript{suffix}"), size, least=1)
    pairs = [("hzc", "hzc mixed"), ("constructs", "constructs mixed"), ("constructs alone", "constructs mixed alone")]
    for pair in pairs:
        for name in pair:
            yield _linear(table.get(name), name)
    for plain, mixed in pairs:
        yield _even(table, plain, mixed)
    for kind in RESOURCES:
        yield _costly(kind, (costs or {}).get(kind))
    for services, most in EXPLAINED.items():
        yield _explained(services, (explaining or {}).get(services), most)
    yield from _memory(table)
    one = table["hzc"].seconds(1) if "hzc" in table else None
    yield _most("hzc: one service, start to finish, under 0.25 s", one, (0.25, "s"))
    promise = '`hzc --version` under 2.5 times `python -c "import pydantic, yaml"`'
    yield _most(promise, start_up_ratio, (2.5, "times"))


def _memory(table: dict[str, Timings]) -> Iterator[Bar]:
    for name in ("hzc", "hzc mixed"):
        promise = f"{name}: peak memory at 4,000 resources under 256 MiB"
        yield _most(promise, _peak(table.get(name), 4000), (256, "MiB"))
    ours = table.get("hzc")
    for size, limit in ((4000, 110), (LONGEST, 300)):
        if size != LONGEST or (ours and size in ours.by_size):
            promise = f"hzc: memory of all processes at {size:,} resources under {limit} MiB"
            yield _most(promise, _tree(ours, size), (limit, "MiB"))


def _faster(table: dict[str, Timings], pair: tuple[str, str], size: int, *, least: float) -> Bar:
    ours, rival = pair
    if least > 1:
        promise = f"{ours} at {size:,} at least {least:g} times faster than {rival}"
    elif least == 1:
        promise = f"{ours} at {size:,} not slower than {rival}"
    else:
        promise = f"{ours} at {size:,} within {1 / least:g} times {rival}"
    our_seconds = table[ours].seconds(size) if ours in table else None
    their_seconds = table[rival].seconds(size) if rival in table else None
    if our_seconds is None or their_seconds is None:
        return Bar(promise, "not measured", None)
    ratio = their_seconds / our_seconds
    words = f"{ratio:.1f} times faster" if ratio >= 1 else f"{1 / ratio:.1f} times slower"
    return Bar(promise, f"{our_seconds:.2f} s, {their_seconds:.2f} s: {words}", ratio >= least)


def _cheap(table: dict[str, Timings], pair: tuple[str, str], size: int, *, most: float) -> Bar:
    """Compare by the work of all processors, which a busy machine changes little."""
    ours, other = pair
    promise = f"{ours} at {size:,} takes at most {most:g} of the CPU of {other}"
    small, large = (
        table[name].by_size[size].cpu if name in table and size in table[name].by_size else None for name in pair
    )
    if small is None or large is None:
        return Bar(promise, "not measured", None)
    return Bar(promise, f"{small:.2f} s, {large:.2f} s: {small / large:.3f}", small <= most * large)


def _linear(timing: Timings | None, name: str) -> Bar:
    promise = f"{name}: a resource at 4,000 costs at most 1.3 times one at 400"
    small, large = (timing.cost(1, size) if timing else None for size in (400, 4000))
    if small is None or large is None:
        return Bar(promise, "not measured", None)
    words = f"{small * 1000:.2f} ms, {large * 1000:.2f} ms: {large / small:.2f} times"
    return Bar(promise, words, large <= 1.3 * small)


def _even(table: dict[str, Timings], plain: str, mixed: str) -> Bar:
    """Compare by object, since a resource of the mixed fleet becomes fewer of them than a Service."""
    promise = f"{mixed}: an object of the 4,000 costs at most 1.3 times one of {plain}"
    small, large = (table[name].cost(400, 4000) if name in table else None for name in (plain, mixed))
    if small is None or large is None:
        return Bar(promise, "not measured", None)
    small, large = small / len(KINDS), large / objects_per_resource()
    words = f"{small * 1000:.3f} ms, {large * 1000:.3f} ms: {large / small:.2f} times"
    return Bar(promise, words, large <= 1.3 * small)


def _costly(kind: str, costs: tuple[float, float] | None) -> Bar:
    promise = f"{kind}: an object costs at most 1.3 times one of a Service, of processor time"
    if costs is None:
        return Bar(promise, "not measured", None)
    service, own = costs
    return Bar(
        promise, f"{service * 1000:.3f} ms, {own * 1000:.3f} ms: {own / service:.2f} times", own <= 1.3 * service
    )


def _explained(services: int, costs: tuple[float, float] | None, most: float) -> Bar:
    promise = f"`hzc show --why` of {services} takes at most {most:g} times the CPU of `hzc compile`"
    if costs is None:
        return Bar(promise, "not measured", None)
    compiled, explained = costs
    return Bar(
        promise, f"{compiled:.2f} s, {explained:.2f} s: {explained / compiled:.2f} times", explained <= most * compiled
    )


def _most(promise: str, value: float | None, limit: tuple[float, str]) -> Bar:
    if value is None:
        return Bar(promise, "not measured", None)
    most, unit = limit
    return Bar(promise, f"{value:.3g} {unit}", value < most)


def _tree(timing: Timings | None, size: int) -> float | None:
    tree = timing.by_size[size].tree if timing and size in timing.by_size else None
    return tree / MIB if tree else None


def _peak(timing: Timings | None, size: int) -> float | None:
    return timing.by_size[size].peak / MIB if timing and size in timing.by_size else None
