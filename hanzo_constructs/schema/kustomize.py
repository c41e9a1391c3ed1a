"""What Kustomize must be told of our kinds: where images and names stand, and how items of lists are told apart.

Kustomize knows the fields of Kubernetes' own kinds only. Left alone, `images` changes no image of ours and says nothing, a
name with a prefix or a hash is not followed into our fields, and a patch of a list replaces it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from ..kube.schemas.types import Type, core_kinds, fields_of
from ..platform import Platform
from ..spec.kind import Kind
from .crd import custom_resource_definition

__all__ = ["component", "configuration", "merge_schema"]

Schema = dict[str, Any]
Path = tuple[str, ...]

# The ends of the paths at which an object of Kubernetes is named.
_NAMES = {
    ("configMapRef", "name"): "ConfigMap",
    ("configMapKeyRef", "name"): "ConfigMap",
    ("configMap", "name"): "ConfigMap",
    ("secretRef", "name"): "Secret",
    ("secretKeyRef", "name"): "Secret",
    ("secret", "name"): "Secret",
    ("secret", "secretName"): "Secret",
    ("keySecret", "name"): "Secret",
    ("tokenSecret", "name"): "Secret",
    ("imagePullSecrets", "name"): "Secret",
    ("s3CredentialsSecret",): "Secret",
    ("credentialsSecret",): "Secret",
    ("serviceAccountName",): "ServiceAccount",
    ("persistentVolumeClaim", "claimName"): "PersistentVolumeClaim",
    ("existingClaim",): "PersistentVolumeClaim",
}
_OF_OURS = ("connections", "name")
"""Where one of our resources names another."""
_ORDERED = {"ports", "initContainers"}
"""Lists whose order says something: a merge would put what a patch names in front of the rest."""


def component(configuration_file: str, openapi_file: str) -> dict[str, Any]:
    """Return the kustomization of a component with both files: a kustomization that names it learns what they say."""
    return {
        "apiVersion": "kustomize.config.k8s.io/v1alpha1",
        "kind": "Component",
        "configurations": [configuration_file],
        "openapi": {"path": openapi_file},
    }


def configuration(kinds: Sequence[Kind], platform: Platform) -> dict[str, Any]:
    """Return what stands in a file of `configurations`: fields of *kinds* that hold images, and those that hold names."""
    images: list[dict[str, str]] = []
    names: dict[tuple[str, str], list[dict[str, str]]] = {}
    for kind in kinds:
        group = kind.api_version(platform).partition("/")[0]
        for path in _paths(_spec(kind, platform), ("spec",)):
            field = {"group": group, "kind": kind.name, "path": "/".join(path)}
            # kustomize knows by itself what initContainers are, of whatever kind
            if path[-1] == "image" and not {"volumes", "initContainers"} & {*path}:
                images.append(field)
            for end, named in _NAMES.items():
                if path[-len(end) :] == end:
                    names.setdefault(("", named), []).append(field)
            if path[-2:] == _OF_OURS:
                for other in kinds:
                    names.setdefault((other.api_version(platform).partition("/")[0], other.name), []).append(field)
    return {
        "images": images,
        "nameReference": [
            {**({"group": group} if group else {}), "kind": kind, "version": "v1", "fieldSpecs": fields}
            for (group, kind), fields in names.items()
        ],
    }


def merge_schema(kinds: Sequence[Kind], platform: Platform) -> dict[str, Any]:
    """Return an OpenAPI document that says how items of lists of *kinds* are told apart, and of Kubernetes' own kinds.

    The latter, because Kustomize forgets what it knows where it is given a document. Lists in which the order counts, and
    those whose items two fields tell apart, are left out: a patch replaces them.
    """
    definitions: dict[str, Schema] = {}
    for kind in kinds:
        group, _, version = kind.api_version(platform).partition("/")
        pruned = _merged(_spec(kind, platform))
        if pruned:
            meant = [{"group": group, "kind": kind.name, "version": version}]
            definitions[f"{group}.{version}.{kind.name}"] = {
                "type": "object",
                "properties": {"spec": pruned},
                "x-kubernetes-group-version-kind": meant,
            }
    for (group, version, kind_name), name in core_kinds().items():
        if _has_keys(name):
            _define(name, definitions)
            meant = [{"group": group, "kind": kind_name, "version": version}]
            definitions[name] = {**definitions[name], "x-kubernetes-group-version-kind": meant}
    return {"definitions": definitions}


def _spec(kind: Kind, platform: Platform) -> Schema:
    definition = custom_resource_definition(kind, platform)
    (version,) = (each for each in definition["spec"]["versions"] if each["storage"])
    spec: Schema = version["schema"]["openAPIV3Schema"]["properties"]["spec"]
    return spec


def _paths(schema: Schema, path: Path) -> Iterator[Path]:
    """Yield the path of each field in *schema*; items of lists stand where their list does."""
    while schema.get("type") == "array":
        schema = schema.get("items", {})
    for name, field in schema.get("properties", {}).items():
        yield (*path, name)
        yield from _paths(field, (*path, name))


def _merged(schema: Schema) -> Schema | None:
    """Return of *schema* what leads to lists with keys; None: nothing does."""
    if schema.get("type") == "array":
        inner = _merged(schema.get("items", {}))
        keys = schema.get("x-kubernetes-list-map-keys", ())
        if len(keys) == 1:
            return _list(inner or {"type": "object"}, keys[0])
        return {"type": "array", "items": inner} if inner else None
    fields = {
        name: inner
        for name, field in schema.get("properties", {}).items()
        if name not in _ORDERED and (inner := _merged(field))
    }
    return {"type": "object", "properties": fields} if fields else None


def _list(items: Schema, key: str) -> Schema:
    return {
        "type": "array",
        "items": items,
        "x-kubernetes-patch-merge-key": key,
        "x-kubernetes-patch-strategy": "merge",
    }


@cache
def _has_keys(name: str, above: tuple[str, ...] = ()) -> bool:
    """Tell whether lists with keys are in the type *name* or below it."""
    fields = fields_of(name).values() if name not in above else ()
    return any(
        bool(each.type.keys) or any(_has_keys(inner, (*above, name)) for inner in _names(each.type)) for each in fields
    )


def _names(kind: Type) -> Iterator[str]:
    """Yield the type with fields that *kind* leads to, if it does."""
    while kind.form in ("[", "{"):
        kind = kind.of_items
    if kind.form == "#":
        yield kind.inner


def _define(name: str, definitions: dict[str, Schema]) -> None:
    """Add to *definitions* the type *name*, and what it leads to, as far as there are lists with keys."""
    if name in definitions:
        return
    definitions[name] = {}
    fields: dict[str, Schema] = {}
    for field, each in fields_of(name).items():
        if not each.type.keys and not any(map(_has_keys, _names(each.type))):
            continue
        for inner in filter(_has_keys, _names(each.type)):
            _define(inner, definitions)
        fields[field] = _of_core(each.type)
    definitions[name] = {"type": "object", "properties": fields}


def _of_core(kind: Type) -> Schema:
    if kind.form == "[":
        items = _of_core(kind.of_items)
        return _list(items, kind.keys[0]) if kind.keys else {"type": "array", "items": items}
    if kind.form == "{":
        return {"type": "object", "additionalProperties": _of_core(kind.of_items)}
    known = kind.form == "#" and _has_keys(kind.inner)
    return {"$ref": f"#/definitions/{kind.inner}"} if known else {"type": "object"}
