"""The reason for every value of every child: which field of the resource, platform setting or rule of the epoch.

Computed on demand from the origin tables beside the builders, never while compiling.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, Literal

from ..children import (
    cluster_service,
    config_map,
    cron_job,
    deployment,
    headless_service,
    horizontal_pod_autoscaler,
    ingress,
    kms_secret,
    network_policy,
    pod,
    pod_disruption_budget,
    service_monitor,
    stateful_set,
)
from ..children.origin import METADATA, Origin, Origins
from ..children.sidecars import sidecar_origins
from ..kube.fields import Path, field_path, parsed_path, shown, wire_name
from ..kube.model import written
from ..platform import Rules
from ..spec.kinds import KINDS
from .base_reasons import base_origins
from .compilation import Child, Compilation
from .datastore_reasons import datastore_origins
from .gateway_reasons import gateway_origins

__all__ = ["ORIGINS", "OWN_ORIGINS", "Reason", "origins_of", "reasons"]

Source = Literal["resource", "default", "platform", "epoch", "always", "unexplained"]

_STATELESS = re.compile(
    r"spec\.template\.spec\.(?:initContainers|containers\[0\]\."
    r"(?:startupProbe|volumeMounts\Z|\w+Probe\.httpGet\.(?:host|httpHeaders|scheme)))"
)
"""What the kinds that keep data do not offer, or never leave empty."""


def _of_stateful(origins: Origins) -> Origins:
    """Return *origins* as they are where data is kept, which is hardened by another rule."""
    return {
        place: replace(origin, rule="stateful_pod_security") if origin.rule == "pod_security" else origin
        for place, origin in origins.items()
    }


_STATEFUL_POD = {place: origin for place, origin in _of_stateful(pod.ORIGINS).items() if not _STATELESS.match(place)}

ORIGINS: Mapping[str, Origins] = MappingProxyType(
    {
        "ConfigMap": {**METADATA, **config_map.ORIGINS},
        "CronJob": {**METADATA, **cron_job.ORIGINS},
        "Deployment": {**METADATA, **deployment.ORIGINS, **pod.ORIGINS},
        "HorizontalPodAutoscaler": {**METADATA, **horizontal_pod_autoscaler.ORIGINS},
        "Ingress": {**METADATA, **ingress.ORIGINS},
        "KMSSecret": {**METADATA, **kms_secret.ORIGINS},
        "NetworkPolicy": {**METADATA, **network_policy.ORIGINS},
        "PodDisruptionBudget": {**METADATA, **pod_disruption_budget.ORIGINS},
        "Service": {**METADATA, **cluster_service.ORIGINS, **headless_service.ORIGINS},
        "ServiceMonitor": {**METADATA, **service_monitor.ORIGINS},
        "StatefulSet": {**METADATA, **_STATEFUL_POD, **stateful_set.ORIGINS},
    }
)
"""Origins of the values of each kind of child."""

OWN_ORIGINS: Mapping[str, Callable[[Any, Rules], Mapping[str, Origins]]] = MappingProxyType(
    {"Base": base_origins, "Datastore": datastore_origins, "Gateway": gateway_origins}
)
"""What is different for the children of a resource: by what it compiles as, then by the kind or the id of the child."""

_VARIABLE = re.compile(r"\[([a-z])(-1)?\]")
_MISSING = object()


@dataclass(frozen=True, slots=True)
class Reason:
    """Why one value of a child is what it is."""

    child: str
    """Id of the child: `Deployment`."""
    path: str
    """Field path within the child."""
    value: object
    source: Source
    """Who decided: the resource, a default of its schema, the platform, the epoch, or nobody (always so)."""
    because: str
    """The field, setting or rule, or the reason in words."""


def reasons(compilation: Compilation) -> tuple[Reason, ...]:
    """Return the reason for every value of every child of *compilation*, in the order of the children."""
    resource = compilation.resource
    wrote = {"metadata": written(resource.metadata), "spec": written(resource.spec)}
    counts: dict[str, int] = {}
    found: list[Reason] = []
    for child in compilation.children:
        kind = child.manifest["kind"]
        number = counts[kind] = counts.get(kind, -1) + 1
        found.extend(_reasons_of(child, compilation, number=number, wrote=wrote))
    return tuple(found)


def origins_of(compilation: Compilation, child: Child) -> Origins:
    """Return the origins of the values of *child*: those of its kind, and on top what is different for the resource."""
    kind = child.manifest["kind"]
    differently = OWN_ORIGINS.get(KINDS[compilation.resource.kind].compiled_as)
    own = differently(compilation.resource, compilation.rules) if differently else {}
    special = child.explain() if child.explain else {}
    sidecars = _sidecars(compilation, kind) if kind in {"Deployment", "StatefulSet"} else {}
    return {**ORIGINS[kind], **sidecars, **own.get(kind, {}), **own.get(child.id, {}), **special}


def _sidecars(compilation: Compilation, kind: str) -> Origins:
    """Return where the sidecars of the pods come from: how many stand before them is the user's."""
    spec = compilation.resource.spec
    policies = [each.restart_policy for each in getattr(spec, "sidecars", ())]
    found = sidecar_origins(policies, len(getattr(spec, "init_containers", ())), compilation.rules)
    return _of_stateful(found) if kind == "StatefulSet" else found


def _reasons_of(child: Child, compilation: Compilation, *, number: int, wrote: dict[str, Any]) -> Iterator[Reason]:
    patterns = _patterns(origins_of(compilation, child))
    for path, value in _leaves(child.manifest, ()):
        origin, indexes, below = _origin_of(path, patterns)
        if origin is None:
            yield Reason(child.id, field_path(path), value, "unexplained", "no origin is recorded")
            continue
        fields = (origin.fields,) if isinstance(origin.fields, str) else origin.fields
        named = [_field_with(field, {**indexes, "n": number}) for field in fields]
        if any("[-1]" in field for field in named):  # the main container is none of the sidecars
            yield Reason(child.id, field_path(path), value, "unexplained", "no origin is recorded")
            continue
        places = [parsed_path(field) for field in named]
        source, because = _decided(places, below, wrote) or _derived(origin, compilation.rules, places, below)
        yield Reason(child.id, field_path(path), value, source, because)


def _field_with(field: str, indexes: Mapping[str, int]) -> str:
    return _VARIABLE.sub(lambda match: f"[{indexes[match[1]] - (1 if match[2] else 0)}]", field)


def _decided(places: list[Path], below: Path, wrote: dict[str, Any]) -> tuple[Source, str] | None:
    """Say which field at one of *places* the user wrote, or wrote without the part *below*, which has a default."""
    for place in places:
        if found := _written_at(place, below, wrote):
            return "resource", field_path(found)
    for place in places:
        if below and _written_at(place, (), wrote):
            return "default", f"default of {field_path((*place, *below))}"
    return None


def _derived(origin: Origin, rules: Rules, places: list[Path], below: Path) -> tuple[Source, str]:
    """Say who decided a value that the user did not write."""
    rule = getattr(rules.epoch, origin.rule) if origin.rule else None
    if origin.setting and origin.under in {"", rule}:
        setting = getattr(rules.platform, origin.setting)
        if setting not in {None, False}:
            return "platform", f"{wire_name(origin.setting)} of the platform ({shown(setting)})"
    if rule is not None:
        return "epoch", f"epoch {rules.epoch.name}, rule {wire_name(origin.rule)}"
    if origin.why:
        return "always", origin.why
    return "default", f"default of {field_path((*places[-1], *below))}"


def _leaves(value: Any, path: Path) -> Iterator[tuple[Path, object]]:
    if isinstance(value, dict) and value:
        for key, item in value.items():
            yield from _leaves(item, (*path, key))
    elif isinstance(value, list) and value:
        for index, item in enumerate(value):
            yield from _leaves(item, (*path, index))
    else:
        yield path, value


def _patterns(origins: Origins) -> dict[tuple[str | int, ...], tuple[Origin, list[str]]]:
    """Return *origins* by path, with None-like marker "*" for variables, and the names of the variables."""
    table: dict[tuple[str | int, ...], tuple[Origin, list[str]]] = {}
    for place, origin in origins.items():
        names = _VARIABLE.findall(place)
        steps = parsed_path(_VARIABLE.sub("[999]", place))
        table[tuple("*" if step == 999 else step for step in steps)] = (origin, [name for name, _ in names])
    return table


def _origin_of(
    path: Path, patterns: Mapping[tuple[str | int, ...], tuple[Origin, list[str]]]
) -> tuple[Origin | None, dict[str, int], Path]:
    """Return the origin with the longest place that covers *path*, the indexes, and what of *path* is below it."""
    for length in range(len(path), 0, -1):
        head = path[:length]
        for form in _forms(head):
            if form in patterns:
                origin, names = patterns[form]
                indexes = [int(step) for step, mark in zip(head, form, strict=True) if mark == "*"]
                return origin, dict(zip(names, indexes, strict=True)), path[length:]
    return None, {}, ()


def _forms(head: Path) -> Iterator[tuple[str | int, ...]]:
    """Yield the ways a place may spell *head*: each index as it is before any index."""
    forms: list[tuple[str | int, ...]] = [()]
    for step in head:
        choices = (step, "*") if isinstance(step, int) else (step,)
        forms = [(*form, choice) for form in forms for choice in choices]
    yield from forms


def _written_at(place: Path, below: Path, wrote: dict[str, Any]) -> Path | None:
    """Return the field that the user wrote at *place*, followed *below* as far as it goes."""
    current: Any = wrote
    for step in place:
        current = _step(current, step)
        if current is _MISSING:
            return None
    path = place
    for step in below:
        deeper = _step(current, step)
        if deeper is _MISSING:
            # the field has a value below which the user did not write this part
            return None if isinstance(current, dict) and isinstance(step, str) else path
        path, current = (*path, step), deeper
    return path


def _step(value: Any, step: str | int) -> Any:
    if isinstance(value, dict):
        return value.get(step, _MISSING)
    if isinstance(value, list) and isinstance(step, int) and 0 <= step < len(value):
        return value[step]
    return _MISSING
