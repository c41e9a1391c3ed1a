"""What a page says of what a run has read."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from ..compiler import Compilation
from ..explain import KnownCauses
from ..platform import Platform
from ..report import Entry, Facts, Fleet, Values, facts_of, values_of
from .checking import Checked
from .picturing import Seen, seen, surrounded

__all__ = ["Reported", "fleet_of", "reporter"]


class Reported(NamedTuple):
    """What a page needs to know of one resource."""

    seen: Seen
    facts: Facts
    values: tuple[Values, ...]


def reporter() -> Callable[[Compilation], Reported]:
    """Return what makes of each compilation what a page needs to know; it keeps once what several resources share."""
    known = KnownCauses()
    shared: dict[Values, Values] = {}

    def reported(compilation: Compilation) -> Reported:
        values = tuple(shared.setdefault(each, each) for each in values_of(compilation, known))
        return Reported(seen(compilation), facts_of(compilation), values)

    return reported


def fleet_of(title: str, checked: Checked[Reported], platform: Platform) -> Fleet:
    """Return everything that a page called *title* says of what was *checked*."""
    known = [(each, each.value) for each in checked.outcomes if each.value]
    around = surrounded((value.seen for _, value in known), checked, platform)
    return Fleet(
        title,
        tuple(Entry(outcome.subject, outcome.where, value.facts, value.values) for outcome, value in known),
        tuple(checked.findings),
        around.dependencies,
        around.exposures,
        around.owners,
        len(checked.objects),
        frozenset(outcome.subject for outcome, value in known if value.seen.is_datastore),
    )
