"""InferenceService: a Deployment for each model, the Services that lead to them, and a route that shares the traffic."""

from __future__ import annotations

from collections.abc import Iterator

from ..children.cluster_service import cluster_service, traffic_distribution
from ..children.deployment import deployment, progress_deadline
from ..errors import Finding
from ..kube.handover import forgotten_replicas, kept_replicas
from ..kube.owner import Pods
from ..platform import Platform, Rules
from ..spec.image import ImageSpec
from ..spec.inference.blocks import whole_seconds
from ..spec.inference.contract import replicas_of_canary, variants, weights
from ..spec.inference.spec import InferenceServiceSpec
from ..spec.inference_service import InferenceService
from ..spec.rollout import DeploymentRollout
from .attachments import attached_children
from .canary import ROUTE_WHY, route_children, route_findings, route_needs, shared_among, variant_pods
from .child import Child
from .compilation import Compilation
from .inference.accelerators import claim_children
from .inference.findings import model_findings
from .inference.pods import WHY, model_template
from .inference.scaling import WHY as SCALING_WHY
from .inference.scaling import autoscaling_children, autoscaling_findings, unasked_by_models
from .kind import Compiler, ManualSteps
from .links import NO_LINKS, Links
from .needs import Need
from .optional_blocks import secret_children
from .services import further_services
from .serving import guarding_children

__all__ = ["INFERENCE_SERVICE", "compile_inference_service", "inference_findings", "inference_needs"]

_NO_SURGE = {"max_surge": 0, "max_unavailable": 1}
_NOTHING_WRITTEN = DeploymentRollout.model_construct()


def compile_inference_service(
    service: InferenceService, pods: Pods, rules: Rules, _: Links = NO_LINKS
) -> Iterator[Child]:
    """Yield the children of *service* in apply order."""
    spec, owner = service.spec, pods.owner
    yield from secret_children(owner, spec.kms_secrets, rules.platform)
    yield from attached_children(owner, spec, rules.platform)
    yield from claim_children(owner, spec, rules)
    adopted = service.adopted.selector is not None
    models = [
        variant_pods(pods, variant, name=f"{owner.name}-{variant}", main=index == 0, adopted=adopted)
        for index, variant in enumerate(variants(spec))
    ]
    yield from _services(service, pods, models, rules)
    for index, (own, (_field, reference)) in enumerate(zip(models, spec.model_refs, strict=True)):
        yield _deployment(own, reference, spec, rules, is_canary=index > 0)
    yield from autoscaling_children(models[0], spec, rules)
    shares = shared_among(spec.canary, service.side_services)
    yield from guarding_children(spec, pods, rules, among_several=True, weights=shares)
    yield from route_children(owner, spec.ingress, shares, port=spec.port, rules=rules, because="spec.canary")


def _services(service: InferenceService, pods: Pods, models: list[Pods], rules: Rules) -> Iterator[Child]:
    """Yield the Service over all pods, those of each model beside a canary, and further ones."""
    spec, name = service.spec, pods.owner.name
    traffic = traffic_distribution(rules, several=spec.may_be_several)
    main = cluster_service(pods, spec.ports, name=f"{name}-svc", role="client", traffic=traffic, options=spec.service)
    yield Child("Service", main, "always")
    for side, own in zip(weights(spec), models, strict=True) if spec.canary else ():
        manifest = cluster_service(own, spec.ports, name=f"{name}-{side}", role="alias", traffic=traffic)
        yield Child(f"Service-{side}", manifest, "spec.canary")
    yield from further_services(pods, spec, spec.ports, traffic=traffic)


def _deployment(pods: Pods, reference: str, spec: InferenceServiceSpec, rules: Rules, *, is_canary: bool) -> Child:
    template = model_template(pods, reference, spec, rules)
    own = spec.rollout or _NOTHING_WRITTEN
    strategy, bounds = _strategy(spec)
    rollout = own.model_copy(update={**bounds, **_deadline(template, own, spec)})
    scaled = None if spec.scales or spec.is_external else spec.replicas
    replicas = replicas_of_canary(spec) if is_canary else scaled
    manifest = deployment(pods, template, replicas=replicas, strategy=strategy, rollout=rollout, rules=rules)
    variant = pods.name.removeprefix(f"{pods.owner.name}-")
    return Child(f"Deployment-{variant}", manifest, "spec.canary" if is_canary else "always", pods=pods)


def _strategy(spec: InferenceServiceSpec) -> tuple[str, dict[str, int]]:
    """Return how pods are replaced: on GPUs, which are seldom to spare, none starts before another has stopped."""
    rollout = spec.rollout or _NOTHING_WRITTEN
    bounded = rollout.max_surge is not None or rollout.max_unavailable is not None
    if not spec.gpu or bounded:
        return spec.strategy or "RollingUpdate", {}
    strategy = spec.strategy or ("RollingUpdate" if spec.serves_several else "Recreate")
    return strategy, _NO_SURGE if strategy == "RollingUpdate" else {}


def _deadline(template: dict[str, object], own: DeploymentRollout, spec: InferenceServiceSpec) -> dict[str, int]:
    """Return a deadline longer than the start of a pod, and than what may be fetched before it, in every epoch."""
    if own.progress_deadline_seconds is not None:
        return {}
    fetches = "initContainers" in template["spec"]  # type: ignore[operator]  # a pod
    fetching = whole_seconds(spec.startup_budget) if fetches else 0
    seconds = progress_deadline(template, own.seconds_ready, fetching=fetching)
    return {} if seconds is None else {"progress_deadline_seconds": seconds}


def inference_findings(service: InferenceService, rules: Rules, _: Links = NO_LINKS) -> Iterator[Finding]:
    """Yield what the platform, the epoch or the set doubts or refuses in *service*."""
    spec = service.spec
    namespace = service.metadata.namespace or rules.platform.namespace or ""
    yield from model_findings(spec, rules)
    yield from autoscaling_findings(spec, rules, namespace)
    if spec.canary:
        yield from route_findings(spec.ingress, rules, namespace, "spec.canary")
    own = spec.rollout.progress_deadline_seconds if spec.rollout else None
    if own is not None and own <= whole_seconds(spec.startup_budget):
        message = (
            f"must be longer than startupBudget ({spec.startup_budget}), or every rollout counts as failed, got {own}"
        )
        yield Finding(message, "spec.rollout.progressDeadlineSeconds")


def inference_needs(service: InferenceService, platform: Platform) -> Iterator[Need]:
    """Yield that the Gateway leads to the Services of the models."""
    namespace = service.metadata.namespace or platform.namespace or ""
    names = service.side_services.values()
    return route_needs(names, platform, namespace, port=service.spec.port, field="spec.canary")


def _manual_steps(compilation: Compilation) -> Iterator[ManualSteps]:
    """Yield the steps before a canary is promoted whose count an autoscaler then owns; without variants its pods go."""
    spec = compilation.resource.spec
    if not spec.canary or not spec.canary.variant or not (spec.scales or spec.is_external):
        return
    for child in compilation.children:
        if child.id == f"Deployment-{spec.canary.variant}":
            before = "before you promote the canary, run this (its count goes to the autoscaler, and all its pods but one would stop):"
            yield ManualSteps(before, (kept_replicas(child.manifest),))
            yield ManualSteps("or this, if you apply without --server-side:", (forgotten_replicas(child.manifest),))


def _image(service: InferenceService, _: Rules) -> ImageSpec:
    return service.spec.engine_image


INFERENCE_SERVICE = Compiler(
    compile_inference_service,
    inference_findings,
    image=_image,
    needs=inference_needs,
    unasked=unasked_by_models,
    manual_steps=_manual_steps,
    why={
        "Deployment": WHY,
        "HTTPRoute": ROUTE_WHY,
        "Service": {"spec.ports[*]": "engines listen on one port"},
        **SCALING_WHY,
    },
    is_stateful=True,
)
"""Engines run as root in their own images, so that their pods are hardened as those that keep data."""
