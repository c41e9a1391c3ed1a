"""The JSON Schema of a model as pydantic gives it, in the words of the models: what `structural` and `json_schema` begin with.

Differences from what pydantic publishes by itself: the docstring below a field is its description, null is no value of an
optional field (leaving it out says the same), and generated titles are left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from inspect import cleandoc
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue, models_json_schema
from pydantic_core import core_schema

from ..kube.core.part import Part
from ..kube.model import Model, field_docs
from ..spec.values import models_in
from .rules import rules_of

__all__ = ["CORE", "LIST_KEYS", "RULES", "Schema", "documentation", "model_schema", "schema_of_models"]

Schema = dict[str, Any]

CORE = "x-core-type"
"""Keyword of the schema of a type of Kubernetes; what it says is the module and the name of the model."""
LIST_KEYS = "x-list-keys"
"""Keyword of the schema of what may be in a list: the fields by which the items of such a list are told apart."""

RULES = "x-rules"
"""Keyword of the schema of a model: the rules between its fields, as an API server checks them."""


class _Published(GenerateJsonSchema):
    ignored_warning_kinds = {"skipped-choice", "non-serializable-default"}  # noqa: RUF012 - as the base has it

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ARG002 - the base gives it
        return False

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        """Leave out defaults that say no more than that nothing is there."""
        published = super().default_schema(schema)
        if isinstance(block := published.get("default"), dict):
            published["default"] = {name: value for name, value in block.items() if value not in (None, [], {})}
        return {key: value for key, value in published.items() if key != "default" or value not in (None, [], {})}

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        """Add what the docstrings say, and what kind of model it is."""
        published = super().model_schema(schema)
        model: type[BaseModel] = schema["cls"]
        published.pop("title", None)
        published["description"] = documentation(model)
        if issubclass(model, Part):
            published[CORE] = f"{model.__module__}.{model.__qualname__}"
        docs = field_docs(model)
        for name, field in model.model_fields.items():
            part = published.get("properties", {}).get(field.alias or name)
            if part is not None and name in docs:
                part["description"] = _unwrapped(docs[name])
        if issubclass(model, Model) and (keys := getattr(model, "list_keys", ())):
            published[LIST_KEYS] = list(keys)
        if rules := rules_of(model):
            published[RULES] = [each.published for each in rules]
        return published


def documentation(model: type[BaseModel]) -> str:
    """Return the docstring of *model*, each paragraph in one line."""
    return _unwrapped(cleandoc(model.__doc__ or ""))


def _unwrapped(text: str) -> str:
    """Return *text* with each of its paragraphs in one line: where it is broken is for those who show it to decide."""
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in text.split("\n\n"))


def model_schema(model: type[BaseModel]) -> Schema:
    """Return the JSON Schema of *model*, in wire names, of what is written in full; types stand below `$defs`.

    Keywords of our own stand in it for the passes of `structural` and `json_schema`: `CORE`, `LIST_KEYS`, `RULES`, and those of
    `kube.published`.
    """
    _build(model)
    return model.model_json_schema(by_alias=True, schema_generator=_Published, mode="validation")


def schema_of_models(models: Sequence[type[BaseModel]]) -> tuple[list[Schema], Schema]:
    """Return a reference to the schema of each of *models*, and the types below `$defs`, which they share."""
    for model in models:
        _build(model)
    references, definitions = models_json_schema(
        [(model, "validation") for model in models], by_alias=True, schema_generator=_Published
    )
    return [references[model, "validation"] for model in models], definitions


@cache
def _build(model: type[BaseModel]) -> None:
    """Have pydantic build *model* and all models in it as one, those too that are imported only when they are needed."""
    for field in model.model_fields.values():  # which imports them
        for part, _ in models_in(field.annotation):
            _build(part)
    model.model_rebuild(force=True)
