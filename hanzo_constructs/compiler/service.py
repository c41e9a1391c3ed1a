"""Service: Deployment, and what its optional blocks ask for."""

from __future__ import annotations

from collections.abc import Iterator

from ..errors import Finding
from ..kube.owner import Pods
from ..platform import Rules
from ..spec.service import Service
from .child import Child
from .kind import Compiler
from .links import NO_LINKS, Links
from .requests import unasked_requests
from .stateless import stateless_children, stateless_findings

__all__ = ["SERVICE", "compile_service", "service_findings"]


def compile_service(service: Service, pods: Pods, rules: Rules, _: Links = NO_LINKS) -> Iterator[Child]:
    """Yield the children of *service* in apply order."""
    return stateless_children(service, service.spec.image, pods, rules)


def service_findings(service: Service, rules: Rules, _: Links = NO_LINKS) -> Iterator[Finding]:
    """Yield what the platform or the epoch doubts or refuses in *service*."""
    return stateless_findings(service, service.spec.image, rules)


SERVICE = Compiler(compile_service, service_findings, unasked=unasked_requests)
