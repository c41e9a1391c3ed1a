"""What the containers of a resource read: texts that may contain hosts (variables, commands), and Secrets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from ..spec.attachments import Config
from ..spec.resource import Resource
from .kind import compiler_of

if TYPE_CHECKING:
    from ..kube.core import EnvVar

__all__ = ["Text", "configs_of", "secrets_of", "texts_of", "variables", "words_of"]

Text = tuple[str, str, str]
"""A text that may name hosts, the name of the variable that it is the value of, and the field where it stands."""


def texts_of(resource: Resource) -> Iterator[Text]:
    """Yield the texts that the containers of *resource* get to see."""
    for place, container in _containers(resource):
        yield from variables(getattr(container, "env", None) or (), f"{place}.env")
        yield from words_of(getattr(container, "command", None), f"{place}.command")
        yield from words_of(getattr(container, "args", None), f"{place}.args")
        for words, field in _commands(container):
            yield from words_of(words, f"{place}.{field}.exec.command")
    configs: Sequence[Config] = getattr(resource.spec, "configs", ())
    for index, config in enumerate(configs):
        for file, text in config.files.items() if config.env else ():
            yield text, file, f"spec.configs[{index}].files.{file}"
    yield from compiler_of(resource).texts(resource)


def secrets_of(resource: Resource) -> Iterator[tuple[str, str]]:
    """Yield the Secrets that pods of *resource* read, as variables or as files, and the fields that say so."""
    for place, container in _containers(resource):
        for index, variable in enumerate(getattr(container, "env", None) or ()):
            source = variable.value_from and variable.value_from.secret_key_ref
            if source and source.name:
                yield source.name, f"{place}.env[{index}].valueFrom"
        for index, each in enumerate(getattr(container, "env_from", None) or ()):
            if each.secret_ref and each.secret_ref.name:
                yield each.secret_ref.name, f"{place}.envFrom[{index}]"
    for index, volume in enumerate(getattr(resource.spec, "volumes", ())):
        if volume.secret and volume.secret.secret_name:
            yield volume.secret.secret_name, f"spec.volumes[{index}]"
        projected = volume.projected.sources if volume.projected else None
        for each in projected or ():
            if each.secret and each.secret.name:
                yield each.secret.name, f"spec.volumes[{index}]"


def configs_of(resource: Resource) -> Iterator[tuple[str, str, str, str]]:
    """Yield the ConfigMaps from which containers of *resource* get variables: name, key, variable, and where that is said.

    Without a key, every key is a variable, and the third says what stands in front of its name.
    """
    for place, container in _containers(resource):
        for index, variable in enumerate(getattr(container, "env", None) or ()):
            source = variable.value_from and variable.value_from.config_map_key_ref
            if source and source.name:
                yield source.name, source.key, variable.name, f"{place}.env[{index}].valueFrom"
        for index, each in enumerate(getattr(container, "env_from", None) or ()):
            if each.config_map_ref and each.config_map_ref.name:
                yield each.config_map_ref.name, "", each.prefix or "", f"{place}.envFrom[{index}]"


def _containers(resource: Resource) -> Iterator[tuple[str, Any]]:
    """Yield what has the fields of a container, and its place: the spec itself is the main one."""
    yield "spec", resource.spec
    for field, name in (("sidecars", "sidecars"), ("init_containers", "initContainers")):
        for index, container in enumerate(getattr(resource.spec, field, ())):
            yield f"spec.{name}[{index}]", container


def _commands(container: Any) -> Iterator[tuple[Sequence[str] | None, str]]:
    """Yield the commands that run in *container* beside its entry point, and the fields of their handlers."""
    hooks = getattr(container, "lifecycle", None)
    for field, owner, name in (
        ("livenessProbe", container, "liveness_probe"),
        ("readinessProbe", container, "readiness_probe"),
        ("startupProbe", container, "startup_probe"),
        ("lifecycle.postStart", hooks, "post_start"),
        ("lifecycle.preStop", hooks, "pre_stop"),
    ):
        handler = getattr(owner, name, None)
        if handler and handler.exec:
            yield handler.exec.command, field


def variables(env: Iterable[EnvVar], field: str) -> Iterator[Text]:
    """Yield the values of *env*, which stands in *field*."""
    for index, variable in enumerate(env):
        if variable.value:
            yield variable.value, variable.name, f"{field}[{index}].value"


def words_of(words: Sequence[str] | None, field: str) -> Iterator[Text]:
    """Yield the *words* of a command line, which stands in *field*; an option says what the next word is."""
    before = ""
    for index, word in enumerate(words or ()):
        yield word, before if before.startswith("-") else "", f"{field}[{index}]"
        before = word
