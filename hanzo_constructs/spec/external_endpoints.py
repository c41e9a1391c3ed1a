"""Endpoints outside the cluster: `api.example.com:443`, `https://api.example.com`, `10.0.0.0/8:5432`, `udp://192.0.2.1:53`."""

from __future__ import annotations

import ipaddress
import re
from typing import Literal, NamedTuple

from ..kube.cidrs import cidr_problem
from ..kube.fields import shown
from ..kube.names import dns_host_problem

__all__ = ["Endpoint", "endpoint_of", "endpoint_problem"]

_DEFAULT_PORTS = {"https": 443, "http": 80, "grpc": 443, "tcp": None, "postgres": 5432, "redis": 6379}
_PROTOCOLS: dict[str, Literal["UDP", "SCTP"]] = {
    **dict.fromkeys(("coap", "dtls", "quic", "udp"), "UDP"),
    "sctp": "SCTP",
}
_WIDEST = {4: 8, 6: 12}
"""The shortest prefix of a range that is given to anybody (IANA's registries of address space), by the version of IP."""
_URL = re.compile(r"(?:([a-z][a-z0-9+.-]*)://)?(\[[0-9a-fA-F:.]+\]|[^/:\s@]+)(/\d{1,3})?(?::(\d{1,5}))?(/\S*)?\Z")
_FORM = "must be a host or a range of addresses with a port, such as api.example.com:443, https://api.example.com or 10.0.0.0/8:5432"


class Endpoint(NamedTuple):
    """One endpoint."""

    host: str
    """A DNS name or an address; of a range, the range."""
    port: int
    scheme: str
    """Of a URL; empty for a host and a port."""
    cidr: str
    """The addresses; empty for a DNS name."""

    @property
    def protocol(self) -> Literal["TCP", "UDP", "SCTP"]:
        """The transport protocol, which the scheme says."""
        return _PROTOCOLS.get(self.scheme, "TCP")


def endpoint_of(text: str) -> Endpoint | None:
    """Return what *text* means; None where `endpoint_problem` says why it is none."""
    found = _URL.match(text)
    if not found:
        return None
    scheme, host, prefix, number, _ = found.groups()
    port = int(number) if number else _DEFAULT_PORTS.get(scheme or "")
    if port is None or not 1 <= port <= 65535:
        return None
    bare = host.strip("[]")
    if (cidr := _cidr(bare, prefix)) is None and (prefix or host != bare or dns_host_problem(host)):
        return None
    return Endpoint(f"{bare}{prefix}" if prefix else bare, port, scheme or "", cidr or "")


def endpoint_problem(text: str) -> str:
    """Say why *text* is no endpoint; nothing where it is one."""
    endpoint = endpoint_of(text)
    if endpoint is None:
        return f"{_FORM}, got {shown(text)}"
    if not endpoint.cidr:
        return ""
    if problem := cidr_problem(endpoint.cidr):
        return problem
    network = ipaddress.ip_network(endpoint.cidr)
    if network.prefixlen == 0:
        return f"must not be every address there is, which is no dependency; name the hosts, got {shown(text)}"
    if network.prefixlen < (widest := _WIDEST[network.version]):
        return f"must not be wider than /{widest}, which belongs to nobody alone; name the hosts, got {shown(text)}"
    return ""


def _cidr(address: str, prefix: str | None) -> str | None:
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return None
    return f"{address}{prefix or f'/{parsed.max_prefixlen}'}"
