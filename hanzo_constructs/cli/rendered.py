"""One side of a comparison: its objects, as they stand in files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from ..declaration import Declaration
from ..errors import Finding, InputError
from ..kube.manifest import Identity, Manifest
from ..kube.schemas import kind_type
from ..kube.schemas.checking import type_findings
from .places import Place

__all__ = ["Rendered", "stop_at", "wrong"]


@dataclass(slots=True)
class Rendered:
    """The objects of one side."""

    objects: list[Manifest] = field(default_factory=list)
    """Objects of Kubernetes, those that resources compile to among them."""
    resources: list[Manifest] = field(default_factory=list)
    """Resources of the platform, with every field in its long form."""
    owners: dict[Identity, Identity] = field(default_factory=dict)
    """The resource behind each object that is derived from one."""


def stop_at(findings: list[Finding], place: Place) -> None:
    """Raise `InputError` with the errors among *findings*, in the words that the user typed for *place*."""
    errors = [place.as_typed(each) for each in findings if each.severity == "error"]
    if errors:
        raise InputError(errors)


def wrong(declaration: Declaration) -> Iterator[Finding]:
    """Yield why what was declared is no object that API servers could take, as far as others rely on it."""
    data, where = declaration.data, declaration.where()
    if not isinstance(data, dict):
        yield Finding("expected an object of Kubernetes", where=where)
        return
    absent = [name for name in ("apiVersion", "kind") if not isinstance(data.get(name), str)]
    yield from (Finding("required", name, where=where) for name in absent)
    metadata = data.get("metadata")
    if not isinstance(metadata, dict) or not isinstance(metadata.get("name"), str):
        yield Finding("required", "metadata.name", where=where)
    elif not isinstance(metadata.get("namespace") or "", str):
        yield Finding("expected a string", "metadata.namespace", where=where)
    elif not absent and (kind := kind_type(data["apiVersion"], data["kind"])):
        body = {key: value for key, value in data.items() if key != "status"}
        yield from (each.at(where) for each in type_findings(body, kind, unknown="warning"))
