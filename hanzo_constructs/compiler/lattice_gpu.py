"""What puts the pods of a Lattice workload on nodes with GPUs."""

from __future__ import annotations

from typing import Any

from ..spec.gpu_models import GPU_PRODUCT, gpu_products
from ..spec.lattice_resources import GpuResource

__all__ = ["with_gpu"]

_GPU = "nvidia.com/gpu"


def with_gpu(document: dict[str, Any], gpu: GpuResource, *, read_only: bool) -> dict[str, Any]:
    """Return the fields of *document* that put it on a node with GPUs."""
    limits = {**document["resources"]["limits"], _GPU: str(gpu.params.count)}
    found: dict[str, Any] = {
        "resources": {**document["resources"], "limits": limits},
        "tolerations": [*document.get("tolerations", ()), {"key": _GPU, "operator": "Exists", "effect": "NoSchedule"}],
    }
    if gpu.params.model is not None:
        found["affinity"] = _on_products(document.get("affinity", {}), gpu_products(gpu.params.model))
    if read_only:  # the hook of the runtime writes there
        found["containerSecurityContext"] = {
            "readOnlyRootFilesystem": False,
            **document.get("containerSecurityContext", {}),
        }
    return found


def _on_products(affinity: dict[str, Any], products: tuple[str, ...]) -> dict[str, Any]:
    """Return *affinity* for nodes with one of *products* alone."""
    wanted = {"key": GPU_PRODUCT, "operator": "In", "values": [*products]}
    nodes = affinity.get("nodeAffinity", {})
    required = "requiredDuringSchedulingIgnoredDuringExecution"
    terms = nodes.get(required, {}).get("nodeSelectorTerms") or [{}]
    terms = [{**term, "matchExpressions": [*term.get("matchExpressions", ()), wanted]} for term in terms]
    return {**affinity, "nodeAffinity": {**nodes, required: {"nodeSelectorTerms": terms}}}
