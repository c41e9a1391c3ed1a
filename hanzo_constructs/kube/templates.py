"""Where the pods of an object stand in it."""

from __future__ import annotations

from types import MappingProxyType

from .fields import Path

__all__ = ["TEMPLATE_PATHS"]

_TEMPLATE = ("spec", "template")

TEMPLATE_PATHS: MappingProxyType[str, Path] = MappingProxyType(
    {
        "Deployment": _TEMPLATE,
        "StatefulSet": _TEMPLATE,
        "DaemonSet": _TEMPLATE,
        "ReplicaSet": _TEMPLATE,
        "Job": _TEMPLATE,
        "CronJob": ("spec", "jobTemplate", "spec", "template"),
        "Pod": (),
    }
)
"""Where the pod template of a kind that runs pods stands."""
