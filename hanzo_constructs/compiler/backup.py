"""The job that saves a Datastore: its pod, and the script that fails where a step of it fails."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..children.cron_job import cron_job
from ..children.pod import pod_template
from ..errors import Finding
from ..kube.fields import shown
from ..kube.images import image_parts
from ..kube.labels import MANAGED_BY, NAME, PART_OF, backup_selector
from ..kube.manifest import present
from ..kube.model import written
from ..kube.owner import Owner, Pods
from ..platform import Rules
from ..spec.backup import BACKUP_VARIABLES, Backup, BackupTarget, backup_target, missing_target
from ..spec.connection import host_name, namespace_needed
from ..spec.datastore import Datastore
from ..spec.engines.engine import Engine
from ..spec.image import image_reference
from ..spec.resource import OWN_PREFIX
from .backup_bucket import bucket_functions, client_words
from .backup_room import DISK_GROUP, backup_resources, backup_volume, room_findings, writes_dump
from .child import Child
from .engine import used_image
from .findings import image_findings, size_findings
from .pods import amount_findings
from .time_zones import time_zone_findings

__all__ = [
    "BACKUP_WHY",
    "backup_children",
    "backup_findings",
    "backup_pods",
    "backup_script",
    "joined",
]

_DIRECTORY = "/backup"
_ADVICE = "set image here, or backupImage in the platform settings"
_VOLUME = "work"
_AS_OF_THE_STORE = ("image_pull_secrets", "node_selector", "tolerations", "host_aliases", "dns_policy", "dns_config")
"""Fields of the datastore's pods that hold for those of its backup too: what they may run on, and whom they reach."""
_DEADLINE = 23 * 60 * 60
"""Seconds: a backup that hangs is a failure, and must not keep the next day's from starting."""

_PROLOGUE = """\
set -eu
umask 077
fail() {{
  echo "backup: $1" >&2
  exit 1
}}
need() {{
  command -v "$1" > /dev/null || fail "the image has no $1; set backupImage in the platform settings"
}}
{needs}WORK="$BACKUP_DIRECTORY/work"
rm -rf "$WORK"
mkdir "$WORK"
export HOME="$WORK" TMPDIR="$WORK" XDG_CONFIG_HOME="$WORK" MC_CONFIG_DIR="$WORK/mc"
export RCLONE_CONFIG="$WORK/rclone" AWS_CONFIG_FILE="$WORK/aws"
"""
_STAMP = """\
# what stands above is there for a restore too
STAMP=$(date -u +%Y-%m-%dT%H-%M-%SZ)
"""
_EPILOGUE = """\
remove_old "$BACKUP_RETENTION_DAYS"
rm -rf "$WORK"
echo "backup: saved $BACKUP_PREFIX/$STAMP"
"""

_CONTAINER = "spec.jobTemplate.spec.template.spec.containers[0]"

BACKUP_WHY = {
    "CronJob": {
        "spec.concurrencyPolicy": "two backups at once would only slow each other down",
        "spec.successfulJobsHistoryLimit": "enough to look at",
        "spec.failedJobsHistoryLimit": "enough to look at",
        "spec.jobTemplate.spec.activeDeadlineSeconds": "a backup that hangs must not keep the next day's from starting",
        "spec.jobTemplate.spec.backoffLimit": "a backup that fails four times needs somebody to look at it",
        "spec.jobTemplate.spec.template.spec.restartPolicy": "what fails is tried again in the same pod",
        "spec.jobTemplate.spec.template.spec.securityContext.fsGroup": "a new disk is root's, and the image may run as anybody",
        "spec.jobTemplate.spec.template.spec.volumes[0]": "room for the dump until it is uploaded",
        f"{_CONTAINER}.name": "the one container of the job",
        f"{_CONTAINER}.command": "a shell is all that an image for backups must have beside its tools",
        f"{_CONTAINER}.env[*].name": "what the script goes by",
        f"{_CONTAINER}.env[0].value": "room for the dump until it is uploaded",
        f"{_CONTAINER}.env[*].valueFrom.secretKeyRef.key": "the names that S3 clients give to the keys",
        f"{_CONTAINER}.resources": "enough for a dump that is not held in memory",
        f"{_CONTAINER}.volumeMounts[0]": "room for the dump until it is uploaded",
    }
}
"""What is always so for the job of a backup, and why: by the kind of the child and the place in it."""


def backup_script(engine: Engine) -> str:
    """Return the script that saves *engine*, for any POSIX shell.

    There is no pipe in it, whose first half could fail unseen, and no secret in the arguments of a program. What is
    old is removed only after the new dump has arrived. An engine's commands may use `fail`, `$WORK` (an empty
    directory), `$STAMP`, the functions of `bucket_functions` and the variables of the job.
    """
    tools = ("gzip", *engine.tools) if writes_dump(engine) else engine.tools
    prologue = _PROLOGUE.format(needs="".join(f"need {tool}\n" for tool in tools))
    return prologue + bucket_functions(engine) + _STAMP + engine.dump + _EPILOGUE


def backup_pods(pods: Pods) -> Pods:
    """Return the pods of the job that saves *pods*.

    No selector of these asks for them: the label `instance` is missing, and labels by which users select the pods of the
    datastore are left out.
    """
    owner = pods.owner
    kept = {key: value for key, value in pods.labels.items() if key.startswith(OWN_PREFIX)}
    shared = {key: owner.labels[key] for key in (PART_OF, MANAGED_BY) if key in owner.labels} | kept
    shared = {key: value for key, value in shared.items() if key not in pods.selector}
    selector = backup_selector(owner.name)
    return Pods(owner, f"{owner.name}-backup", {NAME: selector[NAME], **shared, **selector}, selector)


def backup_children(datastore: Datastore, pods: Pods, rules: Rules) -> Iterator[Child]:
    """Yield the CronJob, if a backup is asked for and can be taken."""
    backup = datastore.spec.active_backup
    target = backup_target(backup, rules.platform) if backup else None
    if backup and target and _image(datastore, rules) and _has_data(datastore, rules):
        saving = backup_pods(pods)
        template = pod_template(
            saving,
            [_container(datastore, backup, target, owner=pods.owner, rules=rules)],
            rules=rules,
            spread=None,
            annotations={},
            pod={
                "restartPolicy": "OnFailure",
                **written(datastore.spec, {*_AS_OF_THE_STORE}),
                "volumes": [{"name": _VOLUME, **backup_volume(datastore, backup, rules)}],
                **({"securityContext": {"fsGroup": _group(datastore)}} if backup.volume else {}),
            },
        )
        job = {"activeDeadlineSeconds": _DEADLINE, "backoffLimit": 3, "template": template}
        manifest = cron_job(saving, job, schedule=written(backup, {"schedule", "time_zone"}))
        yield Child("CronJob", manifest, "spec.backup", pods=saving)


def backup_findings(datastore: Datastore, rules: Rules) -> Iterator[Finding]:
    """Yield why the backup cannot be taken, if one is asked for."""
    backup, severity = datastore.spec.active_backup, rules.epoch.backup_without_target
    if not backup:
        return
    left_out = "" if severity == "error" else "; the backup is left out"
    for field, setting in missing_target(backup, rules.platform):
        message = f"required: write it here or set {setting} in the platform settings{left_out}"
        yield Finding(message, f"spec.backup.{field}", severity=severity)
    if not datastore.generation.keeps_data:
        message = (
            f"{image_reference(used_image(datastore, rules))} is a proxy and keeps no data: write backup in the SQL that"
            " keeps them, and leave it out here"
        )
        yield Finding(message, "spec.backup", severity=severity)
    elif not _image(datastore, rules):
        lacking = image_reference(used_image(datastore, rules))
        message = f"the image {lacking} has no {_lacking(datastore)}; {_ADVICE}{left_out}"
        yield Finding(message, "spec.backup", severity=severity)
    yield from _image_findings(datastore, backup, rules)
    yield from room_findings(datastore, backup, rules)
    yield from amount_findings(backup.resources, ("spec", "backup", "resources"))
    if backup.volume:
        yield from size_findings(backup.volume.size, "spec.backup.volume.size")
    yield from time_zone_findings(backup.time_zone, "spec.backup.timeZone")
    if not (datastore.metadata.namespace or rules.platform.namespace):
        yield namespace_needed("a backup")


def _image_findings(datastore: Datastore, backup: Backup, rules: Rules) -> Iterator[Finding]:
    """Yield what is wrong, or known not to work, with the image of the job."""
    image = rules.platform.backup_image
    if backup.image:
        yield from image_findings(backup.image, (), (), rules, at="spec.backup.image")
    elif image and rules.platform.require_image_digest and not image_parts(image)[2]:
        message = f"backupImage of the platform must have a digest because the platform requires one (requireImageDigest), got {shown(image)}"
        yield Finding(message, "spec.backup")
    elif not image and _image(datastore, rules):
        chosen = datastore.chosen
        if chosen.is_known and chosen.generation.keeps_data and not chosen.generation.saves_itself:
            repository = used_image(datastore, rules).repository
            message = f"the image {repository} has no {_lacking(datastore)}, so that every backup would fail; {_ADVICE}"
            yield Finding(message, "spec.backup", severity="warning")


def _image(datastore: Datastore, rules: Rules) -> str | None:
    """Return the image of the job; None where it is known to lack the tools."""
    engine, spec = datastore.engine, datastore.spec
    if (backup := spec.active_backup) and backup.image:
        return image_reference(backup.image)
    if rules.platform.backup_image:
        return rules.platform.backup_image
    starts = "sh" in datastore.generation.programs if rules.epoch.image_facts else engine.operator_saves
    return image_reference(used_image(datastore, rules)) if spec.image or starts else None


def _has_data(datastore: Datastore, rules: Rules) -> bool:
    """Tell whether there is anything to save; the old operator did not ask."""
    return datastore.generation.keeps_data or not rules.epoch.image_facts


def _lacking(datastore: Datastore) -> str:
    """Return what an image that cannot save the engine lacks first."""
    programs = datastore.generation.programs
    if "sh" not in programs:
        return "shell"
    return next((tool for tool in datastore.engine.tools if tool not in programs), client_words(datastore.engine))


def _pull_policy(datastore: Datastore, backup: Backup, rules: Rules) -> str | None:
    """Return what is written beside the image of the job."""
    image = backup.image or (None if rules.platform.backup_image else datastore.spec.image)
    return image.pull_policy if image else None


def _group(datastore: Datastore) -> int:
    """Return the group of the files on a disk of the job's own."""
    return DISK_GROUP if datastore.spec.fs_group is None else datastore.spec.fs_group


def _container(
    datastore: Datastore, backup: Backup, target: BackupTarget, *, owner: Owner, rules: Rules
) -> dict[str, Any]:
    spec, engine = datastore.spec, datastore.engine
    wrote = written(spec, {"env", "env_from"})
    credentials = [{"secretRef": {"name": spec.credentials_secret}}] if spec.credentials_secret else []
    return present(
        {
            "name": "backup",
            "image": _image(datastore, rules),
            "imagePullPolicy": _pull_policy(datastore, backup, rules),
            "command": ["/bin/sh", "-c"],
            "args": [backup_script(engine)],
            "env": [*_variables(datastore, backup, target, owner=owner, rules=rules), *wrote.get("env", ())],
            "envFrom": joined(credentials, wrote.get("envFrom")),
            "resources": backup_resources(datastore, backup, rules),
            "volumeMounts": [{"name": _VOLUME, "mountPath": _DIRECTORY}],
        }
    )


def joined(own: list[dict[str, Any]], wrote: list[dict[str, Any]] | None) -> list[dict[str, Any]] | None:
    """Return what the platform has before what the user *wrote*, be it an empty list; None for neither."""
    return [*own, *(wrote or ())] if own or wrote is not None else None


def _variables(
    datastore: Datastore, backup: Backup, target: BackupTarget, *, owner: Owner, rules: Rules
) -> list[dict[str, Any]]:
    engine, namespace = datastore.engine, owner.namespace or ""
    port = next(port for port in datastore.spec.all_ports(engine) if port.name == engine.dump_port)
    contents = (
        _DIRECTORY,
        host_name(owner.service, namespace, rules.platform),
        str(port.exposed_port),
        target.endpoint,
        target.bucket,
        f"{namespace}/{owner.name}",
        str(backup.retention_days),
        {"secretKeyRef": {"name": target.credentials_secret, "key": "AWS_ACCESS_KEY_ID"}},
        {"secretKeyRef": {"name": target.credentials_secret, "key": "AWS_SECRET_ACCESS_KEY"}},
    )
    return [
        {"name": name, "value" if isinstance(content, str) else "valueFrom": content}
        for name, content in zip(BACKUP_VARIABLES, contents, strict=True)
    ]
