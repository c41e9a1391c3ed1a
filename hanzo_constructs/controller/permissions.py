"""What the operator may do in a cluster: as much as it needs for the kinds that resources compile to, and no more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from ..kube.kinds import KINDS as KUBERNETES_KINDS
from ..operator.status import CATEGORIES
from ..platform import Platform
from ..spec.kinds import KINDS
from .peering import PEERING

__all__ = ["CHILD_VERBS", "rules"]

CHILD_VERBS = ("get", "list", "watch", "create", "patch", "delete")
"""What is done with children: server-side apply of what is not there is create and patch."""
_WATCHED = ("list", "watch")

Rule = dict[str, Any]


def rules(platform: Platform, *, namespaced: bool = False) -> list[Rule]:
    """Return the rules of the operator's role: *namespaced* for a Role, else for a ClusterRole."""
    found = [*_of_resources(platform), *_of_children(), *_of_others()]
    peering = {"apiGroups": ["kopf.dev"], "resources": ["kopfpeerings" if namespaced else "clusterkopfpeerings"]}
    found.append({**peering, "verbs": ["list", "watch", "create"]})  # none of them can be granted for one name alone
    found.append({**peering, "resourceNames": [PEERING], "verbs": ["get", "patch"]})
    if not namespaced:
        found.append({"apiGroups": ["storage.k8s.io"], "resources": ["storageclasses"], "verbs": ["get"]})
    return found


def _of_resources(platform: Platform) -> Iterator[Rule]:
    plurals: dict[str, list[str]] = {}
    for kind in KINDS.values():
        group = kind.api_version(platform).rpartition("/")[0]
        plurals.setdefault(group, []).append(kind.plural)
    for group, names in sorted(plurals.items()):
        yield _rule(group, names, _WATCHED)
        yield _rule(group, [f"{name}/status" for name in names], ("patch",))
        # whose deletion waits for its children is asked of who makes these, where OwnerReferencesPermissionEnforcement is on
        yield _rule(group, [f"{name}/finalizers" for name in names], ("update",))


def _of_children() -> Iterator[Rule]:
    plurals: dict[str, list[str]] = {}
    for name in CATEGORIES:
        kind = KUBERNETES_KINDS[name]
        plurals.setdefault(kind.group, []).append(kind.plural)
    for group, names in sorted(plurals.items()):
        yield _rule(group, names, CHILD_VERBS)


def _of_others() -> Iterator[Rule]:
    yield _rule("events.k8s.io", ["events"], ("create",))


def _rule(group: str, resources: Iterable[str], verbs: Iterable[str]) -> Rule:
    return {"apiGroups": [group], "resources": sorted(resources), "verbs": [*verbs]}
