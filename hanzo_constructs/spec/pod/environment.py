"""Rules for what the process of a container starts with: its environment and its command line.

Source: Kubernetes' `pkg/apis/core/validation/validation.go`, `ValidateEnv`, `ValidateEnvFrom` and what they call;
`man 2 execve` for what Linux takes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from ...kube.fields import Path, listed, shown
from ...kube.model import Problem
from ...kube.names import dns_label_problem
from .downward import IN_VARIABLES, amount_problems, field_problems
from .paths import node_path_problem
from .sources import source_problems

if TYPE_CHECKING:
    from ...kube.core import EnvFromSource, EnvVar, EnvVarSource, FileKeySelector, Volume

__all__ = ["argument_problems", "command_problems", "environment_problems", "variable_problems"]

_LONGEST_STRING = 128 * 1024 - 1
"""Bytes of one argument, or of one variable with its name and the sign between them: MAX_ARG_STRLEN of Linux."""


def environment_problems(
    env: Sequence[EnvVar], env_from: Sequence[EnvFromSource], volumes: Sequence[Volume] = (), at: Path = ()
) -> Iterator[Problem]:
    """Yield repeated and illegal names, variables with no or several sources, and values that no process can be given."""
    first: dict[str, int] = {}
    for index, variable in enumerate(env):
        name, value, source = variable.name, variable.value, variable.value_from
        if (earlier := first.setdefault(name, index)) != index:
            yield Problem((*at, "env", index, "name"), f"{shown(name)} is used twice", related=(*at, "env", earlier))
        if not _names_variable(name):
            yield Problem((*at, "env", index, "name"), f"must be printable ASCII without '=', got {shown(name)}")
        if value and ("\0" in value or len(value) > _LONGEST_STRING // 4):
            yield from _text_problems(value, (*at, "env", index, "value"), beside=len(name) + 1)
        if source is not None:
            if value:
                yield Problem((*at, "env", index), "must have value or valueFrom, got both")
            yield from _value_problems(source, volumes, (*at, "env", index, "valueFrom"))
    for index, bulk in enumerate(env_from):
        yield from source_problems(bulk, (*at, "envFrom", index), beside="prefix")
        if bulk.prefix and not _names_variable(bulk.prefix):
            message = f"must be printable ASCII without '=', got {shown(bulk.prefix)}"
            yield Problem((*at, "envFrom", index, "prefix"), message)


def variable_problems(name: str, text: str, at: Path) -> Iterator[Problem]:
    """Yield why the key *name* of a ConfigMap, whose value is *text*, becomes no variable.

    Before Kubernetes 1.32, kubelets leave out a name that begins with a digit, without a word in the log of the container.
    """
    if name[0].isdigit():
        yield Problem(at, f"must not begin with a digit to become a variable, got {shown(name)}")
    if "\0" in text or len(text) > _LONGEST_STRING // 4:
        yield from _text_problems(text, at, beside=len(name) + 1)


def command_problems(command: Sequence[str], args: Sequence[str], at: Path = ()) -> Iterator[Problem]:
    """Yield arguments that no process can be given."""
    for field, texts in (("command", command), ("args", args)):
        yield from argument_problems(texts, (*at, field))


def argument_problems(texts: Iterable[str], at: Path) -> Iterator[Problem]:
    """Yield each of *texts* that cannot be an argument of a command."""
    for index, text in enumerate(texts):
        if "\0" in text or len(text) > _LONGEST_STRING // 4:
            yield from _text_problems(text, (*at, index))


def _text_problems(text: str, at: Path, beside: int = 0) -> Iterator[Problem]:
    """Yield what keeps *text* from being passed to a process, which has *beside* further bytes in the same string."""
    if "\0" in text:
        yield Problem(at, "must not contain a NUL character, with which a string of a process ends")
    if (size := len(text.encode()) + beside) > _LONGEST_STRING:
        message = f"must have at most {_LONGEST_STRING - beside} bytes, the most that Linux passes to a process, got {size - beside}; mount a file instead"
        yield Problem(at, message)


def _value_problems(source: EnvVarSource, volumes: Sequence[Volume], at: Path) -> Iterator[Problem]:
    yield from source_problems(source, at)
    if source.field_ref is not None:
        yield from field_problems(source.field_ref, IN_VARIABLES, (*at, "fieldRef"))
    if source.resource_field_ref is not None:
        yield from amount_problems(source.resource_field_ref, (*at, "resourceFieldRef"), named=False)
    if source.file_key_ref is not None:
        yield from _file_problems(source.file_key_ref, volumes, (*at, "fileKeyRef"))


def _file_problems(file: FileKeySelector, volumes: Sequence[Volume], at: Path) -> Iterator[Problem]:
    """Yield why a variable cannot come from *file* (`validateFileKeySelector`, `validateFileKeyRefVolumes`)."""
    if not _names_variable(file.key):
        yield Problem((*at, "key"), f"must be printable ASCII without '=', got {shown(file.key)}")
    if problem := node_path_problem(file.path):
        yield Problem((*at, "path"), problem)
    if problem := dns_label_problem(file.volume_name):
        yield Problem((*at, "volumeName"), problem)
    elif not any(volume.name == file.volume_name and volume.empty_dir is not None for volume in volumes):
        known = [volume.name for volume in volumes if volume.empty_dir is not None]
        message = f"{shown(file.volume_name)} is not an emptyDir volume, declared are {listed(known)}"
        yield Problem((*at, "volumeName"), message)


@lru_cache(maxsize=1024)
def _names_variable(name: str) -> bool:
    return name != "" and "=" not in name and name.isascii() and name.isprintable()
