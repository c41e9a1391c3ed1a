"""Backups to an S3 bucket."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from ..kube.cron import CronExpression
from ..kube.fields import wire_name
from ..kube.model import Model
from ..kube.names import ObjectName
from ..kube.s3 import S3Bucket, S3Endpoint
from ..platform import Platform

__all__ = ["BACKUP_VARIABLES", "Backup", "BackupTarget", "backup_target", "missing_target"]

BACKUP_VARIABLES = (
    "BACKUP_DIRECTORY",
    "BACKUP_HOST",
    "BACKUP_PORT",
    "BACKUP_S3_ENDPOINT",
    "BACKUP_S3_BUCKET",
    "BACKUP_PREFIX",
    "BACKUP_RETENTION_DAYS",
    "BACKUP_S3_ACCESS_KEY",
    "BACKUP_S3_SECRET_KEY",
)
"""Environment variables of a backup job, in order; the user's own follow."""


class Backup(Model):
    """When a dump is taken, where it goes, and how long it stays."""

    schedule: CronExpression
    """Five cron fields: minute, hour, day of month, month, day of week."""
    s3_endpoint: S3Endpoint | None = None
    """URL of the S3 service; left out, the platform's."""
    s3_bucket: S3Bucket | None = None
    """Bucket the dumps go to, below `<namespace>/<name>/`; left out, the platform's."""
    s3_credentials_secret: ObjectName | None = None
    """Secret with AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; left out, the platform's."""
    retention_days: Annotated[int, Field(ge=1, le=36500)] = 30
    """Days that a dump is kept; only a backup that succeeds removes older ones."""


@dataclass(frozen=True, slots=True)
class BackupTarget:
    """Where dumps go."""

    endpoint: str
    bucket: str
    credentials_secret: str


def backup_target(backup: Backup, platform: Platform) -> BackupTarget | None:
    """Return where *backup* goes: field by field its own target, else that of *platform*; None where one is missing."""
    endpoint = backup.s3_endpoint or platform.backup_s3_endpoint
    bucket = backup.s3_bucket or platform.backup_s3_bucket
    secret = backup.s3_credentials_secret or platform.backup_s3_credentials_secret
    return BackupTarget(endpoint.rstrip("/"), bucket, secret) if endpoint and bucket and secret else None


def missing_target(backup: Backup, platform: Platform) -> list[tuple[str, str]]:
    """Return the field and the platform setting of each part of the target that neither gives."""
    names = ("s3_endpoint", "s3_bucket", "s3_credentials_secret")
    return [
        (wire_name(name), wire_name(f"backup_{name}"))
        for name in names
        if not getattr(backup, name) and not getattr(platform, f"backup_{name}")
    ]
