"""From what a resource says and what is in the cluster to what should be in the cluster; safe to repeat at any time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ..kube.manifest import Manifest
from ..platform import Platform
from .applying import Rights, apply_child, is_as_applied, is_unchanged, owned_digest
from .claims import grow, recreate
from .client import Event, KubeClient, ObjectRef, ref_of
from .conditions import CONDITIONS, Said
from .errors import ClusterError, Conflict, Forbidden, Invalid, NotFound
from .ownership import MANAGER, Subject, forced_managers, is_kept, is_owned
from .planning import Plan, plan, recreating, there
from .resource_set import Compiled, ResourceSet, Summary
from .status import Observed, status_of

__all__ = ["Outcome", "Reconciler"]

_AUTOSCALERS = ("HorizontalPodAutoscaler", "ScaledObject")
_TOLD = ("FieldConflict", "JobRunning", "NameTaken", "Recreating")
"""Reasons of Applied whose end a watch tells, or another resource; that of a permission or of a foreign object nobody does."""

_BEGINNING = ("PodsNotReady", "Running")
"""Reasons of Available that are news only where it was true before."""


@dataclass(frozen=True)
class Outcome:
    """What a reconcile has done."""

    status: Manifest | None
    """The status of the resource by now; None where it is not known, or where there is no resource."""
    applied: tuple[ObjectRef, ...] = ()
    """Children that were applied."""
    deleted: tuple[ObjectRef, ...] = ()
    """Objects that were deleted."""
    affected: tuple[ObjectRef, ...] = ()
    """Other resources that this one has made to be reconciled."""
    retry: str = ""
    """Why it is to be done again in a while; empty where a change will say when."""


@dataclass
class _Pass:
    """One reconcile, while it is under way."""

    resource: Manifest
    subject: Subject
    summary: Summary
    compiled: Compiled | None
    """None: what was compiled before holds, and its manifests are not kept."""
    owned: dict[ObjectRef, Manifest]
    applied: list[ObjectRef]
    deleted: list[ObjectRef]
    problem: Said | None = None
    retry: str = ""


class Reconciler:
    """The operator of one platform; what it remembers saves work, and is never needed to be right."""

    def __init__(self, client: KubeClient, platform: Platform | None = None) -> None:
        """Begin with no resources."""
        self._client = client
        self._set = ResourceSet(platform or Platform())
        self._fields: dict[str, dict[ObjectRef, str]] = {}
        """A hash of what the operator owned of each child when that was right, by the uid of its resource."""
        self._waiting: dict[ObjectRef, dict[ObjectRef, None]] = {}
        """Resources that want an object that another one has, by the object."""

    def learn(self, resources: Iterable[Manifest]) -> None:
        """Note *resources* before the first of them is reconciled, so that none is compiled without its links."""
        for each in resources:
            self._set.add(each)

    def reconcile(self, resource: Manifest, now: str, *, writer: str | None = None, term: int | None = None) -> Outcome:
        """Bring the cluster to what *resource* says, as it was read last; *now* is an RFC 3339 time.

        Of a Base, *writer* and *term* are what its replicas say of their election. Where the API server does not answer,
        nothing is lost: the outcome says that it is to be done again.
        """
        if resource["metadata"].get("deletionTimestamp"):
            return self._leave(resource, now)
        affected = self._set.add(resource)
        subject = Subject.of(resource)
        summary, compiled = self._set.summary(resource), None
        if summary is None:
            compiled = self._set.compile(resource)
            summary = compiled.summary
        work = _Pass(resource, subject, summary, compiled, {}, [], [])
        try:
            listed = self._client.list_owned(subject.ref, subject.uid)
            work.owned = {ref_of(each): each for each in listed if is_owned(each, subject)}
            if summary.children:
                self._bring(work)
            if work.problem is not None and work.problem.reason not in _TOLD:
                work.retry = work.retry or f"{work.problem.reason}: {work.problem.message}"
            observed = Observed(resource, [work.owned[ref] for ref in sorted(work.owned)], work.problem, writer, term)
            status = status_of(summary, observed, now)
            self._tell(subject, resource, status)
        except ClusterError as error:
            return Outcome(None, (*work.applied,), (*work.deleted,), affected, retry=str(error) or "no answer")
        freed = [each for ref in work.deleted for each in self._waiting.pop(ref, {})]
        affected = tuple(dict.fromkeys((*affected, *freed)))
        return Outcome(status, (*work.applied,), (*work.deleted,), affected, work.retry)

    def delete(self, resource: Manifest) -> Outcome:
        """Forget *resource*, which is gone; the cluster removes its children, and keeps the claims that stay."""
        subject = Subject.of(resource)
        affected = [*self._set.remove(subject.ref)]
        held = [ref for ref in self._waiting if ref in self._fields.get(subject.uid, {})]
        affected += [each for ref in held for each in self._waiting.pop(ref)]
        self._fields.pop(subject.uid, None)
        return Outcome(None, affected=tuple(dict.fromkeys(affected)))

    def _leave(self, resource: Manifest, now: str) -> Outcome:
        """Change nothing of a *resource* that is being deleted but its status."""
        outcome, subject = self.delete(resource), Subject.of(resource)
        old = resource.get("status") or {}
        status = {**old, "phase": "Deleting", "observedGeneration": resource["metadata"].get("generation") or 0}
        del now
        try:
            self._tell(subject, resource, status)
        except ClusterError as error:
            return Outcome(None, affected=outcome.affected, retry=str(error) or "no answer")
        return Outcome(status, affected=outcome.affected)

    def _bring(self, work: _Pass) -> None:
        """Apply what is to be applied, and delete what nobody declares any more."""
        known = self._fields.setdefault(work.subject.uid, {})
        if not all(
            is_as_applied(each.digest, work.owned.get(each.ref), known.get(each.ref)) for each in work.summary.children
        ):
            compiled = work.compiled or self._set.compile(work.resource)
            if not self._is_there(compiled, work, known):
                try:
                    plan_ = plan(self._client, work.resource, compiled, work.owned)
                except Forbidden as error:
                    text = f"what is there cannot be read: {error}; grant the operator get on it"
                    work.problem = Said("Applied", "NotPermitted", text)
                    return
                if plan_.problem is not None:
                    work.problem = plan_.problem
                    self._wait(work, plan_)
                    return
                self._apply(work, compiled, plan_, known)
        if work.problem is None:
            self._prune(work, known)

    def _is_there(self, compiled: Compiled, work: _Pass, known: dict[ObjectRef, str]) -> bool:
        """Tell whether every child is as it should be, and note what the operator owns of them then."""
        if not all(is_unchanged(each, work.owned.get(each.ref), known.get(each.ref)) for each in compiled.desired):
            return False
        known |= {each.ref: owned_digest(work.owned[each.ref]) for each in compiled.desired}
        return True

    def _wait(self, work: _Pass, plan_: Plan) -> None:
        """Have *work* done again once the object is free that another resource has."""
        if plan_.taken is None:
            return
        self._waiting.setdefault(plan_.taken, {})[work.subject.ref] = None
        if not self._set.knows(plan_.taken_by):
            work.retry = f"{plan_.taken_by} is gone, and {plan_.taken} is not yet"

    def _apply(self, work: _Pass, compiled: Compiled, plan_: Plan, known: dict[ObjectRef, str]) -> None:
        wanted = {each.ref for each in compiled.desired}
        frees_count = any(ref.kind in _AUTOSCALERS and ref not in wanted for ref in work.owned)
        rights = Rights(forced_managers(work.resource), frees_count)
        try:
            self._make_room(work, plan_)
        except (Forbidden, Invalid) as error:
            reason = "NotPermitted" if isinstance(error, Forbidden) else "Rejected"
            text = " ".join(str(error).split())
            work.problem = Said("Applied", reason, f"what is there cannot be changed: {text}")
        if work.problem is not None:
            return
        for each in compiled.desired:
            live, is_own = plan_.live.get(each.ref), each.ref in work.owned
            if each.ref in plan_.waiting or is_unchanged(each, live, known.get(each.ref)):
                if live is not None and each.ref in plan_.waiting:
                    text = f"{each.ref} is at work and cannot change; what is new begins when it has ended"
                    work.problem = work.problem or Said("Applied", "JobRunning", text)
                elif live is not None:
                    known[each.ref] = owned_digest(live)
                continue
            result = apply_child(self._client, each, live, rights, is_own=is_own)
            work.problem = work.problem or result.problem
            if result.live is None:
                known.pop(each.ref, None)
                continue
            work.applied.append(each.ref)
            work.owned[each.ref] = result.live
            known[each.ref] = owned_digest(result.live)
            if result.drift:
                message = f"{each.ref} was changed by hand and is put back: {result.drift}"
                self._client.emit_event(Event(work.subject.ref, work.subject.uid, "DriftReverted", message, "Warning"))

    def _make_room(self, work: _Pass, plan_: Plan) -> None:
        """Enlarge claims, and delete what cannot become what it should be, before it is made again."""
        grow(self._client, plan_.growths)
        for ref in (*plan_.recreated, *plan_.replaced):
            if ref in plan_.recreated:
                recreate(self._client, plan_.live[ref])
            else:
                self._client.delete(ref, uid=plan_.live[ref]["metadata"]["uid"])
            work.deleted.append(ref)
            del plan_.live[ref]
            if there(self._client, ref) is not None:
                work.problem, work.retry = recreating(ref), f"{ref} is not gone yet"

    def _prune(self, work: _Pass, known: dict[ObjectRef, str]) -> None:
        """Delete what proves to be a child and is declared no more, the last applied first; claims that stay do."""
        wanted = {each.ref.identity for each in work.summary.children}
        for ref, live in reversed([*work.owned.items()]):
            if ref.identity in wanted or is_kept(live):
                continue
            if "deletionTimestamp" not in live["metadata"]:
                try:
                    self._client.delete(ref, uid=live["metadata"]["uid"])
                except (NotFound, Conflict):
                    pass  # it is gone, or another one has its place: the list was old
                except (Forbidden, Invalid) as error:
                    work.problem = _undeletable(ref, error)
                    continue
                work.deleted.append(ref)
            known.pop(ref, None)
            del work.owned[ref]

    def _tell(self, subject: Subject, resource: Mapping[str, Any], status: Manifest) -> None:
        """Write *status*, unless it is there, and tell what has changed in an event."""
        old = resource.get("status") or {}
        if _says(old, status):
            return
        try:
            self._client.patch_status(subject.ref, status, uid=subject.uid, manager=MANAGER)
        except NotFound:
            return  # the resource is gone
        for each in _news(old.get("conditions") or (), status.get("conditions", ())):
            self._client.emit_event(Event(subject.ref, subject.uid, each["reason"], each["message"], "Warning"))


def _news(old: Iterable[Manifest], new: Iterable[Manifest]) -> Iterator[Manifest]:
    """Yield the conditions among *new* that somebody must hear of; that what begins is not ready yet is none."""
    before = {each["type"]: (each["status"], each["reason"]) for each in old}
    for each in new:
        status, reason = before.get(each["type"], ("Unknown", ""))
        is_beginning = each["reason"] in _BEGINNING and status != "True"
        if each["status"] == "False" and (status, reason) != ("False", each["reason"]) and not is_beginning:
            yield each


def _undeletable(ref: ObjectRef, error: Forbidden | Invalid) -> Said:
    text = f"{ref} is declared no more, and may not be deleted: {error}"
    if isinstance(error, Invalid):
        return Said("Applied", "Rejected", text)
    return Said("Applied", "NotPermitted", f"{text}; grant the operator delete on it")


def _says(old: Mapping[str, Any], status: Manifest) -> bool:
    """Tell whether the status *old* says *status*; conditions of others may stand beside ours."""
    said = {each["type"]: each for each in old.get("conditions") or ()}
    ours = status.get("conditions") or ()
    if any(said.get(each["type"]) != each for each in ours):
        return False
    left = [each for each in CONDITIONS if each in said and not any(own["type"] == each for own in ours)]
    return not left and {**old, "conditions": ours} == {**status, "conditions": ours}
