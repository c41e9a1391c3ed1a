"""Further names of a datastore: each becomes a Service."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ..kube.fields import shown
from ..kube.model import Problem
from ..kube.names import service_name_problem
from .repeats import repeated

__all__ = ["alias_problems", "taken_alias_problems"]


def alias_problems(aliases: Sequence[str]) -> Iterator[Problem]:
    """Yield those of *aliases* that name no Service, and those that come twice."""
    for index, alias in enumerate(aliases):
        if problem := service_name_problem(alias):
            yield Problem(("serviceAliases", index), problem)
    yield from repeated(aliases, at=("serviceAliases",))


def taken_alias_problems(aliases: Sequence[str], taken: Mapping[str, str]) -> Iterator[Problem]:
    """Yield those of *aliases* that are *taken*: names of other Services of the resource, and what they are."""
    for index, alias in enumerate(aliases):
        if alias in taken:
            message = f"{shown(alias)} is {taken[alias]}; choose another or leave it out"
            yield Problem(("spec", "serviceAliases", index), message)
