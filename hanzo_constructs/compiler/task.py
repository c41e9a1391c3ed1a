"""Task: a Job, or with a schedule a CronJob."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..children.cron_job import cron_job
from ..children.job import job, job_spec
from ..errors import Finding
from ..kube.kubectl import command, kubectl
from ..kube.model import written
from ..kube.owner import Pods
from ..platform import Rules
from ..spec.task import JOB_FIELDS, SCHEDULE_FIELDS, Task, TaskSpec
from .attachments import attached_children, attachment_findings, workload_template
from .child import Child
from .compilation import Compilation
from .findings import image_findings, unmounted_findings
from .kind import Compiler, ManualSteps
from .links import NO_LINKS, Links
from .optional_blocks import secret_children
from .references import reference_findings
from .time_zones import time_zone_findings
from .workload import AS_WRITTEN, main_container, pod_fields

__all__ = ["TASK", "compile_task", "task_findings"]

_NATIVE_SINCE = 29
"""Kubernetes 1.29 lets init containers go on running until the others are done (SidecarContainers)."""
_CONDITIONS_OPTIONAL_SINCE = 29
"""Kubernetes 1.29 lets a rule of a failure policy leave onPodConditions out."""
_CONTROLLER_SECONDS = 10
"""Seconds between two looks of the controller of CronJobs at the clock."""

_GRACE = "template.spec.terminationGracePeriodSeconds"
_WHY = {
    "Job": {f"spec.{_GRACE}": "what Kubernetes gives every pod"},
    "CronJob": {
        "spec.concurrencyPolicy": "work that still runs is seldom meant to run twice",
        "spec.successfulJobsHistoryLimit": "what Kubernetes keeps by itself",
        "spec.failedJobsHistoryLimit": "what Kubernetes keeps by itself",
        f"spec.jobTemplate.spec.{_GRACE}": "what Kubernetes gives every pod",
    },
}


def compile_task(task: Task, pods: Pods, rules: Rules, _: Links = NO_LINKS) -> Iterator[Child]:
    """Yield the children of *task* in apply order."""
    spec = task.spec
    yield from secret_children(pods.owner, spec.kms_secrets, rules.platform)
    yield from attached_children(pods.owner, spec, rules.platform)
    work = job_spec(_template(pods, spec, rules), _job_fields(spec, rules))
    if spec.schedule is None:
        yield Child("Job", job(pods, work), "always", pods=pods)
    else:
        schedule = written(spec, {"schedule", *SCHEDULE_FIELDS})
        yield Child("CronJob", cron_job(pods, work, schedule=schedule), "spec.schedule", pods=pods)


def task_findings(task: Task, rules: Rules, _: Links = NO_LINKS) -> Iterator[Finding]:
    """Yield what the platform or the epoch doubts or refuses in *task*."""
    spec = task.spec
    others = (("sidecars", spec.sidecars), ("initContainers", spec.init_containers))
    yield from image_findings(spec.image, others, spec.volumes, rules)
    yield from reference_findings(spec, others, rules)
    yield from _sidecar_findings(spec, rules)
    yield from time_zone_findings(spec.time_zone, "spec.timeZone")
    seconds = spec.starting_deadline_seconds
    if seconds is not None and seconds < _CONTROLLER_SECONDS:
        message = f"is less than the {_CONTROLLER_SECONDS} seconds after which the controller looks again, so that jobs may never start, got {seconds}"
        yield Finding(message, "spec.startingDeadlineSeconds", severity="warning")
    if spec.lifecycle and spec.lifecycle.pre_stop:
        message = "does not run when the work is done, only when the pod is stopped before that"
        yield Finding(message, "spec.lifecycle.preStop", severity="warning")
    yield from attachment_findings(spec, rules)
    yield from unmounted_findings(spec.volumes, spec.volume_mounts, (*spec.sidecars, *spec.init_containers))


def _sidecar_findings(spec: TaskSpec, rules: Rules) -> Iterator[Finding]:
    """Yield sidecars that would keep the job from ending."""
    if rules.platform.kubernetes_minor >= _NATIVE_SINCE:
        return
    cluster = f"before Kubernetes 1.{_NATIVE_SINCE}, and the platform's oldest cluster is {rules.platform.kubernetes}"
    for index, container in enumerate(spec.sidecars):
        message = f"{container.name} would run on when the work is done, and the job never end, {cluster}; leave it out"
        yield Finding(message, f"spec.sidecars[{index}]")


def _job_fields(spec: TaskSpec, rules: Rules) -> dict[str, Any]:
    """Return the fields of the job itself; the schemas of older clusters want every part of a failure policy."""
    wrote = written(spec, {*JOB_FIELDS})
    for rule in wrote.get("podFailurePolicy", {}).get("rules", ()):
        if rules.platform.kubernetes_minor < _CONDITIONS_OPTIONAL_SINCE:
            rule.setdefault("onPodConditions", [])
        for condition in rule.get("onPodConditions", ()):
            condition.setdefault("status", "True")
    return wrote


def _template(pods: Pods, spec: TaskSpec, rules: Rules) -> dict[str, Any]:
    wrote = written(spec, AS_WRITTEN)
    # an init container that always restarts is stopped when the work is done, and any other container is waited for
    sidecars = [{**each, "restartPolicy": each.get("restartPolicy", "Always")} for each in wrote.get("sidecars", ())]
    inits = [*wrote.get("initContainers", ()), *(each for each in sidecars if each["restartPolicy"] == "Always")]
    ending = [each for each in sidecars if each["restartPolicy"] != "Always"]
    return workload_template(
        spec,
        pods,
        [main_container(pods, spec.image, wrote, rules), *ending],
        rules=rules,
        spread=None,
        pod={
            "restartPolicy": spec.restart_policy,
            **pod_fields(spec, wrote),
            "initContainers": inits or wrote.get("initContainers"),
            "volumes": wrote.get("volumes"),
        },
    )


def _steps(compilation: Compilation) -> Iterator[ManualSteps]:
    """Yield the steps to another image, or to anything else in the pods of a Job."""
    for manifest in compilation.manifests:
        if manifest["kind"] == "Job":
            name = manifest["metadata"]["name"]
            yield ManualSteps(
                "before you apply another image, or other fields of the pods, run this (a Job refuses the change; it stops"
                " work that is not done):",
                (command(*kubectl(manifest), "delete", "job", name, "--ignore-not-found", "--cascade=foreground"),),
            )


TASK = Compiler(compile_task, task_findings, manual_steps=_steps, why=_WHY)
