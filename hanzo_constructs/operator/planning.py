"""What must happen before the first object is applied: whose the objects are that are there, and whether all can be had."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ..kube.manifest import Manifest
from .claims import Growth, growth_of, must_be_recreated
from .client import KubeClient, ObjectRef
from .conditions import Said
from .errors import Forbidden, NotFound
from .ownership import APPLIED_ANNOTATION, RESOURCE_ANNOTATION, TAKE_OVER_ANNOTATION, Subject, stranger
from .readiness import has_ended_before, job_has_ended
from .resource_set import Compiled, Desired

__all__ = ["Plan", "plan", "recreating", "there"]

_SELECTED = ("Deployment", "StatefulSet")


@dataclass
class Plan:
    """What to do with each child, and what speaks against doing anything."""

    live: dict[ObjectRef, Manifest] = field(default_factory=dict)
    """What stands at the places of the children by now."""
    growths: tuple[Growth, ...] = ()
    recreated: list[ObjectRef] = field(default_factory=list)
    """StatefulSets that are deleted without their pods, and made again."""
    replaced: list[ObjectRef] = field(default_factory=list)
    """Jobs that have ended, and are deleted so that they begin again."""
    waiting: list[ObjectRef] = field(default_factory=list)
    """Jobs that are at work, and those that have ended and are gone: they are left alone."""
    problem: Said | None = None
    """Why nothing is to be changed."""
    taken: ObjectRef | None = None
    """The object that another resource has."""
    taken_by: str = ""
    """That resource, as children name it."""


def plan(client: KubeClient, resource: Manifest, compiled: Compiled, owned: Mapping[ObjectRef, Manifest]) -> Plan:
    """Plan what to do for *resource*, whose children *owned* are; nothing is asked where all of them are as they were.

    It reads what is not *owned*, and writes nothing.
    """
    found, subject = Plan(dict(owned)), Subject.of(resource)
    takes_over = _takes_over(resource)
    for each in compiled.desired:
        live = owned.get(each.ref)
        if live is None:
            live = there(client, each.ref)
            if live is not None:
                found.live[each.ref] = live
            who = stranger(live, each.manifest, subject) if live is not None else ""
            if live is not None and who and _note_stranger(found, each, who, live, takes_over=takes_over):
                return found
        if live is None:
            if each.ref.kind == "Job" and has_ended_before(resource, each.ref.name):
                found.waiting.append(each.ref)
        elif live["metadata"].get("annotations", {}).get(APPLIED_ANNOTATION) != each.digest:
            _plan_change(client, each, live, found)
            if found.problem is not None:
                return found
    return found


def _note_stranger(found: Plan, wanted: Desired, who: str, live: Manifest, *, takes_over: bool) -> bool:
    """Note in *found* that somebody else has *live*, and tell whether that speaks against doing anything."""
    by = (live["metadata"].get("annotations") or {}).get(RESOURCE_ANNOTATION, "")
    if not by and takes_over and not who.startswith("is controlled"):
        return False
    if by:
        found.taken, found.taken_by = wanted.ref, by
    found.problem = _foreign(wanted, who, is_taken=bool(by))
    return True


def _plan_change(client: KubeClient, wanted: Desired, live: Manifest, found: Plan) -> None:
    """Note in *found* what must be done before *live* can become *wanted*."""
    kind = wanted.ref.kind
    if kind in _SELECTED and _selector(live) != _selector(wanted.manifest):
        message = (
            f"{wanted.ref} selects its pods by {_selector(live)}, which cannot change, and not by"
            f" {_selector(wanted.manifest)}; say in spec.adopt what it has, or remove it"
        )
        found.problem = Said("Applied", "SelectorChanged", message)
    elif kind in {"PersistentVolumeClaim", "StatefulSet"}:
        growths, found.problem = growth_of(client, wanted, live)
        found.growths += growths
        if found.problem is None and must_be_recreated(wanted, live):
            if "deletionTimestamp" in live["metadata"]:
                found.problem = recreating(wanted.ref)
            found.recreated.append(wanted.ref)
    elif kind == "Job":
        (found.replaced if job_has_ended(live) else found.waiting).append(wanted.ref)


def recreating(ref: ObjectRef) -> Said:
    """Say that the object is deleted, and made again as soon as the cluster has let it go."""
    return Said("Applied", "Recreating", f"{ref} is made again once the old one is gone; its pods run on")


def there(client: KubeClient, ref: ObjectRef) -> Manifest | None:
    """Return what is stored under the name, if anything is."""
    try:
        return client.get(ref)
    except NotFound:
        return None
    except Forbidden:
        return None  # applying says it too, and of which object


def _takes_over(resource: Manifest) -> bool:
    """Tell whether *resource* asks for objects that somebody else made."""
    annotations = resource["metadata"].get("annotations") or {}
    spec = resource.get("spec") or {}
    return annotations.get(TAKE_OVER_ANNOTATION) == "true" or bool(spec.get("adopt"))


def _foreign(wanted: Desired, who: str, *, is_taken: bool) -> Said:
    if is_taken:
        return Said("Applied", "NameTaken", f"{wanted.ref} {who}; rename one of the two resources")
    remedy = "remove it, or rename the resource"
    if not who.startswith("is controlled"):
        remedy = f'remove it, rename the resource, or annotate the resource with {TAKE_OVER_ANNOTATION}: "true"'
    return Said("Applied", "ForeignObject", f"{wanted.ref} is there already and {who}; {remedy}")


def _selector(workload: Manifest) -> dict[str, str]:
    selector = (workload.get("spec") or {}).get("selector") or {}
    labels: dict[str, str] = selector.get("matchLabels") or {}
    return labels
