"""Under which URLs a compiled resource is reached."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from ...compiler import Compilation
from ...kube.manifest import Manifest

__all__ = ["Endpoints", "endpoints"]


@dataclass(frozen=True, slots=True)
class Endpoints:
    """URLs of a resource, from inside the cluster and from outside."""

    ports: Mapping[str, str]
    """URL inside the cluster by name of the port: `{"http": "http://api.shop.svc.cluster.local:80"}`."""
    hosts: Mapping[str, str]
    """URL from outside by host name: `{"api.example.com": "https://api.example.com"}`."""


def endpoints(compilation: Compilation) -> Endpoints:
    """Return the URLs of *compilation*, read off its Service and its Ingress."""
    owner, domain = compilation.owner, compilation.rules.platform.cluster_domain
    # A name alone means the namespace of whoever asks, which is the right one when nobody named another.
    host = f"{owner.name}.{owner.namespace}.svc.{domain}" if owner.namespace else owner.name
    children = {child.id: child.manifest for child in compilation.children}
    ports = children["Service"]["spec"]["ports"] if "Service" in children else ()
    return Endpoints(
        ports=MappingProxyType({port["name"]: f"{_scheme(port)}://{host}:{port['port']}" for port in ports}),
        hosts=MappingProxyType(_hosts(children["Ingress"]) if "Ingress" in children else {}),
    )


def _scheme(port: Manifest) -> str:
    """Return what the port's name says it speaks (`grpc`, `https-admin`), http for other TCP ports."""
    if port["protocol"] != "TCP":
        return str(port["protocol"]).lower()
    if port["name"] == "native":
        return "tcp"  # ClickHouse's own protocol
    spoken = port["name"].partition("-")[0]
    return spoken if spoken in {"https", "grpc", "ws", "wss", "redis", "amqp"} else "http"


def _hosts(ingress: Manifest) -> dict[str, str]:
    encrypted = {host for tls in ingress["spec"].get("tls", ()) for host in tls["hosts"]}
    hosts = dict.fromkeys(rule["host"] for rule in ingress["spec"]["rules"])
    return {host: f"{'https' if host in encrypted else 'http'}://{host}" for host in hosts}
