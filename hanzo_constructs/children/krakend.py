"""The configuration of KrakenD, format version 3: endpoints, and where they lead.

A prefix is two endpoints for each method, the path itself and `/*` below it, which takes an engine that knows wildcards:
https://www.krakend.io/docs/enterprise/endpoints/wildcard/. The backend gets the rest of the path behind its url_pattern.
Everything is passed on as it comes (encoding no-op, all headers and query strings): KrakenD drops what is not named.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from ..kube.duration import in_one_unit
from ..kube.manifest import present
from ..spec.base import BaseGateway
from ..spec.gateway import METHODS, AuthPolicy, RateLimit

__all__ = [
    "Upstream",
    "auth_validator",
    "base_upstream",
    "endpoints",
    "endpoints_json",
    "krakend_json",
    "rate_limit",
    "upstream_of",
]

_TIMEOUT = "60s"
"""Time a backend has for its answer; KrakenD's own 2 seconds end every longer one."""
_BASE = "github.com/hanzoai/gateway/base_ha"
_KEYS = "/.well-known/jwks"
"""Where identity and access management publishes its signing keys."""


@dataclass(frozen=True, slots=True)
class Upstream:
    """Where the requests of a route go."""

    host: str
    """Scheme, host and port: `http://chat.hanzo.svc:8000`."""
    path: str
    """What stands in front of the rest of a request's path; it may be empty."""
    extra_config: dict[str, Any] | None = None


def upstream_of(backend: str, prefix: str, *, strip: bool) -> Upstream:
    """Return where *backend*, a URL or host:port, is asked for what comes to *prefix*, which it sees unless *strip*."""
    scheme, mark, rest = backend.rpartition("://")
    host, slash, path = rest.partition("/")
    root = f"{slash}{path}".rstrip("/")
    return Upstream(f"{scheme}{mark}{host}" if mark else f"http://{host}", root if strip else f"{root}{_path(prefix)}")


def base_upstream(host: str, port: int, gateway: BaseGateway) -> Upstream:
    """Return the replicated application at *host*: the gateway finds its writer by itself."""
    tracking = {
        "service_dns": host,
        "port": port,
        "leader_poll_interval": gateway.leader_poll_interval,
        "read_your_writes_ttl": gateway.read_your_writes_ttl,
    }
    return Upstream(f"http://{host}:{port}", _path(gateway.route), {_BASE: tracking})


def endpoints(
    prefix: str,
    methods: Iterable[str],
    upstream: Upstream,
    *,
    below: bool,
    extra_config: dict[str, Any] | None = None,
) -> Iterator[dict[str, Any]]:
    """Yield an endpoint at *prefix* for each of *methods*, and with *below* another for the paths below it."""
    for method in methods:
        yield _endpoint(prefix, method, upstream, upstream.path or "/", extra_config)
        # no wildcard at the root: it would take the gateway's own paths too
        if below and prefix != "/":
            yield _endpoint(f"{prefix}/*", method, upstream, f"{upstream.path}/", extra_config)


def rate_limit(limit: RateLimit) -> dict[str, Any]:
    """Return the limit of one endpoint: https://www.krakend.io/docs/endpoints/rate-limit/."""
    limited = {
        "max_rate": limit.max_rate,
        "client_max_rate": limit.client_max_rate,
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


def krakend_json(name: str, routed: Iterable[dict[str, Any]], *, port: int) -> str:
    """Return the text of the configuration of the gateway *name*: the longest prefix first, then by path and method."""
    head = {"version": 3, "name": name, "port": port, "timeout": _TIMEOUT, "output_encoding": "no-op"}
    fields = [f"  {json.dumps(key)}: {json.dumps(value)},\n" for key, value in head.items()]
    return f'{{\n{"".join(fields)}  "endpoints": {_listed(routed, "  ")}\n}}\n'


def endpoints_json(routed: Iterable[dict[str, Any]]) -> str:
    """Return the text of endpoints that a gateway elsewhere adds to its own."""
    return _listed(routed, "") + "\n"


def _listed(routed: Iterable[dict[str, Any]], margin: str) -> str:
    """Write one endpoint a line: a difference shows what became of which, and a thousand fit into a ConfigMap."""
    lines = [f"\n{margin}  {json.dumps(endpoint)}" for endpoint in sorted(routed, key=_rank)]
    return f"[{','.join(lines)}\n{margin}]" if lines else "[]"


def _rank(endpoint: dict[str, Any]) -> tuple[int, str, bool, int]:
    path: str = endpoint["endpoint"]
    prefix = path.removesuffix("/*")
    methods: Sequence[str] = METHODS
    return -prefix.count("/"), prefix, prefix != path, methods.index(endpoint["method"])


def _path(prefix: str) -> str:
    return "" if prefix == "/" else prefix


def _endpoint(
    path: str, method: str, upstream: Upstream, pattern: str, extra_config: dict[str, Any] | None
) -> dict[str, Any]:
    return present(
        {
            "endpoint": path,
            "method": method,
            "output_encoding": "no-op",
            "input_headers": ["*"],
            "input_query_strings": ["*"],
            "backend": [
                present(
                    {
                        "url_pattern": pattern,
                        "host": [upstream.host],
                        "method": method,
                        "encoding": "no-op",
                        "extra_config": upstream.extra_config,
                    }
                )
            ],
            "extra_config": extra_config or None,
        }
    )
