"""Applications and gateways of a set find each other, whatever the order and the namespace."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest

from hanzo_constructs.compiler import Compilation, compile_resource
from hanzo_constructs.compiler.links import NO_LINKS, links_of
from hanzo_constructs.errors import SpecError
from hanzo_constructs.platform import Platform
from hanzo_constructs.spec.kinds import parse
from hanzo_constructs.spec.resource import Resource


def gateway(name: str = "gateway", namespace: str | None = "hanzo", **spec: Any) -> Resource:
    metadata = {"name": name} | ({"namespace": namespace} if namespace else {})
    image = {"imageBuild": "hanzo", "image": {"repository": "ghcr.io/hanzoai/gateway", "tag": "v2.1.0"}}
    document = {"apiVersion": "hanzo.ai/v1", "kind": "Gateway", "metadata": metadata, "spec": {**image, **spec}}
    return parse(document)


def base(name: str, namespace: str | None = "hanzo", *, port: int = 8090, **route: Any) -> Resource:
    metadata = {"name": name} | ({"namespace": namespace} if namespace else {})
    spec = {
        "image": {"repository": f"ghcr.io/hanzoai/{name}", "tag": "v1.0.0"},
        "storage": {"size": "10Gi"},
        "port": port,
        "gateway": {"route": f"/v1/{name}", **route},
    }
    return parse({"apiVersion": "hanzo.ai/v1", "kind": "Base", "metadata": metadata, "spec": spec})


def compiled(resources: list[Resource], platform: Platform | None = None) -> dict[str, Compilation]:
    platform = platform or Platform()
    links, contradictions = links_of(resources, platform)
    assert not contradictions
    return {str(each): compile_resource(each, platform, links=links) for each in resources}


def kinds(compilation: Compilation) -> list[str]:
    return [child.id for child in compilation.children]


def test_the_order_of_declaration_changes_no_byte() -> None:
    resources = [gateway(), base("notes"), base("memos", "memos", gatewayNamespace="hanzo"), base("tags")]
    outputs = [
        {name: compilation.manifests for name, compilation in sorted(compiled(list(order)).items())}
        for order in permutations(resources)
    ]
    assert all(output == outputs[0] for output in outputs)


def test_a_route_goes_to_the_gateway_that_it_names_and_to_no_other() -> None:
    resources = [gateway(), gateway("edge"), gateway("gateway", "edge"), base("notes", gatewayName="edge")]
    found = compiled(resources)
    having = {name for name, each in found.items() if "/v1/notes" in str(each.manifests[0].get("data"))}
    assert having == {"Gateway hanzo/edge"}
    assert "ConfigMap-gateway-route" not in kinds(found["Base hanzo/notes"])
    assert not [finding for finding in found["Base hanzo/notes"].warnings if finding.path == "spec.gateway"]


def test_without_its_gateway_the_route_waits_in_a_config_map() -> None:
    (alone,) = compiled([base("notes")]).values()
    assert "ConfigMap-gateway-route" in kinds(alone)
    assert [finding.path for finding in alone.warnings] == ["spec.gateway"]
    (route,) = (child.manifest for child in alone.children if child.id == "ConfigMap-gateway-route")
    assert route["metadata"]["labels"]["hanzo.ai/gateway"] == "gateway"


def test_the_namespace_of_the_platform_counts_for_both() -> None:
    found = compiled([base("notes", None), gateway(namespace=None)], Platform(namespace="apps"))
    assert "notes.apps.svc.cluster.local" in found["Gateway gateway"].manifests[0]["data"]["routes.json"]
    assert "ConfigMap-gateway-route" not in kinds(found["Base notes"])


def test_compiling_one_resource_alone_needs_no_links() -> None:
    assert compile_resource(gateway()).manifests == compile_resource(gateway(), links=NO_LINKS).manifests


@pytest.mark.parametrize("later", ["/v1/notes", "/v1/{id}"])
def test_two_applications_with_one_prefix_are_both_named(later: str) -> None:
    first = "/v1/notes" if later == "/v1/notes" else "/v1/{name}"
    pair = [base("notes", route=first), base("memos", "memos", route=later, gatewayNamespace="hanzo")]
    for order in permutations([gateway(), *pair]):
        _, (contradiction,) = links_of(order, Platform())
        assert contradiction.subject == "Base memos/memos"
        assert contradiction.path == "spec.gateway.route"
        assert "Gateway hanzo/gateway" in contradiction.message
        assert "Base hanzo/notes" in contradiction.message


def test_three_applications_with_one_prefix_are_two_contradictions() -> None:
    _, contradictions = links_of([base(name, route="/v1/same") for name in ("c", "a", "b")], Platform())
    assert [finding.subject for finding in contradictions] == ["Base hanzo/b", "Base hanzo/c"]


def test_the_order_of_declaration_changes_no_contradiction() -> None:
    pairs = [("a", "gateway"), ("b", "gateway"), ("c", "edge"), ("d", "edge")]
    resources = [base(name, route="/v1/same", gatewayName=gateway) for name, gateway in pairs]
    found = {links_of(order, Platform())[1] for order in permutations(resources)}
    (contradictions,) = found
    assert [finding.subject for finding in contradictions] == ["Base hanzo/d", "Base hanzo/b"]


def test_one_prefix_in_two_gateways_is_no_contradiction() -> None:
    pair = [base("notes", route="/v1/same"), base("memos", route="/v1/same", gatewayName="edge")]
    assert not links_of(pair, Platform())[1]


def test_an_application_declared_twice_does_not_contradict_itself() -> None:
    assert not links_of([base("notes"), base("notes")], Platform())[1]


def test_more_routes_than_a_config_map_holds_are_refused() -> None:
    """In epoch 2025 they are written out, into the one ConfigMap that the old operator made."""
    resources = [gateway(), *(base(f"app-{number}") for number in range(600))]
    old, (links, _) = Platform(epoch="2025"), links_of(resources, Platform())
    refused = (
        r"spec\.routes: make the ConfigMap gateway-config of \d{7} bytes, .* at most 1048576; use several gateways"
    )
    with pytest.raises(SpecError, match=refused):
        compile_resource(resources[0], old, links=links)
    assert compile_resource(resources[0], links=links).children
    links, _ = links_of(resources[:30], Platform())
    assert compile_resource(resources[0], old, links=links).children
