"""What a compiled expression is made of, read from the form in which the engine hands it over.

The form is that of Protocol Buffers, and the messages are `CheckedExpr` and `Expr` of CEL's specification
(github.com/google/cel-spec, `proto/cel/expr/checked.proto` and `syntax.proto`), of which little is looked at.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

__all__ = ["joins_in_loops"]

_Message = dict[int, list[Any]]

_ID, _IDENTIFIER, _SELECT, _CALL, _LIST, _STRUCT, _COMPREHENSION = 2, 4, 5, 6, 7, 8, 9
"""Fields of Expr."""
_OPERANDS = {_SELECT: (1,), _CALL: (1, 3), _LIST: (1,), _COMPREHENSION: (2, 4, 5, 6, 7)}
"""Where in each of them the expressions stand that it is made of."""
_LOOP = (5, 6)
"""Fields of Comprehension that are evaluated for each item: the condition and the step."""
_GROWING = {b"add_string", b"add_bytes", b"add_list"}
"""Ways to add that make something longer than what they are given."""


def joins_in_loops(serialised: bytes) -> bool:
    """Tell whether the expression joins texts or lists by `+` for each item of a list.

    So a short expression could double a text again and again. The lists that `map` and `filter` themselves make do not
    count.
    """
    checked = _message(_message(serialised)[2][0])
    growing: set[int] = set()
    for entry in checked.get(2, ()):
        reference = _message(entry)
        if _GROWING & set(_message(reference[2][0]).get(3, ())):
            growing.update(reference.get(1, ()))
    return any(is_looped and node in growing for node, is_looped in _additions(checked[4][0], is_looped=False))


def _additions(serialised: bytes, *, is_looped: bool) -> Iterator[tuple[int, bool]]:
    """Yield each addition that the expression writes, by its number, and whether it stands in a loop."""
    expression = _message(serialised)
    for inner in expression.get(_CALL, ()):
        call = _message(inner)
        if call.get(2) == [b"_+_"] and not _is_result(call[3][0]):
            yield expression.get(_ID, [0])[0], is_looped
    for operand, in_loop in _operands(expression):
        yield from _additions(operand, is_looped=is_looped or in_loop)


def _operands(expression: _Message) -> Iterator[tuple[bytes, bool]]:
    """Yield the expressions that an *expression* is made of, and whether each is evaluated again and again."""
    for kind, fields in _OPERANDS.items():
        for inner in expression.get(kind, ()):
            found = _message(inner)
            for field in fields:
                for each in found.get(field, ()):
                    yield each, kind == _COMPREHENSION and field in _LOOP
    for inner in expression.get(_STRUCT, ()):
        for entry in _message(inner).get(2, ()):
            found = _message(entry)
            yield from ((each, False) for field in (3, 4) for each in found.get(field, ()))


def _is_result(serialised: bytes) -> bool:
    """Tell whether this is what a loop has gathered so far."""
    names = _message(serialised).get(_IDENTIFIER, [])
    return any(_message(each).get(1) == [b"@result"] for each in names)


def _message(data: bytes) -> _Message:
    """Return the values of each field of a message by its number: integers, or bytes."""
    found: _Message = {}
    position = 0
    while position < len(data):
        key, position = _integer(data, position)
        field, form = key >> 3, key & 7
        value: Any
        if form == 0:
            value, position = _integer(data, position)
        else:
            length = {1: 8, 5: 4}.get(form, 0)
            if form == 2:
                length, position = _integer(data, position)
            value, position = data[position : position + length], position + length
        found.setdefault(field, []).append(value)
    return found


def _integer(data: bytes, position: int) -> tuple[int, int]:
    """Return the integer of seven bits a byte at *position*, and where it ends."""
    value = shift = 0
    while True:
        byte = data[position]
        position += 1
        value |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            return value, position
