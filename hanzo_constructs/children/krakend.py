"""The configuration of KrakenD, format version 3: endpoints, and where they lead.

Its router knows no prefixes and, in the community edition, no wildcards: it reads `/p/*` and panics when it starts. So a
prefix is one endpoint for each number of segments below it, every segment a parameter, with and without a slash at the
end. A fixed segment goes before a parameter, so that the longest prefix wins. Parameters are named by their place,
because the router takes one name at one place.

Everything is passed on as it comes (encoding no-op, all headers and query strings): KrakenD drops what is not named. A
backend has the method and the encoding of its endpoint where it names none.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic_core import to_json

from ..kube.duration import in_one_unit
from ..kube.manifest import present
from ..spec.base import BaseGateway
from ..spec.cors import Cors
from ..spec.gateway import AuthPolicy, RateLimit
from ..spec.methods import METHODS, Method

__all__ = [
    "DEPTH",
    "Routed",
    "Upstream",
    "auth_validator",
    "base_upstream",
    "cross_origin",
    "endpoints",
    "endpoints_json",
    "krakend_json",
    "prometheus",
    "rate_limit",
    "upstream_of",
]

DEPTH = 6
"""Segments below a prefix that are routed: /collections/notes/records/7/files/a is as long."""
_Segments = tuple[str, ...]
_BASE = "github.com/hanzoai/gateway/base_ha"
_KEYS = "/.well-known/jwks"
"""Where identity and access management publishes its signing keys."""


@dataclass(frozen=True, slots=True)
class Upstream:
    """Where the requests of a route go."""

    host: str
    """Scheme, host and port: `http://chat.hanzo.svc:8000`."""
    root: str = ""
    """The path that stands in front of what is asked for; it may be empty."""
    strip: bool = False
    """Whether the prefix is left out of what is asked for."""
    extra_config: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Routed:
    """A route as the gateway has to know it."""

    prefix: str
    methods: Sequence[Method]
    upstream: Upstream
    extra_config: dict[str, Any] | None = None
    timeout: str | None = None


def upstream_of(backend: str, *, strip: bool) -> Upstream:
    """Return where *backend*, a URL or host:port, is asked; with *strip* it does not see the prefix of the route."""
    scheme, mark, rest = backend.rpartition("://")
    host, slash, path = rest.partition("/")
    return Upstream(f"{scheme}{mark}{host}" if mark else f"http://{host}", f"{slash}{path}".rstrip("/"), strip)


def base_upstream(host: str, port: int, gateway: BaseGateway) -> Upstream:
    """Return the replicated application at *host*: the gateway finds its writer by itself."""
    tracking = {
        "service_dns": host,
        "port": port,
        "leader_poll_interval": gateway.leader_poll_interval,
        "read_your_writes_ttl": gateway.read_your_writes_ttl,
    }
    return Upstream(f"http://{host}:{port}", extra_config={_BASE: tracking})


def endpoints(routes: Sequence[Routed], *, below: bool) -> list[dict[str, Any]]:
    """Return an endpoint for each method of *routes*, and with *below* others for the paths below their prefixes.

    The longest prefix comes first, and has what a shorter one reaches too: /v1/{id} of /v1. The order of *routes* and
    of their methods is of no matter.
    """
    ranked: list[tuple[tuple[int, str, int, str, int], Routed]] = []
    for number, method in enumerate(METHODS):
        own = {_numbered(route.prefix) if below else route.prefix: route for route in routes if method in route.methods}
        between = _between([*own]) if below else {}
        for prefix, route in own.items():
            paths = (
                [f"{prefix.rstrip('/')}{tail}" or "/" for tail in _tails(_length(prefix) + 1)] if below else [prefix]
            )
            for place, path in enumerate([*paths, *between.get(prefix, ())]):
                ranked.append(((-_length(prefix), prefix, place, path, number), route))
    found: dict[tuple[str, Method], dict[str, Any]] = {}
    for (_, prefix, _, path, number), route in sorted(ranked, key=lambda each: each[0]):
        found.setdefault((path, METHODS[number]), _endpoint(path, METHODS[number], prefix, route))
    return [*found.values()]


def _length(prefix: str) -> int:
    """Return the number of segments of *prefix*."""
    return prefix.rstrip("/").count("/")


def _numbered(prefix: str) -> str:
    """Return *prefix* with its parameters named by their place."""
    segments = enumerate(prefix.split("/"))
    return "/".join(f"{{p{place}}}" if segment.startswith("{") else segment for place, segment in segments)


def _tails(place: int) -> Iterator[str]:
    """Yield what may follow a prefix, the first segment of it at *place*."""
    for depth in range(DEPTH + 1):
        tail = "".join(f"/{{p{place + number}}}" for number in range(depth))
        yield from (tail, f"{tail}/")


def _between(prefixes: Sequence[str]) -> dict[str, list[str]]:
    """Return by its prefix what a route has on the way to longer ones: /v1/users/{p3} of /v1, by /v1/users/{p3}/orders.

    The router, once on the way to a longer path, does not come back for a parameter, but sends the client to the same
    path with a slash at the end, and back again.
    """
    ends = {tuple(prefix.strip("/").split("/")) if prefix != "/" else (): prefix for prefix in prefixes}
    nodes = frozenset(segments[:length] for segments in ends for length in range(len(segments) + 1))
    between: dict[str, list[str]] = {}
    for way in sorted({segments[:length] for segments in ends for length in range(1, len(segments))}):
        if prefix := _longest((), way, nodes, ends):
            path = f"/{'/'.join(way)}"
            between.setdefault(prefix, []).extend((path, f"{path}/"))
    return between


def _longest(
    node: _Segments, rest: _Segments, nodes: frozenset[_Segments], ends: Mapping[_Segments, str]
) -> str | None:
    """Return the prefix of *ends*, at or below *node*, that the router prefers for *rest*: fixed segments first."""
    for segment in dict.fromkeys((rest[0], f"{{p{len(node) + 1}}}")) if rest else ():
        child = (*node, segment)
        if child in nodes and (found := _longest(child, rest[1:], nodes, ends)):
            return found
    return ends.get(node) if len(rest) <= DEPTH else None


def rate_limit(limit: RateLimit) -> dict[str, Any]:
    """Return the limit of one endpoint: https://www.krakend.io/docs/endpoints/rate-limit/."""
    # the capacity is what may come at once: KrakenD's own is the rate per second, and 1 for a client
    limited = {
        "max_rate": limit.max_rate,
        "capacity": limit.max_rate,
        "client_max_rate": limit.client_max_rate,
        "client_capacity": limit.client_max_rate,
        "every": in_one_unit(limit.every),
        "strategy": None if limit.client_max_rate is None else "ip",
    }
    return {"qos/ratelimit/router": present(limited)}


def auth_validator(policy: AuthPolicy) -> dict[str, Any]:
    """Return the check of tokens: https://www.krakend.io/docs/authorization/jwt-validation/."""
    keys = policy.jwks_url or f"{(policy.iam_endpoint or '').rstrip('/')}{_KEYS}"
    validator = {
        "alg": "RS256",
        "jwk_url": keys,
        "issuer": policy.iam_endpoint,
        "cache": True,
        # KrakenD refuses keys from a plain http URL unless it is told to take them
        "disable_jwk_security": True if keys.startswith("http://") else None,
    }
    return {"auth/validator": present(validator)}


def krakend_json(
    name: str, routed: Sequence[dict[str, Any]], *, port: int, timeout: str, extra_config: dict[str, Any]
) -> str:
    """Return the text of the configuration of the gateway *name*."""
    head: dict[str, Any] = {
        "version": 3,
        "name": name,
        "port": port,
        "timeout": in_one_unit(timeout),
        "output_encoding": "no-op",
    }
    if extra_config:
        head["extra_config"] = extra_config
    fields = [f'  "{key}": {to_json(value).decode()},\n' for key, value in head.items()]
    return f'{{\n{"".join(fields)}  "endpoints": {_listed(routed, "  ")}\n}}\n'


def endpoints_json(routed: Sequence[dict[str, Any]]) -> str:
    """Return the text of endpoints that a gateway elsewhere adds to its own."""
    return _listed(routed, "") + "\n"


def cross_origin(cors: Cors, methods: Collection[Method]) -> dict[str, Any]:
    """Return who may come from other origins: https://www.krakend.io/docs/service-settings/cors/.

    *methods* are those of all routes. KrakenD knows no cross-origin rules of one endpoint.
    """
    allowed = {
        "allow_origins": [*cors.allow_origins],
        # KrakenD's own are GET, HEAD and POST
        "allow_methods": [*cors.allow_methods] or [method for method in METHODS if method in methods],
        "allow_headers": [*cors.allow_headers] or ["*"],
        "expose_headers": [*cors.expose_headers] or None,
        "allow_credentials": cors.allow_credentials,
        "max_age": None if cors.max_age is None else in_one_unit(cors.max_age),
    }
    return {"security/cors": present(allowed)}


def prometheus(port: int) -> dict[str, Any]:
    """Return the exporter of metrics: https://www.krakend.io/docs/telemetry/opencensus/, which every build contains."""
    tags = {"tag_path": True, "tag_method": True, "tag_statuscode": True}
    exporter = {"port": port, "namespace": "krakend", **tags}
    return {"telemetry/opencensus": {"sample_rate": 0, "reporting_period": 0, "exporters": {"prometheus": exporter}}}


def _listed(routed: Sequence[dict[str, Any]], margin: str) -> str:
    """Write one endpoint a line: a difference shows what became of which, and a thousand fit into a ConfigMap."""
    lines = [f"\n{margin}  {to_json(endpoint).decode()}" for endpoint in routed]
    return f"[{','.join(lines)}\n{margin}]" if lines else "[]"


def _endpoint(path: str, method: Method, prefix: str, route: Routed) -> dict[str, Any]:
    # hundreds of them are made for a gateway: that is why `present` is not called for each
    upstream = route.upstream
    behind = path.split("/", _length(prefix) + 1)[_length(prefix) + 1 :] if upstream.strip else [path.removeprefix("/")]
    asked = f"/{behind[0]}" if behind and path != "/" else ""
    backend: dict[str, Any] = {"url_pattern": f"{upstream.root}{asked}" or "/", "host": [upstream.host]}
    if upstream.extra_config:
        backend["extra_config"] = upstream.extra_config
    endpoint: dict[str, Any] = {
        "endpoint": path,
        "method": method,
        "output_encoding": "no-op",
        "input_headers": ["*"],
        "input_query_strings": ["*"],
        "backend": [backend],
    }
    if route.timeout:
        endpoint["timeout"] = in_one_unit(route.timeout)
    if route.extra_config:
        endpoint["extra_config"] = route.extra_config
    return endpoint
