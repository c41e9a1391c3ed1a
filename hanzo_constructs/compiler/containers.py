"""What the kinds make of the fields of `ContainersSpec`: the main container."""

from __future__ import annotations

from typing import Any

from ..kube.manifest import present
from ..platform import Rules
from ..spec.image import ImageSpec, image_reference
from .workload import SHARED_FIELDS, main_container_fields

__all__ = ["CONTAINER_FIELDS", "main_container"]

CONTAINER_FIELDS = {
    *SHARED_FIELDS,
    "args",
    "command",
    "env",
    "env_from",
    "image_pull_secrets",
    "init_containers",
    "resources",
    "sidecars",
    "volume_mounts",
    "volumes",
}
"""Python names of the fields that arrive in the pod exactly as the user wrote them."""


def main_container(
    name: str,
    image: ImageSpec,
    wrote: dict[str, Any],
    rules: Rules,
    *,
    user: int | None = None,
    **serving: Any,
) -> dict[str, Any]:
    """Return the main container *name* of *image*, with the `CONTAINER_FIELDS` that the user *wrote*.

    It runs as *user* unless the user says otherwise. What *serving* adds, in wire names, are ports and probes, and
    fields that stand in place of those that were written.
    """
    return present(
        {
            "name": name,
            "image": image_reference(image),
            "imagePullPolicy": image.pull_policy or rules.epoch.pull_policy,
            **{field: serving.get(field, wrote.get(field)) for field in ("command", "args")},
            "ports": serving.get("ports"),
            **{
                field: serving.get(field, wrote.get(field)) for field in ("env", "envFrom", "resources", "volumeMounts")
            },
            **{field: serving.get(field) for field in ("livenessProbe", "readinessProbe", "startupProbe")},
            **main_container_fields(wrote, user=user),
        }
    )
