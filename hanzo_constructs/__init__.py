"""Compile typed resources of the hanzo.ai platform into complete sets of Kubernetes objects.

Everything named here is imported on first use: `import hanzo_constructs` costs nothing, and only the names of the cdk8s
front end (`HanzoApp`, `HanzoChart`, `ServiceConstruct`, `main`) need cdk8s and Node.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .compiler import Child, Compilation, compile_resource
    from .compiler.links import Links, links_of
    from .constructs.kinds.base import BaseConstruct
    from .constructs.kinds.datastore import DatastoreConstruct
    from .constructs.kinds.endpoints import Endpoints
    from .constructs.kinds.facades import (
        DocDBConstruct,
        ExplorerConstruct,
        IAMConstruct,
        IndexerConstruct,
        KMSConstruct,
        KVConstruct,
        LLMConstruct,
        S3Construct,
        SQLConstruct,
    )
    from .constructs.kinds.gateway import GatewayConstruct
    from .constructs.kinds.resource import ResourceConstruct
    from .constructs.kinds.service import ServiceConstruct
    from .constructs.synth.app import HanzoApp
    from .constructs.synth.chart import HanzoChart
    from .constructs.synth.run import main
    from .errors import Finding, HanzoError, InputError, OutputError, PlatformError, ProofError, ReadError, SpecError
    from .platform import Platform
    from .settings import load_platform
    from .spec.base import BaseSpec
    from .spec.datastore import DatastoreSpec
    from .spec.facades import IAM, KMS, KV, LLM, S3, SQL, DocDB, Explorer, Indexer
    from .spec.gateway import GatewaySpec
    from .spec.kinds import parse
    from .spec.resource import Base, Datastore, Gateway, Metadata, Resource, Service
    from .spec.service import ServiceSpec
    from .verify import Proof, Prover, prove

__all__ = [
    "IAM",
    "KMS",
    "KV",
    "LLM",
    "S3",
    "SQL",
    "Base",
    "BaseConstruct",
    "BaseSpec",
    "Child",
    "Compilation",
    "Datastore",
    "DatastoreConstruct",
    "DatastoreSpec",
    "DocDB",
    "DocDBConstruct",
    "Endpoints",
    "Explorer",
    "ExplorerConstruct",
    "Finding",
    "Gateway",
    "GatewayConstruct",
    "GatewaySpec",
    "HanzoApp",
    "HanzoChart",
    "HanzoError",
    "IAMConstruct",
    "Indexer",
    "IndexerConstruct",
    "InputError",
    "KMSConstruct",
    "KVConstruct",
    "LLMConstruct",
    "Links",
    "Metadata",
    "OutputError",
    "Platform",
    "PlatformError",
    "Proof",
    "ProofError",
    "Prover",
    "ReadError",
    "Resource",
    "ResourceConstruct",
    "S3Construct",
    "SQLConstruct",
    "Service",
    "ServiceConstruct",
    "ServiceSpec",
    "SpecError",
    "compile_resource",
    "links_of",
    "load_platform",
    "main",
    "parse",
    "prove",
]

_ERRORS = (
    "Finding",
    "HanzoError",
    "InputError",
    "OutputError",
    "PlatformError",
    "ProofError",
    "ReadError",
    "SpecError",
)
_MODULES = {
    "Base": "spec.resource",
    "BaseConstruct": "constructs.kinds.base",
    "BaseSpec": "spec.base",
    "Child": "compiler",
    "Compilation": "compiler",
    "Datastore": "spec.resource",
    "DatastoreConstruct": "constructs.kinds.datastore",
    "DatastoreSpec": "spec.datastore",
    "DocDB": "spec.facades",
    "DocDBConstruct": "constructs.kinds.facades",
    "Endpoints": "constructs.kinds.endpoints",
    "Explorer": "spec.facades",
    "ExplorerConstruct": "constructs.kinds.facades",
    "Gateway": "spec.resource",
    "GatewayConstruct": "constructs.kinds.gateway",
    "GatewaySpec": "spec.gateway",
    "HanzoApp": "constructs.synth.app",
    "HanzoChart": "constructs.synth.chart",
    "IAM": "spec.facades",
    "IAMConstruct": "constructs.kinds.facades",
    "Indexer": "spec.facades",
    "IndexerConstruct": "constructs.kinds.facades",
    "KMS": "spec.facades",
    "KMSConstruct": "constructs.kinds.facades",
    "KV": "spec.facades",
    "KVConstruct": "constructs.kinds.facades",
    "LLM": "spec.facades",
    "LLMConstruct": "constructs.kinds.facades",
    "Links": "compiler.links",
    "Metadata": "spec.resource",
    "Platform": "platform",
    "Proof": "verify",
    "Prover": "verify",
    "Resource": "spec.resource",
    "ResourceConstruct": "constructs.kinds.resource",
    "S3": "spec.facades",
    "S3Construct": "constructs.kinds.facades",
    "SQL": "spec.facades",
    "SQLConstruct": "constructs.kinds.facades",
    "Service": "spec.resource",
    "ServiceConstruct": "constructs.kinds.service",
    "ServiceSpec": "spec.service",
    "compile_resource": "compiler",
    "links_of": "compiler.links",
    "load_platform": "settings",
    "main": "constructs.synth.run",
    "parse": "spec.kinds",
    "prove": "verify",
} | dict.fromkeys(_ERRORS, "errors")


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f".{_MODULES[name]}", __name__), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
