"""A route as the gateway has to know it, whoever wrote it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ...spec.base import BaseGateway
from ...spec.methods import Method

__all__ = ["BASE", "PUBLIC", "Routed", "Upstream", "base_upstream", "upstream_of"]

BASE = "github.com/hanzoai/gateway/base_ha"
"""The part of the platform's gateway that finds the writer of a Base application."""


PUBLIC = "auth/public"
"""What the platform's gateway wants of an endpoint where everybody may pass; KrakenD itself knows no such part."""


@dataclass(frozen=True, slots=True)
class Upstream:
    """Where the requests of a route go."""

    host: str
    """Scheme, host and port: `http://chat.hanzo.svc:8000`."""
    root: str = ""
    """The path that stands in front of what is asked for; it may be empty."""
    strip: bool = False
    """Whether the prefix is left out of what is asked for."""
    base: dict[str, Any] | None = None
    """How the writer of a replicated application is found; None where there are no replicas to tell apart."""


@dataclass(frozen=True, slots=True)
class Routed:
    """A path prefix, and where it leads."""

    prefix: str
    methods: Sequence[Method]
    upstream: Upstream
    auth_policy: str | None = None
    """Name of the policy on who may pass."""
    rate_limit: str | None = None
    """Name of the limit."""
    timeout: str | None = None
    public: bool = False
    """Whether it is written that everybody may pass."""


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
    return Upstream(f"http://{host}:{port}", base=tracking)
