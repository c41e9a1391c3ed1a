"""Values held against the types of Kubernetes: unknown fields, values of another type, and words that no field takes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal, NamedTuple

from ...errors import Finding
from ..fields import Path, field_path, suggestion, type_shown
from ..quantity import quantity_problem
from .types import METADATA, FieldType, Type, fields_of, required_fields
from .values import value_problem

__all__ = ["type_findings"]

Severity = Literal["error", "warning"]

_SCALARS: dict[str, tuple[tuple[type, ...], str]] = {
    "s": ((str,), "a string"),
    "i": ((int,), "an integer"),
    "l": ((int,), "an integer"),
    "n": ((int, float), "a number"),
    "b": ((bool,), "true or false"),
    "q": ((int, float, str), "a quantity"),
    "p": ((int, str), "an integer or a string"),
}
_BITS = {"i": 32, "l": 64, "p": 32}
"""How wide an integer may be."""
_FEW = 12
"""How many fields of a type a message lists."""


def type_findings(
    value: Any,
    kind: Type,
    path: Path = (),
    *,
    partial: bool = False,
    oldest: int | None = None,
    unknown: Severity = "error",
) -> Iterator[Finding]:
    """Yield what is wrong with *value* at *path*, which must be of the type *kind*; null is an absent value.

    Of a *partial* value required fields may be left out. Fields that Kubernetes 1.*oldest* does not have are errors, those
    that are *unknown* to every version, and words that a field does not take, are what it says.
    """
    return _Check(partial, oldest, unknown).findings(value, kind, path)


class _Check(NamedTuple):
    partial: bool
    oldest: int | None
    unknown: Severity

    def findings(self, value: Any, kind: Type, path: Path) -> Iterator[Finding]:
        if value is None or kind.form == "*":
            return
        if kind.form == "[":
            yield from self._of_list(value, kind, path)
        elif kind.form in _SCALARS:
            types, what = _SCALARS[kind.form]
            if not isinstance(value, types) or (isinstance(value, bool) and kind.form != "b"):
                quote = "; quote it" if kind.form == "s" and isinstance(value, bool | int | float) else ""
                yield _expected(what, value, path, quote)
            elif problem := quantity_problem(value) if kind.form == "q" else _width_problem(value, kind.form):
                yield Finding(problem, field_path(path))
        elif not isinstance(value, dict):
            yield _expected("a mapping", value, path)
        elif kind.form == "{":
            for key, item in value.items():
                yield from self.findings(item, kind.of_items, (*path, key))
        elif kind.form == "o":
            yield from self.findings(value.get("metadata"), METADATA, (*path, "metadata"))
        else:
            yield from self._of_fields(value, kind.inner, path)

    def _of_list(self, value: Any, kind: Type, path: Path) -> Iterator[Finding]:
        if not isinstance(value, list):
            yield _expected("a list", value, path)
            return
        for index, item in enumerate(value):
            if item is None:
                yield Finding("must not be null", field_path((*path, index)))
            yield from self.findings(item, kind.of_items, (*path, index))

    def _of_fields(self, value: dict[str, Any], name: str, path: Path) -> Iterator[Finding]:
        known = fields_of(name)
        for key, item in value.items():
            if (field := known.get(key)) is None:
                yield Finding(_unknown(key, known), field_path((*path, key)), severity=self.unknown)
            elif self.oldest is not None and field.since > self.oldest and item is not None:
                cluster = f"the platform's oldest cluster is 1.{self.oldest}"
                yield Finding(f"exists since Kubernetes 1.{field.since}, but {cluster}", field_path((*path, key)))
            else:
                yield from self.findings(item, field.type, (*path, key))
                yield from self._of_words(name, key, item, (*path, key))
        if not self.partial:
            for key in required_fields(name):
                if value.get(key) is None:
                    yield Finding("required", field_path((*path, key)))

    def _of_words(self, name: str, key: str, value: Any, path: Path) -> Iterator[Finding]:
        """Yield what is none of the words that the field *key* takes; a newer Kubernetes may know more of them."""
        places = [((*path, i), each) for i, each in enumerate(value)] if isinstance(value, list) else [(path, value)]
        for place, word in places:
            if problem := value_problem(name, key, word):
                yield Finding(problem, field_path(place), severity=self.unknown)


def _width_problem(value: Any, form: str) -> str:
    """Say that *value* is an integer that needs more bits, one of them for the sign, than the type *form* has."""
    most = 2 ** (_BITS.get(form, 0) - 1) - 1
    if form not in _BITS or not isinstance(value, int) or -most - 1 <= value <= most:
        return ""
    return f"must be at most {most}, got {value}" if value > 0 else f"must be at least {-most - 1}, got {value}"


def _unknown(name: str, known: Mapping[str, FieldType]) -> str:
    if near := suggestion(name, known):
        return f"unknown field, did you mean {near}?"
    more = ", ..." if len(known) > _FEW else ""
    return f"unknown field, known are {', '.join(list(known)[:_FEW])}{more}"


def _expected(what: str, value: Any, path: Path, hint: str = "") -> Finding:
    return Finding(f"expected {what}, got {type_shown(value)}{hint}", field_path(path))
