"""One page that says what a fleet is: workloads, what they ask for, what leads in, who connects to whom, and why."""

from __future__ import annotations

from .facts import Facts, facts_of
from .listing import Entry, Fleet
from .page import page_of
from .values import Values, values_of

__all__ = ["Entry", "Facts", "Fleet", "Values", "facts_of", "page_of", "values_of"]
