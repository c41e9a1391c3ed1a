"""What the page says of one resource, before anybody asks for reasons."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from ..compiler.compilation import Compilation
from ..compiler.usage import ORGANISATION
from ..kube.fields import discreet
from ..kube.kinds import KINDS
from .requests import Asked, asked_by

__all__ = ["Facts", "facts_of"]


class Facts(NamedTuple):
    """What is known of one resource."""

    kind: str
    namespace: str
    """Empty for none."""
    name: str
    owner: str
    """Value of the label `hanzo.ai/org`; empty where nobody says."""
    part_of: str
    epoch: str
    images: tuple[str, ...]
    asked: Asked
    workloads: tuple[str, ...]
    """Kinds of what runs: `Deployment`."""
    budget: str
    """`maxUnavailable 1`; empty where there is none."""
    children: tuple[str, ...]
    """Their kinds."""


def facts_of(compilation: Compilation) -> Facts:
    """Return what is known of the resource of *compilation*."""
    resource, manifests = compilation.resource, compilation.manifests
    return Facts(
        resource.kind,
        compilation.owner.namespace or "",
        resource.name,
        resource.metadata.labels.get(ORGANISATION, ""),
        resource.spec.part_of or "",
        compilation.rules.epoch.name,
        tuple(dict.fromkeys(image for each in manifests for image in _images(each))),
        asked_by(manifests),
        tuple(each["kind"] for each in manifests if each["kind"] in KINDS and KINDS[each["kind"]].template),
        next((_budget(each["spec"]) for each in manifests if each["kind"] == "PodDisruptionBudget"), ""),
        tuple(each["kind"] for each in manifests),
    )


def _images(manifest: dict[str, Any]) -> Iterator[str]:
    place = KINDS[manifest["kind"]].template if manifest["kind"] in KINDS else None
    if place is None:
        return
    template: Any = manifest
    for step in place:
        template = template[step]
    for field in ("initContainers", "containers"):
        yield from (discreet(each["image"]) for each in template["spec"].get(field) or () if each.get("image"))


def _budget(spec: dict[str, Any]) -> str:
    return next((f"{name} {spec[name]}" for name in ("maxUnavailable", "minAvailable") if name in spec), "")
