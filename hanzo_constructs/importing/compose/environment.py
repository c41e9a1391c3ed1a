"""The variables of a service: plain ones, those that say where another service is, and those that hold a secret."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from ...kube.expansion import escaped
from ..notes import Notes, may_be_secret
from .services import Service

__all__ = ["Variables", "variables_of"]

_NAMES_A_HOST = re.compile(r"(?i)(host|addr|server|url|uri|endpoint|broker|node|dsn)")
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*\Z")


class Variables(NamedTuple):
    """The variables of a resource."""

    env: list[dict[str, Any]]
    connections: list[dict[str, Any]]
    targets: frozenset[str]
    """Keys of the services that a connection leads to."""


class _Asked(NamedTuple):
    """What a variable asks of another service."""

    target: Service
    port: str
    """Name of the port; empty for none, or the first."""
    text: str


def variables_of(
    service: Service, given: Mapping[str, str | None], others: Sequence[Service], notes: Notes
) -> Variables:
    """Return the variables of *service*, of which all values are *given*, among *others*.

    A value that may be a secret becomes a key of a Secret that somebody has to make.
    """
    at = ("services", service.key, "environment")
    env: list[dict[str, Any]] = []
    grouped: dict[tuple[str, str], dict[str, Any]] = {}
    targets: set[str] = set()
    for name, value in given.items():
        if value is None:
            notes.left((*at, name), None, "is taken from the shell that runs compose; write its value")
        elif asked := _asked(name, value, service, others):
            connection = grouped.setdefault((asked.target.key, asked.port), _connection(asked))
            connection["env"][name] = asked.text
            targets.add(asked.target.key)
        elif may_be_secret(name, value):
            env.append({"name": name, "valueFrom": {"secretKeyRef": {"name": f"{service.name}-secrets", "key": name}}})
            why = f"may be a secret and is written nowhere; make the Secret {service.name}-secrets with the key {name}"
            notes.left((*at, name), value, why, is_secret=True)
        else:
            env.append({"name": name, "value": escaped(value)})
    return Variables(env, list(grouped.values()), frozenset(targets))


def _connection(asked: _Asked) -> dict[str, Any]:
    found: dict[str, Any] = {"kind": asked.target.kind, "name": asked.target.name}
    if asked.port:
        found["port"] = asked.port
    return found | {"env": {}}


def _asked(name: str, value: str, service: Service, others: Sequence[Service]) -> _Asked | None:
    """Return what the variable asks of one other service; None where it asks none, or more than one."""
    if not _VARIABLE.match(name):
        return None
    secret = _secret(value, service, others)
    if secret:
        return secret
    found = []
    for other in others:
        if other is not service and not other.is_task and (other.ports or other.store):
            asked = [each for host in other.hosts if (each := _of_host(name, value, host, other))]
            found += asked[:1]
    return found[0] if len(found) == 1 else None


def _secret(value: str, service: Service, others: Sequence[Service]) -> _Asked | None:
    """Return the key of another service's credentials that *value* is, where that service is one that it depends on."""
    depends = service.body.get("depends_on")
    named = set(depends) if isinstance(depends, dict | list) else set()
    for other in others:
        for key, secret in other.secrets.items():
            if other.key in named and value == secret and may_be_secret(key, secret) and len(value) > 3:
                return _Asked(other, "", f"secret/{key}")
    return None


def _of_host(name: str, value: str, host: str, other: Service) -> _Asked | None:
    pattern = re.compile(rf"(?<![\w.-]){re.escape(host)}(?P<port>:\d+)?(?![\w.-])")
    places = [*pattern.finditer(value)]
    if len(places) != 1:
        return None
    (place,) = places
    before, after = value[: place.start()], value[place.end() :]
    is_address = bool(place["port"]) or before.endswith(("//", "@"))
    if not is_address and not (value == host and _NAMES_A_HOST.search(name)):
        return None
    port, port_text = _port(place["port"], other)
    before = _plain(before)
    if before.endswith("@"):
        credentials = _credentials(before, other)
        if credentials is None:
            return None
        before = credentials
    if not before and not after and not place["port"]:
        return _Asked(other, "", "host")
    return _Asked(other, port, f"{before}${{host}}{port_text}{_plain(after)}")


def _plain(text: str) -> str:
    return escaped(text).replace("${", "$${")


def _port(written: str | None, other: Service) -> tuple[str, str]:
    """Return the name of the port to be named in a connection, and what stands behind the host."""
    if not written:
        return "", ""
    names = other.port_names()
    name = names.get((int(written[1:]), "TCP"))
    if name is None:
        return "", written
    return ("" if name == next(iter(names.values())) else name), ":${port}"


def _credentials(before: str, other: Service) -> str | None:
    """Return the text *before* a host with the key of a Secret in place of the password; None where that is unknown."""
    scheme, slashes, user = before[:-1].rpartition("//")
    name, colon, password = user.partition(":")
    if not colon:
        return before
    for key, secret in other.secrets.items():
        if secret == password:
            return f"{scheme}{slashes}{name}:${{{'secret/' + key}}}@"
    return None
