"""Hosts of Services in texts: which Service of the cluster a URL, a host:port or the value of a variable means.

https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/: a Service is `<name>.<namespace>.svc.<domain>`,
of which pods may leave out the end; a pod of a headless Service has a label in front.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

__all__ = ["NamedHost", "may_be_hosts", "may_name_hosts", "named_hosts"]

_HOST = re.compile(r"(?<![A-Za-z0-9_.-])[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?", re.ASCII)
_PORT = re.compile(r":([0-9]{1,5})(?![A-Za-z0-9@.-])", re.ASCII)
_SCHEME = re.compile(r"(?:\A|[^a-z0-9+.-])([a-z][a-z0-9+.-]*)://\Z", re.ASCII)
_ONLY_HOSTS = re.compile(r"[a-z0-9.-]+(?:, ?[a-z0-9.-]+)*\Z", re.ASCII)
_HINT = re.compile(
    r"://|\.svc|:[0-9]|(?:host|server|dns[._]query)=|(?<!\S)(?:-h|--host(?:name)?|nc) ", re.ASCII | re.IGNORECASE
)
"""What stands in every text that names hosts, and in few others."""
_INTRODUCTIONS = (
    re.compile(r"(?:host|server|dns[._]query)=|(?<!\S)(?:-h|--host(?:name)?) ", re.ASCII | re.IGNORECASE),
    re.compile(r"(?<!\S)nc (?:-\S+ (?:[0-9]+ )?)*", re.ASCII | re.IGNORECASE),
)
"""What says that a host follows: `host=`, `dns.query=` of JGroups, the options of `psql` and its like, and the command `nc`
with its options."""
_FOR_HOSTS = (
    *("host", "hostname", "addr", "address", "server", "endpoint", "broker", "dns_query"),
    *("hosts", "hostnames", "addrs", "addresses", "servers", "endpoints", "brokers"),
)
"""Ends of the names of variables that hold hosts, in lower case."""
_POD = re.compile(r"-[0-9]+\Z", re.ASCII)
_DEFAULT_PORTS = {"http": 80, "https": 443}


class NamedHost(NamedTuple):
    """A Service that a text names."""

    namespace: str
    """Empty where neither the text nor the pod names one."""
    service: str
    port: int | None
    """None: the text names none, and its scheme has no port of its own."""
    certain: bool
    """Whether it can be nothing but a Service of the cluster; else it is one if there is such a Service."""
    is_plain: bool
    """Whether it is a name without dots in a URL: a Service of the pod's own namespace, if of the cluster at all."""


def may_name_hosts(text: str) -> bool:
    """Tell at little cost whether *text* looks like an address, whatever its variable is called."""
    return ".svc" in text or "://" in text


def may_be_hosts(text: str) -> bool:
    """Tell at little cost whether *text* may be an address as the value of some variable."""
    return _is_hint(text) or _ONLY_HOSTS.match(text) is not None


def named_hosts(text: str, *, namespace: str, domain: str, variable: str = "") -> Iterable[NamedHost]:
    """Return the Services that *text*, the value of *variable*, may name for a pod in *namespace*.

    A name counts as a host with `.svc` at its end, in a URL, behind `host=`, `Server=`, `dns.query=`, `-h`, `--host` or
    `nc`, or before a port; and where the value is nothing but names, and the variable is one for hosts (PGHOST, REDIS_ADDR, `--server`).
    """
    bare = _is_for_hosts(variable) and _ONLY_HOSTS.match(text) is not None
    # most texts are no addresses, and there are many
    return _hosts_in(text, namespace, domain, bare=bare) if bare or _is_hint(text) else ()


@lru_cache(maxsize=1024)
def _is_hint(text: str) -> bool:
    return _HINT.search(text) is not None  # the same values stand in many resources of a fleet


@lru_cache(maxsize=1024)
def _is_for_hosts(variable: str) -> bool:
    return variable.lower().endswith(_FOR_HOSTS) or variable == "-h"  # the variables of a fleet have few names


def _hosts_in(text: str, namespace: str, domain: str, *, bare: bool) -> Iterator[NamedHost]:
    """Yield what `named_hosts` returns; *bare*: every word of *text* is a host."""
    introduced: set[int] = set()
    if "=" in text or " " in text:  # as in every introduction, and in no URL
        introduced = {each.end() for form in _INTRODUCTIONS for each in form.finditer(text)}
    for found in _HOST.finditer(text):
        start, end = found.span()
        before = text[max(0, start - 32) : start]
        in_url = before.endswith("//")
        if before.endswith("/") and not in_url:
            continue  # a segment of a path
        absolute = text[end : end + 1] == "."
        end += absolute
        port = _PORT.match(text, end)
        follows = start in introduced or (before.endswith("@") and "//" in text)
        addressed = in_url or bool(port) or bare or (follows and not found[0].isdigit())
        if not addressed and ".svc" not in found[0]:
            continue  # a word of a script
        services, certain = _services(found[0].split("."), namespace, domain, absolute=absolute)
        if text[end : end + 1] == "@" or (text[end : end + 1] == ":" and not port and not certain):
            continue  # a user, in front of a host
        if not services or not (certain or addressed):
            continue
        scheme = _SCHEME.search(before) if in_url else None
        named = (
            int(port[1])
            if port
            else None
            if text[end : end + 1] == ":"
            else _DEFAULT_PORTS.get(scheme[1] if scheme else "")
        )
        for place, service in services:
            yield NamedHost(place, service, named, certain, in_url and "." not in found[0])


def _services(labels: list[str], namespace: str, domain: str, *, absolute: bool) -> tuple[list[tuple[str, str]], bool]:
    """Return namespace and name of the Services that a host of *labels* may be, and whether it can be nothing else."""
    for place in range(2, min(len(labels), 4)):
        if labels[place] == "svc":
            rest = ".".join(labels[place + 1 :])
            return (
                ([(labels[place - 1], labels[place - 2])], True)
                if rest == domain or not (rest or absolute)
                else ([], False)
            )
    if absolute or len(labels) > 3:
        return [], False
    one, *more = labels
    if not more:
        return [(namespace, one)], False
    found = [(more[0], one)] if len(more) == 1 else []
    if _POD.search(one):  # it may be a pod of a StatefulSet too, below the Service that gives it its name
        found.insert(0, (more[-1] if len(more) > 1 else namespace, more[0]))
    return found, False
