"""Task as a construct."""

from __future__ import annotations

from ..compiler import Compilation, compile_unshared
from ..spec.resource import Resource
from ..spec.task import Task
from .changing import ChangingConstruct
from .objects import NamedObjects, OptionalObject
from .roles import PodRole

__all__ = ["TaskConstruct"]


class TaskConstruct(PodRole[Task], ChangingConstruct[Task]):
    """Work that ends: a Job, or with a schedule a CronJob."""

    kind = "Task"
    changing = frozenset()

    job = OptionalObject("Job")
    cron_job = OptionalObject("CronJob")
    kms_secrets = NamedObjects("KMSSecret")

    @property
    def main_child(self) -> str:  # type: ignore[override]  # the other kinds know it without a look
        """The CronJob where there is a schedule, else the Job."""
        return "Job" if self.resource.spec.schedule is None else "CronJob"

    def _compile(self, resource: Resource) -> Compilation:
        return compile_unshared(resource, self._around.platform)  # what others declare changes nothing
