"""What runs already under names and labels of its own, which cannot change any more."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from ..kube.labels import BACKUP_OF, SERVICE_ROLE, SET_BY_THE_CLUSTER, TASK, LabelText
from ..kube.model import CheckedModel, Mapping, Problem
from ..kube.names import (
    OBJECT_NAME_FORM,
    SERVICE_NAME_FORM,
    ContainerName,
    ObjectName,
    label_problems,
    object_name_problem,
    service_name_problem,
)

__all__ = ["NOTHING_ADOPTED", "Adopt"]


class Adopt(CheckedModel):
    """Identity of what runs already and cannot change; what is left out is derived, as for everything new."""

    selector: Mapping[LabelText] | None = None
    """Labels by which the workload selects its pods, as `kubectl get` shows its spec.selector.matchLabels: used by
    everything that selects the pods, and put on them. Of a Job they cannot be chosen."""
    name: ObjectName | None = None
    """Name of the workload: of the Deployment, StatefulSet, Job or CronJob."""
    container: ContainerName | None = None
    """Name of the main container."""
    service_name: Annotated[str, SERVICE_NAME_FORM] | None = None
    """The serviceName of the StatefulSet. The headless Service is called so, unless it is the name of the other one."""
    pod_management_policy: Literal["OrderedReady", "Parallel"] | None = None
    """The podManagementPolicy of the StatefulSet; Kubernetes' own default is OrderedReady."""
    claim_name: ContainerName | None = None
    """Name of the claim template of the StatefulSet; of Stateful, that of storage, and each of disks has one of its own."""
    claim_labels: Mapping[LabelText] | None = None
    """Labels of the claim template of the StatefulSet; {} where it has none."""
    without_storage_class: bool = False
    """Whether the claim template of the StatefulSet names no storage class, so that it has the default of the cluster."""
    names: Mapping[Annotated[str, OBJECT_NAME_FORM]] = Field(default_factory=dict)
    """Names of other children, by what `hzc show` calls these: {Service: web-svc, Ingress: web-public}."""

    @property
    def claims(self) -> tuple[tuple[str, bool], ...]:
        """Each field that a StatefulSet alone has, and whether it is written."""
        return (
            ("serviceName", self.service_name is not None),
            ("podManagementPolicy", self.pod_management_policy is not None),
            ("claimName", self.claim_name is not None),
            ("claimLabels", self.claim_labels is not None),
            ("withoutStorageClass", self.without_storage_class),
        )

    def problems(self) -> Iterator[Problem]:
        """Refuse labels and names that no cluster has."""
        yield from self._selector_problems()
        for field, labels in (("selector", self.selector), ("claimLabels", self.claim_labels)):
            for path, message in label_problems(labels or {}):
                yield Problem((field, *path), message)
        if self.service_name is not None and (problem := service_name_problem(self.service_name)):
            yield Problem(("serviceName",), problem)
        for child, name in self.names.items():
            is_service = child.partition("-")[0] == "Service"
            if problem := service_name_problem(name) if is_service else object_name_problem(name):
                yield Problem(("names", child), problem)

    def _selector_problems(self) -> Iterator[Problem]:
        if self.selector is not None and not self.selector:
            yield Problem(("selector",), "must have at least one label, or it selects all pods of the namespace")
        for key in (SERVICE_ROLE, BACKUP_OF, TASK):
            if key in (self.selector or {}):
                yield Problem(("selector", key), "is derived and tells the children apart; leave it out")
        for key in self.selector or {}:
            if key in SET_BY_THE_CLUSTER:
                message = (
                    "is set by the cluster for each revision or pod, so that no workload selects by it; leave it out"
                )
                yield Problem(("selector", key), message)


NOTHING_ADOPTED = Adopt.model_construct()
