"""The gateways that an image can hold, as facts read at their source; a build is known by image or by what the user says.

Images say nothing of how they were built, and a tag can be moved. So a build is what somebody read in a repository, and
what is assumed of an image that nobody knows is said.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal, NamedTuple

from .image import ImageSpec

__all__ = ["BUILDS", "READY_PATH", "Build", "BuildName", "Recognized", "Source", "recognized"]

BuildName = Literal["krakend", "krakend-2.1", "hanzo", "hanzo-relay"]

READY_PATH = "/__ready"
"""Path of an endpoint that leads to the gateway's own health; who did not read the configuration does not know it."""


class Source(NamedTuple):
    """Where a fact was read."""

    repository: str
    commit: str
    path: str
    date: str
    """When that commit was made, or, where that is not public, when it was read."""


@dataclass(frozen=True, slots=True)
class Build:
    """What one gateway does with the configuration of a Gateway."""

    name: BuildName
    title: str
    """What it is, as messages say it."""
    sources: tuple[Source, ...]
    health: str
    """Path that it answers when it runs."""
    refusal: str = ""
    """Why it cannot serve the routes of a Gateway; empty where it can."""
    health_proves: bool = True
    """Whether nobody who did not read a configuration answers `health`."""
    metrics: Literal["opentelemetry", "opencensus"] = "opentelemetry"
    """The component of its configuration that offers metrics to Prometheus."""
    user: int | None = None
    """User that the image can run as where it names none itself, and would start as root."""
    environment: Mapping[str, str] = field(default_factory=dict)
    """Variables that it is given unless the user sets them."""
    finds_writers: bool = False
    """Whether it sends what is written to the writer of a replicated Base."""
    cross_origin: bool = True
    """Whether it answers browsers of other origins as its configuration says."""
    states_access: bool = False
    """Whether an endpoint must say so where everybody may pass."""

    @property
    def ready_path(self) -> str:
        """Path that it answers only after it has read the configuration."""
        return self.health if self.health_proves else READY_PATH


_CE = "krakend/krakend-ce"
_IMAGES = "krakend/docker-library"
_PLATFORM = "hanzoai/gateway"
_QUIET = MappingProxyType({"USAGE_DISABLE": "1"})
"""KrakenD tells its makers every few hours how it is used, by the executor named below; the platform's build does not."""
_RELAY_HEALTH = "/healthz"
"""The platform's gateway answers here whether it holds KrakenD or not."""

BUILDS: Mapping[BuildName, Build] = MappingProxyType(
    {
        build.name: build
        for build in (
            Build(
                name="krakend",
                title="KrakenD Community Edition 2.6 or later",
                sources=(
                    Source(_CE, "v2.13.8", "executor.go", "2026-07-08"),
                    Source("luraproject/lura", "6d79b4ef723b", "router/gin/engine.go", "2026-03-16"),
                    Source("krakend/krakend-otel", "v0.14.4", "exporter/prometheus/prometheus.go", "2026-03-19"),
                    Source(_IMAGES, "8c2abb57d14f", "2.13.5/Dockerfile", "2026-05-11"),
                    Source("docker-library/official-images", "397e641c1cc0", "library/krakend", "2026-08-20"),
                ),
                health="/__health",
                user=1000,
                environment=_QUIET,
            ),
            Build(
                name="krakend-2.1",
                title="KrakenD Community Edition 2.1 to 2.5",
                sources=(
                    Source(_CE, "v2.5.0", "executor.go", "2023-11-09"),
                    Source(_IMAGES, "8c2abb57d14f", "2.5.1/Dockerfile", "2026-05-11"),
                ),
                health="/__health",
                metrics="opencensus",
                user=1000,
                environment=_QUIET,
            ),
            Build(
                name="hanzo",
                title="the platform's gateway with KrakenD in it (build tag legacy)",
                sources=(
                    Source(_PLATFORM, "f510aeea278d", "Makefile", "2026-11-28"),
                    Source(_PLATFORM, "cf832c6ca567", "executor.go", "2026-11-28"),
                    Source(_PLATFORM, "36b2646a8f27", "legacy_engine.go", "2026-11-28"),
                    Source(_PLATFORM, "04eb3c0c8e13", "base_ha_backend.go", "2026-11-28"),
                    Source(_PLATFORM, "10c4cfb8403e", "authpolicy.go", "2026-11-28"),
                ),
                health=_RELAY_HEALTH,
                health_proves=False,
                metrics="opencensus",
                finds_writers=True,
                cross_origin=False,
                states_access=True,
            ),
            Build(
                name="hanzo-relay",
                title="the platform's gateway without KrakenD (no build tag)",
                sources=(
                    Source(_PLATFORM, "a4df3f4d4ee9", "cmd/gateway/main.go", "2026-11-28"),
                    Source(_PLATFORM, "019d4884e263", "build_app.go", "2026-11-28"),
                ),
                health=_RELAY_HEALTH,
                refusal="it reads no file of configuration, so that its pods would be ready and serve no route",
                health_proves=False,
            ),
        )
    }
)
"""Every build by its name."""

_OFFICIAL = frozenset({"krakend", "library/krakend", "devopsfaith/krakend", "krakend/krakend-ce"})
"""Repositories that hold KrakenD as its makers build it, without the registry."""
_OWN = frozenset({"hanzoai/gateway"})
_OTHERS: Mapping[str, str] = MappingProxyType(
    {
        "nginx": "NGINX",
        "openresty": "OpenResty",
        "traefik": "Traefik",
        "envoy": "Envoy",
        "kong": "Kong",
        "haproxy": "HAProxy",
        "caddy": "Caddy",
        "apisix": "Apache APISIX",
    }
)
"""Programs that do not read KrakenD's configuration, by the last part of their repositories."""
_REGISTRY = re.compile(r"(?:[^/]*[.:][^/]*|localhost)/")
_VERSION = re.compile(r"v?(\d+)(?:\.(\d+))?(?:\.\d+)?(?:-.*)?\Z")


class Recognized(NamedTuple):
    """What an image is taken for."""

    build: Build
    doubt: str = ""
    """Why that is an assumption; empty where it is known."""
    refusal: str = ""
    """Why the image cannot serve the routes of a Gateway; empty where it can."""


def recognized(image: ImageSpec, stated: BuildName | None) -> Recognized:
    """Return what *image* is taken for, where the user *stated* a build or not."""
    path = _REGISTRY.sub("", image.repository, count=1)
    if stated:
        return Recognized(BUILDS[stated], refusal=_contradiction(path, image.tag, stated) or BUILDS[stated].refusal)
    if path in _OFFICIAL:
        return _by_version(image.tag)
    if path in _OWN:
        return Recognized(BUILDS["hanzo"], doubt="nobody publishes which build a tag of it holds")
    if other := _OTHERS.get(path.rpartition("/")[2]):
        return Recognized(BUILDS["krakend"], refusal=f"{other} does not read the configuration of KrakenD")
    return Recognized(BUILDS["krakend"], doubt="its build is not known")


def _by_version(tag: str | None) -> Recognized:
    """Return what an image of KrakenD's makers is, by its *tag*."""
    version = _parsed(tag)
    if version is None:
        return Recognized(BUILDS["krakend"], doubt="its tag names no version")
    if version < (2, 0):
        refusal = "KrakenD before 2.0 does not read format version 3"
        return Recognized(BUILDS["krakend-2.1"], refusal=refusal)
    if version >= (3, 0):
        return Recognized(BUILDS["krakend"], doubt="it is newer than 2.13, which was read")
    return Recognized(BUILDS["krakend" if version >= (2, 6) else "krakend-2.1"])


def _parsed(tag: str | None) -> tuple[int, int] | None:
    """Return major and minor version of *tag*; `2` alone is the newest of its major version."""
    matched = _VERSION.match(tag or "")
    if matched is None:
        return None
    return int(matched[1]), 99 if matched[2] is None else int(matched[2])


def _contradiction(path: str, tag: str | None, stated: BuildName) -> str:
    """Say why the image with the repository *path* is not the build that is *stated*; empty where it may be."""
    if path in _OFFICIAL:
        found = _by_version(tag)
        known = found.build.name if not found.doubt else "krakend"
        if found.refusal:
            return found.refusal
        if stated.startswith("hanzo") or (not found.doubt and stated != known):
            return f"the image is {BUILDS[known].title} ({known})"
    elif path in _OWN and not stated.startswith("hanzo"):
        return "the image is the platform's own gateway (hanzo or hanzo-relay)"
    return ""
