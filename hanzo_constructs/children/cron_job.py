"""CronJob: work that is done again and again, one job at a time."""

from __future__ import annotations

from typing import Any

from ..kube.labels import BACKUP_OF
from ..kube.manifest import Manifest, manifest, present
from ..kube.owner import Owner
from .origin import Origin, Origins

__all__ = ["ORIGINS", "cron_job"]

_DEADLINE = 23 * 60 * 60
_POD = "spec.jobTemplate.spec.template"
_MAIN = f"{_POD}.spec.containers[0]"
_HARDENING = Origin('metadata.annotations["hanzo.ai/pod-security"]', "pod_security", "stateful_pod_security")
_TARGET = {
    3: ("s3Endpoint", "backup_s3_endpoint"),
    4: ("s3Bucket", "backup_s3_bucket"),
    7: ("s3CredentialsSecret", "backup_s3_credentials_secret"),
    8: ("s3CredentialsSecret", "backup_s3_credentials_secret"),
}
"""Field and setting behind the variables of that number, counted as in `spec.backup.BACKUP_VARIABLES`."""

ORIGINS: Origins = {
    "spec.schedule": Origin("spec.backup.schedule"),
    "spec.timeZone": Origin("spec.backup.timeZone"),
    "spec.concurrencyPolicy": Origin(why="two backups at once would only slow each other down"),
    "spec.successfulJobsHistoryLimit": Origin(why="enough to look at"),
    "spec.failedJobsHistoryLimit": Origin(why="enough to look at"),
    "spec.jobTemplate.spec.activeDeadlineSeconds": Origin(
        why="a backup that hangs is a failure, and must not keep the next day's from starting"
    ),
    "spec.jobTemplate.spec.backoffLimit": Origin(why="a backup that fails four times needs somebody to look at it"),
    f"{_POD}.metadata.labels": Origin(("metadata.labels", "spec.labels")),
    f'{_POD}.metadata.labels["app.kubernetes.io/name"]': Origin("metadata.name"),
    f'{_POD}.metadata.labels["app.kubernetes.io/part-of"]': Origin(
        ('spec.labels["app.kubernetes.io/part-of"]', "spec.partOf")
    ),
    f'{_POD}.metadata.labels["app.kubernetes.io/managed-by"]': Origin(
        'spec.labels["app.kubernetes.io/managed-by"]', setting="managed_by"
    ),
    f'{_POD}.metadata.labels["{BACKUP_OF}"]': Origin("metadata.name"),
    f"{_POD}.spec.restartPolicy": Origin(why="what fails is tried again in the same pod"),
    f"{_POD}.spec.imagePullSecrets": Origin("spec.imagePullSecrets"),
    f"{_POD}.spec.automountServiceAccountToken": Origin(rule="automount_token"),
    f"{_POD}.spec.enableServiceLinks": Origin(rule="service_links"),
    f"{_POD}.spec.hostUsers": Origin(setting="user_namespaces"),
    f"{_POD}.spec.terminationGracePeriodSeconds": Origin(why="the same as for every pod"),
    f"{_POD}.spec.securityContext": _HARDENING,
    f"{_POD}.spec.securityContext.supplementalGroupsPolicy": Origin(
        'metadata.annotations["hanzo.ai/pod-security"]', "pod_security", "supplemental_groups"
    ),
    f"{_POD}.spec.securityContext.fsGroup": Origin(
        "spec.fsGroup", why="a new disk is root's, and the image may run as anybody"
    ),
    f"{_POD}.spec.securityContext.fsGroupChangePolicy": Origin(rule="fs_group_change_policy"),
    f"{_POD}.spec.volumes[0]": Origin(why="room for the dump until it is uploaded"),
    f"{_POD}.spec.volumes[0].emptyDir.sizeLimit": Origin(rule="backup_room"),
    f"{_POD}.spec.volumes[0].ephemeral.volumeClaimTemplate.spec.storageClassName": Origin(
        "spec.backup.volume.storageClassName", setting="storage_class_name"
    ),
    f"{_POD}.spec.volumes[0].ephemeral.volumeClaimTemplate.spec.resources": Origin("spec.backup.volume.size"),
    f"{_POD}.spec.volumes[v]": Origin(setting="read_only_root_filesystem"),
    f"{_MAIN}.name": Origin(why="the one container of the job"),
    f"{_MAIN}.image": Origin(
        ("spec.backup.image", "spec.image", "spec.type"), why="the image of the engine that the kind fixes"
    ),
    f"{_MAIN}.imagePullPolicy": Origin(("spec.backup.image.pullPolicy", "spec.image.pullPolicy")),
    f"{_MAIN}.command": Origin(why="a shell is all that an image for backups must have beside its tools"),
    f"{_MAIN}.args": Origin("spec.type", why="how the engine that the kind fixes is saved"),
    **{f"{_MAIN}.env[{number}].name": Origin(why="what the script goes by") for number in range(9)},
    f"{_MAIN}.env[0].value": Origin(why="room for the dump until it is uploaded"),
    f"{_MAIN}.env[1].value": Origin("metadata.name"),
    f"{_MAIN}.env[5].value": Origin("metadata.name"),
    f"{_MAIN}.env[6].value": Origin("spec.backup.retentionDays"),
    **{
        f"{_MAIN}.env[{number}]{part}": Origin(f"spec.backup.{field}", setting=setting)
        for number, (field, setting) in _TARGET.items()
        for part in (".value" if number < 7 else ".valueFrom.secretKeyRef.name",)
    },
    **{
        f"{_MAIN}.env[{number}].valueFrom.secretKeyRef.key": Origin(why="the names that S3 clients give to the keys")
        for number in (7, 8)
    },
    f"{_MAIN}.envFrom": Origin("spec.envFrom"),
    f"{_MAIN}.resources": Origin("spec.backup.resources", why="enough for a dump that is not held in memory"),
    f"{_MAIN}.resources.requests.ephemeral-storage": Origin(rule="backup_room"),
    f"{_MAIN}.securityContext.allowPrivilegeEscalation": _HARDENING,
    f"{_MAIN}.securityContext.capabilities": _HARDENING,
    f"{_MAIN}.securityContext.readOnlyRootFilesystem": Origin(setting="read_only_root_filesystem"),
    f"{_MAIN}.volumeMounts[0]": Origin(why="room for the dump until it is uploaded"),
    f"{_MAIN}.volumeMounts[m]": Origin(setting="read_only_root_filesystem"),
}


def cron_job(
    owner: Owner, template: dict[str, Any], *, name: str, schedule: str, time_zone: str | None = None
) -> Manifest:
    """Run *template* whenever *schedule* says, unless it still runs; None: in the time zone of the controller."""
    return manifest(
        "batch/v1",
        "CronJob",
        owner,
        name=name,
        spec=present(
            {
                "schedule": schedule,
                "timeZone": time_zone,  # on by default since Kubernetes 1.25, the oldest that is supported
                "concurrencyPolicy": "Forbid",
                "successfulJobsHistoryLimit": 3,
                "failedJobsHistoryLimit": 1,
                "jobTemplate": {"spec": {"activeDeadlineSeconds": _DEADLINE, "backoffLimit": 3, "template": template}},
            }
        ),
    )
