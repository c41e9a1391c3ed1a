"""GPUs: how pods get them, which nodes have them, and what containers on them need."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...children.resource_claim_template import resource_claim_template
from ...kube.owner import Owner
from ...platform import Rules
from ...spec.inference.gpu_memory import GPU_MEMORY, least_mebibytes
from ...spec.inference.spec import InferenceServiceSpec
from ..child import Child

__all__ = ["GPU", "claim_children", "on_gpu_nodes", "requirements", "uses_claims"]

GPU = "nvidia.com/gpu"
"""The extended resource of NVIDIA's device plugin, and the taint of the nodes that have it."""
_CLAIM = "gpu"
_TEMPLATE = "ResourceClaimTemplate"


def uses_claims(spec: InferenceServiceSpec, rules: Rules) -> bool:
    """Tell whether the pods of *spec* claim their GPUs as devices."""
    return bool(spec.gpu) and rules.platform.gpu_allocation == "dra"


def claim_children(owner: Owner, spec: InferenceServiceSpec, rules: Rules) -> Iterator[Child]:
    """Yield the template of the claims of each pod."""
    if uses_claims(spec, rules):
        name = f"{owner.name}-{_claim_suffix(spec)}"
        manifest = resource_claim_template(owner, name=name, count=spec.gpu, mebibytes=_least(spec))
        yield Child(_TEMPLATE, manifest, "gpuAllocation of the platform")


def _claim_suffix(spec: InferenceServiceSpec) -> str:
    """Return what stands behind the name of the resource: a template cannot change, so that another one is another."""
    least = _least(spec)
    return f"gpu-{spec.gpu}" if least is None else f"gpu-{spec.gpu}-{least}mi"


def _least(spec: InferenceServiceSpec) -> int | None:
    size = spec.resources.gpu_memory if spec.resources else None
    return None if size is None else least_mebibytes(size)


def requirements(spec: InferenceServiceSpec, rules: Rules) -> dict[str, Any] | None:
    """Return the resources of the main container: what it asks for, and what it is held to."""
    own = spec.resources
    cpu, memory = (own.cpu, own.memory) if own else (None, None)
    requests = {name: amount for name, amount in (("cpu", cpu), ("memory", memory)) if amount is not None}
    limits = {"memory": memory} if memory is not None else {}
    claims = []
    if uses_claims(spec, rules):
        claims = [{"name": _CLAIM}]
    elif spec.gpu:
        limits[GPU] = str(spec.gpu)
    found = {"requests": requests, "limits": limits, "claims": claims}
    return {field: value for field, value in found.items() if value} or None


def on_gpu_nodes(pod: dict[str, Any], owner: Owner, spec: InferenceServiceSpec, rules: Rules) -> dict[str, Any]:
    """Return *pod* with what lets it run where its GPUs are, and nowhere else."""
    if not spec.gpu:
        return pod
    toleration = {"key": GPU, "operator": "Exists", "effect": "NoSchedule"}
    found = {**pod, "tolerations": [*(pod.get("tolerations") or ()), toleration]}
    if uses_claims(spec, rules):
        name = owner.named(_TEMPLATE, f"{owner.name}-{_claim_suffix(spec)}")
        return {**found, "resourceClaims": [{"name": _CLAIM, "resourceClaimTemplateName": name}]}
    least = _least(spec)
    if least is not None:
        found["affinity"] = _with_memory(found.get("affinity") or {}, least)
    return found


def _with_memory(affinity: dict[str, Any], least: int) -> dict[str, Any]:
    """Return *affinity* to nodes alone whose GPUs report *least* MiB; every term of the user's asks for it too."""
    nodes = affinity.get("nodeAffinity") or {}
    required = "requiredDuringSchedulingIgnoredDuringExecution"
    terms = (nodes.get(required) or {}).get("nodeSelectorTerms") or [{}]
    with_memory = [
        {
            **term,
            "matchExpressions": [
                *term.get("matchExpressions", ()),
                {"key": GPU_MEMORY, "operator": "Gt", "values": [str(least - 1)]},
            ],
        }
        for term in terms
    ]
    return {**affinity, "nodeAffinity": {**nodes, required: {"nodeSelectorTerms": with_memory}}}
