"""Places in objects, as the platform settings write them."""

from __future__ import annotations

import pytest

from hanzo_constructs.kube.places import covers, place_problem, steps_of


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("Deployment", ("Deployment",)),
        ("Deployment.spec.template.spec.containers[].image", ("Deployment", "spec", "template", "spec", "containers[]", "image")),
        ('Service.metadata.annotations["a.b/c"]', ("Service", "metadata", "annotations", "a.b/c")),
        ("Deployment..spec", ()),
        (".spec", ()),
        ("Deployment.spec.", ()),
        ("Deployment spec", ()),
        ("Deployment.spec.containers[0]", ()),
        ("", ()),
    ],
)  # fmt: skip
def test_steps(text: str, steps: tuple[str, ...]) -> None:
    assert steps_of(text) == steps


@pytest.mark.parametrize(
    ("pattern", "place", "is_covered"),
    [
        ("spec", ("spec",), True),
        ("spec", ("spec", "replicas"), True),
        ("spec.replicas", ("spec",), False),
        ("spec.containers[]", ("spec", "containers[web]", "image"), True),
        ("spec.containers[].image", ("spec", "containers[web]", "image"), True),
        ("spec.containers[].image", ("spec", "containers[web]", "tty"), False),
        ("spec.containers", ("spec", "containers[web]"), True),
        ("spec.containers", ("spec", "containersX"), False),
    ],
)
def test_a_pattern_covers_what_is_below_it(pattern: str, place: tuple[str, ...], is_covered: bool) -> None:  # noqa: FBT001
    assert covers(steps_of(pattern), place) is is_covered


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("Deployment", ""),
        ("Deployment.spec.template.spec.containers[].terminationMessagePolicy", ""),
        ("Deployment.spec.template.spec.tolerations", ""),
        ("Deployment.spec.template.spec.nodeSelector.pool", ""),
        ("ServiceMonitor.spec.endpoints", ""),
        ("KMSSecret.metadata.labels", ""),
        ("Deploiment.spec", 'begins with "Deploiment", which is no kind of Kubernetes, did you mean Deployment?'),
        ("Pineapple", 'begins with "Pineapple", which is no kind of Kubernetes'),
        ("Deployment.spec.replcas", 'has no "replcas", did you mean replicas?'),
        ("KMSSecret.metadata.zzz", 'has no "zzz", known are annotations, creationTimestamp, deletionGracePeriodSeconds, deletionTimestamp, finalizers, generateName, generation, labels, managedFields, name, ... and 5 more'),
        ("Deployment.spec.template.spec.containers.image", "must have [] behind containers, which is a list"),
        ("spec replicas", 'must be a place such as Deployment.spec.template.spec.hostNetwork, got "spec replicas"'),
    ],
)  # fmt: skip
def test_problems(text: str, problem: str) -> None:
    assert place_problem(text) == problem
