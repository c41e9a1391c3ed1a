"""CustomResourceDefinitions of the kinds: what an API server needs to store resources, to check and to list them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from typing import Any

from pydantic import BaseModel

from ..kube.model import field_docs
from ..kube.names import dns_label_problem
from ..platform import Platform
from ..spec.kind import Kind
from ..spec.status import Column
from .model_schema import Schema, documentation, model_schema
from .rules import rules_of
from .schema_error import SchemaError
from .structural import structural

__all__ = ["LARGEST", "custom_resource_definition"]

LARGEST = 250_000
"""Bytes of compact JSON that a definition may have: client-side `kubectl apply` puts all of it into an annotation, and the
API server takes 262,144 bytes of annotations (apimachinery, `TotalAnnotationSizeLimitB`)."""

_CATEGORY = "hanzo"
_LONGEST_NAME = 63


def custom_resource_definition(kind: Kind, platform: Platform) -> dict[str, Any]:
    """Return the definition of *kind* in the API group of *platform*; raises `SchemaError` where none can be made."""
    group, _, version = kind.api_version(platform).partition("/")
    definition: dict[str, Any] = {
        "apiVersion": "apiextensions.k8s.io/v1",
        "kind": "CustomResourceDefinition",
        "metadata": {"name": f"{kind.plural}.{group}"},
        "spec": {
            "group": group,
            "names": {
                "kind": kind.name,
                "listKind": f"{kind.name}List",
                "plural": kind.plural,
                "singular": kind.name.lower(),
                "shortNames": [*kind.short_names],
                "categories": [_CATEGORY],
            },
            "scope": "Namespaced",
            "versions": [
                {
                    "name": version,
                    "served": True,
                    "storage": True,
                    **({"deprecated": True, "deprecationWarning": kind.deprecation} if kind.deprecation else {}),
                    "schema": {"openAPIV3Schema": _stored_schema(kind)},
                    "subresources": _subresources(kind),
                    "additionalPrinterColumns": [*map(_column, (*_columns(kind), _AGE))],
                }
            ],
        },
    }
    if (size := len(json.dumps(definition, separators=(",", ":")))) > LARGEST:
        raise SchemaError(f"{kind.name}: the definition has {size} bytes, at most {LARGEST} can be applied")
    return definition


_AGE = Column("Age", ".metadata.creationTimestamp", "date")


def _stored_schema(kind: Kind) -> Schema:
    """Return the schema of what is stored: the resource, and what the operator says of it."""
    model = kind.model
    rules = [each.published for each in rules_of(model)]
    return {
        "type": "object",
        "description": documentation(model),
        "required": ["spec"],
        "properties": {
            "apiVersion": {"type": "string"},
            "kind": {"type": "string"},
            "metadata": _metadata(),
            "spec": {**_spec_schema(_spec_of(kind)), "description": field_docs(model)["spec"]},
            "status": structural(model_schema(kind.status_model)),
        },
        **({"x-kubernetes-validations": rules} if rules else {}),
    }


def _spec_of(kind: Kind) -> type[BaseModel]:
    spec: type[BaseModel] = kind.model.model_fields["spec"].annotation  # type: ignore[assignment]  # a model
    return spec


@cache
def _spec_schema(model: type[BaseModel]) -> Schema:
    """Return the schema of a spec, which facades share."""
    return structural(model_schema(model))


def _metadata() -> Schema:
    """Return what a schema may say of the metadata: nothing but the name."""
    if not dns_label_problem("a" * (_LONGEST_NAME + 1)):
        raise SchemaError("metadata.name: the bound that is published is not that of the models")
    return {
        "type": "object",
        "properties": {
            "name": {"type": "string", "maxLength": _LONGEST_NAME, "pattern": "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$"}
        },
    }


def _subresources(kind: Kind) -> dict[str, Any]:
    """Return the subresources: the status, and where there are replicas to be scaled, the scale."""
    spec = kind.model.model_fields["spec"].annotation
    scalable = "replicas" in getattr(spec, "model_fields", {}) and "replicas" in kind.status_model.model_fields
    if not scalable:
        return {"status": {}}
    return {
        "status": {},
        "scale": {
            "specReplicasPath": ".spec.replicas",
            "statusReplicasPath": ".status.replicas",
            "labelSelectorPath": ".status.selector",
        },
    }


def _columns(kind: Kind) -> Iterable[Column]:
    """Yield the columns between name and age: what a facade fixes is in its name already."""
    return (each for each in kind.status_model.columns if not (kind.engine and each.path == ".spec.type"))


def _column(column: Column) -> dict[str, Any]:
    shown = {"name": column.name, "type": column.type, "jsonPath": column.path}
    return {**shown, "priority": 1} if column.wide else shown
