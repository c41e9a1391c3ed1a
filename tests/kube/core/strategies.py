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
    "Table",
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


class Table(dict[Any, SearchStrategy[Any]]):
    """Strategies that are given, and those that were made with them.

    Making a strategy takes longer than drawing from it, so that each field and model has one. Where the table changes,
    they are made anew.
    """

    def __init__(self, given: Given) -> None:
        super().__init__({**KNOWN, **given})
        self._made: dict[Any, SearchStrategy[Any]] = {}

    def __setitem__(self, key: Any, strategy: SearchStrategy[Any]) -> None:
        super().__setitem__(key, strategy)
        self._made.clear()

    def of(self, annotation: Any) -> SearchStrategy[Any] | None:
        """Return what is given for *annotation*; compared one by one where it cannot be hashed."""
        try:
            return self.get(annotation)
        except TypeError:
            return next((strategy for key, strategy in self.items() if key == annotation), None)

    def field(self, model: type[Model], name: str) -> SearchStrategy[Any]:
        found = self.get((model, name), self._made.get((model, name)))
        if found is None:
            field: FieldInfo = model.model_fields[name]
            annotation = Annotated[field.annotation, *field.metadata] if field.metadata else field.annotation
            found = self._made[model, name] = _values_of(annotation, self)
        return found

    def instances(self, model: type[Model]) -> SearchStrategy[dict[str, Any]]:
        if (found := self._made.get(model)) is None:
            found = self._made[model] = st.deferred(lambda: _instances(model, self))
        return found

    def filled(self, model: type[Model], names: Iterable[str]) -> SearchStrategy[dict[str, Any]]:
        """Return a strategy for *model* that fills the fields *names* and those that are required."""
        names = dict.fromkeys([*required_fields(model), *names])
        return st.fixed_dictionaries({wire(model, name): self.field(model, name) for name in names})


def instances_of(model: type[Model], given: Given = KNOWN) -> SearchStrategy[dict[str, Any]]:
    """Return a strategy for *model* in wire names; *given* decides over the annotations."""
    return _table(given).instances(model)


def instances_with(model: type[Model], names: Iterable[str], given: Given = KNOWN) -> SearchStrategy[dict[str, Any]]:
    """Return a strategy for *model* that fills the fields *names* (Python names) and no others but the required."""
    return _table(given).filled(model, names)


def _table(given: Given) -> Table:
    return given if isinstance(given, Table) else Table(given)


def _instances(model: type[Model], table: Table) -> SearchStrategy[dict[str, Any]]:
    if (found := table.of(model)) is not None:
        return found
    optional = optional_fields(model)
    if not optional:
        return table.filled(model, ())
    # Hypothesis' own optional keys are half of all at each level, which does not end for a container.
    chosen = st.lists(st.sampled_from(optional), unique=True, max_size=MOST_FIELDS)
    return chosen.flatmap(lambda names: table.filled(model, names))


def required_fields(model: type[Model]) -> list[str]:
    """Return the Python names of the fields *model* asks for."""
    return [name for name, field in model.model_fields.items() if field.is_required()]


def optional_fields(model: type[Model]) -> list[str]:
    """Return the Python names of the fields *model* does not ask for."""
    return [name for name, field in model.model_fields.items() if not field.is_required()]


def wire(model: type[Model], name: str) -> str:
    """Return the wire name of the field *name*."""
    return model.model_fields[name].alias or name


def values_of(annotation: Any, given: Given = KNOWN) -> SearchStrategy[Any]:
    """Return a strategy for JSON data that a field of type *annotation* takes; null is left to the tests of nulls."""
    return _values_of(annotation, _table(given))


def _values_of(annotation: Any, table: Table) -> SearchStrategy[Any]:
    if (found := table.of(annotation)) is not None:
        return found
    metadata: list[Any] = []
    if get_origin(annotation) is Annotated:
        annotation, *metadata = get_args(annotation)
    if get_origin(annotation) in (Union, UnionType):
        members = [member for member in get_args(annotation) if member is not type(None)]
        return st.one_of(
            [_values_of(Annotated[member, *metadata] if metadata else member, table) for member in members]
        )
    of_kind = _collection if get_origin(annotation) in (tuple, dict) else _scalar
    return of_kind(annotation, *limits(metadata), table)


def _collection(annotation: Any, least: int | None, most: int | None, table: Table) -> SearchStrategy[Any]:
    least, most = least or 0, min(most or 2, 2)
    items = _values_of(get_args(annotation)[-1 if get_origin(annotation) is dict else 0], table)
    if get_origin(annotation) is dict:
        return st.dictionaries(st.text(max_size=8), items, min_size=least, max_size=max(least, most))
    return st.lists(items, min_size=least, max_size=max(least, most))


def _scalar(annotation: Any, least: int | None, most: int | None, table: Table) -> SearchStrategy[Any]:
    if get_origin(annotation) is Literal:
        return st.sampled_from(get_args(annotation))
    if annotation is str:
        return st.text(min_size=least or 0, max_size=min(most or 12, 12))
    if annotation is int:
        return st.integers(least, most)
    if isinstance(annotation, type) and issubclass(annotation, Model):
        return table.instances(annotation)
    if (found := table.of(annotation)) is not None:
        return found
    raise TypeError(f"no strategy for {annotation}")


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
