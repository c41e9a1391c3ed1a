"""What the engine of a Datastore is told beside what the user wrote: directories, ports, and how it is asked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ..children.probe import tcp_probe
from ..platform import Rules
from ..spec.datastore import DatastoreSpec
from ..spec.engines.engine import Engine
from ..spec.ports import ServicePort

__all__ = [
    "container_ports",
    "derived_args",
    "derived_variables",
    "directory_defaults",
    "first_port",
    "offered_ports",
    "readiness",
    "replaced_ports",
]

_PORT_NAME = re.compile(r"(?<!\$)\{([a-z]+)\}")
"""The name of a port in a text of the engine's; `${name}` is the shell's."""


def offered_ports(spec: DatastoreSpec, engine: Engine, rules: Rules) -> tuple[ServicePort, ...]:
    """Return the ports of the Services; in an epoch without the rule, only the user says what is spoken through one."""
    ports = spec.all_ports(engine)
    if rules.epoch.engine_protocol:
        return ports
    own = {port.name: port.app_protocol for port in spec.ports}
    return tuple(port.model_copy(update={"app_protocol": own.get(port.name)}) for port in ports)


def first_port(spec: DatastoreSpec, engine: Engine, rules: Rules) -> ServicePort:
    """Return the port that is asked whether the engine is ready: its primary one, or the first that is written."""
    if rules.epoch.engine_ports:
        return spec.all_ports(engine)[0]
    return next((port for port in spec.ports if port.protocol == "TCP"), engine.ports[0])


def container_ports(spec: DatastoreSpec, engine: Engine, rules: Rules) -> list[dict[str, Any]]:
    """Return the ports that the container declares."""
    if not rules.epoch.engine_ports:
        first = first_port(spec, engine, rules)
        return [{"name": "data", "containerPort": first.container_port, "protocol": "TCP"}]
    return [
        {"name": port.name, "containerPort": port.container_port, "protocol": port.protocol}
        for port in spec.all_ports(engine)
    ]


def replaced_ports(spec: DatastoreSpec, engine: Engine) -> dict[str, int]:
    """Return the engine's ports that the user moved to other numbers: the index in `spec.ports` by the name."""
    numbers = {port.name: port.container_port for port in engine.ports}
    return {
        port.name: index
        for index, port in enumerate(spec.ports)
        if port.name in numbers and port.container_port != numbers[port.name]
    }


def derived_args(spec: DatastoreSpec, engine: Engine, rules: Rules) -> list[str] | None:
    """Return the arguments of the engine where the user wrote neither command nor args, and it needs some."""
    if spec.command is not None or spec.args is not None or not rules.epoch.engine_settings:
        return None
    moved = replaced_ports(spec, engine)
    args = engine.args or (engine.port_args if moved else ())
    return [_with_ports(each, _numbers(spec, engine)) for each in args] or None


def derived_variables(spec: DatastoreSpec, engine: Engine, rules: Rules) -> dict[str, str]:
    """Return the variables that the engine needs and the user did not write."""
    if not rules.epoch.engine_settings:
        return {}
    moved = replaced_ports(spec, engine)
    ports = {
        name: str(spec.ports[moved[port]].container_port)
        for name, port in engine.port_variables.items()
        if port in moved and not _in_env(name, spec)
    }
    return {name: place for name, place in _directories(spec, engine) if not _in_bulk(name, spec)} | ports


def directory_defaults(spec: DatastoreSpec, engine: Engine, rules: Rules) -> dict[str, str]:
    """Return the variables of directories that a bulk source of the user's may hold, which nobody can see here.

    As a variable of the container, such a value would win over the user's and lead the engine to an empty directory. As
    the bulk source in front of the others, it holds only where they say nothing.
    """
    if not rules.epoch.engine_settings:
        return {}
    return {name: place for name, place in _directories(spec, engine) if _in_bulk(name, spec)}


def _directories(spec: DatastoreSpec, engine: Engine) -> list[tuple[str, str]]:
    return [(name, place) for name, place in engine.environment.items() if not _in_env(name, spec)]


def _in_env(name: str, spec: DatastoreSpec) -> bool:
    return any(variable.name == name for variable in spec.env)


def _in_bulk(name: str, spec: DatastoreSpec) -> bool:
    """Tell whether one of `envFrom` may hold the variable *name*."""
    return any(name.startswith(source.prefix or "") for source in spec.env_from)


def readiness(spec: DatastoreSpec, engine: Engine, rules: Rules) -> dict[str, Any]:
    """Ask *engine* in its own way, or whether its first port accepts connections."""
    if not rules.epoch.engine_readiness:
        return tcp_probe(first_port(spec, engine, rules), delay=10)
    if engine.readiness is None:
        return tcp_probe(first_port(spec, engine, rules))
    (kind, handler), *_ = engine.readiness.items()
    if "command" in handler:
        handler = {"command": [_with_ports(each, _numbers(spec, engine)) for each in handler["command"]]}
    # a server under load may take longer to answer than the second that is the default
    return {kind: dict(handler), "initialDelaySeconds": 5, "periodSeconds": 10, "timeoutSeconds": 5}


def _numbers(spec: DatastoreSpec, engine: Engine) -> Mapping[str, int]:
    return {port.name: port.container_port for port in spec.all_ports(engine)}


def _with_ports(text: str, numbers: Mapping[str, int]) -> str:
    """Return *text* with the numbers of the ports that it names."""
    return _PORT_NAME.sub(lambda found: str(numbers[found[1]]), text)
