"""What the core types must have, read from Kubernetes' published schemas without the generator's help."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import Any

ROOTS = (
    "io.k8s.api.autoscaling.v2.HorizontalPodAutoscalerBehavior",
    "io.k8s.api.autoscaling.v2.MetricSpec",
    "io.k8s.api.core.v1.Affinity",
    "io.k8s.api.core.v1.Container",
    "io.k8s.api.core.v1.EnvFromSource",
    "io.k8s.api.core.v1.EnvVar",
    "io.k8s.api.core.v1.HostAlias",
    "io.k8s.api.core.v1.Lifecycle",
    "io.k8s.api.core.v1.LocalObjectReference",
    "io.k8s.api.core.v1.PodDNSConfig",
    "io.k8s.api.core.v1.PodSecurityContext",
    "io.k8s.api.core.v1.Probe",
    "io.k8s.api.core.v1.ResourceRequirements",
    "io.k8s.api.core.v1.SecurityContext",
    "io.k8s.api.core.v1.Toleration",
    "io.k8s.api.core.v1.TopologySpreadConstraint",
    "io.k8s.api.core.v1.Volume",
    "io.k8s.api.core.v1.VolumeDevice",
    "io.k8s.api.core.v1.VolumeMount",
    "io.k8s.api.networking.v1.NetworkPolicyEgressRule",
    "io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelector",
)
SCALARS = {"FieldsV1", "IntOrString", "Quantity", "Time"}


@cache
def definitions(minor: int) -> dict[str, Any]:
    folder = resources.files("kubernetes_validate") / "kubernetes-json-schema" / f"v1.{minor}.0-local"
    found: dict[str, Any] = json.loads((folder / "_definitions.json").read_text())["$defs"]
    return found


@cache
def needed(minor: int) -> dict[str, Any]:
    """Return every object definition that the roots need, by its short name."""
    known = definitions(minor)
    found: dict[str, Any] = {}
    todo: list[str] = list(ROOTS)
    while todo:
        full = todo.pop()
        short = full.rpartition(".")[2]
        if short not in SCALARS and short not in found:
            found[short] = known[full]
            todo += references(known[full])
    return found


def references(schema: Any) -> Iterator[str]:
    match schema:
        case {"$ref": str() as reference}:
            yield reference.rpartition("/")[2]
        case dict():
            for below in schema.values():
                yield from references(below)
        case list():
            for below in schema:
                yield from references(below)
