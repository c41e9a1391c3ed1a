"""Addresses that every S3 client takes."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator

from .fields import shown

__all__ = ["S3Bucket", "S3Endpoint"]

_BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]\Z", re.ASCII)
_ENDPOINT = re.compile(r"https?://[A-Za-z0-9.:\[\]-]+(?:/[A-Za-z0-9._~/-]*)?\Z", re.ASCII)


def _endpoint(value: str) -> str:
    if "@" in value:  # what stands before it may be a password, and is not repeated
        raise ValueError("must not contain a user or password; the Secret with the credentials holds them")
    if not _ENDPOINT.match(value):
        raise ValueError("must be an http or https URL without query (not shown here)")
    return value


def _bucket(value: str) -> str:
    if not _BUCKET.match(value):
        raise ValueError(f"must be 3 to 63 lower-case letters, digits, '-' and '.', got {shown(value)}")
    return value


S3Endpoint = Annotated[str, AfterValidator(_endpoint)]
"""URL of an S3 service; there is never a password in it."""
S3Bucket = Annotated[str, AfterValidator(_bucket)]
"""Name of a bucket."""
