"""What a cluster never lets change stays as it is: in every epoch, with every setting, whatever else a user changes.

The tables are those of the API server's validation of updates, as of the oldest cluster that is supported.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from pydantic import ValidationError

from hanzo_constructs.compiler import compile_resource
from hanzo_constructs.compiler.links import links_of
from hanzo_constructs.compiler.manual_steps import manual_steps
from hanzo_constructs.errors import InputError, SpecError
from hanzo_constructs.kube.model import parse_as
from hanzo_constructs.kube.yaml import load_all
from hanzo_constructs.platform import EPOCHS, Platform
from hanzo_constructs.spec.kinds import KINDS, parse
from hanzo_constructs.spec.resource import EPOCH_ANNOTATION
from tests.golden.cases import VALID, Case
from tests.golden.every import each_of
from tests.properties.mutations import ABSENT, copied, places, values_of, ways
from tests.properties.resources import SHAPES, SUBJECTS, resources
from tests.properties.rich import rich

pytestmark = pytest.mark.thorough

MUTABLE_IN_STATEFUL_SETS = {
    "replicas",
    "ordinals",
    "template",
    "updateStrategy",
    "persistentVolumeClaimRetentionPolicy",
    "minReadySeconds",
}
"""Kubernetes 1.30."""
MUTABLE_SINCE_33 = "revisionHistoryLimit"
IMMUTABLE = {"Deployment": {"selector"}, "Service": {"clusterIP"}, "Job": {"selector"}}
"""Fields of the spec of other kinds. The pods of a Job and their number are immutable too, and they are the work itself:
`hzc show` prints what to run before another work is applied."""
BY_EPOCH = {"podManagementPolicy"}
"""What an epoch may decide all the same: `hzc show` prints the steps for it."""
IDENTITY = {("metadata", "name"), ("spec", "adopt")}
"""What identity is made of, which nobody changes."""
BY_HAND = {
    ("spec", "storage"),
    ("spec", "storage", "size"),
    ("spec", "storage", "storageClassName"),
    ("spec", "storage", "accessModes"),
    ("spec", "podManagementPolicy"),
    ("spec", "rollout"),
    ("spec", "rollout", "revisionHistoryLimit"),
    ("spec", "service", "headless"),
    ("spec", "services", "headless"),
}
"""Fields that a user knows to be immutable: a warning says so (of the last one, before Kubernetes 1.33), or the
documentation and `hzc show` say how they are changed."""
BY_HAND_SETTINGS = {"storage_class_name"}

Data = dict[str, Any]
Fixed = dict[tuple[str, str], Data]
OLDEST_TRIED = Platform(kubernetes="1.30")


def fixed(manifests: list[Data], *but: str) -> Fixed:
    """Return the immutable part of each object, *but* some fields, by kind and name."""
    found: Fixed = {}
    for manifest in manifests:
        kind, spec = manifest["kind"], manifest.get("spec", {})
        if kind == "StatefulSet":
            kept = {key: value for key, value in spec.items() if key not in {*MUTABLE_IN_STATEFUL_SETS, *but}}
        else:
            kept = {key: spec[key] for key in IMMUTABLE.get(kind, ()) if key in spec}
        found[kind, manifest["metadata"]["name"]] = kept
    return found


def differing(before: Fixed, after: Fixed) -> list[tuple[str, str]]:
    """Return the objects that are in both and that a cluster would refuse to change."""
    return [each for each in before.keys() & after.keys() if before[each] != after[each]]


def workloads(found: Fixed) -> set[tuple[str, str]]:
    return {each for each in found if each[0] in {"Deployment", "StatefulSet"}}


def pinned(document: Data, epoch: str) -> Data:
    changed: Data = copied(document)
    changed["metadata"].setdefault("annotations", {})[EPOCH_ANNOTATION] = epoch
    return changed


def in_each_epoch(document: Data, platform: Platform) -> list[list[Data]]:
    """Return the children of *document* in each epoch that takes it."""
    found = []
    for epoch in EPOCHS:
        with suppress(SpecError):
            found.append(compile_resource(parse(pinned(document, epoch), platform), platform).manifests)
    return found


@each_of(VALID)
def test_epochs_change_nothing_immutable(case: Case) -> None:
    since = [MUTABLE_SINCE_33] if case.platform.kubernetes_minor >= 33 else []
    for document in case.documents:
        first, *others = [fixed(each, *BY_EPOCH, *since) for each in in_each_epoch(document, case.platform)]
        for other in others:
            assert not differing(first, other)
            assert workloads(first) == workloads(other)


@pytest.mark.parametrize(("kind", "engine"), SUBJECTS)
def test_epochs_change_nothing_immutable_of_any_resource(kind: str, engine: str | None) -> None:
    @settings(max_examples=5, phases=[Phase.explicit, Phase.reuse, Phase.generate])
    @given(resources(kind, engine))
    def search(document: Data) -> None:
        first, *others = in_each_epoch(document, Platform(kubernetes="1.32")) or [[]]
        for other in others:
            assert not differing(fixed(first, *BY_EPOCH), fixed(other, *BY_EPOCH))

    search()


def test_what_an_epoch_changes_all_the_same_has_steps() -> None:
    """And only kinds that keep data need any."""
    for kind in KINDS:
        found = [fixed(manifests) for manifests in in_each_epoch(rich(kind), OLDEST_TRIED)]
        refused = {each for other in found for each in differing(found[0], other)}
        steps = [*manual_steps(compile_resource(parse(rich(kind), OLDEST_TRIED), OLDEST_TRIED))]
        assert bool(refused) is any("epoch" in each.before and each.commands for each in steps)


@pytest.mark.parametrize("name", [name for name in Platform.model_fields if name not in BY_HAND_SETTINGS])
@pytest.mark.parametrize("kind", SHAPES)
def test_settings_change_nothing_immutable(kind: str, name: str) -> None:
    field, written = Platform.model_fields[name], OLDEST_TRIED.model_dump(mode="json", by_alias=True, exclude_none=True)
    but = {"kubernetes": [MUTABLE_SINCE_33], "epoch": [*BY_EPOCH]}.get(name, [])
    document = rich(kind)
    before = fixed(compile_resource(parse(document, OLDEST_TRIED), OLDEST_TRIED).manifests, *but)
    for value in values_of(field):
        with suppress(InputError):
            platform = parse_as(Platform, written | {field.alias or name: value})
            assert not differing(before, fixed(compile_resource(parse(document, platform), platform).manifests, *but))


def changed(kind: str, most: int | None) -> Iterator[tuple[Any, Data]]:
    """Yield *rich* resources of the kind with another value in one place, and in up to *most* ways less around it."""
    document = rich(kind)
    for place in places(KINDS[kind].model):
        head = tuple(step for step in place.path if isinstance(step, str))
        shallow = (
            head[0] in {"spec", "metadata"} and 2 <= len(place.path) <= 4
        )  # deeper down are Kubernetes' own fields
        if shallow and head[:2] not in IDENTITY and head not in BY_HAND:
            for with_value in islice(ways(document, place), most):
                for value in [*values_of(place.field)[:1], ABSENT]:
                    found = with_value(value)
                    if found["spec"].get("storage") == document["spec"].get("storage"):  # which is changed by hand
                        yield place.path, found


@pytest.mark.parametrize("epoch", EPOCHS)
@pytest.mark.parametrize("kind", SHAPES)
def test_no_other_field_changes_anything_immutable(kind: str, epoch: str) -> None:
    nothing_immutable_changes(kind, epoch, most=2)


@pytest.mark.slow
@pytest.mark.parametrize("epoch", EPOCHS)
@pytest.mark.parametrize("kind", SHAPES)
def test_no_other_field_changes_anything_immutable_whatever_is_around_it(kind: str, epoch: str) -> None:
    nothing_immutable_changes(kind, epoch, most=None)


def nothing_immutable_changes(kind: str, epoch: str, *, most: int | None) -> None:
    def compiled(document: Data) -> list[Data]:
        document = pinned(document, epoch)
        KINDS[kind].model.model_validate(
            document, by_alias=True, by_name=False
        )  # what is refused needs no findings here
        return compile_resource(parse(document, OLDEST_TRIED), OLDEST_TRIED).manifests

    before, tried = fixed(compiled(rich(kind))), 0
    for path, document in changed(kind, most):
        with suppress(SpecError, ValidationError, KeyError, TypeError, AttributeError):
            after = fixed(compiled(document))
            tried += 1
            assert not differing(before, after), path
    assert tried > 50


def test_a_set_of_resources_changes_nothing_immutable_of_one() -> None:
    """What else is compiled decides routes and who is let in, not what a workload is."""
    for case in VALID:
        parsed = [parse(document, case.platform) for document in case.documents]
        links = links_of(parsed, case.platform)[0]
        for resource in parsed:
            with suppress(SpecError):
                alone = fixed(compile_resource(resource, case.platform).manifests)
                beside = fixed(compile_resource(resource, case.platform, links=links).manifests)
                assert not differing(alone, beside)


OLD_STATEFUL_SETS = """\
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db, namespace: shop}
spec:
  serviceName: db-headless
  selector: {matchLabels: {app.kubernetes.io/name: db, app.kubernetes.io/instance: db}}
  template:
    metadata:
      labels: {app.kubernetes.io/name: db, app.kubernetes.io/instance: db, app.kubernetes.io/component: COMPONENT}
    spec:
      containers:
      - name: db
        image: IMAGE
        imagePullPolicy: IfNotPresent
        ports: [{name: data, containerPort: PORT}]
        volumeMounts: [{name: data, mountPath: DIRECTORY}]
        readinessProbe: {tcpSocket: {port: PORT}, initialDelaySeconds: 10, periodSeconds: 10}
  volumeClaimTemplates:
  - metadata: {name: data, labels: {app.kubernetes.io/name: db, app.kubernetes.io/instance: db}}
    spec:
      accessModes: [ReadWriteOnce]
      storageClassName: ""
      resources: {requests: {storage: 5Gi}}
"""
"""What the old operator wrote for a datastore that says nothing but its image and its size."""
OLD_BASE = """\
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db, namespace: shop}
spec:
  serviceName: db-hs
  selector: {matchLabels: {app.kubernetes.io/name: db, app.kubernetes.io/instance: db}}
  template:
    metadata:
      labels: {app.kubernetes.io/name: db, app.kubernetes.io/instance: db, app.kubernetes.io/component: baseapp}
    spec:
      containers:
      - name: db
        image: ghcr.io/acme/engine:v1
        imagePullPolicy: IfNotPresent
        ports: [{name: http, containerPort: 8090}]
        volumeMounts: [{name: data, mountPath: /app/data}]
  volumeClaimTemplates:
  - metadata: {name: data, labels: {app.kubernetes.io/name: db, app.kubernetes.io/instance: db}}
    spec:
      accessModes: [ReadWriteOnce]
      storageClassName: ""
      resources: {requests: {storage: 5Gi}}
"""
OLD_ENGINES = {
    "clickhouse": (8123, "/var/lib/clickhouse"),
    "postgresql": (5432, "/var/lib/postgresql/data"),
    "valkey": (6379, "/data"),
    "docdb": (27017, "/data/db"),
    "minio": (9000, "/data"),
    "nats": (4222, "/data/nats"),
}


def old(text: str, **words: object) -> Data:
    for word, value in words.items():
        text = text.replace(word, str(value))
    (document,) = load_all(text)
    return dict(document.data)


def old_resource(kind: str, **spec: Any) -> list[Data]:
    document = {
        "apiVersion": "hanzo.ai/v1",
        "kind": kind,
        "metadata": {"name": "db", "namespace": "shop", "annotations": {EPOCH_ANNOTATION: "2025"}},
        "spec": {
            "image": {"repository": "ghcr.io/acme/engine", "tag": "v1"},
            "storage": {"size": "5Gi", "storageClassName": ""},
            **spec,
        },
    }
    return compile_resource(parse(document)).manifests


def without_protocols(container: Data) -> Data:
    """Return *container* as a cluster compares it: TCP is what a port without protocol has."""
    ports = [
        {key: port[key] for key in port if port != "protocol" and key != "protocol"} for port in container["ports"]
    ]
    return {**container, "ports": ports}


@pytest.mark.parametrize("engine", OLD_ENGINES)
@pytest.mark.parametrize("port", [None, 7777])
def test_a_datastore_of_the_old_operator_is_taken_over_as_it_is(engine: str, port: int | None) -> None:
    usual, directory = OLD_ENGINES[engine]
    words = {"COMPONENT": engine, "PORT": port or usual, "DIRECTORY": directory, "IMAGE": "ghcr.io/acme/engine:v1"}
    was = old(OLD_STATEFUL_SETS, **words)
    ports = [{"name": "db", "containerPort": port}] if port else []
    manifests = old_resource("Datastore", type=engine, ports=ports)
    (taken,) = (each for each in manifests if each["kind"] == "StatefulSet")
    assert ("Service", "db-headless") in fixed(manifests)
    assert fixed([taken]) == fixed([was])
    same_pods(taken, was)


def test_a_base_of_the_old_operator_is_taken_over_as_it_is() -> None:
    was = old(OLD_BASE)
    manifests = old_resource("Base")
    (taken,) = (each for each in manifests if each["kind"] == "StatefulSet")
    assert ("Service", "db-hs") in fixed(manifests)
    assert fixed([taken]) == fixed([was])
    same_pods(taken, was)


def same_pods(taken: Data, was: Data) -> None:
    """Assert that the pods are those that are there, as far as it is known what the old operator wrote."""
    (container,) = taken["spec"]["template"]["spec"]["containers"]
    (expected,) = was["spec"]["template"]["spec"]["containers"]
    container = without_protocols(container)
    assert {key: container[key] for key in expected} == expected
    assert not container.keys() & {"args", "command", "securityContext"}
    assert not [each for each in container.get("env", ()) if not each["name"].startswith("BASE_")]
    labels = taken["spec"]["template"]["metadata"]["labels"]
    assert labels.items() >= was["spec"]["template"]["metadata"]["labels"].items()
    assert "podManagementPolicy" not in taken["spec"]
