"""Where variables, volumes and credentials come from: exactly one source each, and one that can exist."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ...kube.core import (
    ConfigMapKeySelector,
    SecretKeySelector,
)
from ...kube.fields import Path
from ...kube.model import Model, Problem
from ...kube.names import data_key_problem, object_name_problem
from ..repeats import repeated

if TYPE_CHECKING:
    from ...kube.core import LocalObjectReference

__all__ = ["pull_secret_problems", "reference_problem", "source_problems"]


def pull_secret_problems(secrets: Sequence[LocalObjectReference]) -> Iterator[Problem]:
    """Yield references to no secret, and to one twice, which server-side apply refuses: the list goes by the names."""
    for index, secret in enumerate(secrets):
        if problem := reference_problem(secret.name):
            yield Problem(("imagePullSecrets", index, "name"), problem)
    if len(secrets) > 1:
        yield from repeated([secret.name or "" for secret in secrets], field="name", at=("imagePullSecrets",))


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
    if (name := _REFERENCES.get(type(source).__name__)) and (problem := reference_problem(getattr(source, name))):
        field, below = type(model).model_fields[given[0]], type(source).model_fields[name]
        yield Problem((*at, field.alias or given[0], below.alias or name), problem)
    if isinstance(source, ConfigMapKeySelector | SecretKeySelector) and (problem := data_key_problem(source.key)):
        yield Problem((*at, type(model).model_fields[given[0]].alias or given[0], "key"), problem)


_REFERENCES: dict[str, str] = {
    "ConfigMapEnvSource": "name",
    "ConfigMapKeySelector": "name",
    "ConfigMapProjection": "name",
    "ConfigMapVolumeSource": "name",
    "SecretEnvSource": "name",
    "SecretKeySelector": "name",
    "SecretProjection": "name",
    "SecretVolumeSource": "secret_name",
}
"""The field with the name of the object in sources that mean nothing without it; the schema does not ask for it."""


def reference_problem(name: str | None) -> str:
    """Say why *name* refers to no object."""
    return object_name_problem(name) if name else "required"
