"""Print which share of the workloads in folders of plain manifests our resources can say, and what is missing.

Run with `python -m benchmarks.coverage FOLDER...`, a folder for each repository.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from pathlib import Path

from .corpus import workloads
from .imports import imports_of
from .verdict import Verdict, verdict

WAYS = (
    ("fields", "said by fields alone"),
    ("overlay", "said with an overlay"),
    ("adopted", "taken over: nothing that a cluster refuses to change differs"),
)
MOST = 40


def main() -> None:
    """Measure, and print shares, what is missing, and what is refused."""
    found = [verdict(each) for each in workloads(map(Path, sys.argv[1:]))]
    repositories = {each.workload.repository for each in found}
    valid = [each for each in found if not each.invalid]
    print(f"{len(found)} workloads of {len(repositories)} repositories, {len(valid)} of them valid manifests")
    print("of all        of valid")
    for attribute, words in WAYS:
        shares = [sum(bool(getattr(each, attribute)) for each in group) for group in (found, valid)]
        every, of_valid = (
            f"{100 * count / max(len(group), 1):5.1f} % {count:4}"
            for count, group in zip(shares, (found, valid), strict=True)
        )
        print(f"{every}  {of_valid}  {words}")
    print(f"\ninvalid manifests: {len(found) - len(valid)}")
    for reason, count in Counter(each.invalid for each in found if each.invalid).most_common():
        print(f"{count:6}  {reason}")
    found = valid
    _print_ranked("not said by a field", found, "missing")
    _print_ranked("not said by an overlay either", [each for each in found if not each.overlay], "beyond")
    _print_ranked("refused", found, "refused")
    _print_imports([*map(Path, sys.argv[1:])])


def _print_imports(repositories: list[Path]) -> None:
    tally = imports_of(repositories)
    of = max(tally.workloads, 1)
    print(f"\nimported: {tally.workloads} workloads, Jobs and CronJobs among them")
    print(
        f"{100 * tally.without_remainder / of:5.1f} % {tally.without_remainder:4}  become resources without a remainder"
    )
    print(f"{100 * tally.by_fields / of:5.1f} % {tally.by_fields:4}  by fields alone")
    print("\nstands in the way: workloads")
    for reason, count in tally.reasons.most_common(MOST):
        print(f"{count:6}  {reason}")
    print("\nmade by resources, and beside: kinds")
    for kind in sorted({*tally.companions, *tally.beside}, key=lambda each: -tally.beside[each])[:MOST]:
        print(f"{tally.companions[kind]:6} {tally.beside[kind]:6}  {kind}")


def _print_ranked(title: str, found: list[Verdict], attribute: str) -> None:
    counts: Counter[str] = Counter()
    places: defaultdict[str, set[str]] = defaultdict(set)
    alone: Counter[str] = Counter()
    for each in found:
        reasons = set(getattr(each, attribute))
        counts.update(reasons)
        alone.update(reasons if len(reasons) == 1 else ())
        for reason in reasons:
            places[reason].add(each.workload.repository)
    if counts:
        print(f"\n{title}: workloads, repositories, the only thing in")
        for reason, count in counts.most_common(MOST):
            print(f"{count:6} {len(places[reason]):4} {alone[reason]:5}  {reason}")


if __name__ == "__main__":
    main()
