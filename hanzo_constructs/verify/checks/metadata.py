"""What an object says of who owns it and who must let it go.

Source: Kubernetes' `pkg/apis/core/validation/validation.go`, `ValidateObjectMeta`, and
`staging/src/k8s.io/apimachinery/pkg/api/validation/objectmeta.go`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from ...errors import Finding
from ...kube.fields import field_path, listed, shown
from ...kube.names import key_problem
from ..objects import Object

__all__ = ["metadata_findings"]

_FINALIZERS = ("foregroundDeletion", "kubernetes", "orphan")
"""Those that Kubernetes has itself, which need no domain."""
_REQUIRED = ("apiVersion", "kind", "name", "uid")


def metadata_findings(obj: Object) -> Iterator[Finding]:
    """Yield finalizers and owners of *obj* that an API server refuses."""
    for index, name in enumerate(obj.metadata.get("finalizers") or ()):
        if problem := _finalizer_problem(name):
            yield Finding(problem, field_path(("metadata", "finalizers", index)))
    if {"foregroundDeletion", "orphan"} <= {*map(str, obj.metadata.get("finalizers") or ())}:
        yield Finding("must not have both of foregroundDeletion and orphan", "metadata.finalizers")
    if owners := obj.metadata.get("ownerReferences"):
        yield from _owner_findings(owners)


def _finalizer_problem(name: Any) -> str:
    if not isinstance(name, str):
        return ""  # the schema says so
    if problem := key_problem(name):
        return problem
    if "/" in name or name in _FINALIZERS:
        return ""
    return f"must be domain/name, or one of {listed(_FINALIZERS)}, got {shown(name)}"


def _owner_findings(owners: Sequence[dict[str, Any]]) -> Iterator[Finding]:
    controllers = []
    for index, owner in enumerate(owners):
        at = ("metadata", "ownerReferences", index)
        for field in _REQUIRED:
            if owner.get(field) == "":
                yield Finding("must not be empty", field_path((*at, field)))
        if owner.get("controller") is True:
            controllers.append(at)
    for at in controllers[1:]:
        message = f"is used twice (also {field_path(controllers[0])}): an object has one controller"
        yield Finding(message, field_path((*at, "controller")))
