"""The process of the operator: kopf starts and stops it, answers probes, and tells other operators that it is alive."""

from __future__ import annotations

import asyncio
import logging
import socket
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, cast

import kopf
from kubernetes.client import Configuration
from prometheus_client import start_http_server

from ..operator.status import CATEGORIES
from ..platform import Platform
from ..spec.kinds import KINDS
from .api_server import ApiServer, configuration
from .controller import Controller
from .manifests import HEALTH_PORT, METRICS_PORT
from .peering import PEERING, Peers, random_priority

__all__ = ["Options", "run"]

_BESIDE_WATCHES = 4
"""Connections for what is asked at once while all watches go on."""
_CHATTY = ("aiohttp.access", "kopf.activities.probe", "kopf._core.engines.activities")
"""Loggers that tell of every probe."""


@dataclass(frozen=True)
class Options:
    """How the operator is run."""

    namespaces: Collection[str] = ()
    """What it looks after; empty: the whole cluster."""
    context: str = ""
    """Of the kubeconfig; empty: the current one."""
    health_port: int = HEALTH_PORT
    metrics_port: int = METRICS_PORT
    """0: no metrics."""
    host: str = "0.0.0.0"  # noqa: S104 - probes come from the node, and Prometheus from another pod
    """Address on which both ports are open."""
    priority: int | None = None
    """Among operators that are alive the highest works; None: any."""
    is_alone: bool = False
    """Whether other operators are of no interest."""


def run(platform: Platform, options: Options) -> None:
    """Run the operator until it is told to stop by SIGTERM or SIGINT; what is under way ends first."""
    priority = random_priority() if options.priority is None else options.priority
    identity = f"{socket.gethostname()}-{priority}"
    namespaces = tuple(options.namespaces)
    watches = (len(KINDS) + len(CATEGORIES)) * max(1, len(namespaces))
    server = ApiServer(configuration(options.context, connections=watches + _BESIDE_WATCHES))
    peers = [Peers(server, identity, priority, each) for each in namespaces or ("",)]
    controller = Controller(
        server,
        platform,
        namespaces,
        is_active=lambda: options.is_alone or all(each.is_first() for each in peers),
    )
    kopf.configure(log_format=kopf.LogFormat.JSON)
    logging.getLogger("hanzo_constructs").setLevel(logging.INFO)
    for name in _CHATTY:
        logging.getLogger(name).setLevel(logging.WARNING)
    asyncio.run(
        kopf.operator(
            registry=_registry(controller, peers, options),
            settings=_settings(),
            identity=cast("Any", identity),  # a string of a type of its own, which kopf does not export
            standalone=options.is_alone,
            priority=priority,
            peering_name=None if options.is_alone else PEERING,
            liveness_endpoint=f"http://{options.host}:{options.health_port}/healthz",
            clusterwide=not namespaces,
            namespaces=namespaces,
        )
    )


def _settings() -> kopf.OperatorSettings:
    settings = kopf.OperatorSettings()
    settings.posting.enabled = False  # the core tells of a resource what there is to tell
    settings.scanning.disabled = True  # kopf watches nothing of ours, so that it needs no permission to
    return settings


def _connection(found: Configuration) -> kopf.ConnectionInfo:
    """Return *found* in the words of kopf, which would take the current context of the kubeconfig."""
    header = found.get_api_key_with_prefix("BearerToken") or ""
    return kopf.ConnectionInfo(
        server=found.host,
        ca_path=found.ssl_ca_cert,
        insecure=not found.verify_ssl,
        token=header.removeprefix("Bearer ") or None,
        certificate_path=found.cert_file,
        private_key_path=found.key_file,
    )


def _registry(controller: Controller, peers: Collection[Peers], options: Options) -> kopf.OperatorRegistry:
    registry = kopf.OperatorRegistry()

    @kopf.on.login(registry=registry)
    def login(**_: Any) -> kopf.ConnectionInfo:
        return _connection(configuration(options.context))

    @kopf.on.startup(registry=registry)
    async def start(**_: Any) -> None:
        if options.metrics_port:
            start_http_server(options.metrics_port, addr=options.host, registry=controller.metrics.registry)
        for each in () if options.is_alone else peers:
            await asyncio.to_thread(each.join)
        controller.start()

    @kopf.on.cleanup(registry=registry)
    async def stop(**_: Any) -> None:
        await asyncio.to_thread(controller.stop)

    @kopf.on.probe(registry=registry, id="reconciles")
    def is_alive(**_: Any) -> bool:
        return controller.is_alive

    return registry
