"""The conditions of a resource, and their reasons: one table, from which the documentation is made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal, NamedTuple

from ..kube.manifest import Manifest

__all__ = ["CONDITIONS", "Reason", "Said", "conditions", "reason_named"]

Truth = Literal["True", "False", "Unknown"]
_LONGEST = 4000
"""Characters of a message; the API takes 32768, and nobody reads so many."""


class Reason(NamedTuple):
    """A reason that a condition may have."""

    name: str
    status: Truth
    meaning: str
    remedy: str = ""
    """What to do about it; empty where there is nothing to do."""


_FORCE = "leave the field to them (an overlay of the child can remove it), or name them in `hanzo.ai/force-conflicts`"

CONDITIONS: Mapping[str, tuple[Reason, ...]] = {
    "Compiled": (
        Reason("Compiled", "True", "the objects are derived, and fit together"),
        Reason("InvalidSpec", "False", "the resource is refused; nothing is changed", "mend the fields that are named"),
        Reason(
            "ReferenceNotFound",
            "False",
            "a connection leads to a resource that is not in the cluster; nothing is changed",
            "create it; what waits for it goes on by itself",
        ),
    ),
    "LinksResolved": (
        Reason("Resolved", "True", "everything that it is linked to is there"),
        Reason(
            "GatewayNotFound",
            "False",
            "the Gateway that is to route to it is not in the cluster; all else is applied",
            "create the Gateway, or name another in `spec.gateway`",
        ),
    ),
    "Applied": (
        Reason("Applied", "True", "every object is in the cluster as it was derived"),
        Reason("NotCompiled", "Unknown", "there is nothing to apply, see Compiled"),
        Reason(
            "NameTaken",
            "False",
            "an object of that name is derived from another resource; nothing is changed",
            "rename one of the two resources",
        ),
        Reason(
            "ForeignObject",
            "False",
            "an object of that name was made by somebody else; nothing is changed",
            'remove it, rename the resource, or annotate the resource with `hanzo.ai/take-over: "true"`',
        ),
        Reason(
            "FieldConflict", "False", "somebody else owns a field with another value; the object is as it was", _FORCE
        ),
        Reason(
            "NotPermitted",
            "False",
            "the operator may not do that; the other objects are applied",
            "grant the verb to the role of the operator, or remove what asks for the object",
        ),
        Reason(
            "KindNotFound",
            "False",
            "the cluster does not know the kind; the other objects are applied",
            "install its definitions, or remove what asks for the object",
        ),
        Reason(
            "NamespaceTerminating",
            "False",
            "the namespace is being deleted, and takes no new objects",
            "move the resource to another namespace, or create it again once the namespace is gone",
        ),
        Reason(
            "Rejected",
            "False",
            "the API server, a webhook, a policy or a quota refuses the object; the other objects are applied",
            "mend what it says",
        ),
        Reason(
            "SelectorChanged",
            "False",
            "the pods that run are selected by other labels, which cannot change; nothing is changed",
            "say in `spec.adopt` which labels they have",
        ),
        Reason(
            "ClaimCannotShrink",
            "False",
            "a claim is larger than the spec says, and no claim can be made smaller; nothing is changed",
            "write the size that it has",
        ),
        Reason(
            "ClaimCannotGrow",
            "False",
            "the storage class of a claim does not allow expansion; nothing is changed",
            "set `allowVolumeExpansion: true` in the StorageClass, or write the size that the claim has",
        ),
        Reason("Recreating", "False", "a StatefulSet is made again around its pods, which run on"),
        Reason("JobRunning", "False", "the Job is at work and cannot change; it begins again when it has ended"),
    ),
    "SecretsResolved": (
        Reason("Resolved", "True", "every Secret that is synchronised from elsewhere is there"),
        Reason(
            "SyncFailed",
            "False",
            "a Secret cannot be read from elsewhere",
            "see the conditions of the object that is named",
        ),
        Reason(
            "Waiting",
            "Unknown",
            "nobody has said yet whether the Secrets are there",
            "see that the secret operator runs",
        ),
    ),
    "Available": (
        Reason("Available", "True", "enough pods are ready"),
        Reason("Completed", "True", "the work is done"),
        Reason("Scheduled", "True", "the work begins by its schedule"),
        Reason("NotApplied", "Unknown", "nothing of it is in the cluster"),
        Reason("PodsNotReady", "False", "fewer pods are ready than wanted", "see the pods"),
        Reason(
            "PodsRefused",
            "False",
            "the cluster refuses to make pods: by a quota, Pod Security or a webhook",
            "mend what it says",
        ),
        Reason(
            "RolloutStuck",
            "False",
            "new pods do not become ready within the deadline; the old ones serve, if there are any",
            "see the pods of the newest revision; mend the spec, or take the change back",
        ),
        Reason("Running", "False", "the work is not done yet"),
        Reason("Gone", "Unknown", "the Job is gone, and nobody saw it end", "change the spec to run it again"),
        Reason("JobFailed", "False", "the work has failed", "see the log of its pods"),
    ),
}
"""The conditions in the order in which they become true, and the reasons of each."""


class Said(NamedTuple):
    """A condition as it is now."""

    type: str
    reason: str
    message: str


def reason_named(condition: str, name: str) -> Reason:
    """Return the reason of that *name* which *condition* may have."""
    return next(each for each in CONDITIONS[condition] if each.name == name)


def conditions(said: Iterable[Said], old: Iterable[Mapping[str, Any]], generation: int, now: str) -> list[Manifest]:
    """Return what is *said* as metav1.Conditions for *generation*; a status that is as it was in *old* keeps its time."""
    before = {each["type"]: each for each in old}
    found = []
    for each in said:
        status = reason_named(each.type, each.reason).status
        known = before.get(each.type)
        since = known["lastTransitionTime"] if known is not None and known["status"] == status else now
        message = each.message if len(each.message) <= _LONGEST else f"{each.message[: _LONGEST - 4]} ..."
        found.append(
            {
                "type": each.type,
                "status": status,
                "reason": each.reason,
                "message": message,
                "lastTransitionTime": since,
                "observedGeneration": generation,
            }
        )
    return found
