"""Gateway: the API gateway in front of services, configured from routes."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal, Unpack

from pydantic import Field

from ..kube.core.scalars import NonNegative32, Positive32
from ..kube.duration import Duration, PositiveDuration, milliseconds
from ..kube.fields import listed, shown, suggestion
from ..kube.model import CheckedModel, Items, Problem
from ..kube.names import dns_label_problem, service_name_problem
from ..kube.published import UNIQUE_ITEMS, UNSTORED, text
from ..kube.urls import URL_FORM, server_problem, url_problem
from .connections import taken_problems
from .cors import Cors
from .gateway_builds import BuildName
from .image import Image, ImageSpec
from .methods import Method
from .ports import ServicePort
from .repeats import repeated
from .resource import Resource
from .resource_rules import reserved_label_problems
from .route_prefix import LOWEST_PORT, PREFIX_FORM, prefix_key, prefix_problem
from .service import StatelessSpec
from .workload import CONFIG_HASH

if TYPE_CHECKING:
    from .dicts import GatewaySpecArguments

__all__ = [
    "CONFIG_FOLDER",
    "CONFIG_VOLUME",
    "GATEWAY_IMAGE",
    "KRAKEND_IMAGE",
    "MOST_CONFIGS",
    "TEMPLATE_VARIABLES",
    "AuthPolicy",
    "Gateway",
    "GatewaySpec",
    "RateLimit",
    "Route",
]

CONFIG_VOLUME = "config"
CONFIG_FOLDER = "/etc/krakend"
MOST_CONFIGS = 16
"""ConfigMaps that routes are spread over: a gateway that reads more endpoints than they hold takes minutes to start."""
"""Where the configuration is mounted. KrakenD's own image reads it there; the platform's has one of its own elsewhere."""
TEMPLATE_VARIABLES = {"FC_ENABLE": "1", "FC_SETTINGS": CONFIG_FOLDER}
"""What makes KrakenD expand the template, and where its settings are: each file whose name ends in .json."""
GATEWAY_IMAGE = ImageSpec(repository="ghcr.io/hanzoai/gateway")
"""The image of epoch 2025, as the old operator left it: whatever was pushed last."""
KRAKEND_IMAGE = ImageSpec(repository="krakend", tag="2.13.10")
"""The image of later epochs: the newest of KrakenD's makers that reads what a Gateway becomes."""
_BACKEND = re.compile(r"(https?://)?([^/?#]+)(/[A-Za-z0-9._~/-]*)?\Z", re.ASCII)
_MOST_NAMED = 64
_BACKEND_FORM = text(
    r"(https?://)?[A-Za-z0-9]([-A-Za-z0-9.]*[A-Za-z0-9])?(:0{0,3}[1-9][0-9]{1,4})?(/[A-Za-z0-9._~/-]*)?", most=2048
)
_LOW_PORT = re.compile(r":(0*[0-9])\Z", re.ASCII)
_SECRETIVE = "must not contain credentials, which would stand in a ConfigMap (not shown here)"
_PORT = ServicePort(name="http", container_port=8080, service_port=80)
_METRICS = ServicePort(name="metrics", container_port=9091)


class Route(CheckedModel):
    """A path prefix and the backend that answers below it."""

    prefix: Annotated[str, PREFIX_FORM]
    """Path prefix, such as /v1/chat; paths up to six segments below it belong to it. A segment such as {id} stands for
    any text."""
    backend: Annotated[str, _BACKEND_FORM]
    """URL or host:port of the backend, without credentials."""
    methods: Annotated[Items[Method], Field(min_length=1), UNIQUE_ITEMS] = ("GET",)
    """HTTP methods of the route: GET, POST, PUT, PATCH and DELETE."""
    strip_prefix: bool = False
    """Whether the prefix is removed from the path that the backend sees."""
    rate_limit: str | None = None
    """Name of one of rateLimits; left out, there is no limit."""
    auth_policy: str | None = None
    """Name of one of authPolicies; left out, everybody may pass."""
    timeout: PositiveDuration | None = None
    """How long an answer may take as a whole, a stream too; left out, the gateway's own timeout."""

    def problems(self) -> Iterator[Problem]:
        """Refuse prefixes and backends the gateway refuses."""
        if problem := prefix_problem(self.prefix):
            yield Problem(("prefix",), problem)
        if problem := _backend_problem(self.backend):
            yield Problem(("backend",), problem)
        for index, method in enumerate(self.methods):
            if (first := self.methods.index(method)) < index:
                yield Problem(("methods", index), f"{method} is used twice", related=("methods", first))


def _backend_problem(backend: str) -> str:
    if "@" in backend:
        return _SECRETIVE
    matched = _BACKEND.match(backend)
    if matched and (low := _LOW_PORT.search(matched[2])):
        return f"must have a port of {LOWEST_PORT} at least, or the gateway does not start, got {low[1]}"
    if matched and "[" in matched[2] and not server_problem(matched[2]):
        return "must have a name or an IPv4 address as host, or the gateway does not start, got an IPv6 address"
    if matched is None or server_problem(matched[2]):
        return "must be a URL with a host, or host:port, such as http://chat.hanzo.svc:8000 (not shown here)"
    return url_problem(backend if matched[1] else f"http://{backend}")


class RateLimit(CheckedModel):
    """How many requests may pass in a time."""

    list_keys: ClassVar[tuple[str, ...]] = ("name",)

    name: Annotated[str, Field(min_length=1, max_length=63)]
    """Name that routes refer to."""
    max_rate: Positive32 | None = None
    """Requests of all clients together in the time `every`; each pod counts for itself, and for each method and depth
    of path. Required unless clientMaxRate is given."""
    every: Duration = "1s"
    """Time in which the requests are counted; at least 1s."""
    client_max_rate: Positive32 | None = None
    """Requests of each client, by its address, in the time `every`; counted like maxRate."""

    def problems(self) -> Iterator[Problem]:
        """Refuse limits that limit nothing."""
        if self.max_rate is None and self.client_max_rate is None:
            yield Problem((), "must have maxRate or clientMaxRate, or it limits nothing")
        if milliseconds(self.every) < 1000:
            yield Problem(("every",), f"must be at least 1s, or the gateway takes it for 1s, got {self.every}")


class AuthPolicy(CheckedModel):
    """Who may use a route."""

    list_keys: ClassVar[tuple[str, ...]] = ("name",)

    name: Annotated[str, Field(min_length=1, max_length=63)]
    """Name that routes refer to."""
    type: Literal["jwt"] = "jwt"
    """How a client proves who it is: by a signed token (JWT)."""
    iam_endpoint: Annotated[str, URL_FORM] | None = None
    """URL of identity and access management (IAM), which must be the issuer of the token. Required unless jwksUrl is
    given; then any issuer will do."""
    jwks_url: Annotated[str, URL_FORM] | None = None
    """URL of the keys that tokens are signed with; left out, /.well-known/jwks below iamEndpoint."""

    def problems(self) -> Iterator[Problem]:
        """Refuse a policy without keys."""
        if self.iam_endpoint is None and self.jwks_url is None:
            yield Problem((), "must have iamEndpoint or jwksUrl, or no token could be checked")
        for field, url in (("iamEndpoint", self.iam_endpoint), ("jwksUrl", self.jwks_url)):
            if url is not None and (problem := url_problem(url, credentials=_SECRETIVE)):
                yield Problem((field,), problem)


class GatewaySpec(StatelessSpec):
    """An API gateway and its routes."""

    if TYPE_CHECKING:

        def __init__(self, **data: Unpack[GatewaySpecArguments]) -> None: ...

    image: Image | None = None
    """Image of the gateway; left out, krakend:2.13.10 (in epoch 2025 ghcr.io/hanzoai/gateway)."""
    image_build: BuildName | None = None
    """What the image holds: `krakend` (Community Edition 2.6 or later), `krakend-2.1` (2.1 to 2.5), or the platform's own
    gateway with KrakenD in it (`hanzo`) or without (`hanzo-relay`). Left out, it is known by the image, or assumed."""
    replicas: Annotated[NonNegative32, UNSTORED] = 2
    """Number of pods."""
    routes: Annotated[Items[Route], Field(max_length=4096)] = ()
    """Routes, in any order; those of Base applications that are compiled together with the gateway are added."""
    rate_limits: Annotated[Items[RateLimit], Field(max_length=_MOST_NAMED)] = ()
    """Rate limits, for routes to name."""
    auth_policies: Annotated[Items[AuthPolicy], Field(max_length=_MOST_NAMED)] = ()
    """Policies on who may pass, for routes to name."""
    timeout: PositiveDuration = "60s"
    """How long an answer may take as a whole, where a route does not say otherwise."""
    cors: Cors | None = None
    """Which pages of other origins may use the gateway from a browser, for all routes alike; left out, none."""

    @property
    def ports(self) -> tuple[ServicePort, ...]:
        """The port of the gateway, as its Service offers it, and the one of its metrics when they are scraped."""
        monitored = self.service_monitor and self.service_monitor.enabled is not False
        return (_PORT, _METRICS) if monitored else (_PORT,)

    def _limit_name_problems(self) -> Iterable[Problem]:
        return repeated([limit.name for limit in self.rate_limits], field="name", at=("rateLimits",))

    def _policy_name_problems(self) -> Iterable[Problem]:
        return repeated([policy.name for policy in self.auth_policies], field="name", at=("authPolicies",))

    def _rate_limit_problems(self) -> Iterable[Problem]:
        named = [route.rate_limit for route in self.routes]
        return _undeclared("rateLimit", named, [limit.name for limit in self.rate_limits])

    def _auth_policy_problems(self) -> Iterable[Problem]:
        named = [route.auth_policy for route in self.routes]
        return _undeclared("authPolicy", named, [policy.name for policy in self.auth_policies])

    @property
    def own_names(self) -> tuple[str, ...]:
        """The volume of the configuration, and the ConfigMaps that it is spread over."""
        return (CONFIG_VOLUME, *(f"routes-{number}" for number in range(MOST_CONFIGS)))

    @property
    def own_folders(self) -> tuple[str, ...]:
        """Where the configuration is."""
        return (CONFIG_FOLDER,)

    def _own_variable_problems(self) -> Iterable[Problem]:
        for index, variable in enumerate(self.env):
            if variable.name in TEMPLATE_VARIABLES:
                yield Problem(("env", index, "name"), f"{variable.name} is set by the platform; leave it out")
        if self.connections:
            yield from taken_problems(self.connections, TEMPLATE_VARIABLES)
        for index, config in enumerate(self.configs):
            for name in config.files if config.env else ():
                if name in TEMPLATE_VARIABLES:
                    yield Problem(("configs", index, "files", name), f"{name} is set by the platform; leave it out")

    def _own_volume_problems(self) -> Iterable[Problem]:
        for index, volume in enumerate(self.volumes):
            if volume.name == CONFIG_VOLUME:
                yield Problem(("volumes", index, "name"), "is the volume of the configuration; take another name")
        for index, mount in enumerate(self.volume_mounts):
            if f"{mount.mount_path}/".startswith(f"{CONFIG_FOLDER}/"):
                message = f"{CONFIG_FOLDER} holds the configuration; take another path, got {shown(mount.mount_path)}"
                yield Problem(("volumeMounts", index, "mountPath"), message)

    def _config_hash_problems(self) -> Iterable[Problem]:
        if CONFIG_HASH in self.annotations:
            yield Problem(("annotations", CONFIG_HASH), "is derived from the configuration; leave it out")

    def _twice_problems(self) -> Iterable[Problem]:
        seen: dict[tuple[str, str], int] = {}
        for index, route in enumerate(self.routes):
            for method in dict.fromkeys(route.methods):
                first = seen.setdefault((prefix_key(route.prefix), method), index)
                if first != index:
                    message = f"{method} {route.prefix} is routed twice; leave one out or give it another prefix"
                    yield Problem(("routes", index, "prefix"), message, related=("routes", first))

    rules = (
        _limit_name_problems,
        _policy_name_problems,
        _rate_limit_problems,
        _auth_policy_problems,
        _twice_problems,
        _own_variable_problems,
        _own_volume_problems,
        _config_hash_problems,
        *StatelessSpec.rules,
    )


def _undeclared(field: str, names: Sequence[str | None], known: Sequence[str]) -> Iterable[Problem]:
    """Yield each of *names*, the *field* of the route in its place, that is none of the *known* ones."""
    declared = frozenset(known)
    for index, name in enumerate(names):
        if name is not None and name not in declared:
            near = suggestion(name, known)
            hint = f"did you mean {near}?" if near else f"declared are {listed(known)}"
            yield Problem(("routes", index, field), f"{shown(name)} is not declared, {hint}")


class Gateway(Resource):
    """An API gateway."""

    kind: Literal["Gateway"] = "Gateway"
    """Gateway."""
    spec: GatewaySpec
    """What is wanted."""

    def _name_problems(self) -> Iterable[Problem]:
        name = self.metadata.name
        if not dns_label_problem(name) and (problem := service_name_problem(name)):
            yield Problem(("metadata", "name"), problem)

    def _own_label_problems(self) -> Iterable[Problem]:
        return reserved_label_problems(self.metadata.labels, self.spec.labels)

    rules = (_name_problems, _own_label_problems, Resource.further_service_problems)
