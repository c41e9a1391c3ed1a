"""One child brought to what it should be: applied if it is not, and nothing at all if it is."""

from __future__ import annotations

from typing import NamedTuple

from ..kube.manifest import Manifest
from .client import KubeClient
from .conditions import Said
from .differences import differences
from .errors import Conflict, FieldConflict, Forbidden, Invalid, NotFound
from .ownership import APPLIED_ANNOTATION, FORCE_ANNOTATION, MANAGER, digest_of, owned_fields
from .refusals import without_words_of
from .resource_set import Desired

__all__ = [
    "HANDOVER",
    "Applied",
    "Rights",
    "apply_child",
    "is_as_applied",
    "is_by_hand",
    "is_unchanged",
    "owned_digest",
]

HANDOVER = "hanzo-operator-handover"
"""The field manager that keeps a replica count until an autoscaler changes it:
https://kubernetes.io/docs/reference/using-api/server-side-apply/#transferring-ownership"""
_REPLICAS = ".spec.replicas"
_FEW = 5


class Rights(NamedTuple):
    """Whose fields may be taken over."""

    managers: tuple[str, ...] = ()
    """Those that the resource names."""
    frees_count: bool = False
    """Whether the count of pods is the spec's again, because an autoscaler of the resource is declared no more."""


class Applied(NamedTuple):
    """What became of a child."""

    live: Manifest | None
    """As it is stored now; None where it could not be applied."""
    problem: Said | None = None
    drift: str = ""
    """What somebody had changed by hand and is put back."""


def owned_digest(live: Manifest) -> str:
    """Return a hash of the fields of *live* that the operator owns; empty where it owns none."""
    fields = owned_fields(live)
    return "" if fields is None else digest_of(fields)


def is_as_applied(digest: str, live: Manifest | None, known: str | None) -> bool:
    """Tell whether *live* is what was applied with that *digest*; *known* is its owned digest of then, if it is known.

    Who changes a field takes it away from the operator, so that what it owns says it all.
    """
    if live is None or known is None or (live["metadata"].get("annotations") or {}).get(APPLIED_ANNOTATION) != digest:
        return False
    return bool(known) and owned_digest(live) == known


def is_unchanged(wanted: Desired, live: Manifest | None, known: str | None) -> bool:
    """Tell the same of *wanted*, which is compared with *live* where nothing is known of then."""
    if live is None or known is not None:
        return is_as_applied(wanted.digest, live, known)
    return is_as_applied(wanted.digest, live, owned_digest(live)) and not any(differences(wanted.manifest, live))


def apply_child(client: KubeClient, wanted: Desired, live: Manifest | None, rights: Rights, *, is_own: bool) -> Applied:
    """Apply *wanted*; *live* is what is there, and *is_own* says whether it was a child before.

    Fields of others are taken over where *rights* say so, and of a child where somebody changed it by hand.
    """
    manifest = wanted.manifest
    if live is not None:
        manifest = {**manifest, "metadata": {**manifest["metadata"], "uid": live["metadata"]["uid"]}}
    was_applied = live is not None and live["metadata"].get("annotations", {}).get(APPLIED_ANNOTATION) == wanted.digest
    drift = ", ".join([*differences(wanted.manifest, live)][:_FEW]) if live is not None and was_applied else ""
    try:
        if live is not None:
            _hand_over_replicas(client, wanted, live)
        try:
            stored = client.apply(manifest, manager=MANAGER)
        except Conflict as conflict:
            left = [each for each in conflict.fields if not _may_take(each, rights, is_own=is_own)]
            if not conflict.fields:
                raise
            if left:
                return Applied(None, _conflict_said(wanted, left))
            stored = client.apply(manifest, manager=MANAGER, force=True)
            hands = [each for each in conflict.fields if is_by_hand(each)] if is_own else []
            drift = ", ".join(f"{each.field.removeprefix('.')} (by {each.manager})" for each in hands[:_FEW]) or drift
    except (Forbidden, Invalid, NotFound) as error:
        return Applied(None, _refusal_said(wanted, live, error))
    is_same = live is not None and stored["metadata"]["resourceVersion"] == live["metadata"]["resourceVersion"]
    return Applied(stored, drift="" if is_same else drift)


def is_by_hand(conflict: FieldConflict) -> bool:
    """Tell whether somebody changed the field with kubectl, rather than a controller or whoever applies."""
    return conflict.operation == "Update" and (conflict.manager == "kubectl" or conflict.manager.startswith("kubectl-"))


def _may_take(conflict: FieldConflict, rights: Rights, *, is_own: bool) -> bool:
    """Tell whether the field may be taken over."""
    if conflict.field == _REPLICAS and (conflict.manager == HANDOVER or rights.frees_count):
        return True
    return conflict.manager in rights.managers or (is_own and is_by_hand(conflict))


def _hand_over_replicas(client: KubeClient, wanted: Desired, live: Manifest) -> None:
    """Keep the count of pods that the operator has set so far and leaves to an autoscaler from now on.

    Else applying would remove it, and a workload without a count has one pod.
    """
    spec = (owned_fields(live) or {}).get("f:spec") or {}
    if "f:replicas" not in spec or "replicas" in (wanted.manifest.get("spec") or {}):
        return
    metadata = {key: live["metadata"][key] for key in ("name", "namespace", "uid")}
    count = {"apiVersion": wanted.ref.api_version, "kind": wanted.ref.kind, "metadata": metadata}
    client.apply({**count, "spec": {"replicas": live["spec"]["replicas"]}}, manager=HANDOVER, force=True)


def _conflict_said(wanted: Desired, fields: list[FieldConflict]) -> Said:
    listed = ", ".join(f"{each.field.removeprefix('.')} is owned by {each.manager}" for each in fields[:_FEW])
    more = f" and {len(fields) - _FEW} more" if len(fields) > _FEW else ""
    managers = ",".join(dict.fromkeys(each.manager for each in fields))
    message = (
        f"{wanted.ref}: {listed}{more}; leave the fields to them, or annotate the resource with"
        f" {FORCE_ANNOTATION}: {managers}"
    )
    return Said("Applied", "FieldConflict", message)


def _refusal_said(wanted: Desired, live: Manifest | None, error: Forbidden | Invalid | NotFound) -> Said:
    remove = "" if wanted.requested_by == "always" else f", or remove {wanted.requested_by}"
    if isinstance(error, NotFound):
        message = f"{wanted.ref}: the cluster does not know the kind {wanted.ref.kind} of {wanted.ref.api_version}"
        return Said("Applied", "KindNotFound", f"{message}; install its definition{remove}")
    if isinstance(error, Forbidden) and error.is_terminating:
        message = f"the namespace {wanted.ref.namespace} is being deleted and takes no {wanted.ref.kind}"
        return Said("Applied", "NamespaceTerminating", f"{message}; create the resource again once it is gone")
    if isinstance(error, Forbidden):
        message = f"{wanted.ref}: {error}; grant the operator get, create, patch and delete on it{remove}"
        return Said("Applied", "NotPermitted", message)
    why = without_words_of(error.why, [wanted.manifest, *([live] if live else ())])
    text = " ".join(": ".join(filter(None, (str(error), why))).split())
    return Said("Applied", "Rejected", f"{wanted.ref}: the API server refuses it: {text}")
