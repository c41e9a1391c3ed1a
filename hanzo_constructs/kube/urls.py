"""URLs of servers: one strict grammar for every URL that is written into a manifest.

It is narrower than RFC 3986: a host, a port, a path. What else a URL may hold (a user, a query, a fragment) is where
secrets stand, and some client or other takes it for something else. A URL that is wrong may hold a password anywhere,
and no message repeats it.
"""

from __future__ import annotations

import re
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address

from .names import dns_host_problem
from .published import text

__all__ = ["SECRETIVE", "URL_FORM", "server_problem", "url_problem"]

SECRETIVE = "must not contain credentials, which would stand in a manifest (not shown here)"
_QUERY = "must have no query or fragment, which would stand in a manifest (not shown here)"
_LONGEST = 2048
_SERVER = re.compile(r"(\[[0-9A-Fa-f:.]*\]|[^\[\]:/]+)(?::([0-9]{1,5}))?\Z", re.ASCII)
_URL = re.compile(r"https?://([^/]*)(/.*)?\Z", re.DOTALL)
_PATH = re.compile(r"(?:[A-Za-z0-9._~!$&*+,;:=/-]|%[0-9A-Fa-f]{2})*\Z", re.ASCII)
_DOTS = re.compile(r"/\.\.?(?:/|\Z)|%2[eEfF]")
URL_FORM = text(
    r"https?://(\[[0-9A-Fa-f:.]*\]|[A-Za-z0-9]([-A-Za-z0-9.]*[A-Za-z0-9])?)(:[0-9]{1,5})?"
    r"(/([A-Za-z0-9._~!$&*+,;:=/-]|%[0-9A-Fa-f]{2})*)?",
    most=_LONGEST,
)
"""What is published of a URL."""
_NUMBERS = re.compile(r"[0-9.]+\Z", re.ASCII)


@lru_cache(maxsize=1024)
def url_problem(url: str, *, credentials: str = SECRETIVE) -> str:
    """Say why *url* is no http or https URL of a server, with *credentials* where it has some; empty when it is one."""
    if "@" in url:
        return credentials
    if "?" in url or "#" in url:
        return _QUERY
    matched = _URL.match(url)
    if not matched or server_problem(matched[1]) or not _PATH.match(matched[2] or ""):
        return "must be an http or https URL (not shown here)"
    if len(url) > _LONGEST:
        return f"must have at most {_LONGEST} characters, got {len(url)}"
    if _DOTS.search(matched[2] or ""):
        return "must have a path without /./ and /../ (not shown here)"
    return ""


@lru_cache(maxsize=1024)
def server_problem(server: str) -> str:
    """Say why *server* is no `host` or `host:port`; the host is a DNS name, an IPv4 address or an IPv6 one in brackets."""
    matched = _SERVER.match(server)
    if not matched:
        return "must be host or host:port (not shown here)"
    host, port = matched[1], matched[2]
    if port is not None and not 0 < int(port) < 65536:
        return "must have a port from 1 to 65535"
    return _host_problem(host)


def _host_problem(host: str) -> str:
    try:
        if host.startswith("["):
            IPv6Address(host[1:-1])
        elif _NUMBERS.match(host):
            IPv4Address(host)
        else:
            return dns_host_problem(host.lower())
    except ValueError:
        return "must have a DNS name or an IP address as host"
    return ""
