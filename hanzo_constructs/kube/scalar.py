"""Values that one Python function checks, and what a schema says of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # whoever compares plain manifests loads no models
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic_core import CoreSchema

__all__ = ["INT_OR_STRING", "Scalar"]

INT_OR_STRING = {"x-kubernetes-int-or-string": True, "anyOf": [{"type": "integer"}, {"type": "string"}]}
"""How Kubernetes publishes a field that takes both."""


@dataclass(frozen=True, eq=False)
class Scalar:
    """Metadata for `Annotated`: *check* returns the value or raises ValueError, and nothing else looks at it.

    A union would answer with one error for each of its members, a validator before a type would check twice.
    """

    check: Callable[[Any], Any]
    json_schema: dict[str, Any]

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Return a schema of nothing but the function."""
        from pydantic_core import core_schema

        return core_schema.no_info_plain_validator_function(self.check)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """Return the JSON schema that was given with the function."""
        return dict(self.json_schema)
