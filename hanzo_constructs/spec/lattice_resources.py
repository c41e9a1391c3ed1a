"""What a Lattice workload depends on: other services, services outside, secrets, volumes, GPUs."""

import re
from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from ..kube.core.scalars import Positive32
from ..kube.duration import PositiveDuration
from ..kube.fields import listed, shown
from ..kube.model import CheckedModel, Items, Mapping, Model, Problem
from ..kube.names import DnsLabel, ObjectName, StorageClassName, data_key_problem
from ..kube.quantity import Quantity
from .attachments import AccessMode
from .external_endpoints import Endpoint, endpoint_of, endpoint_problem
from .gpu_models import GPU_MODELS, gpu_products
from .storage import size_problems

__all__ = [
    "ExternalServiceParams",
    "ExternalServiceResource",
    "GpuParams",
    "GpuResource",
    "LatticeResource",
    "SecretParams",
    "SecretResource",
    "ServiceResource",
    "VolumeParams",
    "VolumeResource",
    "identifier",
]

_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9_]")


def identifier(text: str) -> str:
    """Return *text* as a name in a template: `tls.crt` gives `tls_crt`."""
    return _NOT_IN_NAMES.sub("_", text)


class ServiceResource(Model):
    """Another service: traffic is let through where it says the same of this one."""

    other_names = {"id": "the name of the other Service as the name of the resource"}  # noqa: RUF012 - it is no field

    type: Literal["service"]
    """service: another workload of the cluster, by the name of its Service."""
    direction: Literal["outbound", "inbound", "both"]
    """Who calls: this workload (outbound), the other one (inbound), or each the other (both)."""
    namespace: DnsLabel | None = None
    """Namespace of the other one; left out, the resource's own."""

    @property
    def is_outbound(self) -> bool:
        """Whether this workload calls."""
        return self.direction != "inbound"

    @property
    def is_inbound(self) -> bool:
        """Whether this workload is called."""
        return self.direction != "outbound"


def _endpoint(text: str) -> str:
    if problem := endpoint_problem(text):
        raise ValueError(problem)
    return text


class ExternalServiceParams(CheckedModel):
    """Where a service outside the cluster is."""

    endpoints: Annotated[Mapping[Annotated[str, AfterValidator(_endpoint)]], Field(min_length=1)]
    """Its endpoints by name: a host and a port (`api.example.com:443`), a URL, or addresses (`10.0.0.0/8:5432`);
    `udp://` and `sctp://` in front for what is no TCP."""

    @property
    def parsed(self) -> dict[str, Endpoint]:
        """The endpoints by name."""
        found = {name: endpoint_of(text) for name, text in self.endpoints.items()}
        return {name: endpoint for name, endpoint in found.items() if endpoint}

    def problems(self) -> Iterator[Problem]:
        """Refuse names that no reference can have."""
        for name in self.endpoints:
            if problem := data_key_problem(name):
                yield Problem(("endpoints", name), problem)


class ExternalServiceResource(Model):
    """A service outside the cluster."""

    type: Literal["external-service"]
    """external-service: one outside the cluster, which is called and never calls."""
    direction: Literal["outbound"] = "outbound"
    """Outbound, which goes without saying."""
    params: ExternalServiceParams
    """Where it is."""


class SecretParams(CheckedModel):
    """What is read from a secret store."""

    provider: ObjectName | None = None
    """The secret store; left out, secretStore of the platform."""
    keys: Annotated[Items[str], Field(min_length=1)] | None = None
    """The keys that are read; left out, all that there are."""
    refresh_interval: PositiveDuration | None = None
    """How often it is read anew; left out, every hour."""

    def problems(self) -> Iterator[Problem]:
        """Refuse keys that no Secret holds, and two that become one name."""
        first: dict[str, int] = {}
        for index, key in enumerate(self.keys or ()):
            if problem := data_key_problem(key):
                yield Problem(("keys", index), problem)
            elif (earlier := first.setdefault(identifier(key), index)) != index:
                message = f"{shown(key)} and {shown((self.keys or ())[earlier])} become one name, {identifier(key)}"
                yield Problem(("keys", index), f"{message}; rename one of them in the secret store")


class SecretResource(Model):
    """A secret of a secret store."""

    other_names = {"direction": "no direction, which a secret has not"}  # noqa: RUF012 - it is no field

    type: Literal["secret"]
    """secret: values of a secret store."""
    id: Annotated[str, Field(min_length=1)] | None = None
    """What it is called in the secret store, such as a path; left out, the name of the resource."""
    params: SecretParams = SecretParams()
    """What is read, and from where."""


class VolumeParams(CheckedModel):
    """The claim of a volume."""

    other_names = {  # noqa: RUF012 - they are no fields
        "storageClass": "storageClassName",
        "allowedConsumers": "nothing: a claim is mounted by its id, in its own namespace",
    }

    size: Quantity | None = None
    """Size of the claim, such as 10Gi; left out, the claim that id names exists already."""
    access_mode: AccessMode | None = None
    """Who may mount it at the same time; left out, the pods of one node (ReadWriteOnce)."""
    storage_class_name: StorageClassName | None = None
    """Storage class of the claim; left out, the platform's."""

    def problems(self) -> Iterator[Problem]:
        """Refuse what no cluster makes."""
        if self.size is not None:
            yield from size_problems(self.size)
            return
        for field, value in (("accessMode", self.access_mode), ("storageClassName", self.storage_class_name)):
            if value is not None:
                yield Problem((field,), "belongs to a new claim; write size too, or leave it out")


class VolumeResource(CheckedModel):
    """A disk that outlives the pods."""

    type: Literal["volume"]
    """volume: a disk that outlives the pods."""
    id: ObjectName | None = None
    """Name of the claim, by which other workloads mount it too; left out, the claim is this workload's alone."""
    params: VolumeParams = VolumeParams()
    """The claim."""

    @property
    def is_held(self) -> bool:
        """Whether one node, or one pod, has it for itself."""
        return (self.params.access_mode or "ReadWriteOnce") in ("ReadWriteOnce", "ReadWriteOncePod")

    def problems(self) -> Iterator[Problem]:
        """Refuse a volume of which nobody says what it is."""
        if self.id is None and self.params.size is None:
            yield Problem(
                ("params", "size"), "required: the size of the claim, such as 10Gi, or the id of one that exists"
            )


class GpuParams(CheckedModel):
    """Which GPUs, and how many."""

    count: Positive32
    """How many each pod gets."""
    model: str | None = None
    """What they are called, such as H100 or A100-80GB; left out, any."""

    def problems(self) -> Iterator[Problem]:
        """Refuse models of which nobody knows what nodes call them."""
        if self.model is not None and not gpu_products(self.model):
            yield Problem(("model",), f"must be one of {listed([*GPU_MODELS])}, got {shown(self.model)}")


class GpuResource(Model):
    """GPUs of the main container."""

    type: Literal["gpu"]
    """gpu: devices of NVIDIA, for the main container."""
    params: GpuParams
    """Which ones."""


LatticeResource = Annotated[
    ServiceResource | ExternalServiceResource | SecretResource | VolumeResource | GpuResource,
    Field(discriminator="type"),
]
"""One thing that a workload depends on; its type says which fields it has."""
