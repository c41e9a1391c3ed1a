"""Compile typed resources of the hanzo.ai platform into complete sets of Kubernetes objects.

Everything named here is imported on first use: `import hanzo_constructs` costs nothing, and only the names of the cdk8s
front end (`HanzoApp`, `HanzoChart`, `ServiceConstruct`, `main`) need cdk8s and Node.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .compiler import Child, Compilation, compile_resource
    from .constructs.app import HanzoApp
    from .constructs.base import BaseConstruct
    from .constructs.chart import HanzoChart
    from .constructs.construct import ResourceConstruct
    from .constructs.datastore import DatastoreConstruct
    from .constructs.endpoints import Endpoints
    from .constructs.facades import (
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
    from .constructs.gateway import GatewayConstruct
    from .constructs.run import main
    from .constructs.service import ServiceConstruct
    from .errors import Finding, HanzoError, InputError, OutputError, PlatformError, ProofError, ReadError, SpecError
    from .platform import Platform
    from .settings import load_platform
    from .spec.kinds import parse
    from .spec.resource import Metadata, Resource, Service
    from .spec.service import ServiceSpec
    from .verify import Proof, Prover, prove

__all__ = [
    "BaseConstruct",
    "Child",
    "Compilation",
    "DatastoreConstruct",
    "DocDBConstruct",
    "Endpoints",
    "ExplorerConstruct",
    "Finding",
    "GatewayConstruct",
    "HanzoApp",
    "HanzoChart",
    "HanzoError",
    "IAMConstruct",
    "IndexerConstruct",
    "InputError",
    "KMSConstruct",
    "KVConstruct",
    "LLMConstruct",
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
    "BaseConstruct": "constructs.base",
    "Child": "compiler",
    "Compilation": "compiler",
    "DatastoreConstruct": "constructs.datastore",
    "DocDBConstruct": "constructs.facades",
    "Endpoints": "constructs.endpoints",
    "ExplorerConstruct": "constructs.facades",
    "GatewayConstruct": "constructs.gateway",
    "HanzoApp": "constructs.app",
    "HanzoChart": "constructs.chart",
    "IAMConstruct": "constructs.facades",
    "IndexerConstruct": "constructs.facades",
    "KMSConstruct": "constructs.facades",
    "KVConstruct": "constructs.facades",
    "LLMConstruct": "constructs.facades",
    "Metadata": "spec.resource",
    "Platform": "platform",
    "Proof": "verify",
    "Prover": "verify",
    "Resource": "spec.resource",
    "ResourceConstruct": "constructs.construct",
    "S3Construct": "constructs.facades",
    "SQLConstruct": "constructs.facades",
    "Service": "spec.resource",
    "ServiceConstruct": "constructs.service",
    "ServiceSpec": "spec.service",
    "compile_resource": "compiler",
    "load_platform": "settings",
    "main": "constructs.run",
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
