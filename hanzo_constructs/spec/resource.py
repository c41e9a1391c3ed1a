"""The envelope of every resource: apiVersion, kind, metadata, spec."""

from collections.abc import Iterable, Iterator
from typing import Any, get_args

from pydantic import Field, field_validator

from ..kube.fields import shown
from ..kube.labels import selector_labels
from ..kube.model import CheckedModel, Mapping, Problem
from ..kube.names import DnsLabel, annotation_problems, dns_label_problem, label_problems
from ..platform import EPOCHS, PodSecurity
from .adopt import NOTHING_ADOPTED, Adopt
from .cluster_services import FurtherService, OfferedService, ServiceOptions
from .ports import ServicePort, exposed
from .resource_rules import OWN_PREFIX

__all__ = [
    "EPOCH_ANNOTATION",
    "HEADLESS",
    "OWN_PREFIX",
    "POD_SECURITY_ANNOTATION",
    "Metadata",
    "Resource",
]

EPOCH_ANNOTATION = "hanzo.ai/epoch"
POD_SECURITY_ANNOTATION = "hanzo.ai/pod-security"
HEADLESS = "Service-headless"
"""Id of the child that gives the pods of a StatefulSet names."""


class Metadata(CheckedModel):
    """Name, namespace, labels and annotations of a resource."""

    name: str
    """Name of the resource and of most of its children."""
    namespace: DnsLabel | None = None
    """Namespace; left out, that of the chart or the command line, else that of the platform settings."""
    labels: Mapping[str] = Field(default_factory=dict)
    """Labels of the resource; only those that begin with hanzo.ai/ are passed on to the children and the pods."""
    annotations: Mapping[str] = Field(default_factory=dict)
    """Annotations of the resource, not passed on; hanzo.ai/epoch pins the epoch, hanzo.ai/pod-security the
    hardening."""

    def problems(self) -> Iterator[Problem]:
        """Refuse what no cluster would store, and instructions nobody would follow."""
        if problem := dns_label_problem(self.name):
            yield Problem(("name",), problem)
        for path, message in label_problems(self.labels):
            yield Problem(("labels", *path), message)
        for path, message in annotation_problems(self.annotations):
            yield Problem(("annotations", *path), message)
        if not self.annotations:
            return
        for key, allowed in ((EPOCH_ANNOTATION, tuple(EPOCHS)), (POD_SECURITY_ANNOTATION, get_args(PodSecurity))):
            value = self.annotations.get(key)
            if value is not None and value not in allowed:
                yield Problem(("annotations", key), f"must be one of {', '.join(allowed)}, got {shown(value)}")


class Resource(CheckedModel):
    """What a user declares."""

    api_version: str = "hanzo.ai/v1"
    """API group and version."""
    kind: str
    """Kind of the resource."""
    metadata: Metadata
    """Name, namespace, labels and annotations."""
    spec: Any
    """What is wanted."""

    @field_validator("kind")
    @classmethod
    def _is_own_kind(cls, kind: str) -> str:
        """Refuse the name of another kind: the class says which one it is."""
        if kind != (own := cls.model_fields["kind"].default):
            raise ValueError(f"must be {own}, got {shown(kind)}")
        return kind

    @property
    def own_component(self) -> str | None:
        """The label app.kubernetes.io/component that the old operator gave what names none."""
        return None

    @property
    def name(self) -> str:
        """The name of the resource."""
        return self.metadata.name

    @property
    def adopted(self) -> Adopt:
        """What it has already and cannot change."""
        return getattr(self.spec, "adopt", None) or NOTHING_ADOPTED

    @property
    def own_selector(self) -> dict[str, str]:
        """The labels that tell its pods from all others, unless others are adopted."""
        return selector_labels(self.metadata.name)

    @property
    def selector(self) -> dict[str, str]:
        """The labels that tell its pods from all others, in every epoch and for ever."""
        return self.adopted.selector or self.own_selector

    @property
    def workload_name(self) -> str:
        """The name of its workload."""
        return self.adopted.name or self.metadata.name

    @property
    def container_name(self) -> str:
        """The name of the main container."""
        return self.adopted.container or self.metadata.name

    @property
    def service_name(self) -> str:
        """The name of its Service for clients, if it has one."""
        return self.adopted.names.get("Service", self.metadata.name)

    @property
    def ports(self) -> tuple[ServicePort, ...]:
        """All ports of its pods and of its Services, those too that nobody writes."""
        ports: tuple[ServicePort, ...] = getattr(self.spec, "ports", ())
        return ports

    @property
    def offered_services(self) -> tuple[OfferedService, ...]:
        """Its Services, by which others call it."""
        ports, spec = self.ports, self.spec
        offered = exposed(ports)
        main: ServiceOptions | None = getattr(spec, "service", None)
        services = [OfferedService(self.service_name, offered, main is not None and main.headless)] if offered else []
        further: tuple[FurtherService, ...] = getattr(spec, "services", ())
        services += [OfferedService(each.name, each.offered(ports), each.headless) for each in further]
        if headless := self.headless_name:
            services.append(OfferedService(headless, offered, headless=True))
        return tuple(services)

    @property
    def headless_name(self) -> str | None:
        """The name of the headless Service, where there is one."""
        return None

    def calls(self, namespace: str) -> tuple[tuple[str, str], ...]:  # noqa: ARG002 - kinds that name whom they call need it
        """Return the Services that it names as those that it calls, by namespace (its own is *namespace*) and name."""
        return ()

    def callers(self, namespace: str) -> tuple[tuple[str, str], ...] | None:  # noqa: ARG002 - likewise
        """Return the resources that may call it, likewise; None where all may who declare that they do."""
        return None

    def further_service_problems(self) -> Iterable[Problem]:
        """Yield further Services with a name that another one of the resource has."""
        services: tuple[FurtherService, ...] = getattr(self.spec, "services", ())
        if not services:
            return
        taken = {self.service_name: "the resource's own name", self.headless_name: "the headless Service's name"}
        taken |= dict.fromkeys(getattr(self.spec, "service_aliases", ()), "one of serviceAliases")
        for index, service in enumerate(services):
            if service.name in taken:
                message = f"{shown(service.name)} is {taken[service.name]}; choose another or leave it out"
                yield Problem(("spec", "services", index, "name"), message)

    def _headless_name(self, suffix: str, *, has_service: bool = True) -> str:
        """Return the name of the headless Service, which is derived with the *suffix* where none is adopted.

        It is the one that the StatefulSet names, unless the clients' Service, which some do not have, is that already.
        """
        adopted = self.adopted
        taken = self.service_name if has_service else None
        governing = None if adopted.service_name == taken else adopted.service_name
        return adopted.names.get(HEADLESS) or governing or f"{self.metadata.name}{suffix}"

    def __str__(self) -> str:
        """Name the resource as messages do: `Service default/api`."""
        namespace = self.metadata.namespace
        return f"{self.kind} {namespace}/{self.name}" if namespace else f"{self.kind} {self.name}"
