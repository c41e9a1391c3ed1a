"""References to variables that stay text, in the containers that a user declares."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from ..errors import Finding
from ..kube.expansion import References, unresolved
from ..kube.fields import Path, field_path
from ..platform import Rules
from ..spec.connections import Connection, plain_text, variable_names
from .findings import Containers

if TYPE_CHECKING:
    from ..kube.core import EnvFromSource, EnvVar, VolumeMount

__all__ = ["Variables", "reference_findings"]


class Variables(Protocol):
    """A container, or the spec of a kind, whose main container it declares."""

    @property
    def env(self) -> Sequence[EnvVar] | None:
        """Variables, in order."""
        ...

    @property
    def env_from(self) -> Sequence[EnvFromSource] | None:
        """What sets variables by its keys."""
        ...


def _connections(spec: object) -> Sequence[Connection]:
    found: Sequence[Connection] = getattr(spec, "connections", ())
    return found


def reference_findings(
    spec: Variables,
    others: Containers,
    rules: Rules,
    *,
    derived: Collection[str] = (),
    filled: bool = False,
) -> Iterator[Finding]:
    """Yield a warning for each reference that stays text in the main container of *spec*, or in *others*.

    Variables *derived* by the platform stand in front of those of *spec*; one that is *filled* has those of a Secret too.
    """
    connections = _connections(spec)
    connected = {name for name, _ in variable_names(connections)}
    yield from _findings(spec, ("spec",), rules, derived={*derived, *connected}, filled=filled)
    for field, group in others:
        for index, container in enumerate(group):
            own = [each for each in connections if container.name in each.shared_with]
            given = {name for name, _ in variable_names(own)}
            yield from _findings(container, ("spec", field, index), rules, derived=given)
    found = dict(_connection_places(spec, connections, {*derived, *connected}, rules, is_filled=filled))
    for _, group in others:
        for each in group:
            shared = {
                name for name, (index, _) in variable_names(connections) if each.name in connections[index].shared_with
            }
            for place, message in _connection_places(each, connections, shared, rules):
                if each.name in connections[place[1]].shared_with:
                    found.setdefault(place, f"in the container {each.name}, {message}")
    for place, message in found.items():
        yield Finding(message, field_path(("spec", *place)), severity="warning")


def _connection_places(
    container: Variables,
    connections: Sequence[Connection],
    known: Collection[str],
    rules: Rules,
    *,
    is_filled: bool = False,
) -> Iterator[tuple[Any, str]]:
    """Yield texts of *connections* that refer to what is neither *known* nor set by *container*, and what is wrong."""
    names = [*known, *(each.name for each in container.env or ())]
    texts: list[tuple[Path, str]] = [
        (("connections", number, "env", name), plain_text(text))
        for number, connection in enumerate(connections)
        for name, text in connection.env.items()
    ]
    filled = is_filled or _has_unknown_variables(container)
    yield from unresolved(References((), texts, names, filled, rules.epoch.service_links))


def _findings(
    container: Variables, at: Path, rules: Rules, *, derived: Collection[str] = (), filled: bool = False
) -> Iterator[Finding]:
    references = References(
        [(variable.name, variable.value) for variable in container.env or ()],
        list(_words(container)),
        derived,
        filled or _has_unknown_variables(container),
        rules.epoch.service_links,
    )
    for place, message in unresolved(references):
        yield Finding(message, field_path((*at, *place)), severity="warning")


def _has_unknown_variables(container: Variables) -> bool:
    """Tell whether a Secret or ConfigMap may set any variable of *container*."""
    return bool(container.env_from) or any(each.env for each in getattr(container, "configs", ()))


def _words(container: Variables) -> Iterator[tuple[Path, str]]:
    for field in ("command", "args"):
        for index, word in enumerate(getattr(container, field, None) or ()):
            yield (field, index), word
    mounts: Sequence[VolumeMount] = getattr(container, "volume_mounts", None) or ()
    for index, mount in enumerate(mounts):
        if mount.sub_path_expr:
            yield ("volumeMounts", index, "subPathExpr"), mount.sub_path_expr
