"""Backups to an S3 bucket."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from ..kube.cron import CronExpression
from ..kube.fields import shown
from ..kube.model import CheckedModel, Problem
from ..kube.names import ObjectName

__all__ = ["Backup"]

_BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]\Z", re.ASCII)


class Backup(CheckedModel):
    """When a dump is taken, where it goes, and how long it stays."""

    schedule: CronExpression
    """Five cron fields: minute, hour, day of month, month, day of week."""
    s3_endpoint: str | None = None
    """URL of the S3 service; left out, the platform's."""
    s3_bucket: str | None = None
    """Bucket the dumps go to; left out, the platform's."""
    s3_credentials_secret: ObjectName | None = None
    """Secret with AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; left out, the platform's."""
    retention_days: Annotated[int, Field(ge=1)] = 30
    """Days after which a dump is removed."""

    def problems(self) -> Iterator[Problem]:
        """Refuse targets no client could address."""
        if self.s3_endpoint is not None and not re.match(r"https?://[^\s/]+", self.s3_endpoint):
            yield Problem(("s3Endpoint",), f"must be an http or https URL, got {shown(self.s3_endpoint)}")
        if self.s3_bucket is not None and not _BUCKET.match(self.s3_bucket):
            message = f"must be 3 to 63 lower-case letters, digits, '-' and '.', got {shown(self.s3_bucket)}"
            yield Problem(("s3Bucket",), message)
