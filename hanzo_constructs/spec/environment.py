"""Environment variables: the core type, and the mapping that may be written instead."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator

from ..kube.core import EnvVar
from ..kube.model import Items
from ..kube.published import ByName, by_name
from .short_forms import variables_of

__all__ = ["VARIABLES", "Env"]

VARIABLES = ByName({"type": "string"}, field="valueFrom")
"""What may be written for a variable by its name."""

Env = Annotated[
    Items[EnvVar],
    BeforeValidator(variables_of),
    by_name(VARIABLES),
]
"""Environment variables in order; a mapping will do: `{"LOG_LEVEL": "info"}`."""
