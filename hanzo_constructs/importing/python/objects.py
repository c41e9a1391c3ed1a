"""Objects of the user's own as objects of cdk8s."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ...kube.manifest import Manifest
from .layout import Call, Named, laid_out
from .literals import Code
from .names import Names, identifier

__all__ = ["names_of_cdk8s", "object_lines"]

_METADATA = ("name", "labels", "annotations")
"""What the metadata of an object of cdk8s take here; the namespace is the chart's."""


def names_of_cdk8s(objects: Iterable[Manifest]) -> list[str]:
    """Return the names of cdk8s that declaring *objects* takes."""
    objects = list(objects)
    patched = any(_patches(each) for each in objects)
    return ["ApiObject", "ApiObjectMetadata", *(["JsonPatch"] if patched else [])] if objects else []


def object_lines(name: str, data: Manifest, taken: Names, blocks: Mapping[str, Code], *, indent: int) -> Iterator[str]:
    """Yield the lines that declare the object *data* with the id *name* in the chart; *blocks* are texts with a name."""
    metadata = [Named(field, data["metadata"][field]) for field in _METADATA if data["metadata"].get(field)]
    call = Call(
        "ApiObject",
        (
            Code("chart"),
            name,
            Named("api_version", data["apiVersion"]),
            Named("kind", data["kind"]),
            Named("metadata", Call("ApiObjectMetadata", tuple(metadata))),
        ),
    )
    patches = [_named(each, blocks) for each in _patches(data)]
    if not patches:
        yield from laid_out(call, indent=indent)
        return
    variable = taken.new(identifier(name))
    yield from laid_out(call, indent=indent, before=f"{variable} = ")
    yield from laid_out(Call(f"{variable}.add_json_patch", tuple(patches)), indent=indent)


def _patches(data: Manifest) -> list[Call]:
    """Return the patches that add what cdk8s has no argument for."""
    others = {key: value for key, value in data.items() if key not in {"apiVersion", "kind", "metadata"}}
    metadata: Mapping[str, Any] = data["metadata"]
    places = [(f"/{_escaped(key)}", value) for key, value in others.items()]
    known = {*_METADATA, "namespace"}
    places += [(f"/metadata/{_escaped(key)}", value) for key, value in metadata.items() if key not in known]
    return [Call("JsonPatch.add", (path, value)) for path, value in places if value is not None]


def _named(value: Any, blocks: Mapping[str, Code]) -> Any:
    """Return *value* with the names of texts in their places."""
    if isinstance(value, Call):
        return Call(value.function, tuple(_named(each, blocks) for each in value.arguments))
    if isinstance(value, dict):
        return {key: _named(item, blocks) for key, item in value.items()}
    if isinstance(value, list):
        return [_named(item, blocks) for item in value]
    return blocks.get(value, value) if isinstance(value, str) else value


def _escaped(key: str) -> str:
    return key.replace("~", "~0").replace("/", "~1")
