"""The rules between fields that an API server can check, by the model whose Python rules say the same.

Only what is published loads these modules: a resource is compiled without them. A rule that a shared model states is stated
once, and holds for every model made from it.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from pydantic import BaseModel

from ...spec.datastore import Datastore
from ...spec.workload import WorkloadSpec
from . import exposure, inference, kinds, ports, resources, scaling, workloads
from .rule import CelRule

__all__ = ["CelRule", "rules_of"]

_TABLES = (exposure.RULES, inference.RULES, kinds.RULES, ports.RULES, resources.RULES, scaling.RULES, workloads.RULES)


@cache
def rules_of(model: type[BaseModel]) -> tuple[CelRule, ...]:
    """Return the rules of *model* and of the models that it is made from."""
    return tuple(dict.fromkeys(_rules(model)))


def _rules(model: type[BaseModel]) -> Iterator[CelRule]:
    for base in model.__mro__:
        for table in _TABLES:
            yield from table.get(base, ())
    if issubclass(model, WorkloadSpec):
        yield from workloads.of_workload(model)
    if issubclass(model, Datastore):
        yield from resources.of_engine(model)
