"""What nodes call GPUs: the values of the label `nvidia.com/gpu.product` by the name that people use.

GPU feature discovery writes the name that the driver reports, with a dash for each space. Names by the driver are those of
the table of NVIDIA/open-gpu-kernel-modules, README.md at 015742d32fa6, read on 2026-11-28; drivers before R470 left the
word NVIDIA out. Those that the table has not are marked. A slice (MIG), or a GPU that is shared in time, has a label of its
own (`-MIG-1g.10gb`, `-SHARED`) and is not meant.
"""

from __future__ import annotations

from types import MappingProxyType

__all__ = ["GPU_MODELS", "GPU_PRODUCT", "gpu_products"]

GPU_PRODUCT = "nvidia.com/gpu.product"
"""The label of nodes."""

_V100_16 = ("Tesla-V100-SXM2-16GB", "Tesla-V100-PCIE-16GB")  # names in node dumps; no driver of the table knows them
_V100_32 = (
    "Tesla-V100-SXM2-32GB",
    "Tesla-V100-SXM2-32GB-LS",
    "Tesla-V100-PCIE-32GB",
    "Tesla-V100S-PCIE-32GB",
)  # likewise
_A100_40 = ("NVIDIA-A100-SXM4-40GB", "NVIDIA-A100-PCIE-40GB", "A100-SXM4-40GB", "A100-PCIE-40GB")
_A100_80 = ("NVIDIA-A100-SXM4-80GB", "NVIDIA-A100-80GB-PCIe", "A100-SXM4-80GB", "A100-80GB-PCIe")
_H100_SXM = ("NVIDIA-H100-80GB-HBM3",)
_H100_PCIE = ("NVIDIA-H100-PCIe",)
_H100_NVL = ("NVIDIA-H100-NVL",)

GPU_MODELS: MappingProxyType[str, tuple[str, ...]] = MappingProxyType(
    {
        "T4": ("Tesla-T4", "NVIDIA-T4"),
        "V100": (*_V100_16, *_V100_32),
        "V100-16GB": _V100_16,
        "V100-32GB": _V100_32,
        "A2": ("NVIDIA-A2",),
        "A10": ("NVIDIA-A10",),
        "A10G": ("NVIDIA-A10G",),
        "A16": ("NVIDIA-A16",),
        "A30": ("NVIDIA-A30",),
        "A40": ("NVIDIA-A40",),
        "A100": (*_A100_40, *_A100_80),
        "A100-40GB": _A100_40,
        "A100-80GB": _A100_80,
        "L4": ("NVIDIA-L4",),
        "L40": ("NVIDIA-L40",),
        "L40S": ("NVIDIA-L40S",),
        "H100": (*_H100_SXM, *_H100_PCIE, *_H100_NVL, "NVIDIA-H100"),
        "H100-SXM": _H100_SXM,
        "H100-PCIE": _H100_PCIE,
        "H100-NVL": _H100_NVL,
        "H200": ("NVIDIA-H200", "NVIDIA-H200-NVL"),  # the second name is that of newer drivers
        "GH200": ("NVIDIA-GH200-120GB", "NVIDIA-GH200-480GB"),
        "B200": ("NVIDIA-B200",),  # newer than the table; read in public node dumps
    }
)
"""Products by model; a family has those of all its members."""


def gpu_products(model: str) -> tuple[str, ...]:
    """Return what nodes may call the GPUs of *model*, in whatever case it is written; none where nobody knows."""
    return GPU_MODELS.get(model.upper(), ())
