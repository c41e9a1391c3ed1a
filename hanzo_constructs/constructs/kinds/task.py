"""Task as a construct."""

from __future__ import annotations

from ...spec.task import Task
from .attributes import NamedObjects, OptionalObject
from .plus_interfaces import PodConstruct

__all__ = ["TaskConstruct"]


class TaskConstruct(PodConstruct[Task]):
    """Work that ends: a Job, or with a schedule a CronJob."""

    kind = "Task"
    linked_children = frozenset()

    job = OptionalObject("Job")
    cron_job = OptionalObject("CronJob")
    kms_secrets = NamedObjects("KMSSecret")

    @property
    def main_child(self) -> str:  # type: ignore[override]  # the other kinds know it without a look
        """The CronJob where there is a schedule, else the Job."""
        return "Job" if self.resource.spec.schedule is None else "CronJob"
