"""Whatever users do, whatever fails and whenever the operator dies: in the end the cluster is what the last specs compile to."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hanzo_constructs.kube.manifest import Manifest
from hanzo_constructs.operator import ObjectRef, Reconciler, ref_of
from hanzo_constructs.operator.differences import differences
from hanzo_constructs.operator.ownership import OWNER_LABEL, is_kept
from hanzo_constructs.testing.cluster import Died, Fault, FaultyClient
from tests.operator.world import PLATFORM, World, database, resource, service

SCALED = {"autoscaling": {"maxReplicas": 9}, "resources": {"requests": {"cpu": "1"}}}
FILES = {"persistence": [{"name": "files", "size": "1Gi", "mountPath": "/files"}], "strategy": "Recreate"}
CALLS = {"connections": [{"kind": "Service", "name": "web", "env": {"WEB_URL": "url"}}]}
GUARDED = {"networkPolicy": {"allowIntraNamespace": False}}
WRONG = {"autoscaling": {"minReplicas": 5, "maxReplicas": 3}}
API: list[dict[str, Any]] = [{}, {"replicas": 3}, {"pdb": {}, **SCALED}, FILES, CALLS, WRONG]
WEB: list[dict[str, Any]] = [{}, GUARDED, {"image": "ghcr.io/shop/web:v2", **GUARDED}, WRONG]
SPECS: list[Manifest] = [
    *(service("api", **spec) for spec in API),
    *(service("web", **spec) for spec in WEB),
    resource("IAM", "web", {"image": "ghcr.io/shop/iam:v1"}),  # its Deployment has the name of another
    resource("IAM", "login", {"image": "ghcr.io/shop/iam:v1", "ports": [{"name": "http", "containerPort": 80}]}),
    *(database(size=size) for size in ("10Gi", "20Gi")),
    database(size="30Gi", partOf="shop"),
]
NAMES = sorted({ref_of(each) for each in SPECS})
FAULTS: list[Fault] = ["", "", "", "", "before", "after", "dies before", "dies after"]
EDITS: list[Manifest] = [
    {"spec": {"replicas": 7}},
    {"metadata": {"labels": {"app.kubernetes.io/name": "other"}}},
    {"metadata": {"annotations": {"operator.hanzo.ai/applied": "0"}}},
    {"metadata": {"annotations": {"somebody/else": "was here"}}},
]
FOREIGN = {
    "apiVersion": "v1",
    "kind": "ConfigMap",
    "metadata": {"name": "theirs", "namespace": "shop", "labels": {"app.kubernetes.io/managed-by": "hanzo-constructs"}},
    "data": {"key": "value"},
}

STEPS = st.one_of(
    st.tuples(st.just("put"), st.sampled_from(SPECS)),
    st.tuples(st.just("put"), st.sampled_from(SPECS)),
    st.tuples(st.just("remove"), st.sampled_from(NAMES)),
    st.tuples(st.just("reconcile"), st.sampled_from(NAMES)),
    st.tuples(st.just("reconcile"), st.sampled_from(NAMES)),
    st.tuples(st.just("reconcile what was"), st.sampled_from(NAMES)),
    st.tuples(st.just("remove child"), st.integers(0, 9)),
    st.tuples(st.just("edit child"), st.tuples(st.integers(0, 9), st.sampled_from(EDITS))),
    st.tuples(st.just("settle"), st.none()),
    st.tuples(st.just("restart"), st.none()),
)


class Story:
    """A world, and what happens in it."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = faults
        self.world = World(client=lambda cluster: FaultyClient(cluster, self._fault))
        self.world.cluster.create(FOREIGN)
        disks = {"apiVersion": "storage.k8s.io/v1", "kind": "StorageClass", "metadata": {"name": "fast"}}
        self.world.cluster.create({**disks, "provisioner": "disks", "allowVolumeExpansion": True})
        self.read: dict[ObjectRef, Manifest] = {}

    def _fault(self) -> Fault:
        return self.faults.pop() if self.faults else ""

    def step(self, what: str, value: Any) -> None:
        world = self.world
        if what == "put":
            self._put(value)
        elif what == "remove" and value.identity in world.cluster.objects:
            gone = world.read(value)
            world.cluster.remove(value)
            world.reconciler.delete(gone)
        elif what.startswith("reconcile"):
            self._reconcile(value, old=what != "reconcile")
        elif what in {"remove child", "edit child"} and (children := self._children()):
            number = value if what == "remove child" else value[0]
            ref = children[number % len(children)]
            if what == "remove child":
                world.cluster.remove(ref)
            elif "spec" not in value[1] or ref.kind in {"Deployment", "StatefulSet"}:
                world.cluster.edit(ref, value[1])
        elif what == "settle":
            world.cluster.settle()
        elif what == "restart":
            self.restart()

    def restart(self) -> None:
        self.world.reconciler = Reconciler(self.world.client, PLATFORM)
        self.world.reconciler.learn(self._resources())

    def _put(self, manifest: Manifest) -> None:
        ref = ref_of(manifest)
        stored = self.world.cluster.objects.get(ref.identity)
        sizes = [each["spec"].get("storage", {}).get("size", "") for each in (manifest, stored) if each]
        if len(sizes) < 2 or sizes[0] >= sizes[1]:  # no claim can be made smaller
            self.world.put(manifest)

    def _reconcile(self, ref: ObjectRef, *, old: bool) -> None:
        stored = self.world.cluster.objects.get(ref.identity)
        told = self.read.get(ref) if old else stored and self.world.read(ref)
        if stored is None or told is None or told["metadata"]["uid"] != stored["metadata"]["uid"]:
            return
        self.read[ref] = told
        try:
            self.world.reconciler.reconcile(told, self.world.now)
        except Died:
            self.restart()

    def _resources(self) -> list[Manifest]:
        return [self.world.read(ref) for ref in NAMES if ref.identity in self.world.cluster.objects]

    def _children(self) -> list[ObjectRef]:
        """Return what a user might touch: not the claims, which are data."""
        found = [
            each for each in self.world.cluster.objects.values() if OWNER_LABEL in each["metadata"].get("labels", {})
        ]
        return [ref_of(each) for each in found if each["kind"] != "PersistentVolumeClaim"]

    def end(self) -> None:
        """Let everybody do what is left to do, without faults."""
        self.faults.clear()
        self.world.cluster.settle()
        for _ in range(2):
            self.world.settle(*map(ref_of, self._resources()))


def check(story: Story) -> None:
    world = story.world
    alive = {each["metadata"]["uid"] for each in world.cluster.objects.values()}
    wanted: set[ObjectRef] = set()
    for each in story._resources():
        ref = ref_of(each)
        reasons = {one["type"]: one["reason"] for one in world.status(ref)["conditions"]}
        desired = world.reconciler._set.compile(each).desired
        if reasons["Applied"] == "NameTaken":
            assert ref.name == "web"
        elif desired:
            assert reasons["Applied"] == "Applied", (ref, world.status(ref))
            for child in desired:
                live = world.read(child.ref)
                assert [*differences(child.manifest, live)] == [], child.ref
                back = {**live, "metadata": {}, "status": None}
                spec = back.get("spec", {})
                if "replicas" in spec and "replicas" not in child.manifest["spec"]:
                    spec.pop("replicas")
                assert {key: value for key, value in back.items() if key not in {"metadata", "status"}} == {
                    key: value for key, value in child.manifest.items() if key != "metadata"
                }
                wanted.add(child.ref)
        else:  # it runs as it last compiled
            wanted |= {ref_of(one) for one in world.cluster.list_owned(ref, each["metadata"]["uid"])}
    owned = [one for one in world.cluster.objects.values() if OWNER_LABEL in one["metadata"].get("labels", {})]
    for one in owned:
        assert ref_of(one) in wanted or is_kept(one), ref_of(one)
        assert is_kept(one) or one["metadata"]["labels"][OWNER_LABEL] in alive
    assert world.read(ref_of(FOREIGN))["data"] == FOREIGN["data"]


def run(steps: list[tuple[str, Any]], faults: list[Fault]) -> None:
    story = Story([*faults])
    for what, value in steps:
        story.step(what, value)
    story.end()
    check(story)
    writes = story.world.cluster.writes
    for each in story._resources():
        if story.world.condition(ref_of(each), "Applied")["reason"] == "Applied":
            story.world.reconcile(ref_of(each))
    assert story.world.cluster.writes == writes  # and then there is nothing more to do


FAULT_LISTS = st.lists(st.sampled_from(FAULTS), max_size=60)


@settings(max_examples=10, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(STEPS, min_size=3, max_size=20), FAULT_LISTS)
def test_the_end_is_what_the_last_specs_compile_to(steps: list[tuple[str, Any]], faults: list[Fault]) -> None:
    run(steps, faults)


@pytest.mark.slow
@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(STEPS, min_size=3, max_size=60), FAULT_LISTS)
def test_the_end_of_any_long_story_is_what_the_last_specs_compile_to(
    steps: list[tuple[str, Any]], faults: list[Fault]
) -> None:
    run(steps, faults)
