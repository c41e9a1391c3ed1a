"""From a resource of any kind to its compilation."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from ..errors import Finding, SpecError
from ..kube.copying import own_copy
from ..kube.order import apply_rank
from ..kube.owner import Owner
from ..platform import Epoch, Platform, Rules, rules_for
from ..spec.kinds import kind_of
from ..spec.resource import EPOCH_ANNOTATION, POD_SECURITY_ANNOTATION, Resource
from .base import base_findings, base_version, compile_base
from .child import Child
from .compilation import Compilation
from .datastore import compile_datastore, datastore_findings, datastore_version
from .doubts import resource_findings
from .gateway import compile_gateway, gateway_findings, gateway_version
from .links import NO_LINKS, Links
from .needs import routed_hosts
from .owner import owner_of
from .pods import pod_findings
from .policies import admitted_peers
from .service import compile_service, service_findings, service_version

__all__ = ["children_of", "compile_resource", "compile_unshared", "rules_of"]


@dataclass(frozen=True, slots=True)
class _Compiler:
    """How resources of one shape compile."""

    children: Callable[[Any, Owner, Rules, Links], Iterable[Child]]
    findings: Callable[[Any, Rules, Links], Iterable[Finding]]
    """What the platform, the epoch or the set doubts or refuses."""
    version: Callable[[Any, Rules], str | None]
    """The version of the image, for the label."""
    stateful: bool = False


_COMPILERS: MappingProxyType[str, _Compiler] = MappingProxyType(
    {
        "Service": _Compiler(compile_service, service_findings, service_version),
        "Datastore": _Compiler(compile_datastore, datastore_findings, datastore_version, stateful=True),
        "Base": _Compiler(compile_base, base_findings, base_version, stateful=True),
        "Gateway": _Compiler(compile_gateway, gateway_findings, gateway_version),
    }
)
"""By what a kind compiles as."""


def _apply_rank(child: Child) -> int:
    return apply_rank(child.manifest["kind"])


def compile_resource(resource: Resource, platform: Platform | None = None, *, links: Links = NO_LINKS) -> Compilation:
    """Derive the children of *resource* on *platform*; raises `SpecError` where its epoch or platform refuses it.

    *links* are those of the set that the resource belongs to. What becomes of *resource* afterwards changes nothing.
    """
    return compile_unshared(own_copy(resource), platform, links=links)


def compile_unshared(resource: Resource, platform: Platform | None = None, *, links: Links = NO_LINKS) -> Compilation:
    """Do what `compile_resource` does for a *resource* that nobody else holds, so that a copy would be a waste."""
    platform = platform or Platform()
    compiler = _COMPILERS[kind_of(resource, platform).compiled_as]
    rules = rules_of(resource, platform)
    subject = str(resource)
    general = (*resource_findings(resource, rules), *pod_findings(resource.spec, rules))
    found = (*general, *compiler.findings(resource, rules, links))
    findings = [finding.at("", subject) for finding in found]
    if any(finding.severity == "error" for finding in findings):
        raise SpecError(findings)
    owner, children = children_of(resource, rules, links)
    clients = tuple(admitted_peers(resource, rules, links)) if rules.platform.output == "resources" else ()
    hosts = tuple(routed_hosts(resource, rules.platform))
    return Compilation(resource, rules, owner, children, tuple(findings), clients, hosts, links)


def rules_of(resource: Resource, platform: Platform, epochs: Mapping[str, Epoch] | None = None) -> Rules:
    """Return what holds for *resource*; *epochs* stand for the real ones, by name."""
    annotations = resource.metadata.annotations
    return rules_for(
        platform,
        epoch=annotations.get(EPOCH_ANNOTATION),
        pod_security=annotations.get(POD_SECURITY_ANNOTATION),  # type: ignore[arg-type]  # checked by Metadata
        stateful=_COMPILERS[kind_of(resource, platform).compiled_as].stateful,
        epochs=epochs,
    )


def children_of(resource: Resource, rules: Rules, links: Links) -> tuple[Owner, tuple[Child, ...]]:
    """Return the children of *resource* in apply order and their owner, whatever the platform or the epoch refuses."""
    compiler = _COMPILERS[kind_of(resource, rules.platform).compiled_as]
    owner = owner_of(resource, rules, version=compiler.version(resource, rules))
    return owner, tuple(sorted(compiler.children(resource, owner, rules, links), key=_apply_rank))
