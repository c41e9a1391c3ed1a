"""How a Deployment that exists comes to have no `replicas` of its own, and keeps its pods.

Whatever applies a field and does not name it any more removes it; a Deployment without `replicas` has one pod.
https://kubernetes.io/docs/reference/using-api/server-side-apply/#transferring-ownership
"""

from __future__ import annotations

from .kubectl import command, compact, kubectl
from .manifest import Manifest

__all__ = ["forgotten_replicas", "kept_replicas"]

_MANAGER = "handover"
"""The field manager that keeps the count until an autoscaler changes it; any that applies nothing else will do."""
_LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration"


def kept_replicas(manifest: Manifest) -> str:
    """Return the command that keeps the pods of *manifest*, a Deployment or a StatefulSet, when server-side apply drops `replicas`."""
    metadata = {key: value for key, value in manifest["metadata"].items() if key in {"name", "namespace"}}
    now = {"apiVersion": manifest["apiVersion"], "kind": manifest["kind"], "metadata": metadata}
    template = f'go-template={compact(now)[:-1]},"spec":{{"replicas":{{{{.spec.replicas}}}}}}}}'
    read = command(*kubectl(manifest), "get", manifest["kind"].lower(), metadata["name"], "--output", template)
    return f"{read} | kubectl apply --server-side --field-manager={_MANAGER} --filename -"


def forgotten_replicas(manifest: Manifest) -> str:
    """Return the command that does the same for client-side apply, which drops what it remembers to have applied."""
    return command(
        *kubectl(manifest), "annotate", manifest["kind"].lower(), manifest["metadata"]["name"], f"{_LAST_APPLIED}-"
    )
