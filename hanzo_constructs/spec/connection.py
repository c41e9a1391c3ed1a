"""How a Datastore is reached."""

from __future__ import annotations

from ..errors import Finding, SpecError
from ..platform import Platform
from .datastore import Datastore

__all__ = ["connection_url", "host_name", "namespace_needed"]


def connection_url(datastore: Datastore, platform: Platform | None = None, *, namespace: str | None = None) -> str:
    """Return `<scheme>://<name>.<namespace>.svc.<cluster domain>:<port>`; there is never a password in it.

    *namespace* is that of the chart or the command line, for a resource that names none. Raises `SpecError` where
    nobody names one, because the URL cannot do without.
    """
    platform = platform or Platform()
    engine = datastore.engine
    place = datastore.metadata.namespace or namespace or platform.namespace
    if not place:
        raise SpecError([namespace_needed("the connection URL").at("", str(datastore))])
    port = datastore.spec.all_ports(engine)[0].exposed_port
    return f"{engine.scheme}://{host_name(datastore.service_name, place, platform)}:{port}"


def host_name(service: str, namespace: str, platform: Platform) -> str:
    """Return the DNS name of *service* within the cluster."""
    return f"{service}.{namespace}.svc.{platform.cluster_domain}"


def namespace_needed(what: str) -> Finding:
    """Say that *what* contains a DNS name, and so needs a namespace."""
    message = f"required: {what} contains a DNS name with it; write one here or set namespace in the platform settings"
    return Finding(message, "metadata.namespace")
