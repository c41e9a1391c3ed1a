"""Kubernetes' own example of a pod with every field set goes through the core types and comes back unchanged.

`tests.kube.examples` says where the examples are.
"""

from __future__ import annotations

import json
from typing import Annotated, Any, Literal, get_args, get_origin

import pytest
import yaml
from pydantic.fields import FieldInfo

from hanzo_constructs.kube.core import (
    Affinity,
    Container,
    HostAlias,
    LabelSelector,
    LocalObjectReference,
    ObjectMeta,
    PodDNSConfig,
    PodSecurityContext,
    ResourceRequirements,
    Toleration,
    TopologySpreadConstraint,
    Volume,
)
from hanzo_constructs.kube.core.part import Part
from hanzo_constructs.kube.model import parse_as, written
from tests.kube.core.strategies import limits
from tests.kube.examples import EXAMPLES, needs_examples

PARTS: dict[str, type[Part]] = {
    "affinity": Affinity,
    "containers": Container,
    "dnsConfig": PodDNSConfig,
    "hostAliases": HostAlias,
    "imagePullSecrets": LocalObjectReference,
    "initContainers": Container,
    "metadata": ObjectMeta,
    "resources": ResourceRequirements,
    "securityContext": PodSecurityContext,
    "tolerations": Toleration,
    "topologySpreadConstraints": TopologySpreadConstraint,
    "volumes": Volume,
}
KINDS = (
    "Pod",
    "PodTemplate",
    "Deployment",
    "DaemonSet",
    "StatefulSet",
    "ReplicaSet",
    "ReplicationController",
    "Job",
    "CronJob",
)


def pods(node: Any) -> Any:
    """Yield each pod (metadata and spec) in *node*."""
    if isinstance(node, dict):
        if "containers" in node.get("spec", {} or ()):
            yield node
        for below in node.values():
            yield from pods(below)


def example(group_version_kind: str) -> Any:
    """Return the example of a kind such as `core.v1.Pod`."""
    (file,) = [path for path in EXAMPLES if path.name == f"{group_version_kind}.yaml"]
    return yaml.safe_load(file.read_text())


@needs_examples
@pytest.mark.parametrize("kind", KINDS)
def test_every_part_of_a_pod_comes_back(kind: str) -> None:
    (file,) = [path for path in EXAMPLES if path.name.endswith(f".v1.{kind}.yaml")]
    found = list(pods(yaml.safe_load(file.read_text())))
    assert found
    for pod in found:
        content = {**pod["spec"], "metadata": pod["metadata"]}
        assert set(PARTS) <= set(content), "the example has every field"
        for field, model in PARTS.items():
            parts = content[field] if isinstance(content[field], list) else [content[field]]
            for part in parts:
                document = adapted(part, model)
                assert json.dumps(written(parse_as(model, document)), sort_keys=True) == json.dumps(
                    document, sort_keys=True
                )


@needs_examples
def test_the_example_reaches_every_field_but_those_that_came_later() -> None:
    pod = example("core.v1.Pod")
    container = parse_as(Container, adapted(pod["spec"]["containers"][0], Container))
    assert container.model_fields_set == set(Container.model_fields)
    volumes = {
        name for volume in pod["spec"]["volumes"] for name in parse_as(Volume, adapted(volume, Volume)).model_fields_set
    }
    assert volumes == set(Volume.model_fields)


@needs_examples
def test_label_selectors_of_other_kinds_come_back() -> None:
    deployment = example("apps.v1.Deployment")
    selector = adapted(deployment["spec"]["selector"], LabelSelector)
    assert written(parse_as(LabelSelector, selector)) == selector


def adapted(document: Any, annotation: Any) -> Any:
    """Return *document* with placeholders that no API server takes replaced: the examples test coding, not validation.

    `schemeValue` becomes the first scheme there is, and a number beyond its bounds the nearest one within.
    """
    metadata: list[Any] = []
    if get_origin(annotation) is Annotated:
        annotation, *metadata = get_args(annotation)
    members = [member for member in get_args(annotation) if member is not type(None)]
    if type(None) in get_args(annotation):
        return adapted(document, members[0])
    match document:
        case list():
            return [adapted(item, members[0]) for item in document]
        case dict() if get_origin(annotation) is dict:
            return {key: adapted(item, members[1]) for key, item in document.items()}
        case dict():
            fields = {field.alias: field for field in annotation.model_fields.values()}
            return {
                key: adapted(item, annotated(fields[key])) if key in fields else item for key, item in document.items()
            }
        case str() if get_origin(annotation) is Literal and document not in members:
            assert document.endswith("Value")
            return members[0]
    return within(document, *limits(metadata))


def within(value: Any, least: int | None, most: int | None) -> Any:
    """Return the number nearest to *value* within the bounds, or *value* when there are none."""
    value = value if least is None else max(value, least)
    return value if most is None else min(value, most)


def annotated(field: FieldInfo) -> Any:
    """Return the annotation of *field* as it was written."""
    return Annotated[field.annotation, *field.metadata] if field.metadata else field.annotation
