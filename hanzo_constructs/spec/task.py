"""Task: work that ends, once or whenever a schedule says."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar, Literal, Unpack

from ..kube.core.scalars import NonNegative32, NonNegative64, Positive64
from ..kube.cron import CronExpression
from ..kube.fields import listed, shown, wire_name
from ..kube.labels import job_selector
from ..kube.model import Problem
from ..kube.names import LONGEST_CRON_JOB, dns_label_problem, length_problem
from ..kube.time_zones import time_zone_problem
from .containers import ContainersSpec
from .image import Image
from .pod_failure import PodFailurePolicy
from .resource import Resource
from .resource_rules import container_name_problems, reserved_label_problems

if TYPE_CHECKING:
    from .dicts import TaskSpecArguments

__all__ = ["JOB_FIELDS", "JOB_LABELS", "MOST_INDEXED", "SCHEDULE_FIELDS", "Task", "TaskSpec"]

SCHEDULE_FIELDS = (
    "time_zone",
    "concurrency_policy",
    "starting_deadline_seconds",
    "suspend",
    "successful_jobs_history_limit",
    "failed_jobs_history_limit",
)
"""Python names of the fields that say more about the schedule, and nothing without one."""
JOB_FIELDS = (
    "parallelism",
    "completions",
    "completion_mode",
    "backoff_limit",
    "pod_failure_policy",
    "active_deadline_seconds",
    "ttl_seconds_after_finished",
)
"""Python names of the fields that arrive in the spec of the job under their own names."""
MOST_INDEXED = 100_000
"""Pods of an indexed job that may run at the same time (`maxParallelismForIndexedJob` in Kubernetes)."""
JOB_LABELS = (
    "job-name",
    "controller-uid",
    "batch.kubernetes.io/job-name",
    "batch.kubernetes.io/controller-uid",
)
"""Labels that a cluster gives the pods of jobs; the API server refuses a Job that has others."""
_LONGEST_HOST = 63
"""Characters of the name of a host, which each pod of an indexed job has."""


class TaskSpec(ContainersSpec):
    """Work that ends: a migration, a batch, and with a schedule what is done again and again."""

    if TYPE_CHECKING:

        def __init__(self, **data: Unpack[TaskSpecArguments]) -> None: ...

    workload_kind: ClassVar[str] = "Job"

    image: Image
    """Image of the main container."""
    schedule: CronExpression | None = None
    """Five cron fields: minute, hour, day of month, month, day of week; left out, the work is done once, as soon as the
    Job is applied."""
    time_zone: str | None = None
    """Time zone of the schedule, such as Europe/Berlin; left out, that of the controller in the cluster, mostly UTC."""
    concurrency_policy: Literal["Allow", "Forbid", "Replace"] | None = None
    """What happens when it is time and the last job still runs: Forbid (the default) skips the new one, Replace ends the
    old one, Allow runs both."""
    starting_deadline_seconds: NonNegative64 | None = None
    """Seconds after its time within which a job may still start, such as after the controller was away; left out, any."""
    suspend: bool | None = None
    """Whether the schedule rests: true starts no job, and lets one that runs run on."""
    successful_jobs_history_limit: NonNegative32 | None = None
    """Jobs that succeeded and are kept, with their logs; left out, 3."""
    failed_jobs_history_limit: NonNegative32 | None = None
    """Jobs that failed and are kept, with their logs; left out, 1."""
    restart_policy: Literal["Never", "OnFailure"] = "Never"
    """What is done when a container fails: Never starts a new pod and keeps the old one with its log, OnFailure starts the
    container again in the same pod."""
    backoff_limit: NonNegative32 | None = None
    """Failures that are tried again before the job has failed; left out, what Kubernetes does, which is 6."""
    active_deadline_seconds: Positive64 | None = None
    """Seconds after which a job that still runs is stopped and has failed; left out, it may run for ever."""
    ttl_seconds_after_finished: NonNegative32 | None = None
    """Seconds after which a job that ended is removed, with its pods and logs; left out, it stays until somebody removes
    it, or the schedule keeps fewer."""
    parallelism: NonNegative32 | None = None
    """Pods that may run at the same time; left out, 1."""
    completions: NonNegative32 | None = None
    """Pods that must succeed; left out, as many as parallelism started, once one of them has succeeded."""
    completion_mode: Literal["NonIndexed", "Indexed"] | None = None
    """Indexed gives each pod an index of its own from 0 up, in the variable JOB_COMPLETION_INDEX; left out, NonIndexed."""
    pod_failure_policy: PodFailurePolicy | None = None
    """What follows from a failure, by exit code or condition of the pod; left out, every failure counts."""

    def _schedule_problems(self) -> Iterable[Problem]:
        if self.schedule is None:
            for name in SCHEDULE_FIELDS:
                if getattr(self, name) is not None:
                    yield Problem(
                        (wire_name(name),), "says nothing without spec.schedule; write that too, or leave it out"
                    )
        elif self.time_zone is not None and (problem := time_zone_problem(self.time_zone)):
            yield Problem(("timeZone",), problem)

    def _index_problems(self) -> Iterable[Problem]:
        if self.completion_mode != "Indexed":
            return
        if self.completions is None:
            yield Problem(
                ("completions",), "required beside completionMode Indexed: it says how many indexes there are"
            )
        if self.parallelism is not None and self.parallelism > MOST_INDEXED:
            message = f"must be at most {MOST_INDEXED} beside completionMode Indexed, got {self.parallelism}"
            yield Problem(("parallelism",), message)

    def _failure_problems(self) -> Iterable[Problem]:
        if self.pod_failure_policy and self.restart_policy != "Never":
            message = "must be Never beside podFailurePolicy, which judges pods that failed, got OnFailure"
            yield Problem(("restartPolicy",), message)

    def _resize_problems(self) -> Iterable[Problem]:
        if self.restart_policy != "Never":
            return
        for field, containers in (("sidecars", self.sidecars), ("initContainers", self.init_containers)):
            for number, container in enumerate(containers):
                if field == "initContainers" and container.restart_policy != "Always":
                    continue  # refused in every pod
                for index, policy in enumerate(container.resize_policy or ()):
                    if policy.restart_policy == "RestartContainer":
                        at = (field, number, "resizePolicy", index, "restartPolicy")
                        yield Problem(at, "must be NotRequired beside spec.restartPolicy Never, got RestartContainer")

    rules = (_schedule_problems, _index_problems, _failure_problems, _resize_problems, *ContainersSpec.rules)


class Task(Resource):
    """Work that ends."""

    kind: Literal["Task"] = "Task"
    """Task."""
    spec: TaskSpec
    """What is wanted."""

    @property
    def own_selector(self) -> dict[str, str]:
        """Labels that no Service and no budget of a resource of the same name asks for."""
        return job_selector(self.metadata.name)

    def _name_problems(self) -> Iterable[Problem]:
        name, spec = self.metadata.name, self.spec
        if dns_label_problem(name):
            return
        if problem := length_problem("Job" if spec.schedule is None else "CronJob", name):
            yield Problem(("metadata", "name"), problem)
        elif spec.completion_mode == "Indexed" and spec.completions:
            last = f"-{spec.completions - 1}"
            most = (_LONGEST_HOST if spec.schedule is None else LONGEST_CRON_JOB) - len(last)
            if len(name) > most:
                reason = f"its pods are named after it and up to {last}"
                message = f"must have at most {most} characters because {reason}, got {len(name)}"
                yield Problem(("metadata", "name"), message)

    def _sidecar_problems(self) -> Iterable[Problem]:
        return container_name_problems(self.container_name, "sidecars", self.spec.sidecars)

    def _init_container_problems(self) -> Iterable[Problem]:
        return container_name_problems(self.container_name, "initContainers", self.spec.init_containers)

    def _label_problems(self) -> Iterable[Problem]:
        yield from reserved_label_problems(self.metadata.labels, self.spec.labels)
        for key in JOB_LABELS:
            if key in self.spec.labels:
                yield Problem(
                    ("spec", "labels", key), "is a label that the cluster gives the pods of a job; leave it out"
                )

    def _failure_problems(self) -> Iterable[Problem]:
        policy = self.spec.pod_failure_policy
        names = [self.container_name, *(each.name for each in (*self.spec.sidecars, *self.spec.init_containers))]
        for index, rule in enumerate(policy.rules_ if policy else ()):
            name = rule.on_exit_codes.container_name if rule.on_exit_codes else None
            if name is not None and name not in names:
                place = ("spec", "podFailurePolicy", "rules", index, "onExitCodes", "containerName")
                yield Problem(place, f"{shown(name)} is no container of the pods, which are {listed(names)}")

    rules = (_name_problems, _sidecar_problems, _init_container_problems, _label_problems, _failure_problems)
