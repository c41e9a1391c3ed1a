"""What a change takes beside applying it: changes that a server refuses, or that cost pods or data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..kube.manifest import Manifest
from ..spec.kinds import KINDS
from .compilation import Compilation
from .kubectl import command, compact, kubectl
from .resizing import claim_names, resizing

__all__ = ["ByHand", "by_hand", "kept_replicas"]

_HANDOVER = "handover"
"""The field manager that keeps the count until an autoscaler changes it; any name that applies nothing else will do."""
_LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration"


@dataclass(frozen=True, slots=True)
class ByHand:
    """A change, and what to run before it is applied."""

    change: str
    """Which change, and why: `before you apply another storage class, run this (...)`."""
    commands: tuple[str, ...]


def by_hand(compilation: Compilation) -> Iterator[ByHand]:
    """Yield the changes of a resource that already runs as *compilation* which take more than applying them."""
    has_engine = KINDS[compilation.resource.kind].compiled_as == "Datastore"
    for manifest in compilation.manifests:
        if manifest["kind"] == "StatefulSet" and manifest["spec"].get("volumeClaimTemplates"):
            yield from _stateful(manifest, has_engine=has_engine)
        elif manifest["kind"] == "Deployment" and "replicas" not in manifest["spec"]:
            yield from _autoscaled(manifest)


def kept_replicas(manifest: Manifest) -> str:
    """Return the command that keeps the pods of the Deployment *manifest* when it is applied without `replicas`.

    https://kubernetes.io/docs/reference/using-api/server-side-apply/#transferring-ownership
    """
    metadata = {key: value for key, value in manifest["metadata"].items() if key in {"name", "namespace"}}
    now = {"apiVersion": manifest["apiVersion"], "kind": manifest["kind"], "metadata": metadata}
    template = f'{compact(now)[:-1]},"spec":{{"replicas":{{{{.spec.replicas}}}}}}}}'
    read = command(*kubectl(manifest), "get", "deployment", metadata["name"], "--output", f"go-template={template}")
    return f"{read} | kubectl apply --server-side --field-manager={_HANDOVER} --filename -"


def _stateful(manifest: Manifest, *, has_engine: bool) -> Iterator[ByHand]:
    name, start = manifest["metadata"]["name"], kubectl(manifest)
    yield ByHand(
        "before you apply a changed spec.storage.size, run these (a StatefulSet refuses the change):",
        tuple(resizing(manifest)),
    )
    yield ByHand(
        "before you apply another storage class, run this (claims that exist keep their class and their data):",
        (command(*start, "delete", "statefulset", name, "--cascade=orphan"),),
    )
    if has_engine:
        yield ByHand(
            "another engine would start on the data of this one; choose another name, or remove the data first:",
            (
                command(*start, "delete", "statefulset", name),
                command(*start, "delete", "pvc", *claim_names(manifest)),
            ),
        )


def _autoscaled(manifest: Manifest) -> Iterator[ByHand]:
    yield ByHand(
        "before you leave spec.replicas to an autoscaler, run this (all pods but one would stop):",
        (kept_replicas(manifest),),
    )
    yield ByHand(
        "or this, if you apply without --server-side:",
        (command(*kubectl(manifest), "annotate", "deployment", manifest["metadata"]["name"], f"{_LAST_APPLIED}-"),),
    )
