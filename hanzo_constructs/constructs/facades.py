"""The facades of the table of kinds as constructs: a Service or a Datastore in everything but the kind."""
# ruff: noqa: D101 - the row of a facade says what it is

from __future__ import annotations

import types
from functools import cache
from typing import TYPE_CHECKING, Any

from ..spec.kind import imported
from ..spec.kinds import KINDS, kind_named
from .construct import ResourceConstruct
from .datastore import DatastoreConstruct
from .service import ServiceConstruct

__all__ = [
    "DocDBConstruct",
    "ExplorerConstruct",
    "IAMConstruct",
    "IndexerConstruct",
    "KMSConstruct",
    "KVConstruct",
    "LLMConstruct",
    "S3Construct",
    "SQLConstruct",
    "construct_of",
]

if TYPE_CHECKING:  # what type checkers read; the classes are made from the rows

    class IAMConstruct(ServiceConstruct): ...

    class LLMConstruct(ServiceConstruct): ...

    class KMSConstruct(ServiceConstruct): ...

    class IndexerConstruct(ServiceConstruct): ...

    class ExplorerConstruct(ServiceConstruct): ...

    class SQLConstruct(DatastoreConstruct): ...

    class KVConstruct(DatastoreConstruct): ...

    class DocDBConstruct(DatastoreConstruct): ...

    class S3Construct(DatastoreConstruct): ...


@cache
def construct_of(name: str) -> type[ResourceConstruct[Any]]:
    """Return the class of the constructs of the kind *name*, be it of this package or of another one that adds it.

    Raises `SpecError` where there is no such kind.
    """
    kind = kind_named(name)
    construct: type[ResourceConstruct[Any]] = imported(kind.construct)
    if not kind.of:
        return construct
    body = {"kind": kind.name, "__doc__": kind.summary, "__module__": __name__}
    return types.new_class(f"{kind.name}Construct", (construct,), exec_body=lambda own: own.update(body))


def __getattr__(name: str) -> Any:
    kind = KINDS.get(name.removesuffix("Construct"))
    if kind is None or not kind.of or not name.endswith("Construct"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return construct_of(kind.name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
