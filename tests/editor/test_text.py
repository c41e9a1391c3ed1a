"""Places in a text, in the units of the editor."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanzo_constructs.editor import Position, Span, Text

ANY_TEXT = st.text(st.sampled_from("a é€𝄞\t\r\n\u2028\x0b\ufeff"), max_size=30)
ENCODINGS = ("utf-8", "utf-16", "utf-32")


@pytest.mark.parametrize(("encoding", "units"), [("utf-8", 9), ("utf-16", 4), ("utf-32", 3)])
def test_columns_are_counted_in_the_units_of_the_editor(encoding: str, units: int) -> None:
    text = Text("x\né𝄞€: 1\n")
    assert text.to_units(Position(1, 3), encoding) == (1, units)
    assert text.from_units(1, units, encoding) == Position(1, 3)


@given(ANY_TEXT, st.sampled_from(ENCODINGS), st.data())
def test_every_place_is_found_again(raw: str, encoding: str, data: st.DataObject) -> None:
    text = Text(raw)
    line = data.draw(st.integers(0, len(text.lines) - 1))
    place = Position(line, data.draw(st.integers(0, len(text.lines[line]))))
    assert text.from_units(*text.to_units(place, encoding), encoding) == place


@given(ANY_TEXT)
def test_lines_are_those_of_the_protocol_and_of_no_other_rule(raw: str) -> None:
    plain = raw.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    assert Text(raw).lines == plain.split("\n")


def test_a_place_behind_a_line_is_its_end() -> None:
    assert Text("ab\n").from_units(0, 9, "utf-16") == Position(0, 2)
    assert Text("é\n").from_units(0, 9, "utf-8") == Position(0, 1)
    assert Text("a").from_units(7, 3, "utf-16") == Position(7, 0)


def test_a_byte_order_mark_is_a_column_of_the_editor_and_none_of_the_text() -> None:
    text = Text("\ufeffkind: Service\r\nspec:\r\n")
    assert text.lines == ["kind: Service", "spec:", ""]
    assert text.to_units(Position(0, 6), "utf-16") == (0, 7)
    assert text.from_units(0, 7, "utf-16") == Position(0, 6)
    assert text.line_end == "\r\n"


def test_what_stands_at_a_span() -> None:
    text = Text("ab\r\ncd\r\nef")
    assert text.cut(Span(Position(0, 1), Position(2, 1))) == "b\ncd\ne"
    assert text.cut(Span(Position(1, 0), Position(1, 1))) == "c"
    assert text.content(1) == Span(Position(1, 0), Position(1, 2))
    assert Position(1, 2) in text.content(1)
    assert Position(2, 0) not in text.content(1)
