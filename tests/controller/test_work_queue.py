"""The queue of resources to reconcile, with a clock that the test sets."""

from __future__ import annotations

import threading

import pytest

from hanzo_constructs.controller.work_queue import WorkQueue


class Clock:
    """A time that stands still."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def queue(clock: Clock) -> WorkQueue[str]:
    return WorkQueue(clock, lambda: 0.0)


def taken(queue: WorkQueue[str]) -> list[str]:
    found = []
    while (key := queue.take(0)) is not None:
        found.append(key)
    return found


def test_each_is_done_once_in_the_order_of_the_first_asking(queue: WorkQueue[str]) -> None:
    for key in "abab":
        queue.add(key)
    assert len(queue) == 2
    assert taken(queue) == ["a", "b"]


def test_what_is_added_while_it_is_worked_on_is_done_again_afterwards(queue: WorkQueue[str]) -> None:
    queue.add("a")
    assert queue.take(0) == "a"
    queue.add("a")
    queue.add("a")
    assert queue.take(0) is None  # never twice at a time
    queue.done("a")
    assert taken(queue) == ["a"]


def test_later_is_not_before_its_time(queue: WorkQueue[str], clock: Clock) -> None:
    queue.add_after("a", 5)
    queue.add_after("a", 9)  # it is due before
    queue.add_after("b", 3)
    assert taken(queue) == []
    clock.now += 3
    assert taken(queue) == ["b"]
    clock.now += 2
    assert taken(queue) == ["a"]
    clock.now += 100
    assert taken(queue) == []


def test_sooner_takes_the_place_of_later(queue: WorkQueue[str], clock: Clock) -> None:
    queue.add_after("a", 9)
    queue.add_after("a", 2)
    clock.now += 2
    assert taken(queue) == ["a"]
    queue.done("a")
    queue.add_after("a", 9)
    queue.add("a")
    assert taken(queue) == ["a"]
    queue.done("a")
    clock.now += 9
    assert taken(queue) == []


def test_the_oftener_it_fails_the_later_it_is_tried(queue: WorkQueue[str], clock: Clock) -> None:
    assert [queue.failed("a") for _ in range(5)] == [0.5, 1.0, 2.0, 4.0, 8.0]
    assert [queue.failed("a") for _ in range(30)][-1] == 300.0
    queue.succeeded("a")
    assert queue.failed("a") == 0.5
    clock.now += 0.5
    assert taken(queue) == ["a"]
    assert [queue.failed("slow", each) for each in (0.01, 10.0, 30.0)] == [0.5, 200.0, 300.0]


def test_what_is_due_while_it_is_worked_on_waits_for_the_end(queue: WorkQueue[str], clock: Clock) -> None:
    queue.add("a")
    assert queue.take(0) == "a"
    queue.add_after("a", 1)
    clock.now += 1
    assert queue.take(0) is None
    queue.done("a")
    assert taken(queue) == ["a"]


def test_a_worker_waits_for_what_is_added_and_is_let_go_at_the_end() -> None:
    queue: WorkQueue[str] = WorkQueue()
    found: list[str | None] = []
    worker = threading.Thread(target=lambda: found.extend([queue.take(), queue.take()]))
    worker.start()
    queue.add("a")
    while not found and len(queue):
        pass
    queue.close()
    worker.join(10)
    assert found == ["a", None]
