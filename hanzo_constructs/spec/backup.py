"""Backups to an S3 bucket."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Unpack

from pydantic import Field

from ..kube.core import ResourceRequirements
from ..kube.cron import CronExpression
from ..kube.fields import wire_name
from ..kube.model import CheckedModel, Problem
from ..kube.names import ObjectName
from ..kube.quantity import AMOUNT_FORM, Quantity
from ..kube.s3 import S3Bucket, S3Endpoint
from ..kube.time_zones import time_zone_problem
from ..platform import Platform
from .image import Image
from .pod import request_problems
from .storage import size_problems

if TYPE_CHECKING:
    from .dicts import BackupArguments

__all__ = ["BACKUP_VARIABLES", "Backup", "BackupTarget", "BackupVolume", "backup_target", "missing_target"]

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


class BackupVolume(CheckedModel):
    """A disk for the time of one job."""

    size: Annotated[Quantity, AMOUNT_FORM]
    """Size of the disk, such as 50Gi: room for a dump and, while it is compressed, for its compressed copy."""
    storage_class_name: ObjectName | None = None
    """Storage class of the disk; left out, the platform's."""

    def problems(self) -> Iterator[Problem]:
        """Refuse sizes that no claim can have."""
        return size_problems(self.size)


class Backup(CheckedModel):
    """When a dump is taken, where it goes, and how long it stays."""

    if TYPE_CHECKING:

        def __init__(self, **data: Unpack[BackupArguments]) -> None: ...

    enabled: bool | None = None
    """Deprecated: a block that is written is on; false means the same as leaving it out."""
    schedule: CronExpression | None = None
    """Five cron fields: minute, hour, day of month, month, day of week. Required unless `enabled` is false."""
    time_zone: str | None = None
    """Time zone of the schedule, such as Europe/Berlin; left out, that of the controller in the cluster, mostly UTC."""
    s3_endpoint: S3Endpoint | None = None
    """URL of the S3 service; left out, the platform's."""
    s3_bucket: S3Bucket | None = None
    """Bucket the dumps go to, below `<namespace>/<name>/`; left out, the platform's."""
    s3_credentials_secret: ObjectName | None = None
    """Secret with AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; left out, the platform's."""
    retention_days: Annotated[int, Field(ge=1, le=36500)] = 30
    """Days that a dump is kept; only a backup that succeeds removes older ones."""
    image: Image | None = None
    """Image of the job, with the tools for the engine; left out, the platform's backupImage, else that of the engine."""
    resources: ResourceRequirements | None = None
    """Requests and limits of the job; left out, 100m of CPU and 128Mi of memory, and at most 500m and 512Mi."""
    volume: BackupVolume | None = None
    """Disk on which the dump lies until it is uploaded; left out, the disk of the node."""

    def problems(self) -> Iterator[Problem]:
        """Refuse what no job can have."""
        if self.schedule is None and self.enabled is not False:
            yield Problem(("schedule",), "required")
        if self.time_zone is not None and (problem := time_zone_problem(self.time_zone)):
            yield Problem(("timeZone",), problem)
        if self.resources:
            yield from request_problems(self.resources)


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
