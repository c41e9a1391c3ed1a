"""The cache of children: what watches and the operator's own writes tell, in whichever order that comes."""

from __future__ import annotations

import pytest

from hanzo_constructs.controller.object_cache import ObjectCache
from hanzo_constructs.operator import ref_of
from tests.controller.objects import child


@pytest.fixture
def told() -> list[str]:
    return []


@pytest.fixture
def cache(told: list[str]) -> ObjectCache:
    return ObjectCache(told.append)


def names(cache: ObjectCache, owner: str = "u1") -> list[tuple[str, str]]:
    return sorted((each["metadata"]["name"], each["metadata"]["resourceVersion"]) for each in cache.owned(owner))


def test_the_newest_counts(cache: ObjectCache, told: list[str]) -> None:
    cache.put(child("a", 5))
    cache.put(child("a", 4))  # an answer that was on its way
    assert names(cache) == [("a", "5")]
    cache.put(child("a", 6))
    assert cache.owned("u1") == [child("a", 6)]
    assert told == ["Service.hanzo.ai shop/api"] * 2


def test_own_writes_are_no_news(cache: ObjectCache, told: list[str]) -> None:
    cache.put(child("a", 5), own=True)
    cache.put(child("a", 5))  # the watch tells of it too
    assert names(cache) == [("a", "5")]
    assert told == []


def test_what_is_gone_does_not_come_back_by_an_answer_from_before(cache: ObjectCache, told: list[str]) -> None:
    cache.put(child("a", 5))
    cache.remove(child("a", 7))
    cache.put(child("a", 6), own=True)
    assert names(cache) == []
    cache.put(child("a", 8))
    cache.remove(child("a", 7))  # of another one, before
    assert names(cache) == [("a", "8")]
    assert len(told) == 3


def test_who_loses_the_label_is_nobodys(cache: ObjectCache) -> None:
    cache.put(child("a", 5))
    cache.put(child("a", 6, owner=""))
    assert names(cache) == []


def test_another_owner(cache: ObjectCache) -> None:
    cache.put(child("a", 5))
    cache.put(child("a", 6, owner="u2"))
    assert (names(cache), names(cache, "u2")) == ([], [("a", "6")])


def test_a_list_is_all_that_there_is_of_a_kind(cache: ObjectCache, told: list[str]) -> None:
    for each in (child("a", 1), child("b", 2), child("c", 3, kind="Secret"), child("d", 4, namespace="lab")):
        cache.put(each)
    told.clear()
    cache.replace("", "ConfigMap", [child("b", 2)], "shop")
    assert names(cache) == [("b", "2"), ("c", "3"), ("d", "4")]
    assert told == ["Service.hanzo.ai shop/api"]
    cache.replace("", "ConfigMap", [])
    assert names(cache) == [("c", "3")]


def test_what_the_server_does_not_know(cache: ObjectCache) -> None:
    cache.put(child("a", 5))
    cache.absent(ref_of(child("a", 0)))
    cache.absent(ref_of(child("a", 0)))
    assert names(cache) == []
