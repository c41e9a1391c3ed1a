"""Steps from v1alpha1 to v1 that several kinds share.

What the operator did with each field was read in hanzoai/operator at 60933ec: `internal/manifests/builder.go` and the
controllers beside it; the defaults are those of its definitions in `api/v1alpha1/`.
"""

from __future__ import annotations

from ..kube.fields import Path
from .draft import MISSING, Draft

__all__ = ["bounds", "image", "is_on", "monitor", "storage", "switches", "targets", "zero_trust"]

_LATEST = "latest"
_STORAGE_CLASS = "do-block-storage"
_DEFAULT_CPU = 80
_NO_MONITOR = "the operator made no ServiceMonitor; v1 makes one, which the cluster must know"


def is_on(draft: Draft, block: str, *, unless_off: bool = False) -> bool:
    """Tell whether the operator took the *block* of the spec for on: where it said so, or *unless_off*, where not no."""
    found = draft.get("spec", block)
    return isinstance(found, dict) and found.get("enabled", unless_off) is True


def switches(draft: Draft, *blocks: str, unless_off: tuple[str, ...] = ()) -> None:
    """Write what `enabled` says of each of *blocks*, and of those that were on *unless_off*, as v1 reads it.

    In v1 a block that is written is on. One without `enabled` was off in v1alpha1, but for the network policy.
    """
    for block in (*blocks, *unless_off):
        if not draft.has_block("spec", block):
            continue
        enabled = draft.get("spec", block, "enabled")
        if enabled is True:
            draft.remove(("spec", block, "enabled"))
        elif enabled is MISSING and block not in unless_off:
            why = "the block was off, because nothing said that it is on"
            draft.put(("spec", block, "enabled"), value=False, why=why)


def image(draft: Draft, default: dict[str, str] | None = None) -> None:
    """Write out the tag that a definition added, and the *default* image, which another one has replaced since."""
    if draft.has_block("spec", "image"):
        if draft.get("spec", "image", "tag") is MISSING:
            draft.put(("spec", "image", "tag"), _LATEST, "the default of v1alpha1; v1 has none")
    elif default and draft.get("spec", "image") in (MISSING, None):
        draft.put(("spec", "image"), default, "the image that runs; the default of v1 is another one")


def storage(draft: Draft) -> None:
    """Write out the storage class, which no claim can change, and say what a policy on claims does from now on."""
    if not draft.has_block("spec", "storage"):
        return
    place: Path = ("spec", "storage", "storageClassName")
    if draft.get(*place) is MISSING:
        draft.put(place, _STORAGE_CLASS, "the default of v1alpha1, which claims that exist cannot change")
    if draft.get("spec", "storage", "retentionPolicy") == "Delete":
        why = "was ignored; from now on the claims, and the data, go when the StatefulSet is deleted"
        draft.obey(("spec", "storage", "retentionPolicy"), why)


def monitor(draft: Draft) -> None:
    """Say that a monitor is made from now on."""
    if is_on(draft, "serviceMonitor"):
        draft.obey(("spec", "serviceMonitor"), _NO_MONITOR)


def targets(draft: Draft) -> None:
    """Write out the CPU target of an autoscaler, which v1 has only where no other target is written."""
    block = draft.get("spec", "autoscaling")
    if not is_on(draft, "autoscaling") or "targetMemoryUtilization" not in block:
        return
    if not any(name.lower() == "targetcpuutilization" for name in block):
        place = ("spec", "autoscaling", "targetCPUUtilization")
        draft.put(place, _DEFAULT_CPU, "the default of v1alpha1, beside a target for memory too")


def bounds(draft: Draft) -> None:
    """Leave out the second bound of a budget, which the operator ignored."""
    block = draft.get("spec", "pdb")
    if is_on(draft, "pdb") and "minAvailable" in block and "maxUnavailable" in block:
        draft.lose(("spec", "pdb", "maxUnavailable"), "was ignored beside minAvailable; a budget has one bound")


def zero_trust(draft: Draft) -> None:
    """Leave out who may pass the ingress, which the operator never looked at."""
    if draft.get("spec", "ingress", "zeroTrustPolicy") is not MISSING:
        draft.lose(("spec", "ingress", "zeroTrustPolicy"), "nothing enforced it, and v1 has nothing like it")
