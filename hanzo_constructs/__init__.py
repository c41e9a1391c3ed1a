"""Compile typed resources of the hanzo.ai platform into complete sets of Kubernetes objects.

Everything named here is imported on first use: `import hanzo_constructs` costs nothing, and only the names of the cdk8s
front end (`HanzoApp`, `HanzoChart`, `ServiceConstruct`, `main`) need cdk8s and Node.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

_NAMES = {
    "compiler": ("Child", "Compilation", "compile_resource"),
    "compiler.endpoints": ("Endpoints", "endpoints"),
    "compiler.links": ("Links", "links_of"),
    "constructs.synth.app": ("HanzoApp",),
    "constructs.kinds.base": ("BaseConstruct",),
    "constructs.synth.chart": ("HanzoChart",),
    "constructs.kinds.resource": ("ResourceConstruct",),
    "constructs.kinds.datastore": ("DatastoreConstruct",),
    "constructs.kinds.facades": (
        "DocDBConstruct",
        "ExplorerConstruct",
        "IAMConstruct",
        "IndexerConstruct",
        "KMSConstruct",
        "KVConstruct",
        "LLMConstruct",
        "S3Construct",
        "SQLConstruct",
        "construct_of",
    ),
    "constructs.kinds.gateway": ("GatewayConstruct",),
    "constructs.kinds.lattice_service": ("LatticeServiceConstruct",),
    "constructs.kinds.inference_service": ("InferenceServiceConstruct",),
    "constructs.synth.run": ("main",),
    "constructs.kinds.service": ("ServiceConstruct",),
    "constructs.kinds.stateful": ("StatefulConstruct",),
    "constructs.kinds.task": ("TaskConstruct",),
    "errors": (
        "AbsentError",
        "ArgumentError",
        "Finding",
        "HanzoError",
        "InputError",
        "OutputError",
        "PlatformError",
        "ProofError",
        "ReadError",
        "SpecError",
    ),
    "platform": ("Platform",),
    "platform_rules": ("PlatformRule", "RuleMatch"),
    "settings": ("load_platform",),
    "spec.base": ("Base", "BaseSpec"),
    "spec.datastore": ("Datastore", "DatastoreSpec"),
    "spec.dicts": (
        "BaseDict",
        "DatastoreDict",
        "GatewayDict",
        "InferenceServiceDict",
        "LatticeServiceDict",
        "ServiceDict",
        "StatefulDict",
        "TaskDict",
    ),
    "spec.facades": ("DocDB", "Explorer", "IAM", "Indexer", "KMS", "KV", "LLM", "S3", "SQL"),
    "spec.gateway": ("Gateway", "GatewaySpec"),
    "spec.inference_service": ("InferenceService", "InferenceServiceSpec"),
    "spec.kind": ("Kind",),
    "spec.kinds": ("parse",),
    "spec.lattice_service": ("LatticeService", "LatticeServiceSpec"),
    "spec.resource": ("Metadata", "Resource"),
    "spec.service": ("Service", "ServiceSpec"),
    "spec.stateful": ("Stateful", "StatefulSpec"),
    "spec.task": ("Task", "TaskSpec"),
    "verify": ("Proof", "Prover", "prove"),
}
"""Public names by the module that has them; `__init__.pyi` says the same to type checkers."""
_MODULES = {name: module for module, names in _NAMES.items() for name in names}

__all__ = sorted(_MODULES)  # noqa: PLE0605 # pyright: ignore[reportUnsupportedDunderAll] - they read the stub


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from .garbage_collection import paused_garbage_collection

    with paused_garbage_collection():  # nothing that an import makes is garbage
        value = getattr(import_module(f".{_MODULES[name]}", __name__), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
