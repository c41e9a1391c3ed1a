"""IP addresses and ranges of them, as the API server takes them."""

from __future__ import annotations

import ipaddress
import re

from .fields import shown

__all__ = ["address_problem", "cidr_problem"]

_CIDR = re.compile(r"[0-9a-fA-F:.]+/(?:0|[1-9][0-9]{0,2})\Z", re.ASCII)


def address_problem(text: str) -> str:
    """Say why *text* is no IP address; Kubernetes 1.36 and later refuse an IPv4 address that is written as IPv6."""
    try:
        address = None if "%" in text else ipaddress.ip_address(text)
    except ValueError:
        address = None
    if address is None:
        return f"must be an IP address, got {shown(text)}"
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped is not None:
        return f"must not be an IPv4 address written as IPv6, got {shown(text)}"
    return ""


def cidr_problem(text: str) -> str:
    """Say why *text* is no range such as 10.0.0.0/8; no bit may be set behind the prefix."""
    wrong = f"must be a range of addresses such as 10.0.0.0/8 or 2001:db8::/64, got {shown(text)}"
    if not _CIDR.match(text):
        return wrong
    try:
        network = ipaddress.ip_network(text, strict=False)
    except ValueError:
        return wrong
    if isinstance(network, ipaddress.IPv6Network) and network.network_address.ipv4_mapped is not None:
        return f"must not be an IPv4 range written as IPv6, got {shown(text)}"
    if ipaddress.ip_interface(text).ip != network.network_address:
        return f"must begin with the first address of the range, {network}, got {shown(text)}"
    return ""
