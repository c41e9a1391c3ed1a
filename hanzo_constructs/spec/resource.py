"""The envelope of every resource: apiVersion, kind, metadata, spec."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Literal, get_args

from pydantic import Field

from ..kube.core import Container
from ..kube.fields import shown
from ..kube.model import CheckedModel, Mapping, Problem
from ..kube.names import DnsLabel, annotation_problems, dns_label_problem, label_problems, service_name_problem
from ..platform import EPOCHS, PodSecurity
from .service import ServiceSpec

__all__ = ["EPOCH_ANNOTATION", "OWN_PREFIX", "POD_SECURITY_ANNOTATION", "Metadata", "Resource", "Service"]

OWN_PREFIX = "hanzo.ai/"
"""Labels of a resource with this prefix reach its children; annotations with it are instructions to us."""
EPOCH_ANNOTATION = "hanzo.ai/epoch"
POD_SECURITY_ANNOTATION = "hanzo.ai/pod-security"


class Metadata(CheckedModel):
    """Name, namespace, labels and annotations of a resource."""

    name: str
    """Name of the resource and of most of its children."""
    namespace: DnsLabel | None = None
    """Namespace; left out, the chart's, the command line's or the platform's."""
    labels: Mapping[str] = Field(default_factory=dict)
    """Labels; those that begin with hanzo.ai/ reach every child and the pods."""
    annotations: Mapping[str] = Field(default_factory=dict)
    """Annotations; hanzo.ai/epoch and hanzo.ai/pod-security choose derivation rules."""

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

    @property
    def name(self) -> str:
        """The name of the resource."""
        return self.metadata.name

    def __str__(self) -> str:
        """Name the resource as messages do: `Service default/api`."""
        namespace = self.metadata.namespace
        return f"{self.kind} {namespace}/{self.name}" if namespace else f"{self.kind} {self.name}"


class Service(Resource):
    """A stateless workload."""

    kind: Literal["Service"] = "Service"
    """Service."""
    spec: ServiceSpec
    """What is wanted."""

    def _service_name_problems(self) -> Iterable[Problem]:
        name = self.metadata.name
        if self.spec.ports and not dns_label_problem(name) and (problem := service_name_problem(name)):
            yield Problem(("metadata", "name"), problem)

    def _sidecar_problems(self) -> Iterable[Problem]:
        sidecars = self.spec.sidecars
        return _taken(self.metadata.name, "sidecars", sidecars) if sidecars else ()

    def _init_container_problems(self) -> Iterable[Problem]:
        init_containers = self.spec.init_containers
        return _taken(self.metadata.name, "initContainers", init_containers) if init_containers else ()

    def _label_problems(self) -> Iterable[Problem]:
        labels = self.spec.labels
        for key, value in self.metadata.labels.items():
            if key.startswith(OWN_PREFIX) and labels.get(key, value) != value:
                message = f"{shown(labels[key])} contradicts metadata.labels ({shown(value)}); leave one of them out"
                yield Problem(("spec", "labels", key), message)

    def _certificate_problems(self) -> Iterable[Problem]:
        ingress, secrets = self.spec.ingress, self.spec.kms_secrets
        if not secrets or not ingress or ingress.enabled is False or not ingress.tls:
            return
        certificate = f"{self.metadata.name}-tls"
        for index, secret in enumerate(secrets):
            if secret.managed_secret_name == certificate:
                message = (
                    f"{shown(certificate)} is the secret with the certificate of spec.ingress; choose another name"
                )
                yield Problem(("spec", "kmsSecrets", index, "managedSecretName"), message)

    rules = (
        _certificate_problems,
        _service_name_problems,
        _sidecar_problems,
        _init_container_problems,
        _label_problems,
    )


def _taken(name: str, field: str, containers: Sequence[Container]) -> Iterable[Problem]:
    for index, container in enumerate(containers):
        if container.name == name:
            yield Problem(("spec", field, index, "name"), f"{shown(name)} is the main container's name")
