"""From a resource of any kind to its compilation."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from types import MappingProxyType

from ..errors import Finding, SpecError
from ..kube.owner import Owner
from ..platform import Platform, Rules, rules_for
from ..spec.resource import EPOCH_ANNOTATION, POD_SECURITY_ANNOTATION, Resource
from .compilation import Child, Compilation
from .doubts import resource_findings
from .owner import owner_of
from .service import compile_service, service_findings

__all__ = ["compile_resource"]

Compiler = Callable[[Resource, Owner, Rules], Iterable[Child]]
Checker = Callable[[Resource, Rules], Iterable[Finding]]

_COMPILERS: MappingProxyType[str, tuple[Compiler, Checker]] = MappingProxyType(
    {"Service": (compile_service, service_findings)}  # type: ignore[dict-item]
)


def compile_resource(resource: Resource, platform: Platform | None = None) -> Compilation:
    """Derive the children of *resource* on *platform*; raises `SpecError` where its epoch or platform refuses it."""
    annotations = resource.metadata.annotations
    compiler, checker = _COMPILERS[resource.kind]
    rules = rules_for(
        platform or Platform(),
        epoch=annotations.get(EPOCH_ANNOTATION),
        pod_security=annotations.get(POD_SECURITY_ANNOTATION),  # type: ignore[arg-type]  # checked by Metadata
        stateful=False,
    )
    subject = str(resource)
    findings = [finding.at("", subject) for finding in (*resource_findings(resource, rules), *checker(resource, rules))]
    if any(finding.severity == "error" for finding in findings):
        raise SpecError(findings)
    owner = owner_of(resource, rules)
    return Compilation(resource, rules, owner, tuple(compiler(resource, owner, rules)), tuple(findings))
