"""An index of links gives what the links of the whole set give, whatever was added and removed before."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from hanzo_constructs.compiler.link_index import LinkIndex
from hanzo_constructs.compiler.links import Ties, links_between, ties_of
from hanzo_constructs.compiler.object_needs import ties_of_objects
from hanzo_constructs.platform import Platform
from hanzo_constructs.spec.kinds import parse

PLATFORM = Platform(namespace="hanzo")
IMAGE = {"image": {"repository": "ghcr.io/hanzoai/app", "tag": "v1"}}


def ties(kind: str, name: str, **spec: Any) -> Ties:
    """Return the ties of a resource of *kind* in one namespace."""
    document = {
        "apiVersion": "hanzo.ai/v1",
        "kind": kind,
        "metadata": {"name": name, "namespace": "hanzo"},
        "spec": {**(IMAGE if kind in {"Service", "Base"} else {}), **spec},
    }
    return ties_of(parse(document, PLATFORM), PLATFORM)


STORAGE = {"storage": {"size": "1Gi"}}
PORTS = [{"name": "http", "containerPort": 8080}]
ALONE = {"allowIntraNamespace": False}
CLOSED = {**ALONE, "egress": []}
CACHE_URL = [{"name": "CACHE_URL", "value": "redis://cache:6379"}]
SET = [
    ties("Service", "api", ports=PORTS, env=CACHE_URL, networkPolicy=CLOSED),
    ties("Service", "web", env=[{"name": "API_URL", "value": "http://api"}]),
    ties("KV", "cache", **STORAGE, networkPolicy=ALONE),
    ties("Base", "notes", **STORAGE, gateway={"route": "/v1/notes"}, env=CACHE_URL),
    ties("Base", "tags", **STORAGE, gateway={"route": "/v1/tags"}, networkPolicy=CLOSED),
    ties("Service", "open", ports=PORTS, networkPolicy={}),
    ties("Service", "tool", env=[{"name": "OPEN_URL", "value": "http://open"}]),
    ties(
        "Gateway",
        "gateway",
        imageBuild="hanzo",
        routes=[{"prefix": "/v1/chat", "backend": "http://api"}],
        networkPolicy={"policyTypes": ["Egress"]},
    ),
]
FRONT = {
    "apiVersion": "v1",
    "kind": "Service",
    "metadata": {"name": "front", "namespace": "hanzo"},
    "spec": {"selector": {"app.kubernetes.io/name": "api"}, "ports": [{"port": 80, "targetPort": 9999}]},
}
MONITOR = {
    "apiVersion": "monitoring.coreos.com/v1",
    "kind": "PodMonitor",
    "metadata": {"name": "all", "namespace": "hanzo"},
    "spec": {"selector": {"matchLabels": {"app.kubernetes.io/name": "api"}}, "podMetricsEndpoints": [{"port": "http"}]},
}
SETTINGS = {
    "apiVersion": "v1",
    "kind": "ConfigMap",
    "metadata": {"name": "settings", "namespace": "hanzo"},
    "data": {"CACHE_URL": "redis://cache:6379", "LEVEL": "info"},
}
SET += [
    ties("Service", "reader", envFrom=[{"configMapRef": {"name": "settings"}}], networkPolicy=CLOSED),
    ties("Service", "sharer", configs=[{"name": "own", "env": True, "files": {"API_HOST": "api"}}]),
    ties("Service", "sharing", envFrom=[{"configMapRef": {"name": "sharer-own"}}]),
    ties("Service", "caller", env=[{"name": "URL", "value": "http://front"}], networkPolicy=CLOSED),
    ties_of_objects([FRONT, MONITOR, SETTINGS], PLATFORM),
]


def test_the_set_has_every_link() -> None:
    links, findings = links_between(SET)
    assert not findings
    assert {name for _, name in links.admitted} == {"api", "cache"}
    callers = {name: {need.caller.who for need in needs} for (_, name), needs in links.admitted.items()}
    assert {"Service hanzo/sharer", "Service hanzo/sharing"} <= callers["api"]
    assert "Service hanzo/reader" in callers["cache"]
    assert [route.name for route in links.routes["hanzo", "gateway"]] == ["notes", "tags"]
    reached = {name: [each.who for each in found] for (_, name), found in links.reached.items()}
    assert reached == {
        "api": ["KV hanzo/cache"],
        "caller": ["Service hanzo/api"],
        "reader": ["KV hanzo/cache"],
        "gateway": ["Base hanzo/notes", "Base hanzo/tags"],  # nothing answers on port 80 of api
        "tags": ["Base hanzo/tags"],
    }


@given(st.lists(st.tuples(st.booleans(), st.sampled_from(range(len(SET)))), max_size=30))
def test_what_was_added_and_removed_before_changes_nothing(steps: list[tuple[bool, int]]) -> None:
    index: LinkIndex[int] = LinkIndex()
    present: dict[int, Ties] = {}
    for adds, number in steps:
        if adds:
            index.add(number, SET[number])
            present[number] = SET[number]
        else:
            index.remove(number)
            present.pop(number, None)
    whole, _ = links_between(present.values())
    assert set(index) == set(present)
    for each in present.values():
        found = index.links(each)
        assert found.admitted.get(each.name) == whole.admitted.get(each.name)
        assert found.reached.get(each.name) == whole.reached.get(each.name)
        assert found.doors.get(each.name) == whole.doors.get(each.name)
        if each.gateway is not None:
            assert found.routes.get(each.name) == whole.routes.get(each.name)
        if each.routed:
            assert (each.routed[0] in found.gateways) == (each.routed[0] in whole.gateways)


def test_the_version_changes_with_the_set_alone() -> None:
    index: LinkIndex[str] = LinkIndex()
    index.add("api", SET[0])
    version = index.version
    index.add("api", SET[0])
    index.remove("web")
    assert index.version == version
    index.remove("api")
    assert index.version != version


@given(st.lists(st.tuples(st.booleans(), st.sampled_from(range(len(SET)))), max_size=30), st.booleans())
def test_everybody_whose_links_change_is_related(steps: list[tuple[bool, int]], own_objects: bool) -> None:  # noqa: FBT001
    """The objects of the user's own may lead anywhere; without them, only few are related."""
    index: LinkIndex[int] = LinkIndex()
    for adds, number in steps:
        if number == len(SET) - 1 and not own_objects:
            continue
        before = {key: index.links(SET[key]) for key in index}
        related = {*index.related(SET[number])}
        if adds:
            index.add(number, SET[number])
        else:
            index.remove(number)
        related |= {*index.related(SET[number])}
        changed = {key for key, links in before.items() if key in {*index} and index.links(SET[key]) != links}
        assert changed - {number} <= related
