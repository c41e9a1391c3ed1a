"""What the user lays over derived children: judged, and merged as Kubernetes merges."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from ..errors import Finding
from ..kube.fields import Path, field_path, listed, suggestion
from ..kube.kinds import KINDS
from ..kube.manifest import Manifest
from ..kube.owner import Pods
from ..kube.places import Place, covers, steps_of
from ..kube.schemas import FOREIGN, Type, item_key, kind_type, merged, type_below, type_findings
from ..platform import Rules
from ..spec.resource import Resource
from .child import Child
from .overlay_fields import block_of
from .overlay_rules import rules_of_child

__all__ = ["overlaid", "overlay_findings"]

Overlay = Mapping[str, Mapping[str, Any]]


class _Value(NamedTuple):
    """A value of an overlay: one that holds no others, or a list that is replaced."""

    path: Path
    """Where it stands in the partial object."""
    place: Place
    """Where it goes in the child; items of lists that are merged by what tells them apart: `containers[web]`."""
    value: Any


def overlaid(children: Sequence[Child], overlay: Overlay) -> tuple[Child, ...]:
    """Return *children* with their part of *overlay* laid over them; what is wrong in it is not asked."""
    return tuple(_overlaid(child, overlay[child.id]) if child.id in overlay else child for child in children)


def _overlaid(child: Child, over: Mapping[str, Any]) -> Child:
    manifest = child.manifest
    return replace(child, manifest=merged(manifest, _fitting(over, manifest), _type_of(manifest)), derived=manifest)


def _fitting(over: Any, manifest: Manifest) -> Any:
    """Return *over* without containers that *manifest* does not have: whoever asks what would become of another name."""
    template = KINDS[manifest["kind"]].template if manifest["kind"] in KINDS else None
    place = None if template is None else (*template, "spec", "containers")
    laid, there = _at(over, place), _at(manifest, place)
    if place is None or not isinstance(laid, list) or not isinstance(there, list):
        return over
    names = [each["name"] for each in there]
    kept = [each for each in laid if each["name"] in names]
    return over if len(kept) == len(laid) else _with(over, place, kept)


def _at(value: Any, place: Path | None) -> Any:
    for step in place or ():
        value = value.get(step) if isinstance(value, dict) else None
    return value


def _with(value: Any, place: Path, item: Any) -> Any:
    step, *rest = place
    return {**value, step: _with(value[step], tuple(rest), item) if rest else item}


def overlay_findings(children: Sequence[Child], resource: Resource, pods: Pods, rules: Rules) -> Iterator[Finding]:
    """Yield what is wrong in the overlay of *resource*, whose derived *children* run *pods*, or without effect."""
    by_id = {child.id: child for child in children}
    overlay: Overlay = resource.spec.overlay
    for name, over in overlay.items():
        path = ("spec", "overlay", name)
        if (child := by_id.get(name)) is None:
            yield Finding(_underived(name, by_id, resource), field_path(path))
            continue
        kind, found = _type_of(child.manifest), False
        for finding in type_findings(over, kind, path, partial=True, oldest=rules.platform.kubernetes_minor):
            found = True
            yield finding
        if found:
            continue  # what is misspelt goes nowhere
        for finding in _misplaced(child, over, kind, resource, pods, rules):
            found = True
            yield finding
        if not found and merged(child.manifest, over, kind) == child.manifest:
            yield Finding("changes nothing; leave it out", field_path(path), severity="warning")


def _type_of(manifest: Manifest) -> Type:
    """Return the type of *manifest*; kinds that are not Kubernetes' own have the metadata of every object."""
    return kind_type(manifest["apiVersion"], manifest["kind"]) or FOREIGN


def _underived(name: str, by_id: Mapping[str, Child], resource: Resource) -> str:
    derived = listed(by_id)
    if block := block_of(name.partition("-")[0], type(resource.spec)):
        return f"is not derived from this resource: spec.{block} would derive it; derived are {derived}"
    near = suggestion(name, by_id)
    hint = f"did you mean {near}? " if near else ""
    return f"is no child of this resource, {hint}derived are {derived}".replace("? derived", "? Derived")


def _misplaced(
    child: Child, over: Mapping[str, Any], kind: Type, resource: Resource, pods: Pods, rules: Rules
) -> Iterator[Finding]:
    """Yield the values of *over* that do not belong in the overlay of *child*."""
    at: Path = ("spec", "overlay", child.id)
    judged = rules_of_child(child, resource, pods)
    strangers: set[Path] = set()
    for each in _values(over, kind, (), ()):
        if isinstance(each, Finding):
            yield replace(each, path=f"{field_path(at)}.{each.path}")
        elif message := judged.refusal(each.place, each.value) or _closed(child, each.place, rules.platform.overlay):
            yield Finding(message, field_path((*at, *each.path)))
        elif message := judged.stranger(each.place):
            index = next(place for place, step in enumerate(each.path) if isinstance(step, int))
            name = (*at, *each.path[: index + 1], "name")
            if name not in strangers:
                strangers.add(name)
                yield Finding(message, field_path(name))


def _closed(child: Child, place: Place, setting: str | tuple[str, ...]) -> str:
    """Say why *place* in *child* is not open to overlays by the *setting* of the platform; nothing where it is."""
    if setting == "allow":
        return ""
    if isinstance(setting, str):
        return "is not allowed: the setting overlay of the platform is deny"
    if any(covers(steps_of(path), (child.manifest["kind"], *place)) for path in setting):
        return ""
    return f"is not allowed: the setting overlay of the platform opens {listed(setting)}"


def _values(over: Any, kind: Type, path: Path, place: Place) -> Iterator[_Value | Finding]:
    if isinstance(over, Mapping) and over:
        for key, value in over.items():
            yield from _values(value, type_below(kind, key), (*path, key), (*place, key))
    elif isinstance(over, list) and kind.keys:
        for index, item in enumerate(over):
            if (key := item_key(item, kind.keys)) is None:
                lacking = [each for each in kind.keys if item.get(each) is None]
                told = f"items of this list are told apart by {listed(kind.keys)}"
                yield Finding(f"required: {told}", field_path((*path, index, lacking[0])))
                continue
            rest = {name: value for name, value in item.items() if name not in kind.keys}
            inside: Place = (*place[:-1], f"{place[-1]}[{','.join(map(str, key))}]")
            yield from _values(rest, kind.of_items, (*path, index), inside)
    else:
        yield _Value(path, place, over)
