"""The way out of a rollout of a StatefulSet that waits for a pod of an older revision, which never becomes ready.

The controller goes on only when the pod that it replaced last is ready, and does not replace a broken one by itself:
https://github.com/kubernetes/kubernetes/issues/67250. Where all pods start at once (Parallel), it replaces broken pods,
but one after the other: peers that need a majority of themselves to be ready wait for each other. In Kubernetes 1.35 and
1.36 it does not even that where the feature gate MaxUnavailableStatefulSet is on:
https://github.com/kubernetes/kubernetes/issues/137409. Since 1.37 it replaces all of them at once.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterator

from ..kube.kubectl import command, kubectl
from ..kube.manifest import Manifest
from ..platform import Rules

__all__ = ["may_hang", "unblocking"]

_REPLACED_SINCE = 37
"""Kubernetes 1.37 replaces pods that are not ready before all others, where pods start at once."""
_NOT_READY = (
    'go-template={{range .items}}{{$ready := "" }}'
    '{{range .status.conditions}}{{if eq .type "Ready"}}{{$ready = .status}}{{end}}{{end}}'
    '{{if ne $ready "True"}}{{.metadata.name}} {{end}}{{end}}'
)
"""The names of pods that are not ready."""
_ALL_PODS = {"spec": {"updateStrategy": {"rollingUpdate": {"partition": 0}}}}


def may_hang(manifest: Manifest, rules: Rules) -> bool:
    """Tell whether a rollout of the StatefulSet *manifest* may wait for ever for a pod of an older revision."""
    at_once = manifest["spec"].get("podManagementPolicy") == "Parallel"
    return not at_once or rules.platform.kubernetes_minor < _REPLACED_SINCE


def unblocking(manifest: Manifest) -> Iterator[str]:
    """Yield the commands that delete the pods of the StatefulSet *manifest* that are neither ready nor of its newest revision.

    Pods that are ready are left to the rollout, and so is a broken pod of the newest revision: it waits for a correction.
    Without a partition, the controller may bring deleted pods back at the revision that they were of.
    """
    start, spec, name = kubectl(manifest), manifest["spec"], manifest["metadata"]["name"]
    if "partition" not in spec["updateStrategy"].get("rollingUpdate", {}):
        yield command(*start, "patch", "statefulset", name, patch=_ALL_PODS)
    newest = command(*start, "get", "statefulset", name, "--output", "jsonpath={.status.updateRevision}")
    labels = ",".join(f"{key}={value}" for key, value in spec["selector"]["matchLabels"].items())
    selector = f'{shlex.quote(f"--selector={labels},controller-revision-hash!=")}"$({newest})"'
    pods = f"{command(*start, 'get', 'pods')} {selector} {shlex.join(['--output', _NOT_READY])}"
    yield f"{pods} | {command('xargs', '-r', *start, 'delete', 'pod')}"
