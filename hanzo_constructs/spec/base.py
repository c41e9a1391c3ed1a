"""Base: a replicated application on embedded SQLite, with one elected writer."""

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal, Unpack

from pydantic import Field

from ..kube.core import EnvFromSource, ResourceRequirements
from ..kube.core.scalars import Positive32
from ..kube.duration import Duration, PositiveDuration, milliseconds
from ..kube.fields import shown
from ..kube.model import CheckedModel, Items, Problem
from ..kube.names import DnsLabel, object_name_problem
from ..kube.published import UNSTORED
from ..kube.urls import url_problem
from .cluster_services import ServedSpec, service_problems
from .connections import Connection, taken_problems
from .environment import Env
from .image import Image
from .network_policy import NetworkPolicy
from .observability import ServiceMonitor
from .pod import environment_problems, request_problems
from .ports import PortNumber, ServicePort
from .repeats import repeated
from .resource import Resource
from .resource_rules import reserved_label_problems, stateful_name_problems
from .rollout import StatefulSetRollout
from .route_prefix import LOWEST_PORT, PREFIX_FORM, prefix_problem
from .scaling import PodDisruptionBudget
from .secrets import KmsSecretRef
from .storage import Storage
from .workload import CONFIG_HASH, WorkloadSpec

if TYPE_CHECKING:
    from .dicts import BaseSpecArguments

__all__ = ["BASE_VARIABLES", "Base", "BaseGateway", "BaseSpec", "schema_form"]

BASE_VARIABLES = (
    "BASE_NODE_ID",
    "BASE_PORT",
    "BASE_REPLICAS",
    "BASE_CONSENSUS",
    "BASE_HEADLESS_SERVICE",
    "BASE_PEERS",
    "BASE_LOCAL_TARGET",
    "BASE_SCHEMA_URL",
    "IAM_APP",
)
"""Environment variables the platform sets; a user may not."""


_SECRETIVE = "must not contain credentials, which would stand in the pods (not shown here)"
_LARGEST_SCHEMA = 1024 * 1024
"""Bytes a ConfigMap can hold."""


def schema_form(schema: str) -> Literal["inline", "url", "configMap", "unknown"]:
    """Tell what *schema* is by its form: inline DDL, a URL, or the name of a ConfigMap."""
    if re.match(r"https?://", schema):
        return "unknown" if url_problem(schema) else "url"
    if re.search(r"\b(?:create|alter|insert|pragma|drop)\b", schema, re.IGNORECASE) and re.search(r"[\s;]", schema):
        return "inline"
    return "unknown" if object_name_problem(schema) else "configMap"


class BaseGateway(CheckedModel):
    """Where the application is reached through the API gateway."""

    route: Annotated[str, PREFIX_FORM]
    """Path prefix of the application, such as /v1/my-app; paths up to six segments below it belong to it."""
    gateway_name: DnsLabel = "gateway"
    """Name of the Gateway resource."""
    gateway_namespace: DnsLabel | None = None
    """Namespace of the Gateway resource; left out, the resource's own."""
    leader_poll_interval: Duration = "1s"
    """How often the gateway asks which replica is the writer; at least 100ms."""
    read_your_writes_ttl: Annotated[Duration, Field(alias="readYourWritesTTL")] = "5s"
    """How long a client that wrote goes on reading from the writer; 0s turns this off."""
    timeout: PositiveDuration | None = None
    """How long an answer may take as a whole, a stream too; left out, the timeout of the Gateway."""
    rate_limit: str | None = None
    """Name of one of the rateLimits of the Gateway; left out, there is no limit."""
    auth_policy: str | None = None
    """Name of one of the authPolicies of the Gateway; left out, everybody may pass."""

    def problems(self) -> Iterator[Problem]:
        """Refuse routes and intervals the gateway refuses."""
        if problem := prefix_problem(self.route):
            yield Problem(("route",), problem)
        if milliseconds(self.leader_poll_interval) < 100:
            message = (
                f"must be at least 100ms, or the replicas do nothing but answer it, got {self.leader_poll_interval}"
            )
            yield Problem(("leaderPollInterval",), message)


class BaseSpec(ServedSpec):
    """A replicated application with one elected writer."""

    if TYPE_CHECKING:

        def __init__(self, **data: Unpack[BaseSpecArguments]) -> None: ...

    workload_kind: ClassVar[str] = "StatefulSet"

    image: Image
    """Image of the application."""
    replicas: Annotated[Positive32, Field(le=501), UNSTORED] = 3
    """Number of replicas; it must be odd, so that there is always a majority."""
    port: PortNumber = 8090
    """HTTP port of the application."""
    consensus: Literal["quasar", "pubsub"] = "quasar"
    """How the writer is elected: the variable BASE_CONSENSUS, which the application follows."""
    schema_: Annotated[str, Field(min_length=1)] | None = None
    """Database schema: the name of a ConfigMap, a URL, or SQL statements; which of them is told by its form."""
    storage: Storage
    """The disk of each replica, a PersistentVolumeClaim mounted at /app/data."""
    resources: ResourceRequirements | None = None
    """Requests and limits of the application."""
    env: Env = ()
    """Environment variables, after those the platform sets."""
    env_from: Items[EnvFromSource] = ()
    """Secrets and ConfigMaps whose keys become environment variables."""
    gateway: BaseGateway | None = None
    """Where the application is reached through the API gateway."""
    iam_app: Annotated[str, Field(min_length=1)] | None = None
    """Client id of the application in identity and access management (IAM): the variable IAM_APP."""
    kms_secrets: Items[KmsSecretRef] = ()
    """Secrets to be filled from the key management service."""
    network_policy: NetworkPolicy | None = None
    """Who may connect; left out, everybody in the cluster may."""
    service_monitor: ServiceMonitor | None = None
    """How Prometheus scrapes the application; left out, it does not."""
    pdb: PodDisruptionBudget | None = None
    """How many pods may be missing while nodes are drained; left out, as many as still leave a majority."""
    rollout: StatefulSetRollout | None = None
    """How new pods take the place of old ones."""
    connections: Items[Connection] = ()  # type: ignore[assignment]
    """Other resources that it connects to: variables that say how, and a way through their network policies."""

    @property
    def ports(self) -> tuple[ServicePort, ...]:
        """The one port of the application, as its Services offer it."""
        return (ServicePort(name="http", container_port=self.port),)

    @property
    def own_names(self) -> tuple[str, ...]:
        """Volumes of the data and of the schema, and the ConfigMaps of schema and route."""
        return ((self.adopt and self.adopt.claim_name) or "data", "schema", "gateway-route")

    @property
    def own_folders(self) -> tuple[str, ...]:
        """Where the data and the schema are."""
        return ("/app/data", "/app/schema")

    @property
    def has_own_budget(self) -> bool:
        """Whether the user says how many pods may be missing."""
        budget = self.pdb
        if budget is None or budget.enabled is False:
            return False
        return budget.min_available is not None or budget.max_unavailable is not None

    def _quorum_problems(self) -> Iterable[Problem]:
        count = self.replicas
        if count % 2 == 0:
            message = (
                f"must be odd for a quorum: {count} replicas survive no more losses than {count - 1} do, "
                f"and can fall into two halves of which neither may write, got {count}; write {max(count - 1, 1)} or {count + 1}"
            )
            yield Problem(("replicas",), message)

    def _gateway_port_problems(self) -> Iterable[Problem]:
        if self.gateway and self.port < LOWEST_PORT:
            message = (
                f"must be {LOWEST_PORT} at least, or the gateway that routes to it does not start, got {self.port}"
            )
            yield Problem(("port",), message)

    def _environment_problems(self) -> Iterable[Problem]:
        return environment_problems(self.env, self.env_from)

    def _own_variable_problems(self) -> Iterable[Problem]:
        for index, variable in enumerate(self.env):
            if variable.name in BASE_VARIABLES:
                yield Problem(("env", index, "name"), f"{variable.name} is set by the platform; leave it out")
        if self.connections:
            yield from taken_problems(self.connections, BASE_VARIABLES)
        for index, config in enumerate(self.configs):
            for name in config.files if config.env else ():
                if name in BASE_VARIABLES:
                    yield Problem(("configs", index, "files", name), f"{name} is set by the platform; leave it out")

    def _request_problems(self) -> Iterable[Problem]:
        return request_problems(self.resources) if self.resources else ()

    def _secret_name_problems(self) -> Iterable[Problem]:
        names = [secret.managed_secret_name for secret in self.kms_secrets]
        return repeated(names, field="managedSecretName", at=("kmsSecrets",))

    def _monitor_problems(self) -> Iterable[Problem]:
        monitor = self.service_monitor
        if monitor and monitor.enabled is not False and monitor.metrics_port not in {None, "http"}:
            message = f"{shown(monitor.metrics_port)} is not a declared port, declared are http"
            yield Problem(("serviceMonitor", "metricsPort"), message)

    def _service_problems(self) -> Iterable[Problem]:
        return service_problems(self, self.ports) if self.service or self.services else ()

    def _schema_problems(self) -> Iterable[Problem]:
        if self.schema_ is None:
            return
        if re.match(r"https?://", self.schema_) and (problem := url_problem(self.schema_, credentials=_SECRETIVE)):
            yield Problem(("schema",), problem)
        elif schema_form(self.schema_) == "unknown":
            message = "must be the name of a ConfigMap, an http or https URL, or DDL statements (not shown here)"
            yield Problem(("schema",), message)
        elif (size := len(self.schema_.encode())) > _LARGEST_SCHEMA:
            message = (
                f"must have at most {_LARGEST_SCHEMA} bytes to fit into a ConfigMap, got {size}; name a URL instead"
            )
            yield Problem(("schema",), message)

    def _schema_hash_problems(self) -> Iterable[Problem]:
        if CONFIG_HASH in self.annotations:
            yield Problem(("annotations", CONFIG_HASH), "is derived from the schema; leave it out")

    rules = (
        _quorum_problems,
        _gateway_port_problems,
        _schema_problems,
        _schema_hash_problems,
        _environment_problems,
        _own_variable_problems,
        _request_problems,
        _secret_name_problems,
        _monitor_problems,
        _service_problems,
        *WorkloadSpec.rules,
    )


class Base(Resource):
    """A replicated application."""

    kind: Literal["Base"] = "Base"
    """Base."""
    spec: BaseSpec
    """What is wanted."""

    @property
    def own_component(self) -> str | None:
        """What the kind was called."""
        return "baseapp"

    @property
    def headless_name(self) -> str:
        """The name of the headless Service; a StatefulSet that exists never takes another one."""
        return self._headless_name("-hs")

    def _name_problems(self) -> Iterable[Problem]:
        return stateful_name_problems(self.metadata.name, cron_job=False)

    def _own_label_problems(self) -> Iterable[Problem]:
        return reserved_label_problems(self.metadata.labels, self.spec.labels)

    rules = (_name_problems, _own_label_problems, Resource.further_service_problems)
