"""Environment variables: the core type, and the mapping Python code may give instead."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, ValidationInfo

from ..kube.core import EnvVar, EnvVarSource
from ..kube.fields import field_path, type_shown
from ..kube.model import Items, in_document

__all__ = ["Env"]


_WHOLE = {"value", "valueFrom", "value_from"}
"""Keys that tell a variable from its source."""


def _listed(value: Any, info: ValidationInfo) -> Any:
    if not isinstance(value, dict) or in_document(info):
        return value
    return [_variable(name, content) for name, content in value.items()]


def _variable(name: object, content: object) -> dict[str, Any]:
    """Return the variable *name*: a string is its value, a mapping or a source is where the value comes from."""
    if isinstance(content, str):
        return {"name": name, "value": content}
    if isinstance(content, EnvVarSource):
        return {"name": name, "valueFrom": content}
    if isinstance(content, dict):
        return {"name": name, **content} if content.keys() & _WHOLE else {"name": name, "valueFrom": content}
    hint = "; quote it" if isinstance(content, bool | int | float) else ""
    at = field_path((str(name),))
    raise ValueError(f"{at}: expected a string or a source such as secretKeyRef, got {type_shown(content)}{hint}")


Env = Annotated[Items[EnvVar], BeforeValidator(_listed)]
"""Environment variables in order; Python code may give `{"LOG_LEVEL": "info"}`."""
