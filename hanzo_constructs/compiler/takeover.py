"""How objects that an operator made are handed over to those who apply them: commands made from what a cluster has.

Server-side apply removes only what its own field manager wrote before. What an operator wrote would stay for ever, and
where a field excludes another, such as two ways to wait before a stop, nothing could be applied any more. So what the
operator wrote is signed over to the manager that applies from now on.
https://kubernetes.io/docs/reference/using-api/server-side-apply/#field-management
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from typing import Any

from ..kube.handover import kept_replicas
from ..kube.kubectl import command, kubectl
from ..kube.manifest import Manifest

__all__ = ["takeover"]

Patch = list[dict[str, Any]]
Entry = dict[str, Any]


def takeover(
    objects: Collection[Manifest], *, group: str = "hanzo.ai", givers: Collection[str], taker: str
) -> Iterator[str]:
    """Yield the commands after which *objects*, as they are in the cluster, belong to the field manager *taker*.

    The operator's resources are of the API *group*; what belongs to those of another operator is left to it. *givers* are
    the managers that give fields away; if there are none, those that wrote that an object belongs to such a resource.
    """
    scaled = {
        (scaler["metadata"].get("namespace"), scaler["spec"]["scaleTargetRef"]["name"])
        for scaler in objects
        if scaler["kind"] == "HorizontalPodAutoscaler"
    }
    for each in objects:
        metadata = each["metadata"]
        patch = [*_fields_patch(metadata, group, givers, taker), *_owners_patch(metadata, group)]
        if not patch:
            continue
        own_group = each["apiVersion"].rpartition("/")[0]
        kind = f"{each['kind']}.{own_group}" if own_group else each["kind"]
        yield command(*kubectl(each), "patch", kind.lower(), metadata["name"], "--type=json", patch=patch)
        if each["kind"] == "Deployment" and (metadata.get("namespace"), metadata["name"]) in scaled:
            yield kept_replicas(each)


def _owners_patch(metadata: Manifest, group: str) -> Patch:
    """Remove the owners of *group*: when they go, the garbage collector takes what they own."""
    owners = metadata.get("ownerReferences", [])
    return [
        step
        for index in reversed(range(len(owners)))
        if _is_of(group, owners[index])
        for step in (
            {"op": "test", "path": f"/metadata/ownerReferences/{index}/uid", "value": owners[index]["uid"]},
            {"op": "remove", "path": f"/metadata/ownerReferences/{index}"},
        )
    ]


def _fields_patch(metadata: Manifest, group: str, givers: Collection[str], taker: str) -> Patch:
    """Sign the fields of *givers* over to *taker*, together with those that it has already."""
    entries = metadata.get("managedFields", [])
    given = [index for index, entry in enumerate(entries) if _gives(entry, metadata, group, givers)]
    own = [index for index, entry in enumerate(entries) if (entry["manager"], entry["operation"]) == (taker, "Apply")]
    given = [index for index in given if index not in own]
    if not given:
        return []
    first, *others = [*own, *given]
    place = f"/metadata/managedFields/{first}"
    tests = [
        {"op": "test", "path": f"/metadata/managedFields/{index}/manager", "value": entries[index]["manager"]}
        for index in (first, *others)
    ]
    changed: Entry = {"manager": taker, "operation": "Apply"}
    if others:
        changed["fieldsV1"] = _joined(*(entries[index]["fieldsV1"] for index in (first, *others)))
    steps = [{"op": "replace", "path": f"{place}/{key}", "value": value} for key, value in changed.items()]
    return [
        *tests,
        *steps,
        *({"op": "remove", "path": f"/metadata/managedFields/{index}"} for index in sorted(others, reverse=True)),
    ]


def _gives(entry: Entry, metadata: Manifest, group: str, givers: Collection[str]) -> bool:
    """Tell whether the fields of *entry* are to be handed over."""
    if entry.get("subresource"):
        return False
    if givers:
        return entry["manager"] in givers
    owned = entry.get("fieldsV1", {}).get("f:metadata", {}).get("f:ownerReferences", {})
    uids = {json.loads(key.removeprefix("k:")).get("uid") for key in owned if key.startswith("k:")}
    return any(_is_of(group, owner) and owner["uid"] in uids for owner in metadata.get("ownerReferences", []))


def _is_of(group: str, owner: Entry) -> bool:
    """Tell whether *owner* is of the API *group*, or of one below it, in any version."""
    return f".{owner['apiVersion'].rpartition('/')[0]}".endswith(f".{group}")


def _joined(*fields: Entry) -> Entry:
    """Return the union of sets of fields."""
    keys = dict.fromkeys(key for each in fields for key in each)
    return {key: _joined(*(each[key] for each in fields if key in each)) for key in keys}
