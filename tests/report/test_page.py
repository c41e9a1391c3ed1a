"""What the page draws, and in how little room it keeps what resources share."""

from __future__ import annotations

from hanzo_constructs.compiler.dependencies import Dependency
from hanzo_constructs.report import Fleet, Values, page_of
from hanzo_constructs.report.packing import packed


def fleet(number: int) -> Fleet:
    links = tuple(Dependency("Service shop/web", f"Service shop/s{each}", (), ()) for each in range(number))
    return Fleet("Fleet", (), (), links, (), {}, 0, frozenset())


def test_a_picture_is_drawn_of_as_many_as_one_can_follow() -> None:
    assert page_of(fleet(149)).count("data-key=") == 150
    assert "<svg" not in page_of(fleet(150))
    assert "There are too many for one picture." in page_of(fleet(150))
    assert "Nobody connects to anybody." in page_of(fleet(0))


def test_what_is_shared_is_kept_once() -> None:
    one = Values("Service", "\0", "always", ("metadata.name",), ("metadata.name",), ("\0",))
    other = one._replace(texts=("other",))
    assert packed([(one,), (one, other)]) == {
        "texts": ["metadata.name", "\0", "Service", "always", "other"],
        "shapes": [((0,), (0,))],
        "children": [(2, 1, 3, 0, (1,)), (2, 1, 3, 0, (4,))],
        "resources": [[0], [0, 1]],
    }
