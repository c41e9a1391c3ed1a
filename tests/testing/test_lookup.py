"""Finding manifests by kind and name, and what is said when there are none."""

from __future__ import annotations

from typing import Any

import pytest

from hanzo_constructs.testing import Manifests, manifests


def an_object(kind: str, name: str, namespace: str | None = None) -> dict[str, Any]:
    metadata = {"name": name} | ({"namespace": namespace} if namespace else {})
    return {"apiVersion": "v1", "kind": kind, "metadata": metadata}


FOUND = Manifests(
    [
        an_object("Deployment", "api", "shop"),
        an_object("Service", "api", "shop"),
        an_object("Service", "api", "search"),
        an_object("Service", "worker", "search"),
        an_object("Namespace", "shop"),
    ]
)


@pytest.mark.parametrize(
    ("key", "place"),
    [
        ("Deployment", ("api", "shop")),
        (("Deployment", "api"), ("api", "shop")),
        (("Service", "worker"), ("worker", "search")),
        (("Service", "search/api"), ("api", "search")),
        (("Namespace", "shop"), ("shop", None)),
    ],
)
def test_an_object_is_found_by_kind_name_and_namespace(key: str | tuple[str, str], place: tuple[str, str]) -> None:
    metadata = FOUND[key]["metadata"]
    assert (metadata["name"], metadata.get("namespace")) == place
    assert key in FOUND


@pytest.mark.parametrize(
    ("key", "message"),
    [
        ("Deploymnt", "no Deploymnt: did you mean Deployment?"),
        ("Ingress", "no Ingress: there are Deployment, Service, Namespace"),
        (("Ingress", "api"), 'no Ingress "api": there are Deployment, Service, Namespace'),
        (("Deployment", "web"), 'no Deployment "web": there are shop/api'),
        (("Service", "wroker"), 'no Service "wroker": did you mean worker? there are shop/api, search/api, search/worker'),
        (("Service", "shop/worker"), 'no Service "shop/worker": did you mean search/worker? there are shop/api, search/api, search/worker'),
        ("Service", "3 objects are Service: shop/api, search/api, search/worker; name one of them"),
        (("Service", "api"), '2 objects are Service "api": shop/api, search/api; name one of them'),
    ],
)  # fmt: skip
def test_a_failure_says_what_there_is(key: str | tuple[str, str], message: str) -> None:
    with pytest.raises(LookupError) as failed:
        FOUND[key]
    assert str(failed.value) == message


def test_nothing_at_all_is_said_too() -> None:
    with pytest.raises(LookupError, match=r"\Ano Service: there are no objects at all\Z"):
        Manifests([])["Service"]


def test_it_is_a_collection() -> None:
    assert len(FOUND) == 5
    assert [each["kind"] for each in FOUND] == ["Deployment", "Service", "Service", "Service", "Namespace"]
    assert [each["metadata"]["name"] for each in FOUND.of_kind("Service")] == ["api", "api", "worker"]
    assert FOUND.of_kind("Ingress") == []
    assert "Ingress" not in FOUND
    assert ("Deployment", "web") not in FOUND
    assert 1 not in FOUND
    assert repr(Manifests([an_object("Service", "api", "shop")])) == "<manifests: Service shop/api>"
    assert repr(Manifests([])) == "<manifests: none>"


class PlainChart:
    def to_json(self) -> list[dict[str, Any]]:
        return [an_object("Service", "api")]


class PlainApp:
    charts = (PlainChart(), PlainChart())


class OwnChart(PlainChart):
    manifests = (an_object("Deployment", "api"),)


@pytest.mark.parametrize(
    ("source", "kinds"), [(PlainChart(), ["Service"]), (PlainApp(), ["Service"] * 2), (OwnChart(), ["Deployment"])]
)
def test_charts_and_apps_are_asked_in_the_cheapest_way(source: object, kinds: list[str]) -> None:
    assert [each["kind"] for each in manifests(source)] == kinds
