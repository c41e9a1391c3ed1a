"""A cluster in memory: what it stores, and what it says to requests, as an API server does."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from ...kube.copying import own_copy
from ...kube.manifest import Manifest
from ...kube.schemas import kind_type, type_findings
from ...operator.client import Event, ObjectRef, Propagation, ref_of
from ...operator.errors import AlreadyExists, Conflict, Forbidden, Invalid, NotFound
from ...operator.ownership import OWNER_LABEL
from .immutable import immutable_problem
from .managed_fields import Manager, applied, updated, written_managers
from .shapes import Shape, shape_of

__all__ = ["Store"]

_BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
_WITHOUT_STATUS = frozenset(("ConfigMap", "Secret", "ServiceAccount"))

_FINALIZERS = {"Foreground": ("foregroundDeletion",), "Orphan": ("orphan",)}
"""By what the server has a deletion wait for the garbage collector."""

Key = tuple[str, str, str, str]


class Store:
    """What a cluster stores, and what it answers."""

    def __init__(self, schemas: Iterable[Manifest] = (), *, absent: Iterable[str] = ()) -> None:
        """Begin empty, with the CustomResourceDefinitions *schemas*, and without the kinds that are *absent*.

        The kinds of this package are known. Others that no definition describes are taken with any fields.
        """
        self.objects: dict[Key, Manifest] = {}
        self.events: list[Event] = []
        self.writes = 0
        """How many requests have changed something."""
        self.requests: list[str] = []
        """Every request so far: `apply Deployment shop/api`."""
        self.denied: set[tuple[str, str]] = set()
        """What the operator may not do: a verb and a kind."""
        self.terminating: set[str] = set()
        """Namespaces in which nothing can be made any more."""
        self._absent = frozenset(absent)
        self._schemas = dict(_schemas(schemas))
        self._ticks = 0

    # what a KubeClient does

    def get(self, ref: ObjectRef) -> Manifest:
        """Return a copy of what is stored; raises `NotFound`."""
        self._ask("get", ref)
        return own_copy(self._stored(ref))

    def list_owned(self, owner: ObjectRef, uid: str) -> list[Manifest]:
        """Return copies of what carries the label of the owner with *uid*."""
        self.requests.append(f"list {owner}")
        return [
            own_copy(each)
            for each in self.objects.values()
            if each["metadata"].get("labels", {}).get(OWNER_LABEL) == uid
        ]

    def apply(self, manifest: Manifest, *, manager: str, force: bool = False) -> Manifest:
        """Apply *manifest* as `kubectl apply --server-side` does."""
        ref = ref_of(manifest)
        self._ask("apply", ref)
        stored = self.objects.get(ref.identity)
        if (uid := manifest["metadata"].get("uid")) and (stored is None or stored["metadata"]["uid"] != uid):
            raise Conflict(f"uid mismatch: the provided object specified uid {uid}")
        self._check(manifest, stored)
        config = {key: value for key, value in manifest.items() if key != "status"}
        shape, who = self._shape(ref), Manager(manager, "Apply")
        result, managers = applied(stored, config, who, shape, force=force)
        return self._store(ref, result, managers, stored)

    def patch(self, ref: ObjectRef, patch: Manifest, *, uid: str, manager: str) -> Manifest:
        """Lay *patch* over what is stored, as a JSON merge patch."""
        self._ask("patch", ref)
        stored = self._stored(ref)
        self._expect(stored, uid)
        return self._write(ref, _merge_patched(stored, patch), manager)

    def delete(self, ref: ObjectRef, *, uid: str = "", propagation: Propagation = "Background") -> None:
        """Delete what is stored, or mark it, where somebody has a finalizer on it."""
        self._ask("delete", ref)
        stored = self._stored(ref)
        if uid:
            self._expect(stored, uid)
        finalizers = [*stored["metadata"].get("finalizers", ())]
        finalizers += _FINALIZERS.get(propagation, ())
        self.writes += 1
        if not finalizers:
            del self.objects[ref.identity]
        elif "deletionTimestamp" not in stored["metadata"]:
            new = own_copy(stored)
            new["metadata"] |= {"deletionTimestamp": self._now(), "finalizers": finalizers}
            self._put(ref, new)

    def patch_status(self, ref: ObjectRef, status: Manifest, *, uid: str, manager: str) -> None:
        """Make *status* what *manager* says in the status."""
        self._ask("patch_status", ref)
        stored = self._stored(ref)
        self._expect(stored, uid)
        config = {"apiVersion": ref.api_version, "kind": ref.kind, "metadata": {}, "status": own_copy(status)}
        who, shape = Manager(manager, "Apply", "status"), self._shape(ref)
        result, managers = applied(stored, config, who, shape, force=True)
        self._store(ref, result, managers, stored)

    def emit_event(self, event: Event) -> None:
        """Keep *event*."""
        self.events.append(event)

    # what people and other programs do

    def create(self, manifest: Manifest, *, manager: str = "kubectl-create") -> Manifest:
        """Store a new object, as `kubectl create` does; raises `AlreadyExists`."""
        ref = ref_of(manifest)
        self._refuse_new(ref)
        if ref.identity in self.objects:
            raise AlreadyExists(f"{ref} already exists")
        return self._write(ref, manifest, manager)

    def replace(self, manifest: Manifest, *, manager: str = "kubectl-replace") -> Manifest:
        """Store *manifest* in place of what is there, as `kubectl replace` does; the status stays."""
        ref = ref_of(manifest)
        stored = self._stored(ref)
        kept = {"status": stored["status"]} if "status" in stored else {}
        return self._write(ref, {**manifest, **kept}, manager)

    def edit(self, ref: ObjectRef, patch: Manifest, *, manager: str = "kubectl-edit") -> Manifest:
        """Change an object by hand: *patch* is a JSON merge patch."""
        return self._write(ref, _merge_patched(self._stored(ref), patch), manager)

    def remove(self, ref: ObjectRef) -> None:
        """Delete an object by hand."""
        self.delete(ref)

    def set_status(self, ref: ObjectRef, status: Manifest, *, manager: str = "kube-controller-manager") -> None:
        """Write what a controller says of an object."""
        stored = self._stored(ref)
        new = {**own_copy(stored), "status": own_copy(status)}
        managers = updated(stored, new, Manager(manager, "Update", "status"), self._shape(ref))
        self._store(ref, new, managers, stored)

    def _write(self, ref: ObjectRef, manifest: Manifest, manager: str) -> Manifest:
        stored = self.objects.get(ref.identity)
        self._check(manifest, stored)
        new = own_copy(manifest)
        if stored is not None:
            mine = ("name", "namespace", "labels", "annotations", "ownerReferences", "finalizers")
            said = {key: value for key, value in new["metadata"].items() if key in mine}
            rest = {key: value for key, value in stored["metadata"].items() if key not in mine}
            new["metadata"] = {**rest, **said}
        return self._store(ref, new, updated(stored, new, Manager(manager, "Update"), self._shape(ref)), stored)

    def _store(
        self, ref: ObjectRef, new: Manifest, managers: Mapping[Manager, Any], stored: Manifest | None
    ) -> Manifest:
        """Store *new*, unless nothing has changed, and return a copy of it."""
        metadata = {**new["metadata"], "name": ref.name, **({"namespace": ref.namespace} if ref.namespace else {})}
        now = self._now()
        if stored is None:
            self._refuse_new(ref)
            metadata |= {"uid": f"uid-{self._ticks}", "creationTimestamp": now}
        whole = {"apiVersion": ref.api_version, "kind": ref.kind, **new, "metadata": metadata}
        generation = (stored or {}).get("metadata", {}).get("generation", 0)
        if stored is None or _body(whole) != _body(stored):
            generation += 1
        if ref.kind not in _WITHOUT_STATUS:
            metadata["generation"] = generation
        metadata["managedFields"] = written_managers(managers, stored, ref.api_version, now)
        metadata["resourceVersion"] = (stored or {}).get("metadata", {}).get("resourceVersion", "0")
        if whole != stored:
            self.writes += 1
            if "deletionTimestamp" in metadata and not metadata.get("finalizers"):
                self.objects.pop(ref.identity, None)
            else:
                self._put(ref, whole)
        return own_copy(whole)

    def _put(self, ref: ObjectRef, whole: Manifest) -> None:
        self._ticks += 1
        whole["metadata"]["resourceVersion"] = str(self._ticks)
        self.objects[ref.identity] = whole

    def _stored(self, ref: ObjectRef) -> Manifest:
        if (found := self.objects.get(ref.identity)) is None:
            raise NotFound(f'{ref.kind.lower()} "{ref.name}" not found')
        return found

    def _ask(self, verb: str, ref: ObjectRef) -> None:
        self.requests.append(f"{verb} {ref}")
        if (verb, ref.kind) in self.denied:
            raise Forbidden(f'{ref.kind.lower()} "{ref.name}" is forbidden: the operator cannot {verb} it')
        if ref.kind in self._absent:
            raise NotFound("the server could not find the requested resource")

    def _refuse_new(self, ref: ObjectRef) -> None:
        if ref.namespace in self.terminating:
            message = f"unable to create new content in namespace {ref.namespace} because it is being terminated"
            raise Forbidden(message, is_terminating=True)

    def _check(self, manifest: Manifest, stored: Manifest | None) -> None:
        """Refuse unknown fields, and changes that no server takes."""
        known = kind_type(manifest["apiVersion"], manifest["kind"])
        for finding in type_findings(manifest, known, partial=True) if known else ():
            if finding.severity == "error":
                raise Invalid(str(finding))
        if stored is not None and (problem := immutable_problem(stored, manifest, self.objects.values())):
            raise Invalid(problem)

    def _expect(self, stored: Manifest, uid: str) -> None:
        if stored["metadata"]["uid"] != uid:
            raise Conflict(f"the UID in the precondition ({uid}) does not match that of the stored object")

    def _shape(self, ref: ObjectRef) -> Shape:
        return shape_of(ref.api_version, ref.kind, self._schemas)

    def _now(self) -> str:
        self._ticks += 1
        return (_BEGIN + timedelta(seconds=self._ticks)).strftime("%Y-%m-%dT%H:%M:%SZ")


def _body(manifest: Manifest) -> Manifest:
    return {key: value for key, value in manifest.items() if key not in {"metadata", "status"}}


def _merge_patched(value: Any, patch: Any) -> Any:
    """Return *value* with a JSON merge patch (RFC 7396) applied."""
    if not isinstance(patch, dict):
        return own_copy(patch)
    found = dict(value) if isinstance(value, dict) else {}
    for key, item in patch.items():
        if item is None:
            found.pop(key, None)
        else:
            found[key] = _merge_patched(found.get(key), item)
    return found


def _schemas(definitions: Iterable[Manifest]) -> Iterable[tuple[tuple[str, str], Any]]:
    for each in definitions:
        spec = each["spec"]
        for version in spec["versions"]:
            yield (f"{spec['group']}/{version['name']}", spec["names"]["kind"]), version["schema"]["openAPIV3Schema"]
