"""Task as a construct."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...spec.task import Task
from .attributes import NamedObjects, OptionalObject
from .plus_interfaces import PodConstruct

if TYPE_CHECKING:
    from ...spec.dicts import TaskDict  # noqa: F401 - named in the argument of the base
    from ...spec.task import TaskSpec  # noqa: F401 - likewise

__all__ = ["TaskConstruct"]


class TaskConstruct(PodConstruct[Task, "TaskSpec | TaskDict"]):
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
