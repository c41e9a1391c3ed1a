"""Where variables, volumes and credentials come from: exactly one source each, and one that can exist."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from ...kube.core import (
    ConfigMapEnvSource,
    ConfigMapKeySelector,
    ConfigMapProjection,
    ConfigMapVolumeSource,
    LocalObjectReference,
    ObjectFieldSelector,
    ResourceFieldSelector,
    SecretEnvSource,
    SecretKeySelector,
    SecretProjection,
    SecretVolumeSource,
)
from ...kube.fields import Path, shown, suggestion
from ...kube.model import Model, Problem
from ...kube.names import data_key_problem, object_name_problem

__all__ = ["field_reference_problems", "pull_secret_problems", "source_problems"]

_OF_THE_POD = (
    "metadata.name",
    "metadata.namespace",
    "metadata.uid",
    "spec.nodeName",
    "spec.serviceAccountName",
    "status.hostIP",
    "status.hostIPs",
    "status.podIP",
    "status.podIPs",
    "metadata.labels['<key>']",
    "metadata.annotations['<key>']",
)
"""Fields of a pod that a variable can be filled from."""
_KEYED = re.compile(r"metadata\.(?:labels|annotations)\['.+'\]")
_AMOUNTS = re.compile(r"(?:limits|requests)\.(?:cpu|memory|ephemeral-storage|hugepages-.+)")


def pull_secret_problems(secrets: Sequence[LocalObjectReference]) -> Iterator[Problem]:
    """Yield references to no secret."""
    for index, secret in enumerate(secrets):
        if problem := _reference_problem(secret.name):
            yield Problem(("imagePullSecrets", index, "name"), problem)


def source_problems(model: Model, at: Path, *, beside: str = "") -> Iterator[Problem]:
    """Yield none or several sources in *model*, its fields but *beside*, and a source that refers to no object."""
    wrote = model.__pydantic_fields_set__  # the default of every source is none
    given = [name for name in wrote if name != beside and getattr(model, name) is not None]
    if len(given) != 1:
        known = {name: field.alias or name for name, field in type(model).model_fields.items() if name != beside}
        wanted = f"one of {', '.join(known.values())}" if len(known) < 9 else "one source"
        yield Problem(
            at, f"must have exactly {wanted}, got {', '.join(known[name] for name in known if name in given) or 'none'}"
        )
        return
    source = getattr(model, given[0])
    if (name := _REFERENCES.get(type(source))) and (problem := _reference_problem(getattr(source, name))):
        field, below = type(model).model_fields[given[0]], type(source).model_fields[name]
        yield Problem((*at, field.alias or given[0], below.alias or name), problem)
    if isinstance(source, ConfigMapKeySelector | SecretKeySelector) and (problem := data_key_problem(source.key)):
        yield Problem((*at, type(model).model_fields[given[0]].alias or given[0], "key"), problem)


_REFERENCES: dict[type, str] = {
    ConfigMapEnvSource: "name",
    ConfigMapKeySelector: "name",
    ConfigMapProjection: "name",
    ConfigMapVolumeSource: "name",
    SecretEnvSource: "name",
    SecretKeySelector: "name",
    SecretProjection: "name",
    SecretVolumeSource: "secret_name",
}
"""The field with the name of the object in sources that mean nothing without it; the schema does not ask for it."""


def _reference_problem(name: str | None) -> str:
    return object_name_problem(name) if name else "required"


def field_reference_problems(source: Model, at: Path) -> Iterator[Problem]:
    """Yield references of a variable to fields that Kubernetes offers to no variable."""
    field: ObjectFieldSelector | None = getattr(source, "field_ref", None)
    if field is not None and (problem := _field_problem(field.field_path)):
        yield Problem((*at, "fieldRef", "fieldPath"), problem)
    amount: ResourceFieldSelector | None = getattr(source, "resource_field_ref", None)
    if amount is not None and not _AMOUNTS.fullmatch(amount.resource):
        message = f"must be limits or requests of cpu, memory, ephemeral-storage or hugepages-<size>, such as limits.cpu, got {shown(amount.resource)}"
        yield Problem((*at, "resourceFieldRef", "resource"), message)


@lru_cache(maxsize=1024)
def _field_problem(path: str) -> str:
    if path in _OF_THE_POD or _KEYED.fullmatch(path):
        return ""
    near = suggestion(path, _OF_THE_POD)
    hint = f", did you mean {near}?" if near else ""
    return f"must be one of {', '.join(_OF_THE_POD)}, got {shown(path)}{hint}"
