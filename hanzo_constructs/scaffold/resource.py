"""The sections of a resource to begin with: what it needs, and every other field with an example that compiles."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from ..compiler import compile_resource
from ..errors import SpecError
from ..kube.model import field_docs
from ..platform import Platform
from ..spec.kind import Kind
from ..spec.kinds import parse
from ..spec.values import least_document, values_of
from ..verify import prove
from .examples import EXAMPLES, MINIMAL, OF_KINDS, TOGETHER

__all__ = ["Section", "document_of", "minimal_spec", "resource_sections"]

Spec = dict[str, Any]
_FIXED = "type"
"""The field that a facade of Datastore fixes."""


class Section(NamedTuple):
    """A field of the spec."""

    field: str
    """In the spelling of documents."""
    doc: str
    """What it means, in one line."""
    value: Any
    """What is written, or an example."""
    is_written: bool
    """Whether the resource has it; otherwise it is there to be uncommented."""
    needs: str = ""
    """Another field that it needs beside it; empty for none."""


def document_of(kind: Kind, name: str, spec: Spec, platform: Platform) -> dict[str, Any]:
    """Return the resource of *kind* with this *name* and *spec*."""
    return {
        "apiVersion": kind.api_version(platform),
        "kind": kind.name,
        "metadata": {"name": name, **({} if platform.namespace else {"namespace": "default"})},
        "spec": spec,
    }


def resource_sections(kind: Kind, name: str, platform: Platform) -> list[Section]:
    """Return the sections of a resource of *kind* and *name*: first those that it has, then all others.

    Raises `SpecError` where no resource can have the *name*.
    """
    base = minimal_spec(kind, name)
    if problem := _problem(kind, name, base, platform):
        raise problem
    model: Any = kind.model.model_fields["spec"].annotation
    docs = {python_name: " ".join(text.split()) for python_name, text in field_docs(model).items()}
    fields = {field.alias or python_name: (python_name, field) for python_name, field in model.model_fields.items()}
    written = [Section(field, docs[fields[field][0]], value, is_written=True) for field, value in base.items()]
    others = []
    for field, (python_name, info) in fields.items():
        if field not in base and not (kind.engine and field == _FIXED):
            examples, values = (*_examples(kind, name, field),), tuple(filter(None, values_of(info)))
            if found := _first_that_fits(kind, name, base, field, examples, platform) or _first_that_fits(
                kind, name, base, field, values, platform
            ):
                others.append(Section(field, docs[python_name], found[0], is_written=False, needs=found[1]))
    return [*written, *others]


def minimal_spec(kind: Kind, name: str) -> Spec:
    """Return the least that a person would write for a resource of *kind*."""
    known = MINIMAL.get(kind.name) or MINIMAL.get(kind.compiled_as)
    if known is None:
        return least_document(kind.model.model_fields["spec"].annotation)  # type: ignore[arg-type, no-any-return]
    found: Spec = _named(known, kind, name)
    return found


def _examples(kind: Kind, name: str, field: str) -> Iterator[Any]:
    for examples in (OF_KINDS.get(kind.compiled_as, {}), EXAMPLES):
        if field in examples:
            yield _named(examples[field], kind, name)


def _first_that_fits(
    kind: Kind, name: str, base: Spec, field: str, candidates: tuple[Any, ...], platform: Platform
) -> tuple[Any, str] | None:
    """Return the first of *candidates* that compiles in *field*, and the field that it needs beside it."""
    needed = ("", *(first for first, second in TOGETHER if second == field and first not in base))
    for needs in needed:
        beside = {needs: next(_examples(kind, name, needs))} if needs else {}
        for value in candidates:
            if _problem(kind, name, {**base, **beside, field: value}, platform) is None:
                return value, needs
    return None


def _problem(kind: Kind, name: str, spec: Spec, platform: Platform) -> SpecError | None:
    try:
        compilation = compile_resource(parse(document_of(kind, name, spec, platform), platform), platform)
    except SpecError as error:
        return error
    wrong = [finding for finding in prove([compilation]).findings if finding.severity == "error"]
    return SpecError(wrong) if wrong else None


def _named(value: Any, kind: Kind, name: str) -> Any:
    """Return *value* with the name of the resource, and the kind of its workload, where they stand for it."""
    if isinstance(value, Mapping):
        return {_named(key, kind, name): _named(item, kind, name) for key, item in value.items()}
    if isinstance(value, list):
        return [_named(item, kind, name) for item in value]
    if not isinstance(value, str):
        return value
    spec: Any = kind.model.model_fields["spec"].annotation
    workload: str = spec.workload_kind
    return value.replace("{name}", name).replace("{workload}", workload)
