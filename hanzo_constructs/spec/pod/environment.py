"""Rules for the environment of a container."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from ...kube.core import EnvFromSource, EnvVar
from ...kube.fields import Path, shown
from ...kube.model import Problem
from .sources import field_reference_problems, source_problems

__all__ = ["environment_problems"]


def environment_problems(env: Sequence[EnvVar], env_from: Sequence[EnvFromSource], at: Path = ()) -> Iterator[Problem]:
    """Yield repeated and illegal names, and variables with no or several sources."""
    first: dict[str, int] = {}
    for index, variable in enumerate(env):
        name, source = variable.name, variable.value_from
        if (earlier := first.setdefault(name, index)) != index:
            yield Problem((*at, "env", index, "name"), f"{shown(name)} is used twice", also=(*at, "env", earlier))
        if not _names_variable(name):
            yield Problem((*at, "env", index, "name"), f"must be printable ASCII without '=', got {shown(name)}")
        if source is not None:
            if variable.value:
                yield Problem((*at, "env", index), "must have value or valueFrom, got both")
            yield from source_problems(source, (*at, "env", index, "valueFrom"))
            yield from field_reference_problems(source, (*at, "env", index, "valueFrom"))
    for index, bulk in enumerate(env_from):
        yield from source_problems(bulk, (*at, "envFrom", index), beside="prefix")


@lru_cache(maxsize=8192)
def _names_variable(name: str) -> bool:
    return name != "" and "=" not in name and name.isascii() and name.isprintable()
