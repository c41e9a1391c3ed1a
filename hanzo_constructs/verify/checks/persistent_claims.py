"""What a PersistentVolumeClaim must have, and those that a StatefulSet makes.

Source: Kubernetes' `pkg/apis/core/validation/validation.go`, `ValidatePersistentVolumeClaimSpec`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ...errors import Finding
from ...kube.fields import Path, field_path, listed, shown
from ...kube.quantity import quantity_problem, quantity_value
from ..objects import Object

__all__ = ["persistent_claim_findings"]

_MODES = ("ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod")
_SIZE = ("resources", "requests", "storage")


def persistent_claim_findings(obj: Object) -> Iterator[Finding]:
    """Yield access modes and sizes of the claim *obj*, or of those that a StatefulSet makes, that an API server refuses."""
    if obj.kind == "PersistentVolumeClaim":
        yield from _claim_findings(obj.spec, ("spec",))
        return
    for index, template in enumerate(obj.spec.get("volumeClaimTemplates") or ()):
        yield from _claim_findings(template.get("spec") or {}, ("spec", "volumeClaimTemplates", index, "spec"))


def _claim_findings(spec: Mapping[str, Any], path: Path) -> Iterator[Finding]:
    modes = spec.get("accessModes") or ()
    if not modes:
        yield Finding(f"required: one or more of {listed(_MODES)}", field_path((*path, "accessModes")))
    for index, mode in enumerate(modes):
        if mode not in _MODES:
            message = f"must be one of {listed(_MODES)}, got {shown(mode)}"
            yield Finding(message, field_path((*path, "accessModes", index)))
    if "ReadWriteOncePod" in modes and len(modes) > 1:
        yield Finding("must be ReadWriteOncePod alone, or without it", field_path((*path, "accessModes")))
    resources = spec.get("resources")
    requests = resources.get("requests") if isinstance(resources, dict) else None
    size = requests.get("storage") if isinstance(requests, dict) else None
    if size is None:
        yield Finding("required: the size of the claim, such as 10Gi", field_path((*path, *_SIZE)))
    elif not quantity_problem(size) and quantity_value(str(size)) <= 0:
        yield Finding(f"must be more than nothing, got {shown(size)}", field_path((*path, *_SIZE)))
