"""ResourceClaimTemplate: the GPUs of each pod, as devices of a DRA driver.

Source: the API `resource.k8s.io/v1` of Kubernetes 1.34, and what NVIDIA's driver publishes: the class `gpu.nvidia.com`,
and the capacity `memory` of each device (kubernetes-sigs/dra-driver-nvidia-gpu, docs).
"""

from __future__ import annotations

from typing import Any

from ..kube.manifest import Manifest, manifest
from ..kube.owner import Owner

__all__ = ["DEVICE_CLASS", "WHY", "resource_claim_template"]

DEVICE_CLASS = "gpu.nvidia.com"

WHY = {
    "spec.spec.devices.requests[*].name": "the only request",
    "spec.spec.devices.requests[*].exactly.deviceClassName": "whole GPUs of NVIDIA's DRA driver",
    "spec.spec.devices.requests[*].exactly.allocationMode": "as many as are asked for, and no others",
}
"""What is always so, and why: by the place in the object, of which `[*]` is any index."""


def resource_claim_template(owner: Owner, *, name: str, count: int, mebibytes: int | None) -> Manifest:
    """Ask for *count* GPUs for each pod, each of which reports *mebibytes* of memory at least, where that is said."""
    exactly: dict[str, Any] = {"deviceClassName": DEVICE_CLASS, "allocationMode": "ExactCount", "count": count}
    if mebibytes is not None:
        memory = f"device.capacity['{DEVICE_CLASS}'].memory"
        expression = f"{memory}.compareTo(quantity('{mebibytes}Mi')) >= 0"
        exactly["selectors"] = [{"cel": {"expression": expression}}]
    devices = {"requests": [{"name": "gpu", "exactly": exactly}]}
    return manifest("ResourceClaimTemplate", owner, name=name, spec={"spec": {"devices": devices}})
