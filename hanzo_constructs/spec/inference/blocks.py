"""The blocks of an InferenceService."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from ...kube.core import HorizontalPodAutoscalerBehavior
from ...kube.core.scalars import Positive32
from ...kube.duration import PositiveDuration, milliseconds
from ...kube.fields import shown, wire_name
from ...kube.model import CheckedModel, Items, Mapping, Problem
from ...kube.names import DnsLabel, ObjectName, StorageClassName, data_key_problem
from ...kube.quantity import Quantity
from ..attachments import AccessMode, Persistence
from ..canary import Weight
from ..metrics import behavior_problems
from ..pod import amount_problem
from ..storage import size_problems
from .engine import Metric
from .gpu_memory import memory_problem
from .model_ref import ModelRef

__all__ = [
    "CACHE_FOLDER",
    "Cache",
    "Canary",
    "HealthCheck",
    "InferenceAutoscaling",
    "InferenceResources",
    "TokenSecret",
    "Wake",
    "whole_seconds",
]

CACHE_FOLDER = "/cache"
"""Where the pods see the cache."""
_SHARED: tuple[AccessMode, ...] = ("ReadWriteMany",)


def whole_seconds(duration: str) -> int:
    """Return *duration* in whole seconds, rounded up."""
    return -(-milliseconds(duration) // 1000)


class InferenceResources(CheckedModel):
    """What a pod needs of its node."""

    cpu: Quantity | None = None
    """CPU that each pod asks for; nothing holds it to that."""
    memory: Quantity | None = None
    """Memory that each pod asks for and is held to."""
    gpu_memory: Quantity | None = None
    """Memory of each GPU as it is printed on the card, such as 80Gi: nodes whose devices report at least 92 % of that will
    do. An amount in Mi is taken literally."""

    def problems(self) -> Iterator[Problem]:
        """Refuse amounts that no container can ask for, and sizes that no GPU has."""
        for name, amount in (("cpu", self.cpu), ("memory", self.memory)):
            if amount is not None and (problem := amount_problem(name, amount)):
                yield Problem((name,), problem)
        if self.gpu_memory is not None and (problem := memory_problem(self.gpu_memory)):
            yield Problem(("gpuMemory",), problem)


class Canary(CheckedModel):
    """A new model beside the old one, and how much of the traffic it gets."""

    model_ref: ModelRef
    """The new model."""
    weight: Weight
    """Percentage of the requests that the new model answers; at 0 it runs without traffic, at 100 the old one does."""
    variant: DnsLabel | None = None
    """Name of the new model's Deployment behind that of the resource: with one on both sides, promoting restarts
    nothing."""
    replicas: Positive32 | None = None
    """Number of pods of the new model; left out, its share of all, and one at least."""


class HealthCheck(CheckedModel):
    """How the engine is asked whether it lives and can serve."""

    path: str
    """Path that the engine answers while it lives, such as /health."""
    interval: PositiveDuration
    """Time between two questions, such as 10s; in whole seconds, rounded up."""
    timeout: PositiveDuration
    """Time that an answer may take, such as 5s; in whole seconds, rounded up."""

    def problems(self) -> Iterator[Problem]:
        """Refuse what is no path."""
        if not self.path.startswith("/"):
            yield Problem(("path",), f"must begin with a slash, got {shown(self.path)}")


class Wake(CheckedModel):
    """What says, while no pod runs, that one is wanted: pods that are not there report nothing."""

    query: str | None = None
    """For KEDA: a Prometheus query of the requests that wait in front of the pods, such as those at the gateway."""
    metric: str | None = None
    """For the autoscaler of Kubernetes: the name of an external metric of the same."""
    labels: Mapping[str] = Field(default_factory=dict)
    """Labels that the external metric must have."""
    target: Positive32 | None = None
    """Requests in front of the pods for which one more is wanted; left out, 10."""

    def problems(self) -> Iterator[Problem]:
        """Refuse both ways at once, and neither."""
        if (self.query is None) == (self.metric is None):
            got = "neither" if self.query is None else "both"
            yield Problem((), f"must have query (with KEDA) or metric (without it), got {got}")
        if self.labels and self.metric is None:
            yield Problem(("labels",), "belong to metric; leave them out beside query")
        for field, value in (("query", self.query), ("metric", self.metric)):
            if value is not None and not value.strip():
                yield Problem((field,), "must not be empty")


class InferenceAutoscaling(CheckedModel):
    """What the number of pods follows, between minReplicas and maxReplicas."""

    external: bool = False
    """Whether somebody else owns the number of pods: it is left out, no autoscaler is made, and nothing else is written
    here."""
    metric: Metric | None = None
    """What is measured for each pod: requests that wait for the engine (queueDepth), tokens that it generates in a
    second (tokensPerSecond), use of the GPU in percent, or of the CPU in percent of what is asked for; left out, queueDepth
    where the engine has it, else gpuUtilization, or cpu without a GPU."""
    target: Positive32 | None = None
    """Average for each pod to aim at; left out, 10 requests, or 80 percent. tokensPerSecond needs one."""
    wake: Wake | None = None
    """What starts the first pod where minReplicas is 0."""
    behavior: HorizontalPodAutoscalerBehavior | None = None
    """How fast the count follows, up and down; left out, as Kubernetes does."""

    @property
    def enabled(self) -> None:
        """Nothing: it is on where it is written."""

    def problems(self) -> Iterator[Problem]:
        """Refuse targets that are none, and what nobody follows."""
        for name in sorted(self.model_fields_set - {"external"}) if self.external else ():
            yield Problem((wire_name(name),), "has no effect beside external: true; leave one of them out")
        if self.external:
            return
        if self.metric == "tokensPerSecond" and self.target is None:
            yield Problem(("target",), "required: the tokens that a pod of this model generates in a second")
        if self.metric == "gpuUtilization" and self.target is not None and self.target > 100:
            yield Problem(("target",), f"must be a percentage up to 100, got {self.target}")
        if self.behavior:
            yield from behavior_problems(self.behavior, ("behavior",))


class Cache(CheckedModel):
    """A claim in which the pods keep what they have fetched."""

    size: Quantity
    """Size of the claim, such as 200Gi; it can grow later, where the storage class allows that."""
    storage_class_name: StorageClassName | None = None
    """Storage class of the claim, whose volumes many nodes can write to; left out, the platform's. It cannot be changed
    later."""
    access_modes: Annotated[Items[AccessMode], Field(max_length=8)] | None = None
    """Who may mount it at the same time; left out, pods of all nodes (ReadWriteMany). It cannot be changed later."""
    retention_policy: Literal["Retain", "Delete"] | None = None
    """Whether tools that remove what is no longer declared keep the claim; left out, they do (Retain)."""

    @property
    def modes(self) -> tuple[AccessMode, ...]:
        """Who may mount it at the same time."""
        return self.access_modes or _SHARED

    @property
    def is_shared(self) -> bool:
        """Whether pods on several nodes can mount it."""
        return any(mode.endswith("Many") for mode in self.modes)

    @property
    def claim(self) -> Persistence:
        """The claim as one of `persistence`."""
        return Persistence.model_construct(
            _fields_set=None,
            name="cache",
            mount_path=CACHE_FOLDER,
            size=self.size,
            storage_class_name=self.storage_class_name,
            access_modes=self.modes,
            retention_policy=self.retention_policy,
            existing_claim=None,
        )

    def problems(self) -> Iterator[Problem]:
        """Refuse claims that no cluster makes, and those that no pod can write to."""
        yield from size_problems(self.size)
        if self.access_modes is not None and not any("Write" in mode for mode in self.access_modes):
            yield Problem(("accessModes",), "must hold one by which the pods can write, such as ReadWriteMany")


class TokenSecret(CheckedModel):
    """A key of a Secret with the token by which models are fetched."""

    name: ObjectName
    """Name of the Secret."""
    key: str = "token"
    """Its key with the token."""

    def problems(self) -> Iterator[Problem]:
        """Refuse keys that no Secret has."""
        if problem := data_key_problem(self.key):
            yield Problem(("key",), problem)
