"""The facades as constructs: kinds of their own that are a Service or a Datastore in everything else."""

from __future__ import annotations

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
]


class IAMConstruct(ServiceConstruct):
    """Identity and access management."""

    kind = "IAM"


class LLMConstruct(ServiceConstruct):
    """A gateway to language models."""

    kind = "LLM"


class KMSConstruct(ServiceConstruct):
    """Key management."""

    kind = "KMS"


class IndexerConstruct(ServiceConstruct):
    """An indexer of a chain."""

    kind = "Indexer"


class ExplorerConstruct(ServiceConstruct):
    """An explorer of a chain."""

    kind = "Explorer"


class SQLConstruct(DatastoreConstruct):
    """A PostgreSQL database."""

    kind = "SQL"


class KVConstruct(DatastoreConstruct):
    """A Valkey cache."""

    kind = "KV"


class DocDBConstruct(DatastoreConstruct):
    """A document database."""

    kind = "DocDB"


class S3Construct(DatastoreConstruct):
    """An object store."""

    kind = "S3"
