"""Warnings and errors of compiling that depend on the platform or the epoch, and so are not rules of the models."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ..children.pod_disruption_budget import EVICTION_POLICY_SINCE
from ..errors import Finding
from ..kube.fields import field_path, shown, suggestion
from ..kube.images import image_parts
from ..kube.quantity import quantity_value
from ..kube.since import Requirement, newer_than
from ..platform import Rules
from ..spec.image import ImageSpec, image_reference
from ..spec.pod import unmounted_problem
from ..spec.resource import EPOCH_ANNOTATION, OWN_PREFIX, POD_SECURITY_ANNOTATION, Resource
from ..spec.scaling import PodDisruptionBudget, blocking_bound
from .pods import size_doubt

if TYPE_CHECKING:
    from ..kube.core import Container, Volume, VolumeMount

__all__ = [
    "Containers",
    "budget_findings",
    "enabled_findings",
    "eviction_findings",
    "image_findings",
    "resource_findings",
    "size_findings",
    "unmounted_findings",
]

_GIT_VOLUMES_UNTIL = 32
"""Kubernetes 1.33 leaves the feature gate GitRepoVolumeDriver off, 1.36 locks it so."""

_SMALLEST_DISK = 2**20
"""Bytes."""

Containers = Sequence[tuple[str, Sequence["Container"]]]
"""Containers beside the main one, by the field they stand in."""

_INSTRUCTIONS = (EPOCH_ANNOTATION, POD_SECURITY_ANNOTATION)


def resource_findings(resource: Resource, rules: Rules) -> Iterator[Finding]:
    """Yield what holds for every kind: instructions nobody follows, fields the oldest cluster does not know."""
    for key in resource.metadata.annotations:
        if key.startswith(OWN_PREFIX) and key not in _INSTRUCTIONS:
            near = suggestion(key.removeprefix(OWN_PREFIX), [name.removeprefix(OWN_PREFIX) for name in _INSTRUCTIONS])
            hint = f"did you mean {OWN_PREFIX}{near}?" if near else f"known are {', '.join(_INSTRUCTIONS)}"
            yield Finding(
                f"nothing follows this annotation, {hint}",
                field_path(("metadata", "annotations", key)),
                severity="warning",
            )
    platform = rules.platform
    for path, lacking in newer_than(resource.spec, platform.kubernetes, frozenset(platform.feature_gates)):
        yield Finding(_newer_message(lacking, platform.kubernetes), field_path(("spec", *path)))
    for index, volume in enumerate(getattr(resource.spec, "volumes", ())):
        if volume.git_repo is not None:
            yield Finding(
                f"no Kubernetes from 1.{_GIT_VOLUMES_UNTIL + 1} on mounts it, so that the pod never starts; clone the"
                " repository in an init container",
                f"spec.volumes[{index}].gitRepo",
                severity="error" if platform.kubernetes_minor > _GIT_VOLUMES_UNTIL else "warning",
            )


def _newer_message(lacking: Requirement, oldest: str) -> str:
    """Say what a cluster of the version *oldest* lacks."""
    cluster = f"the platform's oldest cluster is {oldest}"
    if lacking.gate is None:
        return f"exists since Kubernetes {lacking.exists}, but {cluster}"
    where = f"before Kubernetes {lacking.on_since}" if lacking.on_since else "in every Kubernetes so far"
    off = f"where the feature gate {lacking.gate} is off by default"
    if lacking.exists:
        return f"exists since Kubernetes {lacking.exists} and is dropped {where}, {off}, but {cluster}"
    return f"is dropped {where}, {off}, and {cluster}; list the gate in featureGates if your clusters have it on"


def image_findings(
    image: ImageSpec,
    containers: Containers,
    volumes: Sequence[Volume],
    rules: Rules,
    *,
    at: str = "spec.image",
    default: bool = False,
) -> Iterator[Finding]:
    """Yield images whose content may change under the same name: of the container *at* a place, of others, of *volumes*.

    *default* says that the user wrote no image.
    """
    if not image.digest:
        advice = f"write image: {{repository: {image.repository}, tag: <version>}}" if default else "pin a version"
        yield from _unpinned(at, image_reference(image), image.tag, rules, advice=advice)
    for field, group in containers:
        for index, container in enumerate(group):
            yield from _pinned(f"spec.{field}[{index}].image", container.image or "", rules)
    for index, volume in enumerate(volumes):
        if volume.image is not None:
            yield from _pinned(f"spec.volumes[{index}].image.reference", volume.image.reference or "", rules)


def _pinned(path: str, reference: str, rules: Rules) -> Iterator[Finding]:
    _, tag, digest = image_parts(reference)
    return iter(()) if digest else _unpinned(path, reference, tag, rules)


def _unpinned(
    path: str, reference: str, tag: str | None, rules: Rules, *, advice: str = "pin a version"
) -> Iterator[Finding]:
    """Yield what an image without digest is; the *reference* may be a default that the user never wrote."""
    if rules.platform.require_image_digest:
        message = f"must have a digest because the platform requires one (requireImageDigest), got {shown(reference)}"
        yield Finding(message, path)
    elif tag is None or tag == "latest":
        what = "has neither tag nor digest" if tag is None else "has the tag latest"
        message = f"{shown(reference)} {what}, so that a restart may bring another image; {advice}"
        yield Finding(message, path, severity="warning")


def size_findings(size: str, at: str) -> Iterator[Finding]:
    """Yield a *size* that is no disk's: a number without its unit."""
    if quantity_value(size) < _SMALLEST_DISK:
        message = f"{size} is less than any disk has; write the unit, such as 500Mi or 10Gi"
        yield Finding(message, at, severity="warning")
    elif doubt := size_doubt(size):
        yield Finding(doubt, at, severity="warning")


def enabled_findings(blocks: Sequence[tuple[str, object]]) -> Iterator[Finding]:
    """Yield a warning for each of *blocks* (field and block) that still says `enabled`."""
    for field, block in blocks:
        if (enabled := getattr(block, "enabled", None)) is not None:
            advice = "presence of the block means on; leave enabled out" if enabled else "leave the block out instead"
            yield Finding(f"deprecated: {advice}", f"spec.{field}.enabled", severity="warning")


def eviction_findings(budget: PodDisruptionBudget, rules: Rules) -> Iterator[Finding]:
    """Yield a policy of *budget* that the oldest cluster does not know."""
    platform = rules.platform
    if budget.unhealthy_pod_eviction_policy and platform.kubernetes_minor < EVICTION_POLICY_SINCE:
        message = f"exists since Kubernetes 1.{EVICTION_POLICY_SINCE}, but the platform's oldest cluster is {platform.kubernetes}"
        yield Finding(message, "spec.pdb.unhealthyPodEvictionPolicy")


def budget_findings(budget: PodDisruptionBudget, floor: int, rules: Rules) -> Iterator[Finding]:
    """Yield a warning when *budget* can never let one of *floor* pods go, which blocks node drains for ever."""
    stays, goes = budget.min_available, budget.max_unavailable
    if stays is None and goes is None and rules.epoch.budget == "minAvailable":
        stays = 1
    if blocking := blocking_bound(stays, goes, floor):
        field, bound, what = blocking
        yield Finding(f"{field} {shown(bound)} {what}", f"spec.pdb.{field}", severity="warning")


def unmounted_findings(
    volumes: Sequence[Volume], mounts: Sequence[VolumeMount], containers: Sequence[Container]
) -> Iterator[Finding]:
    """Yield a warning for each of *volumes* that is not among the *mounts* of the main container and those of *containers*."""
    mounted = {mount.name for mount in mounts}
    for each in containers:
        mounted |= {mount.name for mount in each.volume_mounts or ()}
        mounted |= {device.name for device in each.volume_devices or ()}
    for index, volume in enumerate(volumes):
        if problem := unmounted_problem(volume.name, mounted):
            yield Finding(problem, f"spec.volumes[{index}]", severity="warning")
