"""Hypothesis strategies for what a document may say of a model, read from the model's own fields.

`instances_of(model)` gives dicts in wire names that `parse_as` accepts. What the annotations do not tell, such as the
form of a name, comes from a table: `instances_of(ServiceSpec, {ObjectName: st.just("api"), (ServiceSpec, "ports"): ...})`.
Rules between fields (`problems`) are the caller's to keep.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from annotated_types import Ge, Gt, Le, Lt, MaxLen, MinLen
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy
from pydantic.fields import FieldInfo

from hanzo_constructs.kube.core import IntOrString, PortOrName
from hanzo_constructs.kube.core.scalars import Time
from hanzo_constructs.kube.model import Model
from hanzo_constructs.kube.quantity import Quantity

__all__ = [
    "instances_of",
    "instances_with",
    "integers_or_strings",
    "optional_fields",
    "quantities",
    "required_fields",
    "values_of",
    "wire",
]

Given = Mapping[Any, SearchStrategy[Any]]
"""Strategies by `(model, python name)` of a field, or by annotation."""

MOST_FIELDS = 4
"""How many optional fields an instance has at most: enough to meet each other, few enough to draw fast."""

quantities: SearchStrategy[str] = st.from_regex(
    r"[+-]?([0-9]{1,6}(\.[0-9]{0,3})?|\.[0-9]{1,3})([numkMGTPE]|[KMGTPE]i|[eE][+-]?[0-9]{1,2})?", fullmatch=True
)
integers_or_strings: SearchStrategy[int | str] = st.integers(-(2**31), 2**31 - 1) | st.text(max_size=8)
_times = st.datetimes().map(lambda moment: f"{moment.isoformat(timespec='seconds')}Z")
_json = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=4),
    lambda below: st.lists(below, max_size=2) | st.dictionaries(st.text(max_size=3), below, max_size=2),
    max_leaves=4,
)

KNOWN: Given = {
    Any: _json,
    IntOrString: integers_or_strings,
    PortOrName: st.integers(1, 65535) | st.text(max_size=8),
    Quantity: quantities,
    Time: _times,
    bool: st.booleans(),
    float: st.floats(allow_nan=False, allow_infinity=False),
}


def instances_of(model: type[Model], given: Given = KNOWN) -> SearchStrategy[dict[str, Any]]:
    """Return a strategy for *model* in wire names; *given* decides over the annotations."""
    given = {**KNOWN, **given}
    return st.deferred(lambda: _instances(model, given))


def instances_with(model: type[Model], names: Iterable[str], given: Given = KNOWN) -> SearchStrategy[dict[str, Any]]:
    """Return a strategy for *model* that fills the fields *names* (Python names) and no others but the required."""
    names = dict.fromkeys([*required_fields(model), *names])
    return st.fixed_dictionaries({wire(model, name): _field(model, name, {**KNOWN, **given}) for name in names})


def _instances(model: type[Model], given: Given) -> SearchStrategy[dict[str, Any]]:
    if (found := _given(model, given)) is not None:
        return found
    optional = optional_fields(model)
    if not optional:
        return instances_with(model, (), given)
    # Hypothesis' own optional keys are half of all at each level, which does not end for a container.
    chosen = st.lists(st.sampled_from(optional), unique=True, max_size=MOST_FIELDS)
    return chosen.flatmap(lambda names: instances_with(model, names, given))


def required_fields(model: type[Model]) -> list[str]:
    """Return the Python names of the fields *model* asks for."""
    return [name for name, field in model.model_fields.items() if field.is_required()]


def optional_fields(model: type[Model]) -> list[str]:
    """Return the Python names of the fields *model* does not ask for."""
    return [name for name, field in model.model_fields.items() if not field.is_required()]


def wire(model: type[Model], name: str) -> str:
    """Return the wire name of the field *name*."""
    return model.model_fields[name].alias or name


def _field(model: type[Model], name: str, given: Given) -> SearchStrategy[Any]:
    field: FieldInfo = model.model_fields[name]
    annotation = Annotated[field.annotation, *field.metadata] if field.metadata else field.annotation
    found = given.get((model, name))
    return values_of(annotation, given) if found is None else found


def values_of(annotation: Any, given: Given = KNOWN) -> SearchStrategy[Any]:
    """Return a strategy for JSON data that a field of type *annotation* takes; null is left to the tests of nulls."""
    if (found := _given(annotation, given)) is not None:
        return found
    metadata: list[Any] = []
    if get_origin(annotation) is Annotated:
        annotation, *metadata = get_args(annotation)
    if get_origin(annotation) in (Union, UnionType):
        members = [member for member in get_args(annotation) if member is not type(None)]
        return st.one_of([values_of(Annotated[member, *metadata] if metadata else member, given) for member in members])
    of_kind = _collection if get_origin(annotation) in (tuple, dict) else _scalar
    return of_kind(annotation, *limits(metadata), given)


def _collection(annotation: Any, least: int | None, most: int | None, given: Given) -> SearchStrategy[Any]:
    least, most = least or 0, min(most or 2, 2)
    items = values_of(get_args(annotation)[-1 if get_origin(annotation) is dict else 0], given)
    if get_origin(annotation) is dict:
        return st.dictionaries(st.text(max_size=8), items, min_size=least, max_size=max(least, most))
    return st.lists(items, min_size=least, max_size=max(least, most))


def _scalar(annotation: Any, least: int | None, most: int | None, given: Given) -> SearchStrategy[Any]:
    if get_origin(annotation) is Literal:
        return st.sampled_from(get_args(annotation))
    if annotation is str:
        return st.text(min_size=least or 0, max_size=min(most or 12, 12))
    if annotation is int:
        return st.integers(least, most)
    if isinstance(annotation, type) and issubclass(annotation, Model):
        return instances_of(annotation, given)
    if (found := _given(annotation, given)) is not None:
        return found
    raise TypeError(f"no strategy for {annotation}")


def _given(annotation: Any, given: Given) -> SearchStrategy[Any] | None:
    """Return what the table has for *annotation*; compared one by one, because not every annotation can be hashed."""
    return next((strategy for key, strategy in given.items() if key == annotation), None)


def limits(metadata: Iterable[object]) -> tuple[int | None, int | None]:
    """Return the least and the most that *metadata* allows: of a number, or of a length."""
    least: int | None = None
    most: int | None = None
    for limit in _flat(metadata):
        match limit:
            case Ge(int() as bound) | MinLen(bound):
                least = bound
            case Gt(int() as bound):
                least = bound + 1
            case Le(int() as bound) | MaxLen(bound):
                most = bound
            case Lt(int() as bound):
                most = bound - 1
    return least, most


def _flat(metadata: Iterable[object]) -> Iterator[object]:
    """Yield the constraints, those of a `Field(...)` among the metadata included."""
    for entry in metadata:
        if isinstance(entry, FieldInfo):
            yield from entry.metadata
        else:
            yield entry
