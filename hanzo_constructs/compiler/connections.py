"""What connections come to: the variables that say how another resource is reached, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from ..errors import Finding
from ..kube.expansion import names_in
from ..kube.fields import field_path, listed, shown, suggestion, wire_name
from ..kube.hosts import NamedHost
from ..platform import Platform, Rules
from ..spec.connection import host_name
from ..spec.connections import KEY_PREFIX, Connection, Piece, ordered_variables, pieces_of, plain_text, secret_variable
from ..spec.engines import ENGINES
from ..spec.kinds import KINDS, kind_names
from ..spec.resource import Resource
from .links import Links
from .targets import Target, TargetName, TargetPort, unreadable

__all__ = ["connection_findings", "connection_hosts", "connection_variables", "known_of", "unmet_findings"]


_NOT_HERE = "it is not in the set; write its name in the text"


class _Reached(NamedTuple):
    """A connection, its place in the spec, and what it leads to; None where that is unknown."""

    number: int
    connection: Connection
    name: TargetName
    target: Target | None

    @property
    def port(self) -> TargetPort | None:
        """The port that is meant; None where there is none of that name, or none at all."""
        return self.target.port(self.connection.port) if self.target else None

    @property
    def field(self) -> str:
        """Where the connection stands."""
        return f"spec.connections[{self.number}]"


def connection_variables(
    resource: Resource, platform: Platform, links: Links, container: str | None = None
) -> tuple[dict[str, Any], ...]:
    """Return the variables of the connections of *resource*, as far as these lead to something known.

    They are those of the main container, or of the sidecar or init *container* that some connections name.
    """
    all_reached = [*_reached(resource, platform, links)]
    ordered = [(all_reached[number], variable) for number, variable in ordered_variables(resource.spec.connections)]
    return tuple(
        each
        for reached, variable in ordered
        if reached.target is not None and (container is None or container in reached.connection.shared_with)
        for each in _variables(
            variable, pieces_of(reached.connection.env[variable]), reached.target, reached.port, platform
        )
    )


def connection_findings(resource: Resource, rules: Rules, links: Links) -> Iterator[Finding]:
    """Yield connections to what cannot be reached, and what of it cannot be known."""
    own = resource.metadata.namespace or rules.platform.namespace or ""
    for reached in _reached(resource, rules.platform, links):
        kind, target = reached.connection.kind, reached.target
        if kind not in kind_names():
            near = suggestion(kind, kind_names())
            hint = f"did you mean {near}?" if near else f"known are {', '.join(kind_names())}"
            yield Finding(f"unknown kind {shown(kind)}, {hint}", f"{reached.field}.kind")
        elif target is not None and not target.ports:
            yield Finding(f"{target.owner} has no ports, and so nothing to connect to", f"{reached.field}.name")
        elif target is not None and reached.port is None:
            known = listed([port.name for port in target.ports])
            message = f"{target.owner} has no port {shown(reached.connection.port)} for its clients, known are {known}"
            yield Finding(message, f"{reached.field}.port")
        elif target is not None and not target.is_outside:
            yield from _text_findings(reached, target, own)
    if resource.spec.connections:
        yield from _order_findings(resource.spec)


def _order_findings(spec: Any) -> Iterator[Finding]:
    """Yield references of texts to variables of an env, which are set later."""
    envs: list[tuple[str, str, Any]] = [("", "spec.env", spec)]
    for field in ("init_containers", "sidecars"):
        group = enumerate(getattr(spec, field, ()))
        envs += [(each.name, f"spec.{wire_name(field)}[{index}].env", each) for index, each in group]
    for container, env, holder in envs:
        later = {each.name for each in getattr(holder, "env", None) or ()}
        for number, connection in enumerate(spec.connections):
            if container and container not in connection.shared_with:
                continue
            for variable, text in connection.env.items():
                for name in names_in(plain_text(text)):
                    if name in later:
                        stays = f"refers to {name}, which {env} sets only later, so that $({name}) stays as it is"
                        field = field_path(("spec", "connections", number, "env", variable))
                        yield Finding(f"{stays}; write this variable in {env}, behind it", field, severity="warning")


def unmet_findings(resource: Resource, platform: Platform, links: Links) -> Iterator[Finding]:
    """Yield what cannot be said because something is not among the resources of the set.

    It may come later, so that the proof reports this.
    """
    own = resource.metadata.namespace or platform.namespace or ""
    for reached in _reached(resource, platform, links):
        if reached.target is None and reached.connection.kind in kind_names():
            kind, namespace, name = reached.name
            place = f"{namespace}/{name}" if namespace else name
            message = (
                f"there is no {kind} {place} in the set, which alone says how it is reached; compile both together, or write"
                " the variables in spec.env"
            )
            yield Finding(message, f"{reached.field}.name")
        elif reached.target is not None and reached.target.is_outside and reached.port is not None:
            yield from _text_findings(reached, reached.target, own)


def connection_hosts(resource: Resource, platform: Platform, links: Links) -> Iterator[tuple[str, NamedHost]]:
    """Yield the hosts outside the set that connections of *resource* lead to."""
    for reached in _reached(resource, platform, links):
        if reached.target is not None and reached.port is not None and reached.target.is_outside:
            namespace, service, port = reached.target.namespace, reached.target.service, reached.port.number
            yield f"{reached.field}.name", NamedHost(namespace, service, port, certain=True, is_plain=False)


def _reached(resource: Resource, platform: Platform, links: Links) -> Iterator[_Reached]:
    own = resource.metadata.namespace or platform.namespace or ""
    targets = links.targets.get((own, resource.name), {})
    for number, connection in enumerate(resource.spec.connections):
        name = connection.kind, connection.namespace or own, connection.name
        yield _Reached(number, connection, name, targets.get(name) or _outside(name))


def _outside(name: TargetName) -> Target | None:
    """Return a resource outside the set, as far as its kind says how it is reached: the facade of an engine."""
    kind = KINDS.get(name[0])
    if kind is None or kind.engine is None:
        return None
    engine = ENGINES[kind.engine]
    ports = tuple(TargetPort(port.name, port.exposed_port, engine.schemes[port.name]) for port in engine.ports)
    owner = f"{name[0]} {name[1]}/{name[2]}" if name[1] else f"{name[0]} {name[2]}"
    return Target(owner, name[1], name[2], ports, "", (), _NOT_HERE, is_outside=True)


def _variables(
    variable: str, pieces: tuple[Piece, ...], target: Target, port: TargetPort | None, platform: Platform
) -> Iterator[dict[str, Any]]:
    """Yield the *variable* of *pieces*, and in front of it one for each secret that is only a part of it."""
    secrets = dict.fromkeys(each.name.removeprefix(KEY_PREFIX) for each in pieces if each.name.startswith(KEY_PREFIX))
    if secrets and (len(target.secrets) != 1):
        return  # a finding
    whole = len(pieces) == 1
    for key in secrets:
        source = {"secretKeyRef": {"name": target.secrets[0], "key": key}}
        yield {"name": variable if whole else secret_variable(variable, key), "valueFrom": source}
    if not (secrets and whole):
        known = known_of(target, port, platform)
        texts = (
            f"$({secret_variable(variable, each.name.removeprefix(KEY_PREFIX))})"
            if each.name.startswith(KEY_PREFIX)
            else known.get(each.name, "")
            if each.name
            else each.text
            for each in pieces
        )
        yield {"name": variable, "value": "".join(texts)}


def known_of(target: Target, port: TargetPort | None, platform: Platform) -> Mapping[str, str]:
    """Return what there is to know of *target* and its *port*, beside its secrets."""
    host = host_name(target.service, target.namespace, platform) if target.namespace else target.service
    of_port = {"port": str(port.number), "url": f"{port.scheme}://{host}:{port.number}"} if port else {}
    return {"host": host, **of_port, "database": target.database}


def _text_findings(reached: _Reached, target: Target, own: str) -> Iterator[Finding]:
    """Yield what the texts of a connection ask and *target* does not say to pods of the namespace *own*."""
    for variable, text in reached.connection.env.items():
        names = dict.fromkeys(each.name for each in pieces_of(text))
        field = field_path(("spec", "connections", reached.number, "env", variable))
        if "database" in names and not target.database:
            yield Finding(f"{target.owner} does not say its database: {target.database_hint}", field)
        if not any(name.startswith(KEY_PREFIX) for name in names):
            continue
        if target.is_outside:
            message = f"{target.owner} is not in the set, and its Secret not known; write a secretKeyRef in spec.env"
            yield Finding(message, field)
        elif len(target.secrets) != 1:
            what = f"several Secrets, {listed(target.secrets)}" if target.secrets else "no Secret"
            advice = (
                "name the one of its clients in credentialsSecret"
                if target.is_datastore
                else "write a secretKeyRef in spec.env"
            )
            yield Finding(f"{target.owner} has {what}; {advice}", field)
        elif target.namespace != own:
            yield Finding(unreadable(target.secrets[0], target.owner, target.namespace, own), field)
