"""What is asked of the memory of a GPU, in the mebibytes that devices report.

The size on the box is larger than what a device reports, which is what GPU feature discovery writes into the label
`nvidia.com/gpu.memory` of a node and a DRA driver into the capacity of a device: an H100 of 80 GiB (81920 MiB) reports
81559, an L4 of 24 GiB (24576 MiB) 23034. So a size asks for 92 % of itself; no size of one class reaches the next.
Who writes mebibytes, such as 81559Mi, has read them off a device, and gets them literally.
"""

from __future__ import annotations

from ...kube.quantity import quantity_value

__all__ = ["GPU_MEMORY", "least_mebibytes", "memory_problem"]

GPU_MEMORY = "nvidia.com/gpu.memory"
"""The label of a node with the memory of each of its GPUs in MiB (NVIDIA/k8s-device-plugin, docs/gpu-feature-discovery)."""
_REPORTED_PERCENT = 92
_MEBIBYTE = 2**20
_SMALLEST = 1024
"""MiB; no accelerator for models has less."""


def least_mebibytes(size: str) -> int:
    """Return the least that a device must report in MiB to hold *size*, a quantity such as `80Gi` or `81559Mi`."""
    mebibytes = quantity_value(size) / _MEBIBYTE
    if size.endswith("Mi"):
        return int(mebibytes)
    return int(mebibytes * _REPORTED_PERCENT / 100)


def memory_problem(size: str) -> str:
    """Say why no GPU has a memory of *size*; empty when one may."""
    if quantity_value(size) < _SMALLEST * _MEBIBYTE:
        return f"is less than any GPU has; write what is printed on the card, such as 80Gi, got {size}"
    return ""
