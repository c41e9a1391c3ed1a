"""The spec of an InferenceService: a model that answers requests, and a new one beside it."""

from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal, Unpack

from pydantic import Field

from ...kube.core.scalars import NonNegative32, Positive32
from ...kube.duration import PositiveDuration
from ...kube.fields import shown
from ...kube.model import Items, Problem, Rule
from ...kube.names import DnsLabel
from ...kube.paths import clean_path, is_within
from ...kube.published import UNSTORED
from ..attachments import Attached
from ..canary import CANARY, PRIMARY
from ..cluster_services import ServedSpec, service_problems
from ..containers import SurroundedSpec
from ..image import Image, ImageSpec
from ..ingress import Ingress
from ..network_policy import NetworkPolicy
from ..observability import ServiceMonitor, monitor_problems
from ..pod import sidecar_port_problems
from ..ports import ServicePort
from ..rollout import DeploymentRollout
from ..scaling import PodDisruptionBudget, bounds_problem
from ..service import ingress_problems
from ..short_forms import image_of
from ..workload import WorkloadSpec
from .blocks import (
    CACHE_FOLDER,
    Cache,
    Canary,
    HealthCheck,
    InferenceAutoscaling,
    InferenceResources,
    TokenSecret,
)
from .engine import Engine, EngineName
from .engine_rules import engine_problems, model_problems, variable_problems
from .engines import ENGINES
from .model_ref import HubModel, ModelRef, NamedModel, parsed

if TYPE_CHECKING:
    from ..dicts import InferenceServiceSpecArguments

__all__ = ["MODEL_MOUNT", "SHARED_MEMORY", "InferenceServiceSpec"]

MODEL_MOUNT = "/mnt/models"
"""Where the pods see a model that the engine does not fetch itself."""
SHARED_MEMORY = "/dev/shm"  # noqa: S108 - a path in the container
_OWN_VOLUMES = ("cache", "model", "shm")
PortNumber = Annotated[int, Field(ge=1, le=65535)]


@lru_cache(maxsize=64)
def _ports(number: int) -> tuple[ServicePort, ...]:
    return (ServicePort.model_construct(name="http", container_port=number),)


@lru_cache(maxsize=8)
def _image(reference: str) -> ImageSpec:
    return ImageSpec.model_validate(image_of(reference))


class InferenceServiceSpec(SurroundedSpec, ServedSpec):
    """A model that answers requests, on GPUs or without."""

    if TYPE_CHECKING:

        def __init__(self, **data: Unpack[InferenceServiceSpecArguments]) -> None: ...

    model_ref: ModelRef
    """The model: a name that the engine knows, or hf://organisation/name, s3://bucket/prefix, oci://image,
    pvc://claim/folder."""
    variant: DnsLabel | None = None
    """Name of the model's Deployment behind that of the resource: with one on both sides, promoting a canary restarts
    nothing; left out, primary."""
    canary: Canary | None = None
    """A new model beside this one, which gets a share of the traffic."""
    replicas: Annotated[Positive32, UNSTORED] = 1
    """Number of pods; leave it out beside maxReplicas."""
    min_replicas: NonNegative32 | None = None
    """Fewest pods of an autoscaler; 0 lets the last one go, where autoscaling.wake says what starts it again."""
    max_replicas: NonNegative32 | None = None
    """Most pods of an autoscaler; left out or 0, there is none."""
    autoscaling: InferenceAutoscaling | None = None
    """What the number of pods follows, between minReplicas and maxReplicas."""
    health_check: HealthCheck
    """How the engine is asked whether it lives and can serve."""
    startup_budget: PositiveDuration = "600s"
    """Time that the engine may take to load the model before it is restarted."""
    engine: EngineName = "vllm"
    """What serves the model: vLLM, SGLang, Text Generation Inference, or an image of your own, which reads the variables
    MODEL and PORT."""
    image: Image | None = None
    """Image of the engine; left out, a version of it that is known here. A custom engine needs one."""
    command: Items[str] | None = None
    """Entry point instead of the engine's, which gets the same arguments."""
    engine_args: Items[str] = ()
    """Further arguments of the engine."""
    port: PortNumber = 8080
    """Port of the engine and of the Services."""
    resources: InferenceResources | None = None
    """What a pod needs of its node."""
    gpu: NonNegative32 = 1
    """GPUs of each pod; 0 for none."""
    cache: Cache | None = None
    """A claim in which the pods keep what they have fetched; left out, each pod fetches its model for itself."""
    token_secret: TokenSecret | None = None
    """Token for models of the Hugging Face hub."""
    loader_image: Image | None = None
    """Image that fetches a model from s3://, with the AWS command line; left out, Amazon's."""
    strategy: Literal["RollingUpdate", "Recreate"] | None = None
    """How pods are replaced; left out, on GPUs each new one waits until an old one has given its own back."""
    rollout: DeploymentRollout | None = None
    """How new pods take the place of old ones."""
    ingress: Ingress | None = None
    """Hosts under which the model is reached from outside; left out, it is reached inside the cluster only."""
    pdb: PodDisruptionBudget | None = None
    """How many pods may be missing while nodes are drained; left out, nothing holds a drain up."""
    network_policy: NetworkPolicy | None = None
    """Who may connect; left out, everybody in the cluster may."""
    service_monitor: ServiceMonitor | None = None
    """How Prometheus scrapes the engine; left out, it does not."""

    @property
    def engine_facts(self) -> Engine:
        """What is known of the engine."""
        return ENGINES[self.engine]

    @property
    def engine_image(self) -> ImageSpec:
        """The image of the engine, whoever chose it."""
        return self.image or _image(self.engine_facts.image or "")

    @property
    def ports(self) -> tuple[ServicePort, ...]:
        """The port of the engine."""
        return _ports(self.port)

    @property
    def scales(self) -> bool:
        """Whether an autoscaler is asked for."""
        return bool(self.max_replicas)

    @property
    def floor(self) -> int:
        """Pods that there are at least while one is wanted."""
        return max(self.min_replicas or 0, 1) if self.scales else self.replicas

    @property
    def is_external(self) -> bool:
        """Whether somebody else owns the number of pods."""
        return self.autoscaling is not None and self.autoscaling.external

    @property
    def serves_several(self) -> bool:
        """Whether more than one pod may run of a model."""
        return self.is_external or (self.max_replicas or self.replicas) > 1

    @property
    def may_be_several(self) -> bool:
        """Whether more than one pod may run."""
        return self.serves_several or self.canary is not None

    @property
    def model_refs(self) -> tuple[tuple[str, str], ...]:
        """Every reference to a model, and where it stands."""
        first = ("spec.modelRef", self.model_ref)
        return (first, ("spec.canary.modelRef", self.canary.model_ref)) if self.canary else (first,)

    @property
    def own_claims(self) -> Attached:
        """The cache."""
        return ((("cache",), self.cache.claim),) if self.cache else ()

    @property
    def own_folders(self) -> tuple[str, ...]:
        """Where models are mounted."""
        return (MODEL_MOUNT,)

    @property
    def own_names(self) -> tuple[str, ...]:
        """Volumes of the platform, but for the cache, which is attached."""
        return tuple(name for name in _OWN_VOLUMES if name != "cache" or not self.cache)

    def _bound_problems(self) -> Iterable[Problem]:
        least, most = self.min_replicas, self.max_replicas
        if (least is None) != (most is None):
            missing = "minReplicas" if least is None else "maxReplicas"
            yield Problem((missing,), "required: an autoscaler has both bounds, or leave out the other")
        elif least and most is not None and (problem := bounds_problem(least, most)):
            yield Problem((), problem)
        if self.autoscaling and not self.is_external and not self.scales and not least:
            message = "has no effect without minReplicas and maxReplicas; write them, or leave it out"
            yield Problem(("autoscaling",), message)
        if self.is_external and self.scales:
            yield Problem(("maxReplicas",), "has no effect beside autoscaling.external; leave one of them out")
        yield from self._wake_problems()

    def _wake_problems(self) -> Iterable[Problem]:
        wake = self.autoscaling.wake if self.autoscaling else None
        if self.scales and self.min_replicas == 0 and not self.is_external and wake is None:
            message = (
                "required because minReplicas is 0, and pods that are not there report nothing: a query (with KEDA) or an"
                " external metric of the requests that wait in front of them"
            )
            yield Problem(("autoscaling", "wake"), message)
        elif wake is not None and self.min_replicas:
            yield Problem(("autoscaling", "wake"), f"has no effect because minReplicas is {self.min_replicas}")

    def _variant_problems(self) -> Iterable[Problem]:
        own, canary = self.variant, self.canary
        if own == CANARY:
            yield Problem(("variant",), "canary is the name of the other side; choose another")
        if canary is None:
            return
        if canary.variant in (PRIMARY, CANARY):
            yield Problem(("canary", "variant"), f"{canary.variant} is a name of its own; choose another, such as v2")
        elif own is None and canary.variant is not None:
            message = (
                "required beside canary.variant, or promoting restarts the pods; primary names what runs without one"
            )
            yield Problem(("variant",), message)
        elif own is not None and canary.variant is None:
            yield Problem(("canary", "variant"), f"required beside variant ({own}), or promoting restarts the pods")
        elif own is not None and own == canary.variant:
            yield Problem(("canary", "variant"), f"must differ from variant, got {shown(own)} for both")

    def _gpu_problems(self) -> Iterable[Problem]:
        if not self.gpu and self.resources and self.resources.gpu_memory is not None:
            yield Problem(("resources", "gpuMemory"), "has no effect because gpu is 0; leave one of them out")

    def _own_volume_problems(self) -> Iterable[Problem]:
        for index, volume in enumerate(self.volumes):
            if volume.name in _OWN_VOLUMES:
                yield Problem(
                    ("volumes", index, "name"), f"{shown(volume.name)} is a volume of the platform's; choose another"
                )
        fetched = all(isinstance(parsed(each), HubModel | NamedModel) for _, each in self.model_refs)
        for index, mount in enumerate(self.volume_mounts):
            path = clean_path(mount.mount_path)
            below = not fetched and is_within(path, MODEL_MOUNT)  # the model is read-only: nothing can be mounted in it
            if below or path in (MODEL_MOUNT, CACHE_FOLDER if self.cache else MODEL_MOUNT):
                message = f"{shown(mount.mount_path)} is where the platform mounts something; choose another path"
                yield Problem(("volumeMounts", index, "mountPath"), message)

    def _service_problems(self) -> Iterable[Problem]:
        return service_problems(self, self.ports)

    def _sidecar_port_problems(self) -> Iterable[Problem]:
        return sidecar_port_problems(self.ports, self.sidecars, self.init_containers)

    def _ingress_problems(self) -> Iterable[Problem]:
        return ingress_problems(self.ingress, self.ports) if self.ingress else ()

    def _monitor_problems(self) -> Iterable[Problem]:
        monitor = self.service_monitor
        return monitor_problems(monitor, self.ports) if monitor and monitor.enabled is not False else ()

    def _strategy_problems(self) -> Iterable[Problem]:
        rollout = self.rollout
        if rollout and self.strategy == "Recreate":
            for field, bound in (("maxSurge", rollout.max_surge), ("maxUnavailable", rollout.max_unavailable)):
                if bound is not None:
                    message = "has no effect because strategy is Recreate; leave one of them out"
                    yield Problem(("rollout", field), message)

    rules: ClassVar[tuple[Rule, ...]] = (
        _bound_problems,
        _variant_problems,
        engine_problems,
        variable_problems,
        model_problems,
        _gpu_problems,
        _own_volume_problems,
        _service_problems,
        _sidecar_port_problems,
        _ingress_problems,
        _monitor_problems,
        _strategy_problems,
        *SurroundedSpec.surrounding_rules,
        *WorkloadSpec.rules,
    )
