"""What of a child an overlay may not decide: what fields of the spec decide, and what can never change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from pydantic import BaseModel

from ..kube.fields import listed, wire_name
from ..kube.kinds import KINDS, TRANSIENT
from ..kube.labels import COMPONENT, INSTANCE, NAME, PART_OF
from ..kube.owner import Pods
from ..kube.places import Place, covers
from ..spec.resource import Resource
from ..spec.workload import POD_FIELDS
from .child import Child
from .overlay_fields import ADDING, DECIDED, IN_BACKUP, IN_MAIN, IN_POD, SERVICE_OPTIONS, first_field, has_field

__all__ = ["Refusal", "Rules", "rules_of_child"]

_SERVER_FIELDS = (
    *("uid", "creationTimestamp", "resourceVersion", "generation", "managedFields", "selfLink"),
    *("deletionTimestamp", "deletionGracePeriodSeconds"),
)
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
    left: Sequence[Place] = ()
    """Places in what is refused that no field decides."""

    def refusal(self, place: Place, value: Any) -> str:
        """Say why *value*, which may be null, does not belong at *place*; nothing where it does."""
        if any(covers(pattern, place) for pattern in self.left):
            return ""
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
    model: type[BaseModel] = type(spec)
    refusals = [*_identity(child)]
    refusals += [_decided(tuple(place.split(".")), field, spec) for place, field in _rows(child, model)]
    refusals += [_decided(("metadata", "labels", key), field, spec) for key, field in _decided_labels(spec)]
    if kind == "ConfigMap" and child.requested_by.startswith("spec."):
        refusals.append(_decided(("data",), child.requested_by.removeprefix("spec."), spec))
    template = KINDS[kind].template if kind in KINDS else None
    if template is None or child.pods is None:
        return Rules(refusals, {}, {})
    place = tuple(map(str, template))
    names = _container_names(child, template)
    if child.pods != pods and kind in TRANSIENT:  # those of a backup
        main, *_ = names["containers"]
        container = (*place, "spec", f"containers[{main}]")
        refusals += [_decided((*container, name), field, spec) for name, field in IN_BACKUP.items()]
        return Rules(refusals, {}, {})
    refusals += _in_pods(place, names, spec)
    adding = {field: wire for field, wires in ADDING.items() if (wire := first_field(wires, model))}
    known = {field: f"{'.'.join(place)}.spec.{field}" for field in adding}
    return Rules(
        refusals,
        {known[field]: names[field] for field in adding},
        {known[field]: wire for field, wire in adding.items()},
        left=[*_free_in_ports(child, place)],
    )


def _free_in_ports(child: Child, template: Place) -> Iterator[Place]:
    """Yield the fields of the derived ports of the main container that the ports of the spec have not."""
    pod: Any = child.manifest
    for step in (*template, "spec"):
        pod = pod[step]
    main = pod["containers"][0]
    for port in main.get("ports") or ():
        item = f"ports[{port['containerPort']},{port['protocol']}]"
        for field in ("name", "hostPort", "hostIP"):
            yield (*template, "spec", f"containers[{main['name']}]", item, field)


def _rows(child: Child, model: type[BaseModel]) -> Iterator[tuple[str, str]]:
    """Yield the places in *child* that fields of the spec *model* decide, and these."""
    for place, fields in DECIDED.get(child.manifest["kind"], ()):
        if field := first_field(fields, model):
            yield place, field
    if child.id == "Service" and has_field(model, "service"):
        block = "service"
    elif child.name_field.startswith("spec.services["):
        block = child.name_field.removeprefix("spec.").removesuffix(".name")
    else:
        return
    yield from ((place, f"{block}.{option}") for place, option in SERVICE_OPTIONS.items())


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
    for name, fields in IN_MAIN.items():
        if field := first_field(fields, model):
            yield _decided((*pod, f"containers[{main}]", name), field, spec)
    fields_of = {**{name: (name,) for name in map(wire_name, POD_FIELDS)}, **IN_POD}
    if spec.service_account:
        fields_of["automountServiceAccountToken"] = ("serviceAccount.automountToken",)
    for name, fields in fields_of.items():
        if field := first_field(fields, model):
            yield _decided((*pod, name), field, spec)
    yield _decided((*template, "metadata", "annotations"), "annotations", spec)
    for key, field in _decided_labels(spec):
        yield _decided((*template, "metadata", "labels", key), field, spec)
    for name in (*names["containers"], *names["initContainers"]):
        if field := _field_of(name, spec):
            for list_of in ADDING:
                yield Refusal((*pod, f"{list_of}[{name}]"), _message(field))


def _field_of(container: str, spec: Any) -> str:
    """Return the place in *spec* of a *container* that the user wrote."""
    for field, wire in (("sidecars", "sidecars"), ("init_containers", "initContainers")):
        for index, each in enumerate(getattr(spec, field, ())):
            if each.name == container:
                return f"{wire}[{index}]"
    workload = getattr(spec, "workload", None)
    return f"workload.containers.{container}" if workload and container in workload.containers else ""


def _container_names(child: Child, template: Sequence[str | int]) -> Mapping[str, tuple[str, ...]]:
    """Return the names in both lists of containers of the pods of *child*."""
    found: Any = child.manifest
    for step in template:
        found = found[step]
    return {field: tuple(each["name"] for each in found["spec"].get(field) or ()) for field in ADDING}


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
