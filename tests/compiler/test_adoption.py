"""Whatever is adopted is followed everywhere: no reference, host or selector goes on to say what would have been derived."""

from __future__ import annotations

import json
from typing import Any

import pytest

from hanzo_constructs import Platform
from hanzo_constructs.compiler import compile_resource
from hanzo_constructs.compiler.adoption import adoption_steps
from hanzo_constructs.compiler.endpoints import endpoints
from hanzo_constructs.compiler.links import links_of
from hanzo_constructs.spec.connection import connection_url
from hanzo_constructs.spec.datastore import Datastore
from hanzo_constructs.spec.kinds import parse
from hanzo_constructs.verify import prove
from tests.properties.resources import SHAPES
from tests.properties.rich import rich

PLATFORM = Platform(kubernetes="1.33")
STATEFUL = {"Datastore", "Base", "Stateful"}
OWN = {"app.kubernetes.io/name": "api", "app.kubernetes.io/instance": "api"}


def everything_adopted(kind: str) -> dict[str, Any]:
    """Return a resource of *kind* in which all that can be adopted is."""
    document = rich(kind)
    children = compile_resource(parse(document, PLATFORM), PLATFORM).children
    workload = next(child for child in children if child.pods)
    names = {child.id: f"kept-{number}" for number, child in enumerate(children) if child is not workload}
    adopt: dict[str, Any] = {"name": "kept-workload", "container": "kept-container", "names": names}
    if kind != "Task":
        adopt |= {"selector": {"app": "kept"}}
    if kind in STATEFUL:
        adopt |= {"serviceName": names["Service-headless"], "claimName": "kept-claim", "claimLabels": {"app": "kept"}}
        adopt |= {"podManagementPolicy": "OrderedReady"}
    document["spec"]["adopt"] = adopt
    return document


@pytest.mark.parametrize("epoch", ["2025", "2026"])
@pytest.mark.parametrize("kind", SHAPES)
def test_every_child_keeps_its_name_and_all_fit_together(kind: str, epoch: str) -> None:
    platform = PLATFORM.model_copy(update={"epoch": epoch})
    document = everything_adopted(kind)
    resource = parse(document, platform)
    compilation = compile_resource(resource, platform, links=links_of([resource], platform)[0])
    adopt = document["spec"]["adopt"]
    for child in compilation.children:
        wanted = adopt["names"].get(child.id, "kept-workload")
        assert child.manifest["metadata"]["name"] == wanted
    assert not [finding for finding in prove([compilation]).findings if finding.severity == "error"]


@pytest.mark.parametrize("kind", SHAPES)
def test_nothing_says_what_would_have_been_derived(kind: str) -> None:
    resource = parse(everything_adopted(kind), PLATFORM)
    compilation = compile_resource(resource, PLATFORM, links=links_of([resource], PLATFORM)[0])
    for child in compilation.children:
        body = {key: value for key, value in child.manifest.items() if key != "metadata"}
        text = json.dumps(body)
        for derived in ("api.hanzo.svc", "api-headless", "api-hs", "api-config", "api-0", '"name": "api"'):
            assert derived not in text, child.id
        assert json.dumps({"matchLabels": OWN}) not in text, child.id


def test_addresses_follow_the_service() -> None:
    document = everything_adopted("Datastore")
    document["spec"]["adopt"]["names"]["Service"] = "orders"
    resource = parse(document, PLATFORM)
    assert isinstance(resource, Datastore)
    assert connection_url(resource, PLATFORM) == "http://orders.hanzo.svc.cluster.local:8123"
    assert endpoints(compile_resource(resource, PLATFORM)).ports["http"] == "http://orders.hanzo.svc.cluster.local:8123"


def test_who_adopted_need_not_be_asked() -> None:
    document = rich("Service")
    (steps,) = adoption_steps(compile_resource(parse(document, PLATFORM), PLATFORM))
    looks = "kubectl --namespace hanzo get deployment api --ignore-not-found --output 'jsonpath={.spec.selector.matchLabels}'"
    assert steps.commands == (looks,)
    document["spec"]["adopt"] = {"selector": {"app": "api"}}
    assert not [*adoption_steps(compile_resource(parse(document, PLATFORM), PLATFORM))]
    document = rich("Task")
    assert not [*adoption_steps(compile_resource(parse(document, PLATFORM), PLATFORM))]
