"""Rules of the specs: what is written in one block contradicts another, or needs it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pydantic import BaseModel

from ...kube.fields import wire_name
from ...kube.labels import BACKUP_OF, COMPONENT, INSTANCE, NAME, PART_OF, SERVICE_ROLE, TASK
from ...spec.backup import BACKUP_VARIABLES
from ...spec.base import BASE_VARIABLES, BaseSpec
from ...spec.datastore import DatastoreSpec
from ...spec.gateway import CONFIG_FOLDER, CONFIG_VOLUME, TEMPLATE_VARIABLES, GatewaySpec
from ...spec.route_prefix import LOWEST_PORT
from ...spec.service import StatelessSpec
from ...spec.stateful import StatefulSpec
from ...spec.task import JOB_LABELS, MOST_INDEXED, SCHEDULE_FIELDS, TaskSpec
from ...spec.workload import CONFIG_HASH, WorkloadSpec
from .rule import CelRule, filled, is_on, keyless, needs, never_with, off

__all__ = ["RULES", "of_workload"]

_ADOPTS_LABELS = f"has(self.adopt) && {filled('selector', 'self.adopt')}"
_OWN_KEY = "is derived and tells the children apart; leave it out"


def _label(key: str, message: str, *, unless: str = "") -> CelRule:
    free = keyless("labels", key)
    return CelRule("labels", f"{free} || {unless}" if unless else free, f"{key} {message}")


_WORKLOAD = (
    *(
        _label(key, "belongs to the selector and is derived from metadata.name; leave it out", unless=_ADOPTS_LABELS)
        for key in (NAME, INSTANCE)
    ),
    *(_label(key, _OWN_KEY) for key in (SERVICE_ROLE, BACKUP_OF, TASK)),
    *(
        _label(key, f"is {field}; leave one of them out", unless=f"!has(self.{field})")
        for key, field in ((PART_OF, "partOf"), (COMPONENT, "component"))
    ),
    CelRule(
        "fsGroup",
        "!has(self.fsGroup) || !has(self.securityContext) || !has(self.securityContext.fsGroup) || "
        "self.fsGroup == self.securityContext.fsGroup",
        "contradicts securityContext.fsGroup; leave one of them out",
    ),
    CelRule(
        "serviceAccount",
        never_with("serviceAccount", "has(self.serviceAccountName)"),
        "makes an account; leave this or serviceAccountName out",
    ),
    CelRule(
        "automountServiceAccountToken",
        never_with("automountServiceAccountToken", "has(self.serviceAccount)"),
        "is for accounts that exist; write serviceAccount.automountToken",
    ),
    CelRule(
        "annotations",
        f"!({filled('configs')}) || {keyless('annotations', CONFIG_HASH)}",
        f"{CONFIG_HASH} is derived from configs; leave it out",
    ),
)
_OF_STATEFUL_SETS = ("serviceName", "podManagementPolicy", "claimName", "claimLabels")


def of_workload(model: type[WorkloadSpec]) -> Iterator[CelRule]:
    """Yield the rules that depend on what runs the pods of *model*."""
    if model.workload_kind == "Job":
        yield CelRule(
            "adopt.selector",
            "!has(self.adopt) || !has(self.adopt.selector)",
            "cannot be chosen for jobs, whose pods a label selects that the cluster makes; leave it out",
        )
    if model.workload_kind == "StatefulSet":
        yield CelRule(
            "adopt.name",
            "!has(self.adopt) || !has(self.adopt.name) || size(self.adopt.name) <= 52 && !self.adopt.name.contains('.')",
            "must have at most 52 characters and no dot: the pods are named after it, and labelled with it and 11 more",
        )
        yield CelRule(
            "storage.storageClassName",
            "!has(self.storage) || !has(self.storage.storageClassName) || !has(self.adopt) || "
            f"!{is_on('withoutStorageClass', 'self.adopt')}",
            "contradicts adopt.withoutStorageClass; leave one of them out",
        )
        return
    message = "belongs to a StatefulSet, which this is not; leave it out"
    for field in _OF_STATEFUL_SETS:
        yield CelRule(f"adopt.{field}", f"!has(self.adopt) || !has(self.adopt.{field})", message)
    yield CelRule(
        "adopt.withoutStorageClass", f"!has(self.adopt) || !{is_on('withoutStorageClass', 'self.adopt')}", message
    )


def _named(field: str, what: str, names: tuple[str, ...], message: str) -> CelRule:
    listed = ", ".join(f"'{name}'" for name in names)
    return CelRule(field, f"!has(self.{field}) || !self.{field}.exists(each, each.{what} in [{listed}])", message)


_STATELESS = tuple(
    CelRule(
        f"rollout.{field}",
        f"!has(self.rollout) || !has(self.rollout.{field}) || !has(self.strategy) || self.strategy != 'Recreate'",
        "has no effect because strategy is Recreate; leave one of them out",
    )
    for field in ("maxSurge", "maxUnavailable")
)


def _undeclared(field: str, among: str) -> CelRule:
    return CelRule(
        "routes",
        f"!has(self.routes) || self.routes.all(route, !has(route.{field}) || "
        f"has(self.{among}) && self.{among}.exists(each, each.name == route.{field}))",
        f"a {field} is not declared in {among}",
    )


_GATEWAY = (
    _undeclared("rateLimit", "rateLimits"),
    _undeclared("authPolicy", "authPolicies"),
    _named("env", "name", tuple(TEMPLATE_VARIABLES), f"{' and '.join(TEMPLATE_VARIABLES)} are set by the platform"),
    _named(
        "volumes", "name", (CONFIG_VOLUME,), f"{CONFIG_VOLUME} is the volume of the configuration; take another name"
    ),
    CelRule(
        "volumeMounts",
        f"!has(self.volumeMounts) || !self.volumeMounts.exists(each, each.mountPath == '{CONFIG_FOLDER}' || "
        f"each.mountPath.startsWith('{CONFIG_FOLDER}/'))",
        f"{CONFIG_FOLDER} holds the configuration; take another path",
    ),
    CelRule(
        "annotations",
        keyless("annotations", CONFIG_HASH),
        f"{CONFIG_HASH} is derived from the configuration; leave it out",
    ),
)
_BASE = (
    CelRule("replicas", needs("replicas", "self.replicas % 2 == 1"), "must be odd for a quorum"),
    CelRule(
        "port",
        f"!has(self.gateway) || !has(self.port) || self.port >= {LOWEST_PORT}",
        f"must be {LOWEST_PORT} at least, or the gateway that routes to it does not start",
    ),
    _named("env", "name", BASE_VARIABLES, f"{', '.join(BASE_VARIABLES)} are set by the platform"),
    CelRule(
        "annotations", keyless("annotations", CONFIG_HASH), f"{CONFIG_HASH} is derived from the schema; leave it out"
    ),
    CelRule(
        "serviceMonitor.metricsPort",
        "!has(self.serviceMonitor) || !has(self.serviceMonitor.metricsPort) || "
        "has(self.serviceMonitor.enabled) && !self.serviceMonitor.enabled || self.serviceMonitor.metricsPort == 'http'",
        "is not a declared port, declared is http",
    ),
    CelRule(
        "services",
        "!has(self.services) || self.services.all(each, !has(each.ports) || each.ports.all(port, port == 'http'))",
        "a port is not declared, declared is http",
    ),
)
_INDEXED = "has(self.completionMode) && self.completionMode == 'Indexed'"
_TASK = (
    *(
        CelRule(
            wire_name(field),
            needs(wire_name(field), "has(self.schedule)"),
            "says nothing without spec.schedule; write that too, or leave it out",
        )
        for field in SCHEDULE_FIELDS
    ),
    CelRule(
        "completions",
        f"!({_INDEXED}) || has(self.completions)",
        "required beside completionMode Indexed: it says how many indexes there are",
    ),
    CelRule(
        "parallelism",
        f"!({_INDEXED}) || !has(self.parallelism) || self.parallelism <= {MOST_INDEXED}",
        f"must be at most {MOST_INDEXED} beside completionMode Indexed",
    ),
    CelRule(
        "restartPolicy",
        needs("podFailurePolicy", "!has(self.restartPolicy) || self.restartPolicy == 'Never'"),
        "must be Never beside podFailurePolicy, which judges pods that failed",
    ),
    *(_label(key, "is a label that the cluster gives the pods of a job; leave it out") for key in JOB_LABELS),
)
_CLAIM_NAME = "(has(self.adopt) && has(self.adopt.claimName) ? self.adopt.claimName : 'data')"
_CLAIMLESS = "belongs to a claim template, and there is none without storage.size; leave it out"
_CLASS_LEFT_OUT = (
    "(has(self.disks) && self.disks.exists(disk, !has(disk.storageClassName)) || "
    "has(self.storage) && !has(self.storage.existingClaim))"
)
_CLAIM_MADE = f"({filled('disks')} || has(self.storage) && !has(self.storage.existingClaim))"
_STATEFUL = (
    CelRule("adopt.claimName", "!has(self.adopt) || !has(self.adopt.claimName) || has(self.storage)", _CLAIMLESS),
    CelRule("adopt.claimLabels", f"!has(self.adopt) || !has(self.adopt.claimLabels) || {_CLAIM_MADE}", _CLAIMLESS),
    CelRule(
        "adopt.withoutStorageClass",
        f"!has(self.adopt) || !{is_on('withoutStorageClass', 'self.adopt')} || {_CLASS_LEFT_OUT}",
        _CLAIMLESS,
    ),
    CelRule(
        "podManagementPolicy",
        never_with("podManagementPolicy", "has(self.adopt) && has(self.adopt.podManagementPolicy)"),
        "is adopted (adopt.podManagementPolicy); leave one of them out",
    ),
    CelRule(
        "volumes",
        f"!has(self.storage) || !has(self.volumes) || !self.volumes.exists(volume, volume.name == {_CLAIM_NAME})",
        "one has the name of the disk; choose another name",
    ),
)
_DATASTORE = (
    CelRule(
        "volumes",
        f"!has(self.volumes) || !self.volumes.exists(volume, volume.name == {_CLAIM_NAME})",
        "one has the name of the volume of the engine's data; choose another name",
    ),
    CelRule(
        "env",
        f"!has(self.backup) || {off('backup')} || !has(self.env) || "
        f"!self.env.exists(each, each.name in [{', '.join(repr(name) for name in BACKUP_VARIABLES)}])",
        f"{', '.join(BACKUP_VARIABLES)} are set for the backup; choose another name",
    ),
)


RULES: Mapping[type[BaseModel], tuple[CelRule, ...]] = {
    WorkloadSpec: _WORKLOAD,
    StatelessSpec: _STATELESS,
    StatefulSpec: _STATEFUL,
    DatastoreSpec: _DATASTORE,
    GatewaySpec: _GATEWAY,
    BaseSpec: _BASE,
    TaskSpec: _TASK,
}
