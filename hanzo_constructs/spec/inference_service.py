"""InferenceService: a model that answers requests, and a new one beside it."""

from collections.abc import Iterable
from typing import Literal

from ..kube.fields import shown
from ..kube.model import Problem
from ..kube.names import dns_label_problem, service_name_problem
from .canary import CANARY, PRIMARY
from .cluster_services import OfferedService
from .inference.contract import variants
from .inference.spec import InferenceServiceSpec
from .ports import ServicePort
from .resource import Resource
from .resource_rules import (
    container_name_problems,
    one_workload_problem,
    reserved_label_problems,
    variant_label_problems,
)

__all__ = ["InferenceService", "InferenceServiceSpec"]

_LONGEST_SUFFIX = len("-primary")
_LONGEST = 63
_MAIN_SERVICE = "svc"


class InferenceService(Resource):
    """A model that answers requests, and a new one beside it."""

    kind: Literal["InferenceService"] = "InferenceService"
    """InferenceService."""
    spec: InferenceServiceSpec
    """What is wanted."""

    @property
    def service_name(self) -> str:
        """The name of the Service over all pods, whichever model they serve."""
        return self.adopted.names.get("Service", f"{self.name}-{_MAIN_SERVICE}")

    @property
    def workload_name(self) -> str:
        """The name of the Deployment of the model that serves."""
        return self.adopted.name or f"{self.name}-{variants(self.spec)[0]}"

    @property
    def side_services(self) -> dict[str, str]:
        """The names of the Services of the old and of the new model, where there is a canary."""
        if self.spec.canary is None:
            return {}
        return {side: self.adopted.names.get(f"Service-{side}", f"{self.name}-{side}") for side in (PRIMARY, CANARY)}

    @property
    def offered_services(self) -> tuple[OfferedService, ...]:
        """Its Services, by which others call it: those of each model too."""
        sides = (OfferedService(name, self.spec.ports, headless=False) for name in self.side_services.values())
        return (*super().offered_services, *sides)

    @property
    def ports(self) -> tuple[ServicePort, ...]:
        """The port of the engine."""
        return self.spec.ports

    def _name_problems(self) -> Iterable[Problem]:
        name = self.metadata.name
        if dns_label_problem(name):
            return
        longest = _LONGEST - _LONGEST_SUFFIX
        if problem := service_name_problem(name):
            yield Problem(("metadata", "name"), problem)
        elif len(name) > longest:
            message = (
                f"must have at most {longest} characters, because names of Deployments and Services stand behind it"
            )
            yield Problem(("metadata", "name"), f"{message}, got {len(name)}")
        else:
            yield from self._variant_problems(_LONGEST - len(name) - 1)

    def _variant_problems(self, longest: int) -> Iterable[Problem]:
        """Yield variants that have no Deployment behind the name of the resource, or that of another child."""
        canary = self.spec.canary.variant if self.spec.canary else None
        for path, variant in ((("variant",), self.spec.variant), (("canary", "variant"), canary)):
            if variant is not None and len(variant) > longest:
                message = f"must have at most {longest} characters, because it stands behind the name {self.name}-"
                yield Problem(("spec", *path), f"{message}, got {len(variant)}")
            elif variant == _MAIN_SERVICE:
                yield Problem(
                    ("spec", *path), f"{variant} is what the main Service is called; choose another, such as v2"
                )

    def _further_name_problems(self) -> Iterable[Problem]:
        own = {*self.side_services.values()}
        for index, service in enumerate(self.spec.services):
            if service.name in own:
                message = f"{shown(service.name)} is the Service of one of the models; choose another"
                yield Problem(("spec", "services", index, "name"), message)

    def _sidecar_problems(self) -> Iterable[Problem]:
        return container_name_problems(self.container_name, "sidecars", self.spec.sidecars)

    def _init_container_problems(self) -> Iterable[Problem]:
        yield from container_name_problems(self.container_name, "initContainers", self.spec.init_containers)
        for field, group in (("sidecars", self.spec.sidecars), ("initContainers", self.spec.init_containers)):
            for index, container in enumerate(group):
                if container.name == "model" != self.container_name:
                    message = "model is the container that fetches the model; choose another name"
                    yield Problem(("spec", field, index, "name"), message)

    def _label_problems(self) -> Iterable[Problem]:
        yield from variant_label_problems(self.metadata.labels, self.spec.labels)
        yield from reserved_label_problems(self.metadata.labels, self.spec.labels)

    def _adopted_problems(self) -> Iterable[Problem]:
        if not self.adopted.selector:
            return
        for field, written in (("canary", self.spec.canary), ("variant", self.spec.variant)):
            if written is not None:
                yield one_workload_problem(("spec", field))

    rules = (
        _name_problems,
        _further_name_problems,
        _sidecar_problems,
        _init_container_problems,
        _label_problems,
        _adopted_problems,
        Resource.further_service_problems,
    )
