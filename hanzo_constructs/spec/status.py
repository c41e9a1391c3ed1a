"""What an operator says of a resource: its conditions, and what a list of resources shows of it.

Nobody writes a status into a file; the models say what the published definitions promise and what the operator writes.
"""

from typing import Annotated, ClassVar, Literal, NamedTuple

from pydantic import Field

from ..kube.core.scalars import NonNegative32, NonNegative64, Time
from ..kube.model import Items, Model

__all__ = [
    "BaseStatus",
    "Category",
    "Column",
    "CompiledResource",
    "Condition",
    "DatastoreStatus",
    "InferenceServiceStatus",
    "LatticeStatus",
    "ServingStatus",
    "Status",
    "TaskStatus",
]


_Word = Annotated[str, Field(min_length=1)]

Category = Literal[
    "Workload", "Network", "Scaling", "Storage", "Configuration", "Secrets", "Access", "Monitoring", "Other"
]
"""What an object is for."""


class Column(NamedTuple):
    """A column of `kubectl get`."""

    name: str
    path: str
    """Where the value stands: `.status.phase`."""
    type: Literal["string", "integer", "date"] = "string"
    wide: bool = False
    """Whether only `kubectl get -o wide` shows it."""


class Condition(Model):
    """One aspect of the state of the resource, as Kubernetes writes them (metav1.Condition)."""

    list_keys: ClassVar[tuple[str, ...]] = ("type",)

    type: Annotated[
        str,
        Field(
            max_length=316,
            pattern=r"^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])$",
        ),
    ]
    """Aspect, such as Available."""
    status: Literal["True", "False", "Unknown"]
    """Whether it holds."""
    reason: Annotated[str, Field(min_length=1, max_length=1024, pattern=r"^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$")]
    """Why, as a word for programs."""
    message: Annotated[str, Field(max_length=32768)]
    """Why, as a text for people."""
    last_transition_time: Time
    """When the status last changed."""
    observed_generation: NonNegative64 | None = None
    """Generation of the resource for which it holds."""


class CompiledResource(Model):
    """An object that was derived from the resource."""

    list_keys: ClassVar[tuple[str, ...]] = ("id",)

    id: _Word
    """Id of the child, as `hzc show` prints it: Deployment, Service-headless."""
    api_version: _Word
    """API version of the object."""
    kind: _Word
    """Kind of the object."""
    name: _Word
    """Name of the object."""
    category: Category | None = None
    """What it is for, whatever its kind: programs that ask for this survive a change of kinds."""


class Status(Model):
    """What is known of the resource in the cluster."""

    columns: ClassVar[tuple[Column, ...]] = (Column("Phase", ".status.phase"),)
    """Columns of `kubectl get`, between those for the name and the age."""

    conditions: Items[Condition] = ()
    """Aspects of the state: Compiled, Applied, Available."""
    phase: Literal["Pending", "Compiling", "Ready", "Degraded", "Failed", "Deleting"] | None = None
    """The conditions in one word, for lists; programs read the conditions."""
    observed_generation: NonNegative64 | None = None
    """Generation of the resource that the status is about."""
    compiled_resources: Items[CompiledResource] = ()
    """Objects that were derived from the resource."""
    compiled_count: NonNegative32 | None = None
    """How many objects were derived from the resource."""
    epoch: str | None = None
    """Epoch by whose rules they were derived."""


class ServingStatus(Status):
    """What is known of a workload that others connect to."""

    columns: ClassVar[tuple[Column, ...]] = (
        *Status.columns,
        Column("Ready", ".status.readyReplicas", "integer"),
        Column("Image", ".spec.image.repository"),
    )

    replicas: NonNegative32 | None = None
    """Pods that there are."""
    ready_replicas: NonNegative32 | None = None
    """Pods that are ready."""
    selector: str | None = None
    """Label selector of the pods, for autoscalers."""
    endpoints: Items[str] = ()
    """URLs by which the workload is reached."""


class LatticeStatus(ServingStatus):
    """What is known of a workload that is declared by what it depends on."""

    columns: ClassVar[tuple[Column, ...]] = (*Status.columns, Column("Ready", ".status.readyReplicas", "integer"))


class DatastoreStatus(ServingStatus):
    """What is known of a datastore."""

    columns: ClassVar[tuple[Column, ...]] = (
        *ServingStatus.columns[:1],
        Column("Type", ".spec.type"),
        *ServingStatus.columns[1:],
    )

    connection_string: str | None = None
    """URL by which clients connect, without credentials."""


class BaseStatus(ServingStatus):
    """What is known of a replicated application."""

    columns: ClassVar[tuple[Column, ...]] = (
        *ServingStatus.columns[:1],
        Column("Replicas", ".status.replicas", "integer"),
        *ServingStatus.columns[1:],
        Column("Writer", ".status.currentWriter"),
        Column("Term", ".status.term", "integer"),
    )

    current_writer: str | None = None
    """Pod that takes writes."""
    term: NonNegative64 | None = None
    """Number of the election that chose the writer."""


class InferenceServiceStatus(ServingStatus):
    """What is known of a model."""

    columns: ClassVar[tuple[Column, ...]] = (
        *ServingStatus.columns[:2],
        Column("Model", ".spec.modelRef"),
        Column("Canary", ".spec.canary.weight", "integer"),
    )


class TaskStatus(Status):
    """What is known of work that ends."""

    columns: ClassVar[tuple[Column, ...]] = (
        *Status.columns,
        Column("Schedule", ".spec.schedule"),
        Column("Image", ".spec.image.repository"),
        Column("Last run", ".status.lastScheduleTime", "date", wide=True),
    )

    active: NonNegative32 | None = None
    """Pods that are at work."""
    succeeded: NonNegative32 | None = None
    """Runs that ended well."""
    failed: NonNegative32 | None = None
    """Runs that failed."""
    last_schedule_time: Time | None = None
    """When it last began, of work with a schedule."""
    last_successful_time: Time | None = None
    """When it last ended well."""
