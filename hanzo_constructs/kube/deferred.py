"""Models that are imported when a document names a field of theirs first.

Making the class of a model takes longer than compiling a resource with it, and most resources name few of the blocks that
they might have. Where a field has such a block, `Deferred` stands for its model: in the annotation, until somebody asks
for the fields of the owner (`Model.model_fields`), and in the validator of the owner, where it hands values on to that
of the model.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Annotated, Any, Union, get_args, get_origin

from pydantic_core import CoreSchema, core_schema

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler

__all__ = ["Deferred", "deferred_models", "imports", "resolved"]


class Deferred:
    """The model *name* of *module*, which is imported when it is needed."""

    __slots__ = ("_found", "module", "name")

    def __init__(self, module: str, name: str) -> None:
        """Stand for the model without importing it."""
        self.module, self.name = module, name
        self._found: Any = None

    @property
    def model(self) -> Any:
        """The model itself."""
        if self._found is None:
            self._found = getattr(import_module(self.module), self.name)
            _imported.append(self.name)
        return self._found

    @property
    def is_imported(self) -> bool:
        """Whether the model is there, so that a value of it may be."""
        return self._found is not None

    def __or__(self, other: Any) -> Any:
        """Return the annotation of a field that may hold something else too."""
        return Union[self, other]  # noqa: UP007 - the operator is what is defined here

    def __ror__(self, other: Any) -> Any:
        """Return the annotation of a field that may hold something else too."""
        return Union[other, self]  # noqa: UP007 - the operator is what is defined here

    def __repr__(self) -> str:
        """Return the name of the model."""
        return self.name

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Validate as the model does, and write as each value asks for."""
        return core_schema.with_info_plain_validator_function(self._validated)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """Publish what the model publishes."""
        self.model.model_rebuild()
        return handler(self.model.__pydantic_core_schema__)

    def _validated(self, value: Any, info: core_schema.ValidationInfo) -> Any:
        return self.model.validated_part(value, info.context)


_imported: list[str] = []


def imports() -> int:
    """Return how many models have been imported; as long as it is the same, there are values of no others."""
    return len(_imported)


def deferred_models(annotation: Any) -> tuple[Deferred, ...]:
    """Return what stands for models in *annotation*, however deep in lists, mappings and unions."""
    if isinstance(annotation, Deferred):
        return (annotation,)
    return tuple(found for part in get_args(annotation) for found in deferred_models(part))


def resolved(annotation: Any) -> Any:
    """Return *annotation* with the models themselves."""
    if isinstance(annotation, Deferred):
        return annotation.model
    if not deferred_models(annotation):
        return annotation
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return Annotated[resolved(arguments[0]), *annotation.__metadata__]
    parts = tuple(map(resolved, arguments))
    return Union[parts] if origin is Union else origin[parts]  # noqa: UP007 - of any number
