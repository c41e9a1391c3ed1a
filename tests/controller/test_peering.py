"""Who works: by the facts that kopf keeps."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from hanzo_constructs.controller.peering import Peers, is_first
from hanzo_constructs.operator import ClusterError, NotFound, Unavailable

NOW = datetime(2026, 11, 28, 12, 0, tzinfo=UTC)


def peer(priority: int, seconds_ago: int = 0, lifetime: int = 60) -> dict[str, Any]:
    return {"priority": priority, "lastseen": (NOW - timedelta(seconds=seconds_ago)).isoformat(), "lifetime": lifetime}


@pytest.mark.parametrize(
    ("peers", "first"),
    [
        ({}, True),
        ({"me": peer(5)}, True),
        ({"other": peer(4)}, True),
        ({"other": peer(6)}, False),
        ({"other": peer(5)}, False),  # its name comes later
        ({"another": peer(5), "me": peer(5)}, True),
        ({"other": peer(6, seconds_ago=61)}, True),  # it has not been heard of
        ({"other": peer(6, seconds_ago=61, lifetime=90)}, False),
        ({"other": peer(6), "me": peer(5)}, False),
        ({"other": {"priority": 9, "lastseen": "2026-11-28T12:00:00"}}, False),
        ({"other": {}}, True),
    ],
)
def test_the_highest_of_those_that_are_alive_works(peers: dict[str, Any], *, first: bool) -> None:
    assert is_first(peers, "me", 5, NOW) is first


class Server:
    """Answers with the next status, or raises it."""

    def __init__(self, *answers: dict[str, Any] | ClusterError) -> None:
        self.answers = [*answers]

    def get(self, _: Any) -> Any:
        answer = self.answers.pop(0)
        if isinstance(answer, ClusterError):
            raise answer
        return {"status": answer}


def test_an_answer_counts_for_a_while_and_no_answer_changes_nothing() -> None:
    alive = {"priority": 9, "lastseen": datetime.now(UTC).isoformat(), "lifetime": 60}
    clock = [0.0]
    server = Server(NotFound("none"), {"other": alive}, Unavailable("no answer"), {})
    peers = Peers(server, "me", 5, clock=lambda: clock[0])  # type: ignore[arg-type]
    said = []
    for _ in range(4):
        said.append(peers.is_first())
        assert peers.is_first() is said[-1]  # not asked again
        clock[0] += 3
    assert said == [True, False, False, True]
