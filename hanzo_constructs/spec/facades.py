"""The facades of the table of kinds as classes: kinds of their own that are a Service or a Datastore in everything else."""
# ruff: noqa: D101 - the row of a facade says what it is

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .kinds import KINDS
from .resource import Datastore, Service

__all__ = ["IAM", "KMS", "KV", "LLM", "S3", "SQL", "DocDB", "Explorer", "Indexer"]

if TYPE_CHECKING:  # what type checkers read; the classes are made from the rows

    class IAM(Service): ...

    class LLM(Service): ...

    class KMS(Service): ...

    class Indexer(Service): ...

    class Explorer(Service): ...

    class SQL(Datastore): ...

    class KV(Datastore): ...

    class DocDB(Datastore): ...

    class S3(Datastore): ...


def __getattr__(name: str) -> Any:
    if (kind := KINDS.get(name)) is None or not kind.of:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return kind.model


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
