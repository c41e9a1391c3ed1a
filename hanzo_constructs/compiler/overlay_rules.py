"""What of a child an overlay may not decide: what fields of the spec decide, and what can never change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any, NamedTuple

from pydantic import BaseModel

from ..kube.fields import listed, wire_name
from ..kube.kinds import KINDS
from ..kube.labels import COMPONENT, INSTANCE, NAME, PART_OF
from ..kube.owner import Pods
from ..kube.places import Place, covers
from ..spec.resource import Resource
from ..spec.task import JOB_FIELDS, SCHEDULE_FIELDS
from ..spec.values import models_in
from ..spec.workload import POD_FIELDS
from .child import Child

__all__ = ["DECIDED", "Rules", "block_of", "rules_of_child"]

Row = tuple[str, tuple[str, ...]]
"""A place in a child, and the fields of the spec that decide it; the first that the kind has is the one to write."""

_ROLLOUT = ("minReadySeconds", "revisionHistoryLimit", "progressDeadlineSeconds")
_SCHEDULE: tuple[Row, ...] = tuple(
    (f"spec.{field}", (field, f"backup.{field}")) for field in ("schedule", *map(wire_name, SCHEDULE_FIELDS))
)

DECIDED: Mapping[str, tuple[Row, ...]] = MappingProxyType(
    {
        "Deployment": (
            ("spec.replicas", ("replicas",)),
            ("spec.strategy.type", ("strategy",)),
            *(
                (f"spec.strategy.rollingUpdate.{field}", (f"rollout.{field}",))
                for field in ("maxSurge", "maxUnavailable")
            ),
            *((f"spec.{field}", (f"rollout.{field}",)) for field in _ROLLOUT),
        ),
        "StatefulSet": (
            ("spec.replicas", ("replicas",)),
            ("spec.persistentVolumeClaimRetentionPolicy.whenDeleted", ("storage.retentionPolicy",)),
            *(
                (f"spec.updateStrategy.rollingUpdate.{field}", (f"rollout.{field}",))
                for field in ("partition", "maxUnavailable")
            ),
            *((f"spec.{field}", (f"rollout.{field}",)) for field in _ROLLOUT),
        ),
        "Job": tuple((f"spec.{field}", (field,)) for field in map(wire_name, JOB_FIELDS)),
        "CronJob": (
            *_SCHEDULE,
            *((f"spec.jobTemplate.spec.{field}", (field,)) for field in map(wire_name, JOB_FIELDS)),
        ),
        "Service": (("spec.ports", ("ports", "port")),),
        "HorizontalPodAutoscaler": (
            ("spec.minReplicas", ("autoscaling.minReplicas",)),
            ("spec.maxReplicas", ("autoscaling.maxReplicas",)),
            ("spec.metrics", ("autoscaling.metrics", "autoscaling.targetCpuUtilization")),
            ("spec.behavior", ("autoscaling.behavior",)),
        ),
        "PodDisruptionBudget": (
            ("spec.minAvailable", ("pdb.minAvailable",)),
            ("spec.maxUnavailable", ("pdb.maxUnavailable",)),
        ),
        "Ingress": (
            ("spec.rules", ("ingress.hosts",)),
            ("spec.tls", ("ingress.tls",)),
            ("spec.ingressClassName", ("ingress.ingressClassName",)),
            ("metadata.annotations", ("ingress.annotations",)),
        ),
        "NetworkPolicy": (
            ("spec.ingress", ("networkPolicy.allowFrom",)),
            ("spec.egress", ("networkPolicy.egress",)),
        ),
        "KMSSecret": (("spec", ("kmsSecrets",)),),
    }
)
"""By the kind of the child: what fields of the spec decide in it, beside its pods."""

_BLOCKS = MappingProxyType(
    {
        "ConfigMap": ("configs", "schema"),
        "CronJob": ("backup", "schedule"),
        "HorizontalPodAutoscaler": ("autoscaling",),
        "HTTPRoute": ("ingress",),
        "Ingress": ("ingress",),
        "KMSSecret": ("kmsSecrets",),
        "NetworkPolicy": ("networkPolicy",),
        "PersistentVolumeClaim": ("persistence",),
        "PodDisruptionBudget": ("pdb",),
        "Service": ("ports",),
        "ServiceAccount": ("serviceAccount",),
        "ServiceMonitor": ("serviceMonitor",),
    }
)
"""By the kind of a child: the fields that ask for one."""

_IN_POD = ("restartPolicy", "volumes")
_IN_MAIN = {
    "image": ("image",),
    "imagePullPolicy": ("image.pullPolicy",),
    "ports": ("ports", "port"),
    "securityContext": ("containerSecurityContext",),
    **{
        field: (field,)
        for field in ("command", "args", "env", "envFrom", "resources", "volumeMounts", "lifecycle", "livenessProbe")
    },
    **{field: (field,) for field in ("readinessProbe", "startupProbe")},
}
"""Fields of the main container, and those of the spec that decide them."""
_SERVER_FIELDS = (
    *("uid", "creationTimestamp", "resourceVersion", "generation", "managedFields", "selfLink"),
    *("deletionTimestamp", "deletionGracePeriodSeconds"),
)
_ADDING = {"containers": "sidecars", "initContainers": "initContainers"}
"""The lists of containers of a pod, and the fields that add to them."""
_REPLACED = ("Job",)
"""Kinds whose objects are replaced when something immutable in them changes."""
_SERVER = "is written by the cluster; leave it out"
_ADOPT = "is identity, which never changes; write spec.adopt for what runs already"
_SELECTORS = {
    "HorizontalPodAutoscaler": ("scaleTargetRef",),
    "NetworkPolicy": ("podSelector",),
    "PodDisruptionBudget": ("selector",),
    "Service": ("selector",),
    "ServiceMonitor": ("selector",),
}
"""Fields that say which objects a child means."""


class Refusal(NamedTuple):
    """A place that an overlay does not decide, nor what stands below it."""

    place: Place
    message: str
    removable: bool = False
    """Whether what is derived there may be removed: the user wrote nothing that it stands for."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What an overlay of one child may not decide."""

    refusals: Sequence[Refusal]
    containers: Mapping[str, tuple[str, ...]]
    """The names in the lists of containers to which a field of the spec adds others, by the place of the list."""
    adding: Mapping[str, str]
    """The field that adds to each of these lists."""

    def refusal(self, place: Place, value: Any) -> str:
        """Say why *value*, which may be null, does not belong at *place*; nothing where it does."""
        for pattern, message, removable in self.refusals:
            if value is None and removable:
                continue
            if covers(pattern, place) or (not isinstance(value, dict) and covers(place, pattern)):
                return message
        return ""

    def stranger(self, place: Place) -> str:
        """Say why there is nothing that the container at *place* could be laid over; nothing where there is, or may be not."""
        for listed_at, names in self.containers.items():
            steps = tuple(listed_at.split("."))
            step = place[len(steps) - 1] if place[: len(steps) - 1] == steps[:-1] and len(place) >= len(steps) else ""
            field, bracket, name = step.partition("[")
            if bracket and field == steps[-1] and name[:-1] not in names:
                there = f"derived are {listed(names)}"
                return f"is the name of no container, {there}; write another one in spec.{self.adding[listed_at]}"
        return ""


def rules_of_child(child: Child, resource: Resource, pods: Pods) -> Rules:
    """Return what an overlay of *child* of *resource*, whose main workload runs *pods*, may not decide."""
    kind, spec = child.manifest["kind"], resource.spec
    refusals = [*_identity(child)]
    refusals += [_decided(tuple(place.split(".")), field, spec) for place, field in _rows(kind, type(spec))]
    refusals += [_decided(("metadata", "labels", key), field, spec) for key, field in _decided_labels(spec)]
    template = KINDS[kind].template if kind in KINDS else None
    if template is None or child.pods is None:
        return Rules(refusals, {}, {})
    place = tuple(map(str, template))
    names = _container_names(child, template)
    if child.pods != pods:  # those of a backup
        main, *_ = names["containers"]
        for name in ("image", "resources"):
            refusals.append(_decided((*place, "spec", f"containers[{main}]", name), f"backup.{name}", spec))
        return Rules(refusals, {}, {})
    refusals += _in_pods(place, names, spec)
    adding = {field: wire for field, wire in _ADDING.items() if _has(type(spec), wire)}
    known = {field: f"{'.'.join(place)}.spec.{field}" for field in adding}
    return Rules(
        refusals,
        {known[field]: names[field] for field in adding},
        {known[field]: wire for field, wire in adding.items()},
    )


def block_of(kind: str, model: type[BaseModel]) -> str:
    """Return the field of the spec *model* that asks for a child of *kind*; nothing where none does."""
    return _first(_BLOCKS.get(kind, ()), model)


def _rows(kind: str, model: type[BaseModel]) -> Iterator[tuple[str, str]]:
    """Yield the places in children of *kind* that fields of the spec *model* decide, and these."""
    for place, fields in DECIDED.get(kind, ()):
        if field := _first(fields, model):
            yield place, field


def _identity(child: Child) -> Iterator[Refusal]:
    kind = child.manifest["kind"]
    for field in ("apiVersion", "kind"):
        yield Refusal((field,), "is what the child is; leave it out")
    for field in ("name", "namespace", "generateName"):
        yield Refusal(("metadata", field), _ADOPT)
    for field in _SERVER_FIELDS:
        yield Refusal(("metadata", field), _SERVER)
    yield Refusal(("status",), _SERVER)
    row = KINDS.get(kind)
    immutable = row.immutable if row and kind not in _REPLACED else ()
    for field in (*_SELECTORS.get(kind, ()), *immutable):
        yield Refusal(("spec", field), _ADOPT)
    selector = child.pods.selector if child.pods else {}
    template = tuple(map(str, (row and row.template) or ()))
    for key in selector:
        yield Refusal((*template, "metadata", "labels", key), _ADOPT)
    for key in dict.fromkeys((NAME, INSTANCE, *selector)):
        if key in (child.manifest["metadata"].get("labels") or ()):
            yield Refusal(("metadata", "labels", key), _ADOPT)


def _decided_labels(spec: Any) -> Iterator[tuple[str, str]]:
    for key, field, value in ((PART_OF, "partOf", spec.part_of), (COMPONENT, "component", spec.component)):
        if value is not None:
            yield key, field
    for key in spec.labels:
        yield key, "labels"


def _in_pods(template: Place, names: Mapping[str, Sequence[str]], spec: Any) -> Iterator[Refusal]:
    """Yield what fields of *spec* decide in the pods at *template*, whose containers have the *names*."""
    model: type[BaseModel] = type(spec)
    pod = (*template, "spec")
    main, *_ = names["containers"]
    for name, fields in _IN_MAIN.items():
        if field := _first(fields, model):
            yield _decided((*pod, f"containers[{main}]", name), field, spec)
    for name in (*map(wire_name, POD_FIELDS), *_IN_POD):
        if _has(model, name):
            yield _decided((*pod, name), name, spec)
    yield _decided((*template, "metadata", "annotations"), "annotations", spec)
    for key, field in _decided_labels(spec):
        yield _decided((*template, "metadata", "labels", key), field, spec)
    for listed_in in ("containers", "initContainers"):
        for name in names[listed_in]:
            if field := _field_of(name, spec):
                yield Refusal((*pod, f"{listed_in}[{name}]"), _message(field))


def _field_of(container: str, spec: Any) -> str:
    """Return the place in *spec* of a *container* that the user wrote."""
    for field, wire in (("sidecars", "sidecars"), ("init_containers", "initContainers")):
        for index, each in enumerate(getattr(spec, field, ())):
            if each.name == container:
                return f"{wire}[{index}]"
    return ""


def _container_names(child: Child, template: Sequence[str | int]) -> Mapping[str, tuple[str, ...]]:
    """Return the names in both lists of containers of the pods of *child*."""
    found: Any = child.manifest
    for step in template:
        found = found[step]
    return {field: tuple(each["name"] for each in found["spec"].get(field) or ()) for field in _ADDING}


def _decided(place: Place, field: str, spec: Any) -> Refusal:
    """Say of *place* that the *field* of *spec* decides it."""
    return Refusal(place, _message(field), removable=not _is_written(spec, field))


def _message(field: str) -> str:
    return f"is decided by spec.{field}; write it there"


def _is_written(model: Any, dotted: str) -> bool:
    """Tell whether the user wrote the field *dotted*, in wire names, of *model*."""
    first, _, rest = dotted.partition(".")
    for name, field in type(model).model_fields.items():
        if first == (field.alias or name) and name in model.model_fields_set:
            value = getattr(model, name)
            return value is not None and (not rest or not isinstance(value, BaseModel) or _is_written(value, rest))
    return False


def _first(fields: Sequence[str], model: type[BaseModel]) -> str:
    return next((field for field in fields if _has(model, field)), "")


@cache
def _has(model: type[BaseModel], dotted: str) -> bool:
    """Tell whether the spec *model* has the field *dotted*, in wire names."""
    first, _, rest = dotted.partition(".")
    for name, field in model.model_fields.items():
        if first == (field.alias or name):
            return not rest or any(_has(below, rest) for below, _ in models_in(field.annotation))
    return False
