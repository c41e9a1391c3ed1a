"""A policy that restricts whom pods connect to says which hosts outside the set, which they are told, it keeps them from."""

from __future__ import annotations

from typing import Any

import pytest

from hanzo_constructs.compiler import compile_resource
from hanzo_constructs.compiler.links import links_of
from hanzo_constructs.platform import Platform
from hanzo_constructs.spec.kinds import parse

PLATFORM = Platform(namespace="shop")
INSIDE = "http://pg.data.svc.cluster.local:5432"
OUTSIDE = "postgres://user:hunter2@db.example.com/orders"
TO_DATA = {"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "data"}}}
TO_OTHERS = {"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "others"}}}
ANYWHERE = {"ipBlock": {"cidr": "203.0.113.0/24"}}
AWAY = "Service api: spec.networkPolicy: keeps its pods from"
NO_INSIDE = f"{AWAY} pg.data.svc, port 5432 (spec.env[0].value), which is not in the set; write a namespaceSelector for data in egress"
NO_OUTSIDE = (
    f"{AWAY} db.example.com, port 5432 (spec.env[0].value), which is outside of the cluster; write its addresses as"
    " ipBlock in egress"
)


@pytest.mark.parametrize(
    ("url", "egress", "expected"),
    [
        (INSIDE, [], [NO_INSIDE]),
        (INSIDE, [{"to": [TO_OTHERS]}], [NO_INSIDE]),
        (INSIDE, [{"to": [{"podSelector": {}}]}], [NO_INSIDE]),
        (INSIDE, [{"to": [TO_DATA], "ports": [{"port": 5433}]}], [NO_INSIDE]),
        (INSIDE, [{"to": [TO_DATA], "ports": [{"port": 5000, "endPort": 6000}]}], []),
        (INSIDE, [{"to": [TO_DATA], "ports": [{"port": "pg"}]}], []),
        (INSIDE, [{"to": [TO_DATA]}], []),
        (INSIDE, [{"to": [{"namespaceSelector": {}}]}], []),
        (INSIDE, [{"to": [ANYWHERE]}], []),
        (INSIDE, [{}], []),
        ("http://pg.shop.svc:5432", [{"to": [{"podSelector": {}}]}], []),
        (OUTSIDE, [], [NO_OUTSIDE]),
        (OUTSIDE, [{"to": [TO_DATA]}], [NO_OUTSIDE]),
        (OUTSIDE, [{"to": [ANYWHERE]}], []),
        ("https://example.com", [], [NO_OUTSIDE.replace("db.", "").replace("5432", "443")]),
        ("http://cache.data", [], []),
        ("the page example.com", [], []),
    ],
)
@pytest.mark.parametrize("epoch", ["2025", "2026"])
def test_a_host_outside_the_set_is_kept_away_with_a_warning(
    url: str, egress: list[dict[str, Any]], expected: list[str], epoch: str
) -> None:
    def warnings(**policy: Any) -> list[str]:
        spec = {
            "image": {"repository": "ghcr.io/hanzoai/api", "tag": "v1"},
            "env": [{"name": "URL", "value": url}, {"name": "AGAIN", "value": url}],
            "networkPolicy": policy,
        }
        metadata = {"name": "api", "annotations": {"hanzo.ai/epoch": epoch}}
        document = {"apiVersion": "hanzo.ai/v1", "kind": "Service", "metadata": metadata, "spec": spec}
        found = [str(each) for each in compile_resource(parse(document, PLATFORM), PLATFORM).warnings]
        assert not [each for each in found if "hunter2" in each]
        return [each for each in found if "keeps its pods from" in each]

    assert warnings(egress=egress) == expected
    assert warnings() == []


def test_what_is_in_the_set_is_let_through_wherever_it_is_named() -> None:
    image = {"repository": "ghcr.io/hanzoai/api", "tag": "v1"}
    pg = {"name": "URL", "value": "http://pg.shop.svc:8080"}
    migrate = {"name": "migrate", "image": "a:v1", "env": [pg]}
    client = {"image": image, "env": [pg], "initContainers": [migrate], "networkPolicy": {"egress": []}}
    server = {"image": image, "ports": [{"name": "http", "containerPort": 8080}]}
    resources = [
        parse({"apiVersion": "hanzo.ai/v1", "kind": "Service", "metadata": {"name": name}, "spec": spec}, PLATFORM)
        for name, spec in (("api", client), ("pg", server))
    ]
    links, _ = links_of(resources, PLATFORM)
    assert compile_resource(resources[0], PLATFORM, links=links).warnings == ()
    assert compile_resource(resources[0], PLATFORM).warnings
