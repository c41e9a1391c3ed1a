"""Addresses that every S3 client takes."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator

from .fields import shown
from .published import text
from .urls import URL_FORM, url_problem

__all__ = ["S3Bucket", "S3Endpoint"]

_BUCKET = re.compile(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*\Z", re.ASCII)
_ADDRESS = re.compile(r"[0-9]+(?:\.[0-9]+){3}\Z", re.ASCII)
_CREDENTIALS = "must not contain a user or password; the Secret with the credentials holds them"


def _endpoint(value: str) -> str:
    if problem := url_problem(value, credentials=_CREDENTIALS):
        raise ValueError(problem)
    return value


def _bucket(value: str) -> str:
    if not _BUCKET.match(value) or not 3 <= len(value) <= 63:
        raise ValueError(
            f"must be 3 to 63 lower-case letters, digits, '-' and '.', with a letter or digit at both ends of each part, got {shown(value)}"
        )
    if _ADDRESS.match(value):
        raise ValueError(f"must not have the form of an IP address, got {shown(value)}")
    return value


S3Endpoint = Annotated[str, AfterValidator(_endpoint), URL_FORM]
"""URL of an S3 service; there is never a password in it."""
S3Bucket = Annotated[
    str,
    AfterValidator(_bucket),
    text(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*", least=3, most=63),
]
"""Name of a bucket."""
