"""From a resource to its ties."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..platform import Platform
from ..spec.resource import Resource
from .config_texts import reads_of, told_of
from .fronts import facts_of
from .kind import compiler_of
from .needs import needs_of
from .offers import offer_of
from .targets import TargetName, further_targets, target_of
from .ties import Ties

__all__ = ["ties_of", "ties_of_wrong"]


def ties_of(resource: Resource, platform: Platform) -> Ties:
    """Return what *resource* has to do with others, its overlay too."""
    ties = _spec_ties(resource, platform)
    if not resource.spec.overlay:
        return ties
    from .written_ties import overlay_parts, with_written  # most resources have no overlay

    return with_written(ties, resource, overlay_parts(resource, platform), platform)


def _spec_ties(resource: Resource, platform: Platform) -> Ties:
    offer, labels, compiler = offer_of(resource, platform), tuple(resource.selector.items()), compiler_of(resource)
    target = target_of(resource, offer)
    return Ties(
        resource.kind,
        (offer.namespace, offer.name),
        labels if compiler.is_gateway else None,
        compiler.route(resource, platform),
        offer.addresses if offer.policy and offer.policy.restricts_ingress else (),
        offer.policy is not None and offer.policy.allow_intra_namespace and platform.output != "resources",
        tuple(needs_of(resource, platform)),
        tuple(_connected(resource, offer.namespace)),
        target,
        further_targets(resource, offer, target),
        labels,
        offer.entrances,
        offer.policy is not None and offer.policy.restricts_egress,
        offer.pod_ports if offer.policy else (),
        facts_of(resource, offer, platform),
        calls=resource.calls(offer.namespace),
        inbound=resource.callers(offer.namespace),
        told=tuple(told_of(resource, platform)),
        reads=tuple(reads_of(resource, platform)),
        domain=platform.cluster_domain,
    )


def ties_of_wrong(document: Any, platform: Platform) -> Ties:
    """Return what *document*, which is wrong, has to do with others: a Gateway that is wrong is there all the same."""
    metadata = document.get("metadata") if isinstance(document, dict) else None
    if not isinstance(metadata, dict) or document.get("kind") != "Gateway":
        return Ties("", ("", ""))
    name = str(metadata.get("namespace") or platform.namespace or ""), str(metadata.get("name"))
    return Ties("Gateway", name, gateway=())


def _connected(resource: Resource, namespace: str) -> Iterator[TargetName]:
    for each in resource.spec.connections:
        yield each.kind, each.namespace or namespace, each.name
    for place, name in resource.calls(namespace):
        yield "", place, name
