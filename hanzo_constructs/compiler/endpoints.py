"""Under which URLs a compiled resource is reached."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from ..kube.manifest import Manifest
from ..spec.ingress import Ingress
from ..spec.resource import Resource
from .compilation import Compilation
from .kind import compiler_of
from .optional_blocks import active
from .targets import scheme_of

__all__ = ["Endpoints", "endpoints"]


@dataclass(frozen=True, slots=True)
class Endpoints:
    """URLs of a resource, from inside the cluster and from outside."""

    ports: Mapping[str, str]
    """URL inside the cluster by name of the port: `{"http": "http://api.shop.svc.cluster.local:80"}`."""
    hosts: Mapping[str, str]
    """URL from outside by host name: `{"api.example.com": "https://api.example.com"}`."""


def endpoints(compilation: Compilation) -> Endpoints:
    """Return the URLs of *compilation*, read off its Service and its `ingress`.

    What the ports of an engine speak is known; any other says it by its `appProtocol`, or else by its name.
    """
    owner, domain = compilation.owner, compilation.rules.platform.cluster_domain
    # A name alone means the namespace of whoever asks, which is the right one when nobody named another.
    host = f"{owner.service}.{owner.namespace}.svc.{domain}" if owner.namespace else owner.service
    children = {child.id: child.manifest for child in compilation.children}
    service = children["Service"]["spec"] if "Service" in children else {"ports": ()}
    number = "targetPort" if service.get("clusterIP") == "None" else "port"
    schemes = compiler_of(compilation.resource).schemes(compilation.resource)
    urls = {
        port["name"]: f"{schemes.get(port['name']) or _scheme(port)}://{host}:{port[number]}"
        for port in service["ports"]
    }
    return Endpoints(
        ports=MappingProxyType(urls),
        hosts=MappingProxyType(_hosts(compilation.resource)),
    )


def _scheme(port: Manifest) -> str:
    return scheme_of(port["name"], port["protocol"], port.get("appProtocol"))


def _hosts(resource: Resource) -> dict[str, str]:
    ingress: Ingress | None = getattr(resource.spec, "ingress", None)
    if (exposure := active(ingress)) is None:
        return {}
    return {host: f"{'https' if exposure.tls else 'http'}://{host}" for host in exposure.all_hosts}
