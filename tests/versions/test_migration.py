"""Migrating is a pure function of the document, never raises, and loses nothing that v1 can say."""

from __future__ import annotations

import copy
import json
from functools import reduce
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from hanzo_constructs.compiler import compile_resource
from hanzo_constructs.errors import SpecError
from hanzo_constructs.kube.model import written
from hanzo_constructs.kube.yaml import dump, load
from hanzo_constructs.kube.yaml.edit import edited
from hanzo_constructs.kube.yaml.field_edits import changed
from hanzo_constructs.platform import Platform
from hanzo_constructs.spec.kinds import KINDS, parse
from hanzo_constructs.versions import OLD_KINDS, is_old, migrated
from hanzo_constructs.versions.spelling import unknown_places
from tests.golden.cases import VALID
from tests.kube.core.strategies import instances_of
from tests.properties.resources import resources
from tests.versions.older import older, sayable

PLATFORM = Platform()
UNSHRUNK = (Phase.generate,)
"""To shrink a resource takes minutes, and tells no more than the resource does."""
NEW = [row.replacement.name for row in OLD_KINDS.values()]

anything = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**40), 2**40) | st.text(max_size=5),
    lambda below: st.lists(below, max_size=2) | st.dictionaries(st.text(max_size=5), below, max_size=2),
    max_leaves=4,
)


def _document(kind: str, spec: Any, **metadata: Any) -> dict[str, Any]:
    return {"apiVersion": "hanzo.ai/v1alpha1", "kind": kind, "metadata": {"name": "api", **metadata}, "spec": spec}


@st.composite
def old_documents(draw: st.DrawFn) -> dict[str, Any]:
    """Any resource of v1alpha1, with odd values and fields here and there."""
    kind = draw(st.sampled_from([*OLD_KINDS]))
    model = OLD_KINDS[kind].kind.model
    spec = draw(instances_of(model.model_fields["spec"].annotation))  # type: ignore[arg-type]  # a model
    if draw(st.booleans()):
        name = draw(st.sampled_from([*spec, "hostAPI", "ingress", "routes", "authPolicies", "ports", "image", "pdb"]))
        spec[name] = draw(anything)
    return _document(kind, spec)


@given(old_documents())
@settings(max_examples=60, phases=UNSHRUNK)
def test_whatever_stands_there_becomes_a_resource_of_v1(document: dict[str, Any]) -> None:
    before = copy.deepcopy(document)
    migration = migrated(document, PLATFORM)
    assert document == before
    new = OLD_KINDS[document["kind"]].replacement
    after = migration.data
    assert (after["apiVersion"], after["kind"]) == ("hanzo.ai/v1", new.name)
    assert after["metadata"]["annotations"] == {"hanzo.ai/epoch": "2025"}
    assert not [path for path in unknown_places(after, new.model) if path[0] == "spec"]
    assert reduce(changed, migration.edits, document) == after
    assert migrated(after, PLATFORM).edits == ()
    assert not is_old(after, PLATFORM)


@given(old_documents())
@settings(max_examples=20, phases=UNSHRUNK)
def test_the_text_says_the_same(document: dict[str, Any]) -> None:
    migration = migrated(document, PLATFORM)
    (after,) = load(edited(dump(document), migration.edits))
    assert after.data == migration.data


@given(st.data(), st.sampled_from(NEW))
@settings(max_examples=25, phases=UNSHRUNK)
def test_what_v1alpha1_can_say_comes_back(drawn: st.DataObject, kind: str) -> None:
    resource = parse(drawn.draw(resources(kind)), PLATFORM)
    document = sayable(json.loads(json.dumps(written(resource))))
    migration = migrated(older(document), PLATFORM)
    assert migration.data == document
    assert not [remark for remark in migration.remarks if remark.kind == "lost"]


@pytest.mark.thorough
def test_what_compiled_compiles_to_the_same() -> None:
    asked = 0
    for case in VALID:
        for given_document in case.documents:
            if given_document.get("kind") not in NEW:
                continue
            document = sayable(json.loads(json.dumps(written(parse(given_document, case.platform)))))
            try:
                before = compile_resource(parse(document, case.platform), case.platform)
            except SpecError:
                continue  # it needed what v1alpha1 cannot say
            migration = migrated(
                {**older(document), "apiVersion": f"{case.platform.api_group}/v1alpha1"}, case.platform
            )
            after = compile_resource(parse(migration.data, case.platform), case.platform)
            assert [each.manifest for each in after.children] == [each.manifest for each in before.children]
            asked += 1
    assert asked > 100


@pytest.mark.parametrize(
    "document",
    [
        None,
        [],
        {},
        {"kind": "HanzoService"},
        {"apiVersion": "hanzo.ai/v1alpha1"},
        {"apiVersion": "hanzo.ai/v1alpha1", "kind": ["HanzoService"]},
        {"apiVersion": "hanzo.ai/v1alpha1", "kind": "Task"},
        {"apiVersion": "acme.example/v1alpha1", "kind": "HanzoService"},
        {"apiVersion": "lattice.dev/v1alpha1", "kind": "LatticeService", "spec": {"Replicas": 1}},
        {"apiVersion": "v1", "kind": "Service", "spec": {"Ports": []}},
        {"apiVersion": "hanzo.ai/v1", "kind": "Service", "metadata": {"annotations": {"hostAPI": "x"}}, "spec": None},
    ],
    ids=str,
)
def test_other_documents_stay(document: Any) -> None:
    migration = migrated(document, PLATFORM)
    if document and document.get("kind") == "LatticeService":  # a kind of ours, whose fields get their right spelling
        assert migration.data["spec"] == {"replicas": 1}
    else:
        assert (migration.data, migration.edits, migration.remarks) == (document, (), ())


@pytest.mark.parametrize("kind", ["HanzoService", "Service", "IAM"])
@pytest.mark.parametrize("group", ["hanzo.ai", "lux.cloud", "acme.example"])
def test_groups_and_kinds(kind: str, group: str) -> None:
    document = {**_document(kind, {"image": {"repository": "a/b"}}), "apiVersion": f"{group}/v1alpha1"}
    after = migrated(document, Platform(api_group="acme.example")).data
    assert after["apiVersion"] == f"{group}/v1"
    assert after["kind"] == ("IAM" if kind == "IAM" else "Service")
    assert after["spec"]["image"] == {"repository": "a/b", "tag": "latest"}


def test_every_old_name_has_its_row() -> None:
    assert sorted(OLD_KINDS) == sorted(kind.old_name for kind in KINDS.values() if kind.old_name)


def test_the_images_that_ran_are_written_out() -> None:
    for engine in ("postgresql", "valkey", "docdb", "minio", "nats", "datastore"):
        after = migrated(_document("HanzoDatastore", {"type": engine, "storage": {"size": "1Gi"}}), PLATFORM).data
        assert after["spec"]["image"]["tag"]
        assert after["spec"]["storage"]["storageClassName"] == "do-block-storage"
    after = migrated(_document("HanzoDatastore", {"type": "other", "image": None}), PLATFORM).data
    assert after["spec"] == {"type": "other", "image": None}


def test_a_port_of_an_engine_gets_its_name() -> None:
    ports = [{"name": "main", "containerPort": 6432}, {"name": "sql", "containerPort": 5432}]
    after = migrated(_document("HanzoDatastore", {"type": "postgresql", "ports": ports}), PLATFORM).data
    assert [port["name"] for port in after["spec"]["ports"]] == ["main", "postgresql"]


@pytest.mark.parametrize(("pinned", "found"), [("2026", "2026"), (None, "2025")])
def test_an_epoch_that_is_pinned_stays(pinned: str | None, found: str) -> None:
    annotations = {"team": "shop", **({"hanzo.ai/epoch": pinned} if pinned else {})}
    document = _document("HanzoService", {"image": {"repository": "a/b", "tag": "v1"}}, annotations=annotations)
    assert migrated(document, PLATFORM).data["metadata"]["annotations"] == {"team": "shop", "hanzo.ai/epoch": found}
