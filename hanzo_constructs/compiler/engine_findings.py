"""Warnings and errors about an engine: ports that it is not told to listen on, and a server without credentials."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ..errors import Finding
from ..kube.fields import shown
from ..platform import Rules, Severity
from ..spec.datastore import Datastore
from .engine import derived_args, derived_variables, replaced_ports

__all__ = ["credential_findings", "listening_findings"]

_NUMBER = re.compile(r"(?<![0-9])[0-9]{1,5}(?![0-9])")
"""A number that a port can have; Python refuses to read one of thousands of digits."""


def listening_findings(datastore: Datastore, rules: Rules) -> Iterator[Finding]:
    """Yield ports that the engine is declared to listen on, and does not: nothing tells it so, or another one is told.

    Epoch 2025 tells nothing by itself, and what the old operator took is a warning there.
    """
    spec, engine, generation = datastore.spec, datastore.engine, datastore.generation
    severity: Severity = "error" if rules.epoch.engine_settings else "warning"
    usual = {port.name: port.container_port for port in engine.ports}
    told = {
        *_numbers(derived_args(datastore, rules) or ()),
        *_numbers(derived_variables(datastore, rules).values()),
    }
    told |= {*_numbers((*(spec.command or ()), *(spec.args or ()))), *_numbers(each.value or "" for each in spec.env)}
    for name, index in replaced_ports(spec, engine).items():
        if (number := spec.ports[index].container_port) not in told:
            message = (
                f"nothing tells the engine to listen on {number}, and it listens on {usual[name]}; name {number} in args or"
                f" env as the image wants it, or keep containerPort {usual[name]} and write servicePort: {number}"
            )
            yield Finding(message, f"spec.ports[{index}].containerPort", severity=severity)
    declared = {port.name: port.container_port for port in spec.all_ports(engine)}
    for index, variable in enumerate(spec.env):
        template = generation.port_variables.get(variable.name, "")
        port, said = template.strip(":{}"), (variable.value or "").rpartition(":")[2]
        if template and _NUMBER.fullmatch(said) and int(said) != declared[port]:
            message = (
                f"tells the engine to listen on {said}, but its port {shown(port)} is {declared[port]};"
                f" write that port into ports, with containerPort: {said}"
            )
            yield Finding(message, f"spec.env[{index}].value", severity=severity)


def _numbers(texts: Iterable[str]) -> Iterator[int]:
    for text in texts:
        yield from map(int, _NUMBER.findall(text))


def credential_findings(datastore: Datastore) -> Iterator[Finding]:
    """Yield a warning for a server without credentials, unless that is meant."""
    spec, known = datastore.spec, datastore.generation.credentials
    source = _source_of_credentials(datastore)
    if spec.insecure and source not in {"", "command"}:
        yield Finding(f"{source} may bring credentials; leave one of them out", "spec.insecure", severity="warning")
    if spec.insecure or source:
        if not spec.insecure and _holds_secrets(datastore, source) and not _is_asked_for(datastore):
            message = (
                f"brings a password, and nothing tells the server to ask for it: {known.missing}; write {known.asking}"
            )
            yield Finding(message, f"spec.{source}", severity="warning")
        return
    advice = known.remedy
    if spec.kms_secrets:
        made = spec.kms_secrets[0].managed_secret_name
        advice = f"kmsSecrets fills {made}, but only credentialsSecret: {made} brings it to the server"
    message = f"{known.missing}; {advice}, or write insecure: true if that is meant"
    yield Finding(message, "spec.credentialsSecret", severity="warning")


def _may_bring(prefix: str, variables: Iterable[str]) -> bool:
    """Tell whether one of *variables* can come from keys that *prefix* stands in front of."""
    return any(name.startswith(prefix) for name in variables)


def _holds_secrets(datastore: Datastore, source: str) -> bool:
    """Tell whether the variables of the field *source* may hold a password; those of ConfigMaps are no secrets."""
    if source == "envFrom":
        return any(each.secret_ref for each in datastore.spec.env_from)
    return source in {"credentialsSecret", "env"}


def _is_asked_for(datastore: Datastore) -> bool:
    """Tell whether something may make the server ask for the password that a variable holds."""
    spec, known = datastore.spec, datastore.generation.credentials
    if known.asks is None or spec.command or (known.in_files and spec.volume_mounts):
        return True
    words = any(option in word for option in known.options for word in spec.args or ())
    return words or any(each.name in known.asks for each in spec.env)


def _source_of_credentials(datastore: Datastore) -> str:
    """Return the first field that may bring credentials; of an entry point of the user's nothing is known."""
    spec, known = datastore.spec, datastore.generation.credentials
    if spec.credentials_secret:
        return "credentialsSecret"
    if any(_may_bring(each.prefix or "", known.variables) for each in spec.env_from):
        return "envFrom"
    filled = (each.name for each in spec.env if each.value or each.value_from)  # an empty password is none
    if any(name in known.variables or "PASSWORD" in name for name in filled):
        return "env"
    if any(option in word for option in known.options for word in spec.args or ()):
        return "args"
    if known.in_files and spec.volume_mounts:
        return "volumeMounts"
    return "command" if spec.command else ""
