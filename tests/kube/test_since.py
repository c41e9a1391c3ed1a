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


def found(model: type[Model], document: dict[str, Any], version: str) -> dict[str, str]:
    return {field_path(path): since for path, since in newer_than(parse_as(model, document), version)}


POD = {
    "initContainers": [
        {"name": "a", "image": "a"},
        {"name": "b", "restartPolicy": "Always", "lifecycle": {"preStop": {"sleep": {"seconds": 5}}}},
    ],
    "volumes": [{"name": "all", "projected": {"sources": [{"clusterTrustBundle": {"path": "ca", "user": 1000}}]}}],
    "byName": {"c.d": {"name": "c", "resizePolicy": []}},
    "env": {"name": "A", "valueFrom": {"fileKeyRef": {"volumeName": "v", "path": "p", "key": "k"}}},
}
RESTART = {"initContainers[1].restartPolicy": "1.28"}
RESIZE = {'byName["c.d"].resizePolicy': "1.27"}
SLEEP = {"initContainers[1].lifecycle.preStop.sleep": "1.29"}
BUNDLE = {"volumes[0].projected.sources[0].clusterTrustBundle": "1.29"}
USER = {"volumes[0].projected.sources[0].clusterTrustBundle.user": "1.37"}
FILE = {"env.valueFrom.fileKeyRef": "1.34"}


@pytest.mark.parametrize(
    ("version", "expected"),
    [
        ("1.25", RESTART | RESIZE | SLEEP | BUNDLE | FILE),
        ("1.27", RESTART | SLEEP | BUNDLE | FILE),
        ("1.28", SLEEP | BUNDLE | FILE),
        ("1.29", USER | FILE),
        ("v1.33.4", USER | FILE),
        ("1.34", USER),
        ("1.36.0-rc.1", USER),
        ("1.37", {}),
        ("1.40", {}),
        ("1.19", RESTART | RESIZE | SLEEP | BUNDLE | FILE),
    ],
)
def test_what_is_newer_is_found(version: str, expected: dict[str, str]) -> None:
    assert found(Pod, POD, version) == expected


def test_the_order_is_that_of_the_fields() -> None:
    assert list(found(Pod, POD, "1.25")) == [*SLEEP, *RESTART, *BUNDLE, *RESIZE, *FILE]


def test_what_is_not_written_is_not_found() -> None:
    assert found(Pod, {"initContainers": [{"name": "a", "restartPolicy": None}], "volumes": []}, "1.25") == {}


def test_a_model_may_contain_itself() -> None:
    tree = {"branches": [{"branches": [{"container": {"name": "c", "restartPolicy": "Never"}}]}]}
    assert found(Tree, tree, "1.27") == {"branches[0].branches[0].container.restartPolicy": "1.28"}
    assert found(Tree, tree, "1.28") == {}


def test_a_model_of_the_same_name_is_another_one() -> None:
    class VolumeMount(Model):
        recursive_read_only: str | None = None

    assert found(VolumeMount, {"recursiveReadOnly": "x"}, "1.25") == {}


@pytest.mark.parametrize("version", ["", "1", "1.", "2.0", "1.x", "latest", "11.30", "1.30x"])
def test_what_is_no_version_is_refused(version: str) -> None:
    with pytest.raises(ValueError, match=r"must be a Kubernetes version such as 1\.30, got"):
        list(newer_than(parse_as(Pod, {}), version))
