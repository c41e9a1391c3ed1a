"""One workload as a resource, proven by compiling it: what it lacks is said by an overlay, or the objects stay as they are."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, NamedTuple

from ...compiler import Compilation, compile_resource
from ...compiler.child import Child
from ...compiler.dispatch import children_of, rules_of
from ...compiler.links import NO_LINKS
from ...errors import InputError
from ...kube.kinds import KINDS
from ...kube.manifest import Manifest
from ...kube.schemas import FOREIGN, kind_type
from ...own_objects import scaled_targets, without_scaled_replicas
from ...platform import Platform
from ...spec.kinds import parse
from .blocks import headless_service
from .lacking import Lacking, lacking
from .normal import normal
from .overlaying import overlay_of
from .shrinking import shrunk
from .workload import Workload, object_key
from .workload_fields import KIND_OF, resource_of

__all__ = ["Conversion", "Obstacle", "converted"]

_FIRST_ASIDE = ("ServiceMonitor", "Ingress", "PodDisruptionBudget", "HorizontalPodAutoscaler", "Service")
"""In which order companions are given up where nobody knows which one is refused."""


class Obstacle(NamedTuple):
    """Why a workload stays an object of its own."""

    path: str
    """The field; empty: the whole."""
    why: str
    value: Any = None


class Conversion(NamedTuple):
    """What a workload comes to."""

    resource: Manifest | None
    """The resource that makes it again; None where there is none."""
    made: frozenset[str] = frozenset()
    """The keys of the companions that it makes too."""
    obstacles: tuple[Obstacle, ...] = ()
    """Why there is none."""


class _Attempt(NamedTuple):
    resource: Manifest
    made: frozenset[str]
    compilation: Compilation | None
    obstacles: tuple[Obstacle, ...]
    """What is wrong with the workload."""
    misfits: frozenset[str] = frozenset()
    """The keys of companions that the resource would not make as they are."""


def converted(workload: Workload, platform: Platform) -> Conversion:
    """Return the smallest resource that makes *workload*, and as many of its companions as it can."""
    while True:
        attempt = _attempt(workload, platform)
        if attempt.compilation is not None and not attempt.misfits and not attempt.obstacles:
            compiler = _Compiler(workload, attempt.made, platform)
            return Conversion(compiler.smallest(attempt.resource, attempt.compilation), attempt.made)
        aside = attempt.misfits or _next_aside(attempt.made)
        if not aside:
            return Conversion(None, frozenset(), attempt.obstacles)
        headless = headless_service(workload)
        if headless is not None and object_key(headless) in aside:
            workload = replace(workload, serving=workload.serving | {object_key(headless)})
        else:
            workload = replace(workload, aside=workload.aside | aside)


def _next_aside(made: frozenset[str]) -> frozenset[str]:
    for kind in _FIRST_ASIDE:
        if found := frozenset(key for key in made if key.startswith(f"{kind} ")):
            return found
    return frozenset()


class _Compiler:
    """Compiles resources that are tried in place of one workload."""

    def __init__(self, workload: Workload, made: frozenset[str], platform: Platform) -> None:
        self._scaled = scaled_targets(each for each in workload.companions if object_key(each) not in made)
        self._platform = platform

    def compiled(self, resource: Manifest) -> Compilation:
        """Return what *resource* becomes beside the companions that it does not make; raises `InputError`."""
        return without_scaled_replicas(compile_resource(parse(resource, self._platform), self._platform), self._scaled)

    def manifests_of(self, resource: Manifest) -> list[Manifest] | None:
        """Return the manifests that *resource* becomes, in their normal form; None where it is no resource.

        Whether it is refused is not asked, which takes most of the time: the smallest is compiled once more.
        """
        try:
            if self._scaled:
                return [*map(normal, self.compiled(resource).manifests)]
            parsed = parse(resource, self._platform)
            children = children_of(parsed, rules_of(parsed, self._platform), NO_LINKS)
        except (InputError, LookupError):
            return None
        return [normal(each.manifest) for each in children]

    def smallest(self, resource: Manifest, compilation: Compilation) -> Manifest:
        """Return the smallest resource that becomes what *resource* does, which is *compilation*."""
        found = shrunk(resource, [*map(normal, compilation.manifests)], self.manifests_of)
        try:
            self.compiled(found)
        except InputError:
            return resource
        return found


def _attempt(workload: Workload, platform: Platform) -> _Attempt:
    """Try to say *workload* by fields, then by an overlay as well."""
    resource, made_keys = resource_of(workload)
    made = frozenset(made_keys)
    compiler = _Compiler(workload, made, platform)
    try:
        compilation = compiler.compiled(resource)
    except InputError as error:
        return _Attempt(resource, made, None, _refusals(error))
    gaps = _gaps(workload, compilation, made)
    if gaps and (overlay := _overlay(gaps, compilation)):
        resource = {**resource, "spec": {**resource["spec"], "overlay": overlay}}
        try:
            compilation = compiler.compiled(resource)
        except InputError as error:
            misfits = frozenset(key for key, found in gaps.items() if found and key != object_key(workload.manifest))
            return _Attempt(resource, made, None, _refusals(error), misfits)
        gaps = _gaps(workload, compilation, made)
    misfits = frozenset(key for key in made if gaps.get(key) or _adds(workload, compilation, key))
    left = gaps.get(object_key(workload.manifest), [])
    obstacles = tuple(Obstacle(each.path, "no field and no overlay says it", each.value) for each in left)
    return _Attempt(resource, made, compilation, obstacles, misfits)


def _refusals(error: InputError) -> tuple[Obstacle, ...]:
    found = [each for each in error.findings if each.severity == "error"]
    return tuple(Obstacle("", f"{each.path}: {each.message}" if each.path else each.message) for each in found)


def _gaps(workload: Workload, compilation: Compilation, made: frozenset[str]) -> dict[str, list[Lacking]]:
    """Return what *compilation* lacks of the workload and of the companions that are to be *made*, by their keys."""
    found = {}
    for original in (workload.manifest, *workload.companions):
        key = object_key(original)
        if original is not workload.manifest and key not in made:
            continue
        child = _child(compilation, original)
        kind = kind_type(original["apiVersion"], original["kind"]) or FOREIGN
        ours = normal(child.manifest) if child else {"metadata": {}, "spec": {}}
        gaps = [*lacking(_compared(original, workload), _compared(ours, workload, original["kind"]), kind)]
        if gaps:
            found[key] = gaps
    return found


def _adds(workload: Workload, compilation: Compilation, key: str) -> bool:
    """Tell whether the companion of that *key* would get more than it has, but for labels."""
    original = next(each for each in workload.companions if object_key(each) == key)
    if (child := _child(compilation, original)) is None:
        return True
    ours = _compared(normal(child.manifest), workload, original["kind"])
    theirs = _compared(original, workload)
    kind = kind_type(original["apiVersion"], original["kind"]) or FOREIGN
    for each in (ours, theirs):
        each["metadata"] = {field: value for field, value in each["metadata"].items() if field == "annotations"}
        each["spec"] = {field: value for field, value in each["spec"].items() if field != "selector"}
    return any(lacking(ours, theirs, kind))


def _child(compilation: Compilation, original: Manifest) -> Child | None:
    """Return the child that stands for *original*; of Services the one of its name."""
    kind, name = original["kind"], original["metadata"]["name"]
    return next(
        (
            each
            for each in compilation.children
            if each.manifest["kind"] == kind and (kind != "Service" or each.manifest["metadata"]["name"] == name)
        ),
        None,
    )


def _compared(manifest: Manifest, workload: Workload, kind: str = "") -> Manifest:
    """Return what of *manifest* is compared: not its selector where it means the same pods or Services by other labels."""
    kind = kind or manifest["kind"]
    metadata = {key: manifest["metadata"].get(key) for key in ("name", "labels", "annotations")}
    spec = dict(manifest.get("spec") or {})
    if kind in ("Service", "ServiceMonitor"):
        spec.pop("selector", None)
    if kind == "Service":
        spec["ports"] = [_with_number(each, workload) for each in spec.get("ports") or ()]
    if kind in KIND_OF and any(each["kind"] == "HorizontalPodAutoscaler" for each in workload.companions):
        spec.pop("replicas", None)  # it is the autoscaler's
    return {"metadata": {key: value for key, value in metadata.items() if value}, "spec": spec}


def _with_number(port: Manifest, workload: Workload) -> Manifest:
    """Return *port* of a Service with the number that its target has in the containers."""
    target: Any = port.get("targetPort", port.get("port"))
    for container in workload.pod["containers"]:
        for each in container.get("ports") or ():
            if each.get("name") == target:
                return {**port, "targetPort": each["containerPort"]}
    return {**port, "targetPort": int(target) if str(target).isdigit() else target}


def _overlay(gaps: dict[str, list[Lacking]], compilation: Compilation) -> Manifest:
    """Return the overlay that closes *gaps*; none where one of them can never be closed, because a cluster keeps it."""
    found = []
    for key, lacks in gaps.items():
        kind, _, name = key.partition(" ")
        child = _child(compilation, {"kind": kind, "metadata": {"name": name}})
        if child is None:
            continue
        found += [(child.id, each) for each in lacks if not _is_immutable(kind, each)]
    return overlay_of(found)


def _is_immutable(kind: str, each: Lacking) -> bool:
    steps = each.steps
    if steps == ("metadata", "name"):
        return True
    return len(steps) > 1 and steps[0] == "spec" and steps[1] in KINDS[kind].immutable if kind in KINDS else False
