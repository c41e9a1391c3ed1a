"""Models to compile: a spec that is right, changed in what a test is about."""

from __future__ import annotations

from typing import Any

from hanzo_constructs.compiler import Compilation, compile_resource
from hanzo_constructs.kube.manifest import Manifest
from hanzo_constructs.platform import GatewayParent, Platform
from hanzo_constructs.spec.inference_service import InferenceService
from hanzo_constructs.spec.kinds import parse
from hanzo_constructs.verify import prove

__all__ = ["PLATFORM", "children_of", "compiled", "document", "model", "of_kind"]

PLATFORM = Platform(namespace="ml", gateway=GatewayParent(name="edge"))
LEAST = {
    "modelRef": "hf://acme/llama",
    "healthCheck": {"path": "/health", "interval": "10s", "timeout": "5s"},
}


def document(**spec: Any) -> dict[str, Any]:
    """Return the document of a model with *spec* in wire names; None leaves a field out."""
    whole = {key: value for key, value in {**LEAST, **spec}.items() if value is not None}
    return {"apiVersion": "hanzo.ai/v1", "kind": "InferenceService", "metadata": {"name": "llama"}, "spec": whole}


def model(**spec: Any) -> InferenceService:
    """Return the resource with *spec*."""
    resource = parse(document(**spec), PLATFORM)
    assert isinstance(resource, InferenceService)
    return resource


def compiled(platform: Platform = PLATFORM, **spec: Any) -> Compilation:
    """Compile the model with *spec* on *platform*, and prove that everything fits together."""
    compilation = compile_resource(parse(document(**spec), platform), platform)
    assert [str(each) for each in prove([compilation]).findings if each.severity == "error"] == []
    return compilation


def children_of(**spec: Any) -> dict[tuple[str, str], Manifest]:
    """Return the children of the model with *spec* by kind and name."""
    return {(each["kind"], each["metadata"]["name"]): each for each in compiled(**spec).manifests}


def of_kind(kind: str, **spec: Any) -> Manifest:
    """Return the one child of *kind*."""
    (found,) = (each for each in compiled(**spec).manifests if each["kind"] == kind)
    return found
