"""What the gateway asks of requests and of itself: limits, tokens, other origins, metrics."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from ...kube.duration import in_one_unit
from ...kube.manifest import present
from ...spec.cors import Cors
from ...spec.gateway import AuthPolicy, RateLimit
from ...spec.methods import METHODS, Method
from .route import PUBLIC, Routed

__all__ = ["AUTH", "LIMIT", "Policies", "auth_validator", "cross_origin", "metrics", "rate_limit"]

AUTH = "auth/validator"
LIMIT = "qos/ratelimit/router"
_KEYS = "/.well-known/jwks"
"""Where identity and access management publishes its signing keys."""


@dataclass(frozen=True, slots=True)
class Policies:
    """The policies and limits that routes name."""

    auth: Mapping[str, dict[str, Any]] = field(default_factory=dict)
    limits: Mapping[str, dict[str, Any]] = field(default_factory=dict)

    def of(self, route: Routed) -> dict[str, Any]:
        """Return what KrakenD has to know of those that *route* names."""
        found = {
            PUBLIC: True if route.public else None,
            AUTH: None if route.auth_policy is None else self.auth[route.auth_policy],
            LIMIT: None if route.rate_limit is None else self.limits[route.rate_limit],
        }
        return present(found)


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
    return present(limited)


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
    return present(validator)


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


def metrics(port: int, component: Literal["opentelemetry", "opencensus"]) -> dict[str, Any]:
    """Return what offers metrics to Prometheus at *port*, by the *component* that the gateway contains.

    Sources: https://www.krakend.io/docs/telemetry/opentelemetry/ and https://www.krakend.io/docs/telemetry/opencensus/,
    which is deprecated.
    """
    if component == "opencensus":
        tags = {"tag_path": True, "tag_method": True, "tag_statuscode": True}
        exporter = {"port": port, "namespace": "krakend", **tags}
        found = {"sample_rate": 0, "reporting_period": 0, "exporters": {"prometheus": exporter}}
    else:
        # nothing receives traces, so that none are taken
        exporter = {"name": "prometheus", "port": port, "process_metrics": True, "go_metrics": True}
        found = {"trace_sample_rate": 0, "exporters": {"prometheus": [exporter]}}
    return {f"telemetry/{component}": found}
