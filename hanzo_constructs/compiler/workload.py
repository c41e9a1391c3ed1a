"""What every workload makes of the fields that the kinds share: the parts of its pod, and its main container."""

from __future__ import annotations

from typing import Any

from ..kube.fields import wire_name
from ..kube.manifest import present
from ..kube.owner import Pods
from ..platform import Rules
from ..spec.image import ImageSpec, image_reference
from ..spec.workload import MAIN_CONTAINER_FIELDS, POD_FIELDS, WorkloadSpec

__all__ = ["AS_WRITTEN", "main_container", "pod_fields"]

_CONTAINER = ("command", "args", "ports", "env", "envFrom", "resources", "volumeMounts")
_IN_POD = tuple(map(wire_name, POD_FIELDS))
_PROBES = ("livenessProbe", "readinessProbe", "startupProbe")
AS_WRITTEN = {
    *POD_FIELDS,
    *MAIN_CONTAINER_FIELDS,
    "args",
    "command",
    "env",
    "env_from",
    "init_containers",
    "resources",
    "sidecars",
    "volume_mounts",
    "volumes",
}
"""Python names of the fields that arrive in the pod exactly as the user wrote them, for `written`."""


def pod_fields(
    spec: WorkloadSpec, wrote: dict[str, Any], *, grace: int | None = None, group: int | None = None
) -> dict[str, Any]:
    """Return the shared fields of the pod; *wrote* is what the user wrote of *spec*, the shared fields among it.

    Where nothing is written, the pod gets *grace* seconds to stop, or what every pod gets, and its volumes the *group*.
    """
    context = wrote.get("securityContext")
    named = group if spec.fs_group is None else spec.fs_group
    if named is not None:
        context = {**(context or {}), "fsGroup": named}
    return {
        **{field: wrote.get(field) for field in _IN_POD},
        "securityContext": context,
        "terminationGracePeriodSeconds": wrote.get("terminationGracePeriodSeconds", grace),
    }


def main_container(
    pods: Pods, image: ImageSpec, wrote: dict[str, Any], rules: Rules, *, user: int | None = None, **derived: Any
) -> dict[str, Any]:
    """Return the main container of *pods*, of *image*, with what the user *wrote* of the fields `AS_WRITTEN`.

    It runs as *user* unless the user says otherwise. What is *derived*, in wire names, are ports and probes, and fields
    that stand in place of those that were written.
    """
    context = wrote.get("containerSecurityContext")
    chosen = {**(wrote.get("securityContext") or {}), **(context or {})}
    if user is not None and "runAsUser" not in chosen:
        context = {**(context or {}), "runAsUser": user}
    return present(
        {
            "name": pods.container,
            "image": image_reference(image),
            "imagePullPolicy": image.pull_policy or rules.epoch.pull_policy,
            **{field: derived.get(field, wrote.get(field)) for field in _CONTAINER},
            **(
                {"env": [*map(dict, pods.variables), *(derived.get("env", wrote.get("env")) or ())]}
                if pods.variables
                else {}
            ),
            **{field: derived.get(field) for field in _PROBES},
            "lifecycle": wrote.get("lifecycle"),
            "securityContext": context,
        }
    )
