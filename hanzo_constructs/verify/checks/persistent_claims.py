"""What a PersistentVolumeClaim must have.

Source: Kubernetes' `pkg/apis/core/validation/validation.go`, `ValidatePersistentVolumeClaimSpec`.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...errors import Finding
from ...kube.fields import field_path, listed, shown
from ...kube.quantity import quantity_problem, quantity_value
from ..objects import Object

__all__ = ["persistent_claim_findings"]

_MODES = ("ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod")
_SIZE = "spec.resources.requests.storage"


def persistent_claim_findings(obj: Object) -> Iterator[Finding]:
    """Yield access modes and sizes of the claim *obj* that an API server refuses."""
    modes = obj.spec.get("accessModes") or ()
    if not modes:
        yield Finding(f"required: one or more of {listed(_MODES)}", "spec.accessModes")
    for index, mode in enumerate(modes):
        if mode not in _MODES:
            message = f"must be one of {listed(_MODES)}, got {shown(mode)}"
            yield Finding(message, field_path(("spec", "accessModes", index)))
    if "ReadWriteOncePod" in modes and len(modes) > 1:
        yield Finding("must be ReadWriteOncePod alone, or without it", "spec.accessModes")
    resources = obj.spec.get("resources")
    requests = resources.get("requests") if isinstance(resources, dict) else None
    size = requests.get("storage") if isinstance(requests, dict) else None
    if size is None:
        yield Finding("required: the size of the claim, such as 10Gi", _SIZE)
    elif not quantity_problem(size) and quantity_value(str(size)) <= 0:
        yield Finding(f"must be more than nothing, got {shown(size)}", _SIZE)
