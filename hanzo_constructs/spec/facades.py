"""Facades: kinds of their own that share spec and compiler with Service or Datastore."""

from __future__ import annotations

from typing import ClassVar, Literal

from .resource import Datastore, Service

__all__ = ["IAM", "KMS", "KV", "LLM", "S3", "SQL", "DocDB", "Explorer", "Indexer"]


class IAM(Service):
    """Identity and access management."""

    kind: Literal["IAM"] = "IAM"
    """IAM."""


class LLM(Service):
    """A gateway to language models."""

    kind: Literal["LLM"] = "LLM"
    """LLM."""


class KMS(Service):
    """Key management."""

    kind: Literal["KMS"] = "KMS"
    """KMS."""


class Indexer(Service):
    """An indexer of a chain."""

    kind: Literal["Indexer"] = "Indexer"
    """Indexer."""


class Explorer(Service):
    """An explorer of a chain."""

    kind: Literal["Explorer"] = "Explorer"
    """Explorer."""


class SQL(Datastore):
    """A PostgreSQL database."""

    ENGINE: ClassVar[str | None] = "postgresql"
    kind: Literal["SQL"] = "SQL"
    """SQL."""


class KV(Datastore):
    """A Valkey cache."""

    ENGINE: ClassVar[str | None] = "valkey"
    kind: Literal["KV"] = "KV"
    """KV."""


class DocDB(Datastore):
    """A document database."""

    ENGINE: ClassVar[str | None] = "docdb"
    kind: Literal["DocDB"] = "DocDB"
    """DocDB."""


class S3(Datastore):
    """An object store."""

    ENGINE: ClassVar[str | None] = "minio"
    kind: Literal["S3"] = "S3"
    """S3."""
