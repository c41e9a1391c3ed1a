"""JSON patches (RFC 6902), applied strictly: what cannot be done is an error that says what to write instead."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Callable
from typing import Any, NamedTuple

from .fields import listed, shown, suggestion, type_shown

__all__ = ["Operation", "PatchError", "patched"]

_INDEX = re.compile(r"0|[1-9][0-9]{0,8}")


class PatchError(ValueError):
    """A patch that cannot be applied; its text says why, and what to write instead."""


class Operation(NamedTuple):
    """One operation of a patch."""

    op: str
    path: str
    value: Any = None
    source: str = ""
    """Where the value of `move` and `copy` stands."""


class _Place(NamedTuple):
    """Where a pointer leads: the last step, and what it is taken from."""

    parent: Any
    step: str
    at: str
    """The pointer to the parent."""

    @property
    def exists(self) -> bool:
        if isinstance(self.parent, list):
            return bool(_INDEX.fullmatch(self.step)) and int(self.step) < len(self.parent)
        return isinstance(self.parent, dict) and self.step in self.parent

    @property
    def value(self) -> Any:
        return self.parent[int(self.step)] if isinstance(self.parent, list) else self.parent[self.step]


def patched(document: Any, operation: Operation) -> Any:
    """Return a copy of *document* with *operation* applied; raises `PatchError`."""
    document = copy.deepcopy(document)
    apply = _OPERATIONS.get(operation.op)
    if apply is None:
        raise PatchError(f"must be one of {', '.join(_OPERATIONS)}, got {shown(operation.op)}")
    apply(document, operation)
    return document


def _add(document: Any, operation: Operation) -> None:
    _put(document, operation.path, copy.deepcopy(operation.value))


def _remove(document: Any, operation: Operation) -> None:
    place = _existing(document, operation.path, "remove")
    del place.parent[int(place.step) if isinstance(place.parent, list) else place.step]


def _replace(document: Any, operation: Operation) -> None:
    place = _existing(document, operation.path, "replace")
    place.parent[int(place.step) if isinstance(place.parent, list) else place.step] = copy.deepcopy(operation.value)


def _move(document: Any, operation: Operation) -> None:
    if operation.path.startswith(f"{operation.source}/"):
        raise PatchError(f"{operation.source} cannot be moved into itself")
    value = _existing(document, operation.source, "move").value
    _remove(document, Operation("remove", operation.source))
    _put(document, operation.path, value)


def _copy(document: Any, operation: Operation) -> None:
    _put(document, operation.path, copy.deepcopy(_existing(document, operation.source, "copy").value))


def _test(document: Any, operation: Operation) -> None:
    value = _existing(document, operation.path, "test").value
    if value != operation.value or isinstance(value, bool) is not isinstance(operation.value, bool):
        raise PatchError("is not what the patch expects there, so that nothing is patched")


_OPERATIONS: dict[str, Callable[[Any, Operation], None]] = {
    "add": _add,
    "remove": _remove,
    "replace": _replace,
    "move": _move,
    "copy": _copy,
    "test": _test,
}


def _put(document: Any, pointer: str, value: Any) -> None:
    place = _place(document, pointer, adding=True)
    if isinstance(place.parent, dict):
        place.parent[place.step] = value
        return
    index = len(place.parent) if place.step == "-" else int(place.step) if _INDEX.fullmatch(place.step) else -1
    if not 0 <= index <= len(place.parent):
        raise PatchError(_no_index(place, adding=True))
    place.parent.insert(index, value)


def _existing(document: Any, pointer: str, what: str) -> _Place:
    place = _place(document, pointer)
    if place.exists:
        return place
    if isinstance(place.parent, list):
        raise PatchError(_no_index(place))
    near = suggestion(place.step, place.parent)
    hint = (
        f"did you mean {place.at}/{_escaped(near)}?"
        if near
        else f"{place.at or 'the object'} has {listed(place.parent)}"
    )
    raise PatchError(f"there is nothing to {what}, {hint}")


def _place(document: Any, pointer: str, *, adding: bool = False) -> _Place:
    """Follow *pointer* through *document* up to its last step."""
    steps = _steps(pointer)
    current, at = document, ""
    for number, step in enumerate(steps[:-1]):
        place = _Place(current, step, at)
        _check_holds(place)
        if not place.exists:
            raise PatchError(_missing(place, steps[number + 1], adding=adding))
        current, at = place.value, f"{at}/{_escaped(step)}"
    place = _Place(current, steps[-1], at)
    _check_holds(place)
    return place


def _check_holds(place: _Place) -> None:
    if not isinstance(place.parent, dict | list):
        raise PatchError(f"{place.at} is {type_shown(place.parent)}, which has nothing below it")


def _missing(place: _Place, below: str, *, adding: bool) -> str:
    """Say that there is nothing at *place*, in which *below* was to stand."""
    if isinstance(place.parent, list):
        return _no_index(place)
    missing = f"{place.at}/{_escaped(place.step)}"
    near = suggestion(place.step, place.parent)
    meant = f"did you mean {place.at}/{_escaped(near)}?" if near else ""
    if not adding:
        return f"there is no {missing}, {meant}" if near else f"there is no {missing}"
    inside = "[...]" if below == "-" or _INDEX.fullmatch(below) else f"{{{json.dumps(below)}: ...}}"
    whole = f"JsonPatch.add({json.dumps(missing)}, {inside})"
    if near:
        return f"there is no {missing}, {meant} else add that as a whole: {whole}"
    return f"there is no {missing}; add that as a whole: {whole}"


def _no_index(place: _Place, *, adding: bool = False) -> str:
    count = len(place.parent)
    last = count if adding else count - 1
    allowed = "nothing" if last < 0 else "0" if last == 0 else f"0 to {last}"
    end = ", or - for the end" if adding else ""
    return f"{place.at} is a list of {count}; write {allowed}{end}, got {shown(place.step)}"


def _steps(pointer: str) -> list[str]:
    if not pointer.startswith("/"):
        raise PatchError(f"must begin with a slash, such as /spec/replicas, got {shown(pointer)}")
    if re.search(r"~(?![01])", pointer):
        raise PatchError(f"must have 0 (for ~) or 1 (for /) behind each ~, got {shown(pointer)}")
    return [step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:]]


def _escaped(step: str) -> str:
    return step.replace("~", "~0").replace("/", "~1")
