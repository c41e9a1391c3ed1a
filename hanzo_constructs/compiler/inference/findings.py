"""Warnings and errors about an InferenceService that depend on the platform or the epoch."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ...errors import Finding
from ...platform import Rules
from ...spec.image import ImageSpec
from ...spec.inference.blocks import whole_seconds
from ...spec.inference.contract import replicas_of_canary
from ...spec.inference.model_ref import ImageModel, StoreModel, parsed
from ...spec.inference.spec import InferenceServiceSpec
from ...spec.scaling import PodDisruptionBudget, pods_of
from ...spec.short_forms import image_of
from ..attachments import attachment_findings
from ..exposure import exposure_findings
from ..findings import (
    budget_findings,
    enabled_findings,
    eviction_findings,
    image_findings,
    size_findings,
    unmounted_findings,
)
from ..open_routes import public_metrics_findings
from ..optional_blocks import active
from ..pods import amount_doubt
from ..references import reference_findings
from ..rollout import deployment_rollout_findings
from ..services import service_findings
from .models import image_volumes, loader_image

__all__ = ["model_findings"]


def model_findings(spec: InferenceServiceSpec, rules: Rules) -> Iterator[Finding]:
    """Yield what is doubted or refused in *spec*, but for its autoscaler and its route."""
    others = (("sidecars", spec.sidecars), ("initContainers", spec.init_containers))
    yield from image_findings(spec.engine_image, others, spec.volumes, rules, default=spec.image is None)
    yield from _source_findings(spec, rules)
    for finding in reference_findings(_Main(spec), others, rules):
        yield replace(finding, path=finding.path.replace("spec.args[", "spec.engineArgs["))
    yield from deployment_rollout_findings(spec.rollout, rules)
    yield from enabled_findings(
        (
            ("ingress", spec.ingress),
            ("pdb", spec.pdb),
            ("networkPolicy", spec.network_policy),
            ("serviceMonitor", spec.service_monitor),
        )
    )
    yield from service_findings(spec, spec.ports, rules)
    if exposure := active(spec.ingress):
        yield from exposure_findings(exposure, rules)
        if monitor := active(spec.service_monitor):
            yield from public_metrics_findings(exposure, monitor, spec.ports)
    if budget := active(spec.pdb):
        yield from eviction_findings(budget, rules)
        if not spec.is_external:
            yield from budget_findings(budget, spec.floor + replicas_of_canary(spec), rules)
            yield from _shared_budget_findings(budget, spec, rules)
    yield from attachment_findings(spec, rules)
    yield from unmounted_findings(spec.volumes, spec.volume_mounts, (*spec.sidecars, *spec.init_containers))
    yield from _cache_findings(spec, rules)
    yield from _probe_findings(spec)
    yield from _root_findings(spec)
    yield from _amount_findings(spec)


class _Main:
    """The main container as far as references to variables are looked for: the arguments of the engine are its words."""

    def __init__(self, spec: InferenceServiceSpec) -> None:
        self.env, self.env_from = spec.env, spec.env_from
        self.command, self.args = spec.command, spec.engine_args
        self.volume_mounts, self.connections, self.configs = spec.volume_mounts, spec.connections, spec.configs


def _source_findings(spec: InferenceServiceSpec, rules: Rules) -> Iterator[Finding]:
    """Yield images of models, and of what fetches them, whose content may change, and those that must copy themselves."""
    for field, reference in spec.model_refs:
        match parsed(reference):
            case StoreModel() if field == "spec.modelRef" or not _is_fetched(spec.model_ref):
                default = spec.loader_image is None
                yield from image_findings(loader_image(spec), (), (), rules, at="spec.loaderImage", default=default)
            case ImageModel(image, _):
                yield from image_findings(ImageSpec.model_validate(image_of(image)), (), (), rules, at=field)
                if not image_volumes(rules):
                    message = (
                        f"is copied out of the image by its own program cp, because the platform's oldest cluster is"
                        f" {rules.platform.kubernetes}: volumes of images come with Kubernetes 1.35, or the feature gate"
                        " ImageVolume in featureGates"
                    )
                    yield Finding(message, field, severity="warning")


def _is_fetched(reference: str) -> bool:
    return isinstance(parsed(reference), StoreModel)


def _cache_findings(spec: InferenceServiceSpec, rules: Rules) -> Iterator[Finding]:
    """Yield a cache that only the pods of one node can mount, where there may be others."""
    cache = spec.cache
    if cache is None:
        return
    yield from size_findings(cache.size, "spec.cache.size")
    if not cache.is_shared and spec.may_be_several:
        message = (
            f"lets the pods of one node mount it, and there may be several: the others wait for ever; write"
            f" [ReadWriteMany], got {', '.join(cache.modes)}"
        )
        yield Finding(message, "spec.cache.accessModes")
    elif cache.is_shared and cache.storage_class_name is None:
        message = (
            f"required where the class of the platform ({rules.platform.storage_class_name}) has no volumes that many"
            " nodes can write to, as block storage has not; name one here, or accessModes: [ReadWriteOnce] for one pod"
        )
        yield Finding(message, "spec.cache.storageClassName", severity="warning")


def _probe_findings(spec: InferenceServiceSpec) -> Iterator[Finding]:
    """Yield answers that may take longer than the time between two questions."""
    health = spec.health_check
    if whole_seconds(health.timeout) > whole_seconds(health.interval):
        message = f"is longer than interval ({health.interval}), which then is no pace any more, got {health.timeout}"
        yield Finding(message, "spec.healthCheck.timeout", severity="warning")


def _amount_findings(spec: InferenceServiceSpec) -> Iterator[Finding]:
    """Yield amounts that look like mistakes."""
    own = spec.resources
    for name, amount in (("cpu", own.cpu), ("memory", own.memory)) if own else ():
        if amount is not None and (doubt := amount_doubt(name, amount)):
            yield Finding(doubt, f"spec.resources.{name}", severity="warning")


def _shared_budget_findings(budget: PodDisruptionBudget, spec: InferenceServiceSpec, rules: Rules) -> Iterator[Finding]:
    """Yield a budget that counts the pods of a canary too, and so lets a drain take every pod of the old model.

    A single pod is not looked at: no drain ends without it.
    """
    field, stays = "minAvailable", budget.min_available
    goes = budget.max_unavailable
    if stays is None and goes is None and rules.epoch.budget == "minAvailable":
        stays = 1

    def allowed(pods: int) -> int:
        return pods - pods_of(stays, pods) if stays is not None else pods_of(1 if goes is None else goes, pods)

    if stays is None:
        field = "maxUnavailable"
    canary = replicas_of_canary(spec)
    if canary and spec.floor > 1 and allowed(spec.floor + canary) >= spec.floor > allowed(spec.floor):
        message = (
            f"counts the pods of the canary too, so that a drain may take all {spec.floor} of the model that serves;"
            " write maxUnavailable: 1 in its place while there is a canary"
        )
        yield Finding(message, f"spec.pdb.{field}", severity="warning")


def _root_findings(spec: InferenceServiceSpec) -> Iterator[Finding]:
    """Yield a root filesystem that nobody can write to, where the runtime must."""
    context = spec.container_security_context
    if spec.gpu and context and context.read_only_root_filesystem:
        message = "keeps the hook that brings the GPU into the container from writing there; leave it out, got true"
        yield Finding(message, "spec.containerSecurityContext.readOnlyRootFilesystem", severity="warning")
