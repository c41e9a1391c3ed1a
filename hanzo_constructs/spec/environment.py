"""Environment variables: the core type, and the mapping that may be written instead."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator

from ..kube.core import EnvVar
from ..kube.model import Items
from .short_forms import variables_of

__all__ = ["Env"]

Env = Annotated[Items[EnvVar], BeforeValidator(variables_of)]
"""Environment variables in order; a mapping will do: `{"LOG_LEVEL": "info"}`."""
