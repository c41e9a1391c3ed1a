"""Connections to other resources, and the variables that say how each is reached."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Annotated, NamedTuple

from pydantic import Field

from ..kube.core import EnvVar
from ..kube.core.deferred import Container
from ..kube.expansion import in_order_of_references, referred_to
from ..kube.fields import listed, shown
from ..kube.model import CheckedModel, Items, Mapping, Problem
from ..kube.names import DnsLabel, data_key_problem
from ..kube.published import UNIQUE_ITEMS, Published
from .repeats import repeated

__all__ = [
    "KEY_PREFIX",
    "Connection",
    "Piece",
    "SharedConnection",
    "connection_problems",
    "container_problems",
    "ordered_variables",
    "pieces_of",
    "plain_text",
    "secret_variable",
    "taken_problems",
    "variable_names",
]

KEY_PREFIX = "secret/"
"""What stands before the key of a Secret."""
_NAMES = ("url", "host", "port", "database")
"""What there is to know of the other resource, beside its secrets."""
_ALL = f"{', '.join(_NAMES)}, {KEY_PREFIX}<key>"
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*\Z", re.ASCII)
_TEXT_FORM = Published({"pattern": r"^(url|host|port|database|secret/[-._a-zA-Z0-9]{1,253})$|\$\{"})
_PIECE = re.compile(r"\$\$\{|\$\{([^{}]*)\}|\$\{")


class Piece(NamedTuple):
    """A piece of the value of a variable: one of the two."""

    text: str = ""
    name: str = ""
    """What of the other resource stands there: `host`, `secret/POSTGRES_PASSWORD`."""


class Connection(CheckedModel):
    """Another resource that this one connects to."""

    kind: str
    """Kind of the other resource, such as SQL."""
    name: DnsLabel
    """Name of the other resource."""
    namespace: DnsLabel | None = None
    """Namespace of the other resource; left out, that of this one."""
    port: DnsLabel | None = None
    """Name of the port of the other resource's Service that is meant by port and url, and that the network policy opens;
    left out, its first port."""
    env: Annotated[Mapping[Annotated[str, _TEXT_FORM]], Field(min_length=1)]
    """Variables, in front of those of env and behind those that their texts refer to as $(NAME): each is one of url, host,
    port, database and secret/<key>, or a text with them, such as "postgresql://app:${secret/POSTGRES_PASSWORD}@${host}:${port}/${database}"; $${ is a plain ${."""

    @property
    def shared_with(self) -> tuple[str, ...]:
        """Names of the containers beside the main one that get the variables too."""
        return ()

    def problems(self) -> Iterator[Problem]:
        """Refuse names that no program reads, and texts that say nothing of the other resource."""
        for variable, text in self.env.items():
            if not _VARIABLE.match(variable):
                message = f"must be letters, digits and '_', without a digit in front, got {shown(variable)}"
                yield Problem(("env", variable), message)
            if problem := _text_problem(text):
                yield Problem(("env", variable), problem)


def pieces_of(text: str) -> tuple[Piece, ...]:
    """Return the pieces of *text*, the value of a variable of a connection."""
    if text in _NAMES or text.startswith(KEY_PREFIX):
        return (Piece(name=text),)
    pieces, end = [], 0
    for found in _PIECE.finditer(text):
        if found.start() > end:
            pieces.append(Piece(text[end : found.start()]))
        pieces.append(Piece("${") if found[1] is None else Piece(name=found[1]))
        end = found.end()
    if end < len(text):
        pieces.append(Piece(text[end:]))
    return tuple(pieces)


def secret_variable(variable: str, key: str) -> str:
    """Return the name of the variable for the *key* of a Secret that stands in the text of *variable*."""
    return f"{variable}_{re.sub(r'[^A-Za-z0-9_]', '_', key)}"


class SharedConnection(Connection):
    """A connection of a workload that may have containers beside its main one."""

    containers: Annotated[Items[str], UNIQUE_ITEMS] = ()
    """Sidecars and init containers that get the variables too, such as a migration; left out, the main container alone."""

    @property
    def shared_with(self) -> tuple[str, ...]:
        """Names of the containers beside the main one that get the variables too."""
        return self.containers


def plain_text(text: str) -> str:
    """Return what of *text*, the value of a variable of a connection, the user wrote: it may refer to other variables."""
    return "".join(each.text for each in pieces_of(text))


def ordered_variables(connections: Sequence[Connection]) -> list[tuple[int, str]]:
    """Return the number of its connection and the name of each variable, behind those that its text refers to.

    One that is set twice, which is an error, counts once.
    """
    texts: dict[str, str] = {}
    places: dict[str, tuple[int, str]] = {}
    for name, place in variable_names(connections):
        if name == place[1] and name not in places:
            places[name], texts[name] = place, plain_text(connections[place[0]].env[name])
        else:
            texts.setdefault(name, f"$({place[1]})")  # a part of that variable, set with it
    return [places[name] for name in in_order_of_references(texts) if name in places]


def variable_names(connections: Iterable[Connection]) -> Iterator[tuple[str, tuple[int, str]]]:
    """Yield each variable that *connections* set, as they are written, and the number and the variable of the one that says so."""
    for index, connection in enumerate(connections):
        for variable, text in connection.env.items():
            pieces = pieces_of(text)
            secrets = [each.name.removeprefix(KEY_PREFIX) for each in pieces if each.name.startswith(KEY_PREFIX)]
            for key in dict.fromkeys(secrets if len(pieces) > 1 else ()):
                yield secret_variable(variable, key), (index, variable)
            yield variable, (index, variable)


def connection_problems(connections: Sequence[Connection], env: Sequence[EnvVar]) -> Iterator[Problem]:
    """Yield variables that *connections* set twice, or that *env* sets too."""
    first: dict[str, tuple[int, str]] = {}
    for name, (index, variable) in variable_names(connections):
        if (earlier := first.setdefault(name, (index, variable))) != (index, variable):
            related = ("connections", earlier[0], "env", earlier[1])
            yield Problem(("connections", index, "env", variable), f"{shown(name)} is set twice", related)
    for index, each in enumerate(env):
        if each.name in first:
            number, variable = first[each.name]
            message = f"{shown(each.name)} is set by a connection; leave one of them out"
            yield Problem(("env", index, "name"), message, ("connections", number, "env", variable))
    yield from _circles(connections)


def _circles(connections: Sequence[Connection]) -> Iterator[Problem]:
    """Yield variables whose texts refer to each other in a circle, of which no order makes them right."""
    texts = {name: plain_text(text) for each in connections for name, text in each.env.items()}
    for index, connection in enumerate(connections):
        for variable in connection.env:
            if variable in referred_to(variable, texts):
                message = (
                    f"refers to itself, be it through others, so that $({variable}) stays as it is; write its text"
                )
                yield Problem(("connections", index, "env", variable), message)


def container_problems(
    connections: Sequence[Connection], groups: Iterable[tuple[str, Sequence[Container]]]
) -> Iterator[Problem]:
    """Yield containers that *connections* name and the *groups* (field and containers) do not have.

    What such a container sets too is a problem of its own.
    """
    known = {each.name: (field, index, each) for field, group in groups for index, each in enumerate(group)}
    for number, connection in enumerate(connections):
        yield from repeated(connection.shared_with, at=("connections", number, "containers"))
        variables = {name: variable for name, (_, variable) in variable_names([connection])}
        places = {name: position for position, name in reversed([*enumerate(connection.shared_with)])}
        for name, position in places.items():
            if name not in known:
                hint = f"known are {listed(known)}" if known else "and there is none"
                message = f"must be a sidecar or an init container, {hint}, got {shown(name)}"
                yield Problem(("connections", number, "containers", position), message)
                continue
            field, index, container = known[name]
            for entry, each in enumerate(container.env or ()):
                if each.name in variables:
                    message = f"{shown(each.name)} is set by a connection; leave one of them out"
                    related = ("connections", number, "env", variables[each.name])
                    yield Problem((field, index, "env", entry, "name"), message, related)


def taken_problems(connections: Sequence[Connection], taken: Collection[str]) -> Iterator[Problem]:
    """Yield variables of *connections* that are among those *taken*, which the platform sets."""
    for name, (index, variable) in variable_names(connections):
        if name in taken:
            yield Problem(("connections", index, "env", variable), f"{name} is set by the platform; choose another")


def _text_problem(text: str) -> str:
    """Say what is wrong with *text*, which is not shown: who takes this for env may have written a password."""
    pieces = pieces_of(text)
    if any(found[0] == "${" for found in _PIECE.finditer(text)):
        return "has ${ without }; write $${ for the characters themselves"
    names = [each.name for each in pieces if not each.text]
    if not names:
        return f"says nothing of the other resource (not shown here): write one of {_ALL}, or a text with ${{host}} and so on; what it does not decide belongs into spec.env"
    for name in names:
        if name.startswith(KEY_PREFIX):
            if problem := data_key_problem(name.removeprefix(KEY_PREFIX)):
                return f"the key of a Secret {problem}"
        elif name not in _NAMES:
            return f"{shown(name)} is not known, known are {_ALL}"
    return ""
