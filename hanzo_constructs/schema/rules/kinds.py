"""Rules of the kinds, and of what only some of them have: routes, tasks, claims, engines."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import BaseModel

from ...kube.labels import BACKUP_OF, SERVICE_ROLE, SET_BY_THE_CLUSTER, TASK
from ...spec.adopt import Adopt
from ...spec.attachments import Config, Persistence
from ...spec.backup import Backup
from ...spec.base import BaseGateway
from ...spec.cors import Cors
from ...spec.engine_facts import EngineFacts
from ...spec.gateway import AuthPolicy, GatewaySpec, RateLimit, Route
from ...spec.lattice_deploy import LatticeDeploy
from ...spec.lattice_service import LatticeServiceSpec
from ...spec.pod_failure import ExitCodes, PodFailureRule
from ...spec.stateful import Disk, FurtherDisk
from .rule import CelRule, amount, filled, is_on, needs, never_with

__all__ = ["RULES"]

_OWN = "is derived and tells the children apart; leave it out"


def _reserved(field: str) -> str:
    """Say that the gateway keeps no segment of the path in *field*, the first or the last, for itself."""
    kept = [
        f"self.{field} == '/{segment}' || self.{field}.startsWith('/{segment}/') || self.{field}.endsWith('/{segment}')"
        for segment in ("__debug", "__echo", "__health")
    ]
    return f"!({' || '.join(kept)} || self.{field} == '/healthz')"


_TIMEOUT = CelRule("timeout", amount("timeout", "1ms"), "must be longer than nothing")
_ALONE = CelRule(
    "accessModes",
    never_with(
        "accessModes",
        "size(self.accessModes) > 1 && self.accessModes.exists(mode, mode == 'ReadWriteOncePod')"
        " && !self.accessModes.all(mode, mode == 'ReadWriteOncePod')",
    ),
    "must have ReadWriteOncePod alone",
)
_CLAIM = (
    *(
        CelRule(
            field,
            never_with(field, "has(self.existingClaim)"),
            "belongs to a new claim; leave it out beside existingClaim",
        )
        for field in ("size", "storageClassName", "accessModes", "retentionPolicy")
    ),
    CelRule(
        "size",
        "has(self.size) || has(self.existingClaim)",
        "required: the size of the claim, such as 10Gi, or existingClaim",
    ),
    _ALONE,
)

RULES: Mapping[type[BaseModel], tuple[CelRule, ...]] = {
    Adopt: (
        CelRule(
            "selector",
            needs("selector", "size(self.selector) > 0"),
            "must have at least one label, or it selects all pods of the namespace",
        ),
        *(
            CelRule("selector", f"!has(self.selector) || !('{key}' in self.selector)", f"{key} {_OWN}")
            for key in (SERVICE_ROLE, BACKUP_OF, TASK)
        ),
        CelRule(
            "selector",
            f"!has(self.selector) || !({' || '.join(f'{key!r} in self.selector' for key in sorted(SET_BY_THE_CLUSTER))})",
            "has a label that the cluster sets for each revision or pod; leave it out",
        ),
    ),
    Config: (
        CelRule("files", "size(self.files) > 0", "must hold at least one file"),
        CelRule("mountPath", f"has(self.mountPath) || {is_on('env')}", "required, or env: true"),
    ),
    Persistence: _CLAIM,
    Disk: _CLAIM,
    FurtherDisk: (_ALONE,),
    Backup: (CelRule("schedule", "has(self.schedule) || has(self.enabled) && !self.enabled", "required"),),
    BaseGateway: (
        _TIMEOUT,
        CelRule("route", _reserved("route"), "must not be what the gateway keeps for itself"),
        CelRule(
            "leaderPollInterval",
            amount("leaderPollInterval", "100ms"),
            "must be at least 100ms, or the replicas do nothing but answer it",
        ),
    ),
    Cors: (
        CelRule(
            "allowOrigins",
            f"!{is_on('allowCredentials')} || !self.allowOrigins.exists(origin, origin == '*')",
            "must not be * beside allowCredentials, which browsers refuse; name the origins",
        ),
        CelRule("maxAge", amount("maxAge", "1s"), "must be at least 1s, or no browser remembers it"),
    ),
    EngineFacts: (
        CelRule(
            "",
            "has(self.generation) || has(self.dataPath)",
            "must name generation or dataPath; leave it out if the image is known by its tag",
        ),
    ),
    LatticeServiceSpec: (
        CelRule(
            "autoscaling.max",
            "!has(self.autoscaling) || !has(self.replicas) || self.replicas <= self.autoscaling.max",
            "must be at least replicas",
        ),
        CelRule(
            "deploy.canary.containers",
            "!has(self.deploy) || !has(self.deploy.canary) || !has(self.workload)"
            " || self.deploy.canary.containers.all(name, name in self.workload.containers)",
            "must be containers of the workload",
        ),
    ),
    LatticeDeploy: (
        CelRule(
            "canary",
            "!has(self.strategy) || self.strategy != 'canary' || has(self.canary)",
            "required because strategy is canary",
        ),
        CelRule(
            "canary",
            "!has(self.canary) || has(self.strategy) && self.strategy == 'canary'",
            "has no effect without strategy: canary; write that, or leave it out",
        ),
    ),
    Route: (
        CelRule("prefix", _reserved("prefix"), "must not be what the gateway keeps for itself"),
        _TIMEOUT,
    ),
    GatewaySpec: (_TIMEOUT,),
    RateLimit: (
        CelRule(
            "",
            "has(self.maxRate) || has(self.clientMaxRate)",
            "must have maxRate or clientMaxRate, or it limits nothing",
        ),
        CelRule("every", amount("every", "1s"), "must be at least 1s, or the gateway takes it for 1s"),
    ),
    AuthPolicy: (
        CelRule(
            "",
            "has(self.iamEndpoint) || has(self.jwksUrl)",
            "must have iamEndpoint or jwksUrl, or no token could be checked",
        ),
    ),
    ExitCodes: (
        CelRule("values", "self.values.isSorted()", "must be in ascending order"),
        CelRule(
            "values",
            "self.operator != 'In' || !self.values.exists(code, code == 0)",
            "must not have 0, which is no failure",
        ),
    ),
    PodFailureRule: (
        CelRule(
            "",
            f"has(self.onExitCodes) != ({filled('onPodConditions')})",
            "must have one of onExitCodes and onPodConditions",
        ),
    ),
}
