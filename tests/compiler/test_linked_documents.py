"""Sifting the documents of a set misses none that has to do with another, and lets most of a fleet pass by."""

from __future__ import annotations

import copy
from contextlib import suppress
from typing import Any

from hanzo_constructs.compiler.linked_documents import linked_documents
from hanzo_constructs.compiler.links import Links, links_of
from hanzo_constructs.errors import SpecError
from hanzo_constructs.platform import Platform
from hanzo_constructs.spec.kinds import parse
from tests.golden.cases import CASES

NONSENSE: list[Any] = [
    None,
    [],
    "x",
    1,
    {"spec": None},
    {"spec": [1]},
    {"kind": ["Gateway"]},
    {"metadata": 1, "spec": {"networkPolicy": 1}},
]


def links(documents: list[Any], platform: Platform) -> Links:
    resources = []
    for document in documents:
        with suppress(SpecError):
            resources.append(parse(document, platform))
    return links_of(resources, platform)[0]


def test_no_link_of_any_golden_case_is_missed() -> None:
    whole: dict[Any, Any] = {}
    for case in CASES:
        documents = case.documents
        sifted = [documents[place] for place in linked_documents(documents, case.platform)]
        assert links(sifted, case.platform) == links(documents, case.platform), case.name
        for document in documents:
            with suppress(SpecError):
                resource = parse(document, case.platform)
                whole.setdefault((resource.kind, resource.metadata.namespace or "hanzo", resource.name), document)
    together = [*whole.values()]
    platform = Platform(namespace="hanzo", backup_s3_endpoint="http://objects.store.svc:9000")
    sifted = [together[place] for place in linked_documents(together, platform)]
    assert links(sifted, platform) == links(together, platform)
    assert links(sifted, platform).admitted


def service(name: str, **spec: Any) -> dict[str, Any]:
    image = {"repository": f"ghcr.io/hanzoai/{name}", "tag": "v1.0.0"}
    metadata = {"name": name, "namespace": "shop"}
    return {"apiVersion": "hanzo.ai/v1", "kind": "Service", "metadata": metadata, "spec": {"image": image, **spec}}


def test_only_those_pass_that_may_have_links() -> None:
    api = service("api", networkPolicy={}, ports=[{"name": "http", "containerPort": 80}])
    quiet = service("quiet", networkPolicy={}, env=[{"name": "SELF", "value": "http://quiet"}])
    web = service("web", env=[{"name": "API", "value": "http://api"}])
    other = service("other", env=[{"name": "API", "value": "http://elsewhere"}])
    assert linked_documents([api, quiet, web, other], Platform()) == [0, 2]
    assert linked_documents([quiet, other], Platform()) == []


def test_a_name_that_two_namespaces_have_may_mean_either() -> None:
    api = service("api", networkPolicy={}, env=[{"name": "OTHER", "value": "http://api.store.svc"}])
    store = copy.deepcopy(api)
    store["metadata"]["namespace"] = "store"
    assert linked_documents([api, store], Platform()) == [0, 1]


def test_whatever_is_no_resource_is_left_to_who_reads_it() -> None:
    before = copy.deepcopy(NONSENSE)
    assert linked_documents(NONSENSE, Platform()) == []
    assert before == NONSENSE
