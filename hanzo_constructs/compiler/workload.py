"""What every workload makes of its shared fields: the parts of its pod and of its main container that it wrote."""

from __future__ import annotations

from typing import Any

from ..spec.workload import MAIN_CONTAINER_FIELDS, POD_FIELDS, WorkloadSpec

__all__ = ["SHARED_FIELDS", "main_container_fields", "pod_fields"]

SHARED_FIELDS = POD_FIELDS | MAIN_CONTAINER_FIELDS
"""Python names of the fields, for `written`."""


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
        "securityContext": context,
        "terminationGracePeriodSeconds": wrote.get("terminationGracePeriodSeconds", grace),
    }


def main_container_fields(wrote: dict[str, Any], *, user: int | None = None) -> dict[str, Any]:
    """Return the shared fields of the main container in what the user *wrote*; it runs as *user* unless that says so."""
    context = wrote.get("containerSecurityContext")
    chosen = {**(wrote.get("securityContext") or {}), **(context or {})}
    if user is not None and "runAsUser" not in chosen:
        context = {**(context or {}), "runAsUser": user}
    return {"lifecycle": wrote.get("lifecycle"), "securityContext": context}
