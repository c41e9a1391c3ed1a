"""The engines a Datastore can run, as data: adding one is one module, one row here and its golden cases."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from .clickhouse import CLICKHOUSE
from .docdb import DOCDB
from .engine import Engine
from .minio import MINIO
from .nats import NATS
from .postgresql import POSTGRESQL
from .valkey import VALKEY

__all__ = ["ENGINES", "ENGINE_ALIASES", "EngineName"]

ENGINE_ALIASES = {"datastore": "clickhouse"}

ENGINES: Mapping[str, Engine] = MappingProxyType(
    {engine.name: engine for engine in (CLICKHOUSE, POSTGRESQL, VALKEY, DOCDB, MINIO, NATS)}
)
"""Every engine by name."""

if TYPE_CHECKING:
    EngineName = str  # the names are data, and no type checker reads that
else:
    EngineName = Literal[
        tuple(
            name
            for engine in ENGINES
            for name in (engine, *(alias for alias, meant in ENGINE_ALIASES.items() if meant == engine))
        )
    ]
"""What `type` can be: every engine, and behind it its other names."""
