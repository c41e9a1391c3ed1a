"""From a resource of any kind to its compilation. What most resources do not have is imported where one has it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from ..errors import Finding, SpecError
from ..kube.copying import own_copy
from ..kube.kinds import apply_rank
from ..kube.owner import Pods
from ..platform import Epoch, Platform, Rules, rules_for
from ..spec.kinds import kind_of
from ..spec.resource import EPOCH_ANNOTATION, POD_SECURITY_ANNOTATION, Resource
from .child import Child
from .compilation import Compilation
from .findings import resource_findings
from .kind import compiler_of, kind_compiler
from .links import NO_LINKS, Links
from .needs import routed_hosts
from .owner import pods_of
from .pods import pod_findings
from .policies import Access, access_of, admitted_peers, policy_children, policy_findings
from .ties import Ties

__all__ = ["children_of", "compile_resource", "compile_unshared", "rules_of"]


def _apply_rank(child: Child) -> int:
    return apply_rank(child.manifest["kind"])


def compile_resource(resource: Resource, platform: Platform | None = None, *, links: Links = NO_LINKS) -> Compilation:
    """Derive the children of *resource* on *platform*; raises `SpecError` where its epoch or platform refuses it.

    *links* are those of the set that the resource belongs to. What becomes of *resource* afterwards changes nothing.
    """
    return compile_unshared(own_copy(resource), platform, links=links)


def compile_unshared(
    resource: Resource, platform: Platform | None = None, *, links: Links = NO_LINKS, ties: Ties | None = None
) -> Compilation:
    """Do what `compile_resource` does for a *resource* that nobody else holds, so that a copy would be a waste.

    Who knows the *ties* of the resource already hands them over.
    """
    platform = platform or Platform()
    compiler = kind_compiler(kind_of(resource, platform))
    rules = rules_of(resource, platform)
    subject = str(resource)
    access = access_of(resource, rules, links, ties)
    general = (*resource_findings(resource, rules), *pod_findings(resource.spec, rules))
    own = (*compiler.findings(resource, rules, links), *policy_findings(access))
    found = (*general, *own, *_block_findings(resource, rules, links))
    findings = [finding.at("", subject) for finding in found]
    if any(finding.severity == "error" for finding in findings):
        raise SpecError(findings)
    pods, children = _children(resource, rules, links, access)
    if resource.spec.overlay:
        from .overlay import overlaid, overlay_findings

        findings += [finding.at("", subject) for finding in overlay_findings(children, resource, pods, rules)]
        if any(finding.severity == "error" for finding in findings):
            raise SpecError(findings)
        children = overlaid(children, resource.spec.overlay)
    clients = tuple(admitted_peers(access, links)) if rules.platform.output == "resources" else ()
    hosts = tuple(routed_hosts(resource, rules.platform))
    unmet: tuple[Finding, ...] = ()
    if resource.spec.connections:
        from .connections import connection_hosts, unmet_findings

        hosts = (*hosts, *connection_hosts(resource, platform, links))
        unmet = tuple(each.at("", subject) for each in unmet_findings(resource, platform, links))
    key_needs = tuple(compiler.key_needs(resource))
    unasked = tuple(compiler.unasked(resource))
    compilation = Compilation(
        resource, rules, pods.owner, children, tuple(findings), clients, hosts, key_needs, links, unmet, unasked
    )
    if not rules.platform.rules_:
        return compilation
    from .platform_rules import judged

    return judged(compilation)


def _block_findings(resource: Resource, rules: Rules, links: Links) -> Iterator[Finding]:
    """Yield what is doubted or refused in blocks that most resources do not have."""
    if resource.spec.connections:
        from .connections import connection_findings

        yield from connection_findings(resource, rules, links)
    if resource.spec.adopt:
        from .adoption import adoption_findings

        yield from adoption_findings(resource, children_of(resource, rules, links))


def rules_of(resource: Resource, platform: Platform, epochs: Mapping[str, Epoch] | None = None) -> Rules:
    """Return what holds for *resource*; *epochs* stand for the real ones, by name."""
    annotations, compiler = resource.metadata.annotations, compiler_of(resource)
    return rules_for(
        platform,
        epoch=annotations.get(EPOCH_ANNOTATION),
        is_fixed=compiler.pod_security is not None,
        pod_security=compiler.pod_security or annotations.get(POD_SECURITY_ANNOTATION),  # type: ignore[arg-type]  # checked by Metadata
        stateful=compiler.is_stateful,
        epochs=epochs,
    )


def children_of(resource: Resource, rules: Rules, links: Links) -> tuple[Child, ...]:
    """Return the children of *resource* in apply order, whatever the platform or the epoch refuses."""
    _, children = _children(resource, rules, links, access_of(resource, rules, links, None))
    if not resource.spec.overlay:
        return children
    from .overlay import overlaid

    return overlaid(children, resource.spec.overlay)


def _connected(resource: Resource, pods: Pods, rules: Rules, links: Links) -> Pods:
    """Return *pods* with the variables of the connections of *resource*."""
    from .connections import connection_variables

    others = dict.fromkeys(name for each in resource.spec.connections for name in each.shared_with)
    return replace(
        pods,
        variables=connection_variables(resource, rules.platform, links),
        variables_of={name: connection_variables(resource, rules.platform, links, name) for name in others},
    )


def _children(resource: Resource, rules: Rules, links: Links, access: Access | None) -> tuple[Pods, tuple[Child, ...]]:
    compiler = compiler_of(resource)
    image = compiler.image(resource, rules)
    pods = pods_of(resource, rules, version=image.tag if image else None)
    if resource.spec.connections:
        pods = _connected(resource, pods, rules, links)
    children = (*compiler.children(resource, pods, rules, links), *policy_children(access, pods))
    if resource.spec.adopt:
        from .adoption import adopted_children

        children = tuple(adopted_children(children, pods))
    return pods, tuple(sorted(children, key=_apply_rank))
