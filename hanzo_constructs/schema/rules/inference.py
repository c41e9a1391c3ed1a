"""Rules of model serving: bounds of the autoscaler, models beside each other, caches."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import BaseModel

from ...spec.canary import CANARY, PRIMARY
from ...spec.inference.blocks import Cache, HealthCheck, InferenceAutoscaling, Wake
from ...spec.inference.spec import InferenceServiceSpec
from .rule import CelRule, amount, filled, is_on, needs, never_with, value_or

__all__ = ["RULES"]

_BOTH = "required: an autoscaler has both bounds, or leave out the other"
_EXTERNAL = "has(self.autoscaling) && " + is_on("external", "self.autoscaling")
_WAKE = "has(self.autoscaling) && has(self.autoscaling.wake)"
_CANARY_VARIANT = "has(self.canary) && has(self.canary.variant)"
_BOUNDS = (
    CelRule("minReplicas", needs("maxReplicas", "has(self.minReplicas)"), _BOTH),
    CelRule("maxReplicas", needs("minReplicas", "has(self.maxReplicas)"), _BOTH),
    CelRule(
        "minReplicas",
        needs("minReplicas", "!has(self.maxReplicas) || self.minReplicas <= self.maxReplicas"),
        "must not exceed maxReplicas",
    ),
    CelRule(
        "maxReplicas",
        f"!has(self.maxReplicas) || self.maxReplicas == 0 || !({_EXTERNAL})",
        "has no effect beside autoscaling.external; leave one of them out",
    ),
    CelRule(
        "autoscaling.wake",
        f"!({_WAKE}) || {value_or('minReplicas', '0')} == 0",
        "has no effect because minReplicas is not 0",
    ),
)
_VARIANTS = (
    CelRule("variant", needs("variant", f"self.variant != '{CANARY}'"), f"{CANARY} is the name of the other side"),
    CelRule(
        "canary.variant",
        f"!({_CANARY_VARIANT}) || self.canary.variant != '{PRIMARY}' && self.canary.variant != '{CANARY}'",
        f"must be neither {PRIMARY} nor {CANARY}, which are names of their own; choose another, such as v2",
    ),
    CelRule(
        "variant",
        f"!({_CANARY_VARIANT}) || has(self.variant)",
        f"required beside canary.variant, or promoting restarts the pods; {PRIMARY} names what runs without one",
    ),
    CelRule(
        "canary.variant",
        "!has(self.canary) || !has(self.variant) || has(self.canary.variant)",
        "required beside variant, or promoting restarts the pods",
    ),
    CelRule(
        "canary.variant",
        f"!({_CANARY_VARIANT}) || !has(self.variant) || self.variant != self.canary.variant",
        "must differ from variant",
    ),
)
_SPEC = (
    *_BOUNDS,
    *_VARIANTS,
    CelRule(
        "image",
        "has(self.image) || !has(self.engine) || self.engine != 'custom'",
        "required because engine is custom",
    ),
    *(
        CelRule(
            f"rollout.{field}",
            f"!has(self.rollout) || !has(self.rollout.{field}) || !has(self.strategy) || self.strategy != 'Recreate'",
            "has no effect because strategy is Recreate; leave one of them out",
        )
        for field in ("maxSurge", "maxUnavailable")
    ),
)

RULES: Mapping[type[BaseModel], tuple[CelRule, ...]] = {
    InferenceServiceSpec: _SPEC,
    HealthCheck: (
        CelRule("path", "self.path.startsWith('/')", "must begin with a slash"),
        *(CelRule(field, amount(field, "1ms"), "must be longer than nothing") for field in ("interval", "timeout")),
    ),
    Wake: (
        CelRule("", "has(self.query) != has(self.metric)", "must have query (with KEDA) or metric (without it)"),
        CelRule("query", needs("query", "size(self.query) > 0"), "must not be empty"),
        CelRule(
            "labels", f"!({filled('labels')}) || has(self.metric)", "belong to metric; leave them out beside query"
        ),
    ),
    InferenceAutoscaling: (
        *(
            CelRule(
                field,
                never_with(field, is_on("external")),
                "has no effect beside external: true; leave one of them out",
            )
            for field in ("metric", "target", "wake", "behavior")
        ),
        CelRule(
            "target",
            f"{is_on('external')} || !has(self.metric) || self.metric != 'tokensPerSecond' || has(self.target)",
            "required: the tokens that a pod of this model generates in a second",
        ),
        CelRule(
            "target",
            "!has(self.metric) || self.metric != 'gpuUtilization' || !has(self.target) || self.target <= 100",
            "must be a percentage up to 100",
        ),
    ),
    Cache: (
        CelRule(
            "accessModes",
            needs("accessModes", "self.accessModes.exists(mode, mode != 'ReadOnlyMany')"),
            "must hold one by which the pods can write, such as ReadWriteMany",
        ),
    ),
}
