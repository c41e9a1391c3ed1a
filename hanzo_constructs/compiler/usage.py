"""What a resource uses of the platform, and which decisions it leaves to defaults: for those who look after a fleet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ..spec.resource import EPOCH_ANNOTATION
from .compilation import Compilation

__all__ = ["ORGANISATION", "Usage", "usage_of"]

ORGANISATION = "hanzo.ai/org"
"""Label of a resource that says whose it is."""
_NEWEST = "latest"


class Usage(NamedTuple):
    """What one resource uses."""

    kind: str
    api_version: str
    namespace: str
    """Empty for none."""
    name: str
    organisation: str
    """Value of the label `hanzo.ai/org`; empty where nobody says."""
    epoch: str
    is_pinned: bool
    """Whether the resource itself says which epoch holds, and not the platform."""
    deprecated: tuple[str, ...]
    """Fields that are deprecated: `spec.pdb.enabled`."""
    defaulted: tuple[str, ...]
    """Decisions that are left to defaults, as fields: `spec.replicas`."""


def usage_of(compilation: Compilation) -> Usage:
    """Return what the resource of *compilation* uses."""
    resource, rules = compilation.resource, compilation.rules
    metadata = resource.metadata
    return Usage(
        kind=resource.kind,
        api_version=resource.api_version,
        namespace=compilation.owner.namespace or "",
        name=resource.name,
        organisation=metadata.labels.get(ORGANISATION, ""),
        epoch=rules.epoch.name,
        is_pinned=EPOCH_ANNOTATION in metadata.annotations,
        deprecated=tuple(finding.path for finding in compilation.warnings if finding.message.startswith("deprecated")),
        defaulted=tuple(_defaulted(compilation)),
    )


def _defaulted(compilation: Compilation) -> Iterator[str]:
    spec = compilation.resource.spec
    fields = type(spec).__pydantic_fields__
    if "replicas" in fields and "replicas" not in spec.model_fields_set and getattr(spec, "autoscaling", None) is None:
        yield "spec.replicas"
    if "image" in fields:
        if spec.image is None:
            yield "spec.image"
        elif spec.image.digest is None and spec.image.tag in (None, _NEWEST):
            yield "spec.image.tag"
    resources = getattr(spec, "resources", None)
    if "resources" in fields and not (resources and resources.requests):
        yield "spec.resources.requests"
    storage = getattr(spec, "storage", None)
    if storage is not None and storage.storage_class_name is None:
        yield "spec.storage.storageClassName"
