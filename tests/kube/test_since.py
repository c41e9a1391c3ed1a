"""A field that is newer than the oldest cluster is found where it was written, and only there."""

from __future__ import annotations

from typing import Any

import pytest

from hanzo_constructs.kube.core import Container, EnvVar, Volume
from hanzo_constructs.kube.fields import field_path
from hanzo_constructs.kube.model import Items, Mapping, Model, parse_as
from hanzo_constructs.kube.since import newer_than


class Pod(Model):
    """A model of this project around core types."""

    init_containers: Items[Container] = ()
    volumes: Items[Volume] | None = None
    by_name: Mapping[Container] | None = None
    env: EnvVar | None = None


class Tree(Model):
    """A model that contains itself."""

    branches: Items[Tree] = ()
    container: Container | None = None


def found(model: type[Model], document: dict[str, Any], version: str, *gates: str) -> dict[str, str]:
    """Return the fields that a cluster of *version* does not honour, and `first version in schema, gate, on since`."""
    newer = newer_than(parse_as(model, document), version, frozenset(gates))
    return {field_path(path): " ".join(part or "-" for part in lacking) for path, lacking in newer}


POD = {
    "initContainers": [
        {"name": "a", "image": "a"},
        {"name": "b", "restartPolicy": "Always", "lifecycle": {"preStop": {"sleep": {"seconds": 5}}}},
    ],
    "volumes": [{"name": "all", "projected": {"sources": [{"clusterTrustBundle": {"path": "ca", "user": 1000}}]}}],
    "byName": {"c.d": {"name": "c", "resizePolicy": []}},
    "env": {"name": "A", "valueFrom": {"fileKeyRef": {"volumeName": "v", "path": "p", "key": "k"}}},
}
RESTART = "initContainers[1].restartPolicy"
RESIZE = 'byName["c.d"].resizePolicy'
SLEEP = "initContainers[1].lifecycle.preStop.sleep"
BUNDLE = "volumes[0].projected.sources[0].clusterTrustBundle"
USER = "volumes[0].projected.sources[0].clusterTrustBundle.user"
FILE = "env.valueFrom.fileKeyRef"

NOTHING_YET = {
    SLEEP: "1.29 PodLifecycleSleepAction 1.30",
    RESTART: "1.28 SidecarContainers 1.29",
    BUNDLE: "1.29 ClusterTrustBundleProjection 1.37",
    RESIZE: "1.27 InPlacePodVerticalScaling 1.33",
    FILE: "1.34 EnvFiles 1.35",
}


@pytest.mark.parametrize(
    ("version", "expected"),
    [
        ("1.25", NOTHING_YET),
        ("1.19", NOTHING_YET),
        ("1.28", NOTHING_YET | {RESTART: "- SidecarContainers 1.29", RESIZE: "- InPlacePodVerticalScaling 1.33"}),
        (
            "1.30",
            {
                BUNDLE: "- ClusterTrustBundleProjection 1.37",
                RESIZE: "- InPlacePodVerticalScaling 1.33",
                FILE: "1.34 EnvFiles 1.35",
            },
        ),
        ("v1.34.4", {BUNDLE: "- ClusterTrustBundleProjection 1.37", FILE: "- EnvFiles 1.35"}),
        ("1.36.0-rc.1", {BUNDLE: "- ClusterTrustBundleProjection 1.37"}),
        ("1.37", {USER: "- AtomicWriteVolumeUserFields -"}),
        ("1.40", {}),
    ],
)
def test_what_is_newer_is_found(version: str, expected: dict[str, str]) -> None:
    assert found(Pod, POD, version) == expected


def test_a_gate_that_the_clusters_have_on_counts_from_the_version_of_the_schema() -> None:
    assert found(Pod, POD, "1.30", "ClusterTrustBundleProjection", "EnvFiles", "InPlacePodVerticalScaling") == {
        USER: "1.37 AtomicWriteVolumeUserFields -",
        FILE: "1.34 - -",
    }
    assert found(Pod, POD, "1.37", "AtomicWriteVolumeUserFields") == {}


def test_the_order_is_that_of_the_fields() -> None:
    assert list(found(Pod, POD, "1.25")) == [SLEEP, RESTART, BUNDLE, RESIZE, FILE]


def test_what_is_not_written_is_not_found() -> None:
    assert found(Pod, {"initContainers": [{"name": "a", "restartPolicy": None}], "volumes": []}, "1.25") == {}


def test_a_model_may_contain_itself() -> None:
    tree = {"branches": [{"branches": [{"container": {"name": "c", "restartPolicy": "Never"}}]}]}
    assert list(found(Tree, tree, "1.28")) == ["branches[0].branches[0].container.restartPolicy"]
    assert found(Tree, tree, "1.29") == {}


def test_a_model_of_the_same_name_is_another_one() -> None:
    class VolumeMount(Model):
        recursive_read_only: str | None = None

    assert found(VolumeMount, {"recursiveReadOnly": "x"}, "1.25") == {}


@pytest.mark.parametrize("version", ["", "1", "1.", "2.0", "1.x", "latest", "11.30", "1.30x"])
def test_what_is_no_version_is_refused(version: str) -> None:
    with pytest.raises(ValueError, match=r"must be a Kubernetes version such as 1\.30, got"):
        list(newer_than(parse_as(Pod, {}), version))
