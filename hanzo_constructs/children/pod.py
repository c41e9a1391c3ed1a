"""The pod template of every workload: what the platform adds to the containers a user declares."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from ..kube.manifest import present
from ..kube.owner import Pods
from ..platform import Rules
from .container import (
    draining,
    finished,
    needs_tmp,
    pre_stop_seconds,
)
from .sidecars import may_wait, with_sidecars

__all__ = ["GRACE_SECONDS", "WHY", "Revision", "free_volume_name", "pod_template"]

Revision = Literal["pod-template-hash", "controller-revision-hash"]
"""The label in which pods of one revision agree: what a Deployment sets, and what a StatefulSet sets."""

GRACE_SECONDS = 30
"""Seconds that a pod gets to stop before it is killed, where nothing is written; those of preStop count into it."""
_STRICT_GROUPS_SINCE = 36
"""Kubernetes 1.36 runs on runtimes alone that know supplementalGroupsPolicy (containerd 2, CRI-O 1.31). Since 1.33, where
it is honoured first, kubelets refuse pods that ask for Strict on a node with an older one
(`rejectPodAdmissionBasedOnSupplementalGroupsPolicy` in pkg/kubelet/lifecycle/predicate.go)."""
_PLACED = ("automountServiceAccountToken", "terminationGracePeriodSeconds", "topologySpreadConstraints")
"""Fields that are derived where nobody writes them."""
_REVISIONS_APART_SINCE = 27
"""Kubernetes 1.27 enables matchLabelKeys of a topology spread."""


WHY = {"spec.terminationGracePeriodSeconds": "more than the 5 seconds of preStop, which count into it"}
"""What is always so, and why: by the place in the object, of which `[*]` is any index."""


def pod_template(
    pods: Pods,
    containers: Sequence[dict[str, Any]],
    *,
    rules: Rules,
    spread: Revision | None,
    pod: dict[str, Any],
    annotations: dict[str, str],
) -> dict[str, Any]:
    """Return the template of *pods*; the first of *containers* is the main one.

    *pod* holds the remaining fields of the pod spec, as the user wrote them; None is absent. A pod with a restart
    policy ends by itself: no load balancer has to forget it before it stops. Where the pods are to be *spread*, the
    pods of each revision are, told apart by that label.
    """
    level, epoch = rules.pod_security, rules.epoch
    written = pod.get("terminationGracePeriodSeconds")
    grace = GRACE_SECONDS if written is None else written
    own_spread = pod.get("topologySpreadConstraints")
    if pods.variables_of:
        containers = _connected(pods, containers)
        pod = {**pod, "initContainers": _connected(pods, pod.get("initContainers") or ()) or None}
    serving = "restartPolicy" not in pod
    waiting = [
        draining(each, rules, pre_stop_seconds(grace))
        if serving and (each is containers[0] or may_wait(each, rules))
        else each
        for each in containers
    ]
    inits, beside = with_sidecars(pod.get("initContainers"), waiting, rules)
    read_only = rules.platform.read_only_root_filesystem
    tmp = _tmp_volume(pod, containers) if read_only else None
    volumes = pod.get("volumes") if tmp is None else [*(pod.get("volumes") or ()), {"name": tmp, "emptyDir": {}}]
    metadata: dict[str, Any] = {"labels": dict(pods.labels)}
    if annotations:
        metadata["annotations"] = dict(annotations)
    return {
        "metadata": metadata,
        "spec": present(
            {
                **{field: value for field, value in pod.items() if field not in _PLACED},
                "automountServiceAccountToken": _token(pod, rules),
                "enableServiceLinks": None if epoch.service_links else False,
                "hostUsers": False if rules.platform.user_namespaces else None,
                "terminationGracePeriodSeconds": grace,
                "securityContext": _pod_security_context(pod.get("securityContext"), rules),
                "topologySpreadConstraints": _spread(pods, spread, rules) if own_spread is None else own_spread,
                "initContainers": inits and [finished(each, level, read_only=read_only, tmp=tmp) for each in inits],
                "containers": [finished(each, level, read_only=read_only, tmp=tmp) for each in beside],
                "volumes": volumes,
            }
        ),
    }


def _connected(pods: Pods, containers: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return *containers* with the variables that some of them get, in front of their own."""
    added = pods.variables_of
    return [
        {**each, "env": [*map(dict, added[each["name"]]), *(each.get("env") or ())]}
        if added.get(each["name"])
        else each
        for each in containers
    ]


def _token(pod: dict[str, Any], rules: Rules) -> bool | None:
    """Return whether the token of the account of *pod* is mounted; None leaves it to the account, which mostly says so."""
    if (said := pod.get("automountServiceAccountToken")) is not None:
        return bool(said)
    return None if rules.epoch.automount_token or pod.get("serviceAccountName") else False


def _pod_security_context(own: dict[str, Any] | None, rules: Rules) -> dict[str, Any] | None:
    context, level, policy = dict(own or {}), rules.pod_security, rules.epoch.fs_group_change_policy
    if policy and "fsGroup" in context:
        context.setdefault("fsGroupChangePolicy", policy)
    if level != "none" and rules.platform.kubernetes_minor >= _STRICT_GROUPS_SINCE and rules.epoch.supplemental_groups:
        context.setdefault("supplementalGroupsPolicy", rules.epoch.supplemental_groups)
    if level == "restricted":
        context.setdefault("runAsNonRoot", True)
    if level != "none":
        context.setdefault("seccompProfile", {"type": "RuntimeDefault"})
    return context or None


def _spread(pods: Pods, revision: Revision | None, rules: Rules) -> list[dict[str, Any]] | None:
    if revision is None or not rules.epoch.topology_spread:
        return None
    # old pods that are about to go must not push new ones together
    apart = rules.platform.kubernetes_minor >= _REVISIONS_APART_SINCE
    return [
        {
            "maxSkew": 1,
            "topologyKey": topology,
            "whenUnsatisfiable": "ScheduleAnyway",
            "labelSelector": {"matchLabels": dict(pods.selector)},
            **({"matchLabelKeys": [revision]} if apart else {}),
        }
        for topology in ("kubernetes.io/hostname", "topology.kubernetes.io/zone")
    ]


def _tmp_volume(pod: dict[str, Any], containers: Sequence[dict[str, Any]]) -> str | None:
    """Return a free name for the volume at /tmp, or None when no container of *pod* needs one."""
    if not any(map(needs_tmp, (*containers, *(pod.get("initContainers") or ())))):
        return None
    return free_volume_name("tmp", pod.get("volumes") or ())


def free_volume_name(wanted: str, volumes: Sequence[dict[str, Any]]) -> str:
    """Return *wanted*, or another name like it where one of *volumes* has it."""
    taken = {volume["name"] for volume in volumes}
    names = (wanted, f"hanzo-{wanted}", *(f"hanzo-{wanted}-{number}" for number in range(len(taken))))
    return next(name for name in names if name not in taken)
