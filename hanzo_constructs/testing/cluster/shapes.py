"""How the server tells parts of an object apart when it merges them: by Kubernetes' own schema, or by that of a definition."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Protocol

from ...kube.schemas import Type, kind_type, type_below
from ...kube.schemas.types import ANYTHING
from ...schema.model_schema import model_schema
from ...schema.structural import structural
from ...spec.kinds import KINDS, kind_named

__all__ = ["Shape", "shape_of"]

_ATOMIC = frozenset(
    (
        "core.v1.ConfigMapKeySelector",
        "core.v1.LocalObjectReference",
        "core.v1.NodeSelector",
        "core.v1.NodeSelectorTerm",
        "core.v1.ObjectFieldSelector",
        "core.v1.ObjectReference",
        "core.v1.ResourceFieldSelector",
        "core.v1.ScopeSelector",
        "core.v1.SecretKeySelector",
        "core.v1.SecretReference",
        "core.v1.TypedLocalObjectReference",
        "meta.v1.LabelSelector",
        "meta.v1.OwnerReference",
        "networking.v1.IngressBackend.resource",
        "networking.v1.ServiceBackendPort",
    )
)
"""Types that are set as a whole: `x-kubernetes-map-type: atomic` in `/openapi/v3` of kube-apiserver 1.36."""
_ATOMIC_FIELDS = frozenset((("core.v1.PodSpec", "nodeSelector"), ("core.v1.ServiceSpec", "selector")))
"""Mappings of any keys that are set as a whole, by the type that they stand in; from the same."""


class Shape(Protocol):
    """The type of a value, as far as merging asks for it."""

    @property
    def keys(self) -> tuple[str, ...] | None:
        """By which fields the items of a list are told apart: none, by what they are; None: it is set as a whole."""
        ...

    @property
    def is_atomic(self) -> bool:
        """Whether a mapping is set as a whole."""
        ...

    @property
    def is_free(self) -> bool:
        """Whether a mapping takes any keys."""
        ...

    def below(self, step: str) -> Shape:
        """Return the shape of a field."""
        ...

    @property
    def items(self) -> Shape:
        """The shape of the items of a list."""
        ...


@dataclass(frozen=True)
class _BuiltIn:
    type: Type
    is_whole: bool = False

    @property
    def keys(self) -> tuple[str, ...] | None:
        return self.type.keys if self.type.form == "[" else None

    @property
    def is_atomic(self) -> bool:
        return self.is_whole or (self.type.form == "#" and self.type.inner in _ATOMIC)

    @property
    def is_free(self) -> bool:
        return self.type.form == "{"

    def below(self, step: str) -> Shape:
        return _BuiltIn(type_below(self.type, step), (self.type.inner, step) in _ATOMIC_FIELDS)

    @property
    def items(self) -> Shape:
        return _BuiltIn(self.type.of_items if self.type.form == "[" else ANYTHING)


@dataclass(frozen=True)
class _Defined:
    schema: Mapping[str, Any]

    @property
    def keys(self) -> tuple[str, ...] | None:
        kind = self.schema.get("x-kubernetes-list-type")
        if kind == "map":
            return tuple(self.schema["x-kubernetes-list-map-keys"])
        return () if kind == "set" else None

    @property
    def is_atomic(self) -> bool:
        return self.schema.get("x-kubernetes-map-type") == "atomic"

    @property
    def is_free(self) -> bool:
        return "additionalProperties" in self.schema

    def below(self, step: str) -> Shape:
        found = self.schema.get("properties", {}).get(step, self.schema.get("additionalProperties"))
        return _Defined(found if isinstance(found, dict) else {})

    @property
    def items(self) -> Shape:
        return _Defined(self.schema.get("items", {}))


class _Whole:
    """The shape of an object with the metadata that every object has."""

    def __init__(self, schema: Mapping[str, Any]) -> None:
        self._schema = _Defined(schema)

    keys = None
    is_atomic = False
    is_free = False

    @property
    def items(self) -> Shape:
        return _Defined({})

    def below(self, step: str) -> Shape:
        if step == "metadata":
            return _BuiltIn(Type("#", "meta.v1.ObjectMeta"))
        return self._schema.below(step)


def shape_of(api_version: str, kind: str, schemas: Mapping[tuple[str, str], Mapping[str, Any]]) -> Shape:
    """Return the shape of objects of *kind*: Kubernetes' own, that of a schema among *schemas*, or that of a resource."""
    if known := kind_type(api_version, kind):
        return _BuiltIn(known)
    if (schema := schemas.get((api_version, kind))) is None and kind in KINDS:
        schema = _resource_schema(kind)
    return _Whole(schema or {})


@cache
def _resource_schema(kind: str) -> Mapping[str, Any]:
    """Return what matters of the definition of a resource: its status, of which several managers write parts."""
    return {"properties": {"status": structural(model_schema(kind_named(kind).status_model))}}
