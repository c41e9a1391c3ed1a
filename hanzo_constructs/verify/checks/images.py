"""Every container has an image."""

from __future__ import annotations

from collections.abc import Iterator

from ...errors import Finding
from ...kube.fields import field_path, shown
from ..objects import Object

__all__ = ["image_findings"]


def image_findings(obj: Object) -> Iterator[Finding]:
    """Yield containers without an image, and images with spaces, of which no pod is made."""
    for path, container, *_ in obj.pod.containers:
        image = container.get("image") or ""
        if not image:
            yield Finding("required", field_path((*path, "image")))
        elif any(map(str.isspace, image)):
            yield Finding(f"must not contain spaces, got {shown(image)}", field_path((*path, "image")))
