"""What the engine of a Datastore is told beside what the user wrote: directories, ports, and how it is asked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ..children.ports import container_ports as named_ports
from ..children.probe import tcp_probe
from ..kube.paths import clean_path, is_within
from ..platform import Rules
from ..spec.datastore import Datastore, DatastoreSpec
from ..spec.engines.choosing import runs_as
from ..spec.engines.engine import Engine
from ..spec.image import ImageSpec
from ..spec.ports import ServicePort

__all__ = [
    "claim_group",
    "claim_path",
    "container_ports",
    "database_of",
    "derived_args",
    "derived_variables",
    "directory_defaults",
    "first_port",
    "main_user",
    "must_not_be_root",
    "offered_ports",
    "probed_port",
    "readiness",
    "replaced_ports",
    "used_image",
]

_PORT_NAME = re.compile(r"(?<!\$)\{([a-z]+)\}")
"""The name of a port in a text of the engine's; `${name}` is the shell's."""


def used_image(datastore: Datastore, rules: Rules) -> ImageSpec:
    """Return the image of the engine, by default that of the epoch."""
    return datastore.spec.image_of(datastore.engine, operator=not rules.epoch.image_facts)


def claim_path(datastore: Datastore, rules: Rules) -> str:
    """Return where the claim is mounted: where the image keeps its data, if the epoch or the user asks for that.

    Where a variable leads the data below the place of the old operator, they are found there, as they were.
    """
    spec, engine, generation = datastore.spec, datastore.engine, datastore.generation
    if spec.engine is None and not rules.epoch.image_facts:
        return engine.operator_directory
    told = {each.name: each.value or "" for each in spec.env if each.name in generation.environment}
    explicit = spec.engine is not None and spec.engine.data_path is not None
    if not explicit and any(
        is_within(clean_path(place), engine.operator_directory) for place in told.values() if place
    ):
        return engine.operator_directory
    return generation.data_path


def claim_group(datastore: Datastore, rules: Rules) -> int | None:
    """Return the group that the files of the claim get where the user names none."""
    context = datastore.spec.security_context
    named = datastore.spec.fs_group is not None or (context is not None and context.fs_group is not None)
    return datastore.generation.group if rules.epoch.store_group and not named else None


def must_not_be_root(datastore: Datastore, rules: Rules) -> bool:
    """Tell whether the main container must not be root, and nobody says as whom it runs."""
    contexts = (datastore.spec.container_security_context, datastore.spec.security_context)
    written = [context for context in contexts if context is not None]
    if any(context.run_as_user is not None for context in written):
        return False
    said = next((each.run_as_non_root for each in written if each.run_as_non_root is not None), None)
    return rules.pod_security == "restricted" if said is None else said


def main_user(datastore: Datastore, rules: Rules) -> int | None:
    """Return the number of the user of the main container where it must not be root and nobody says it.

    A name is no proof for the kubelet, and an image that begins as root has another user for its server.
    """
    chosen = datastore.chosen
    numbered = isinstance(chosen.generation.user, int)
    if not rules.epoch.store_group or numbered or not chosen.is_known or not must_not_be_root(datastore, rules):
        return None
    return runs_as(chosen.generation, used_image(datastore, rules))


def offered_ports(spec: DatastoreSpec, engine: Engine, rules: Rules) -> tuple[ServicePort, ...]:
    """Return all ports, as Services offer them; in an epoch without the rule, only the user says what is spoken there."""
    ports = spec.all_ports(engine)
    if rules.epoch.engine_protocol:
        return ports
    own = {port.name: port.app_protocol for port in spec.ports}
    return tuple(port.model_copy(update={"app_protocol": own.get(port.name)}) for port in ports)


def first_port(spec: DatastoreSpec, engine: Engine, rules: Rules) -> ServicePort:
    """Return the port that is asked whether the engine is ready: its primary one, or the first that is written."""
    if rules.epoch.engine_ports:
        return spec.all_ports(engine)[0]
    own = (port for port in spec.ports if port.protocol == "TCP" and port.container is None)
    return next(own, engine.ports[0])


def container_ports(datastore: Datastore, rules: Rules) -> list[dict[str, Any]]:
    """Return the ports that the container declares."""
    spec, engine = datastore.spec, datastore.engine
    if not rules.epoch.engine_ports:
        first = first_port(spec, engine, rules)
        return [{"name": "data", "containerPort": first.container_port, "protocol": "TCP"}]
    ports = spec.all_ports(engine)
    asked = probed_port(datastore)
    return [
        *named_ports(ports),
        *([{"containerPort": asked, "protocol": "TCP"}] if asked else []),
    ]


def probed_port(datastore: Datastore) -> int | None:
    """Return the port that the readiness asks where neither the engine nor the user offers it to clients."""
    handler = (datastore.generation.readiness or {}).get("httpGet", {})
    number = handler.get("port")
    declared = {port.container_port for port in datastore.spec.all_ports(datastore.engine)}
    return number if isinstance(number, int) and number not in declared else None


def replaced_ports(spec: DatastoreSpec, engine: Engine) -> dict[str, int]:
    """Return the engine's ports that the user moved to other numbers: the index in `spec.ports` by the name."""
    numbers = {port.name: port.container_port for port in engine.ports}
    return {
        port.name: index
        for index, port in enumerate(spec.ports)
        if port.name in numbers and port.container_port != numbers[port.name]
    }


def derived_args(datastore: Datastore, rules: Rules) -> list[str] | None:
    """Return the arguments of the engine where the user wrote neither command nor args, and it needs some."""
    spec, engine, generation = datastore.spec, datastore.engine, datastore.generation
    if spec.command is not None or spec.args is not None or not rules.epoch.engine_settings:
        return None
    moved = replaced_ports(spec, engine)
    told = [each for each in generation.port_args if moved.keys() >= set(_PORT_NAME.findall(each))] if moved else []
    return [_with_ports(each, _numbers(spec, engine)) for each in (*generation.args, *told)] or None


def derived_variables(datastore: Datastore, rules: Rules) -> dict[str, str]:
    """Return the variables that the engine needs and the user did not write."""
    if not rules.epoch.engine_settings:
        return {}
    spec, engine, generation = datastore.spec, datastore.engine, datastore.generation
    moved, numbers = replaced_ports(spec, engine), _numbers(spec, engine)
    ports = {
        name: _with_ports(value, numbers)
        for name, value in generation.port_variables.items()
        if moved.keys() >= set(_PORT_NAME.findall(value)) and not _in_env(name, spec)
    }
    return {name: place for name, place in _directories(datastore) if not _in_bulk(name, spec)} | ports


def directory_defaults(datastore: Datastore, rules: Rules) -> dict[str, str]:
    """Return the variables of directories that a bulk source of the user's may hold, which nobody can see here.

    As a variable of the container, such a value would win over the user's and lead the engine to an empty directory. As
    the bulk source in front of the others, it holds only where they say nothing.
    """
    if not rules.epoch.engine_settings:
        return {}
    return {name: place for name, place in _directories(datastore) if _in_bulk(name, datastore.spec)}


def _directories(datastore: Datastore) -> list[tuple[str, str]]:
    spec = datastore.spec
    return [(name, place) for name, place in datastore.generation.environment.items() if not _in_env(name, spec)]


def _in_env(name: str, spec: DatastoreSpec) -> bool:
    return any(variable.name == name for variable in spec.env)


def _in_bulk(name: str, spec: DatastoreSpec) -> bool:
    """Tell whether one of `envFrom` may hold the variable *name*."""
    return any(name.startswith(source.prefix or "") for source in spec.env_from)


def readiness(datastore: Datastore, rules: Rules) -> dict[str, Any]:
    """Ask the engine in its own way, or whether its first port accepts connections."""
    spec, engine, generation = datastore.spec, datastore.engine, datastore.generation
    if not rules.epoch.engine_readiness:
        return tcp_probe(first_port(spec, engine, rules), delay=10)
    if generation.readiness is None:
        return tcp_probe(first_port(spec, engine, rules))
    (kind, handler), *_ = generation.readiness.items()
    if "command" in handler:
        handler = {"command": [_with_ports(each, _numbers(spec, engine)) for each in handler["command"]]}
    # a server under load may take longer to answer than the second that is the default
    return {kind: dict(handler), "initialDelaySeconds": 5, "periodSeconds": 10, "timeoutSeconds": 5}


def _numbers(spec: DatastoreSpec, engine: Engine) -> Mapping[str, int]:
    return {port.name: port.container_port for port in spec.all_ports(engine)}


def _with_ports(text: str, numbers: Mapping[str, int]) -> str:
    """Return *text* with the numbers of the ports that it names."""
    return _PORT_NAME.sub(lambda found: str(numbers[found[1]]), text)


def database_of(datastore: Datastore) -> tuple[str, str]:
    """Return the database that *datastore* makes when it starts on an empty disk, and what says it where it is not known."""
    engine, spec = datastore.engine, datastore.spec
    if not engine.database_variables:
        return "", f"{engine.name} has none that is known here; write its name in the text"
    hint = f"write {engine.database_variables[0]} in its spec.env"
    written = {variable.name: variable for variable in spec.env}
    for name in engine.database_variables:
        if name in written:
            return written[name].value or "", f"{hint} as a plain value"
    may_be_named = spec.env_from or spec.credentials_secret or written.keys() & {*engine.user_variables}
    return ("", hint) if may_be_named else (engine.default_database, hint)
