"""Fields of pods and rollouts that a template cannot have: what an overlay, a patch or an object of the user's may say.

Source: Kubernetes' `pkg/apis/core/validation/validation.go`, `ValidatePodTemplateSpec` and `validatePodSpec`, and
`pkg/apis/apps/validation/validation.go`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from types import MappingProxyType

from ...errors import Finding
from ...kube.fields import field_path, shown
from ...kube.names import dns_label_problem, key_problem, object_name_problem
from ..objects import Object

__all__ = ["pod_place_findings", "strategy_findings"]

_NAMES: MappingProxyType[str, Callable[[str], str]] = MappingProxyType(
    {
        "hostname": dns_label_problem,
        "nodeName": object_name_problem,
        "runtimeClassName": object_name_problem,
        "subdomain": dns_label_problem,
    }
)
"""Names in a pod, and who says what is wrong with one."""
_RARE = {*_NAMES, "activeDeadlineSeconds", "ephemeralContainers", "hostNetwork", "readinessGates", "restartPolicy"}
_ENDING = ("Never", "OnFailure")
_LASTING = ("Deployment", "StatefulSet", "DaemonSet", "ReplicaSet")


def pod_place_findings(obj: Object) -> Iterator[Finding]:
    """Yield what the API server refuses in the pods of *obj*; most pods have none of these fields."""
    pod = obj.pod
    for field in sorted(_RARE & pod.spec.keys()):
        value, path = pod.spec[field], (*pod.path, field)
        if field in _NAMES and isinstance(value, str) and value and (problem := _NAMES[field](value)):
            yield Finding(problem, field_path(path))
        elif field == "ephemeralContainers" and value:
            yield Finding("must be left out: they are added to a pod that runs, by kubectl debug", field_path(path))
        elif field == "activeDeadlineSeconds" and value is not None and obj.kind in _LASTING:
            yield Finding(f"must be left out: the pods of a {obj.kind} run for ever", field_path(path))
        elif field == "restartPolicy" and value in _ENDING and obj.kind in _LASTING:
            yield Finding(f"must be Always in a {obj.kind}, got {shown(value)}", field_path(path))
        elif field == "hostNetwork" and value is True:
            yield from _host_port_findings(obj)
        elif field == "readinessGates" and isinstance(value, list):
            for index, gate in enumerate(value):
                condition = gate.get("conditionType") if isinstance(gate, dict) else None
                if isinstance(condition, str) and (problem := key_problem(condition)):
                    yield Finding(problem, field_path((*path, index, "conditionType")))


def _host_port_findings(obj: Object) -> Iterator[Finding]:
    """Yield ports of the node that differ from those of containers, which are in the network of the node."""
    for container in obj.pod.containers:
        for index, port in enumerate(container.ports):
            own, of_node = port.get("containerPort"), port.get("hostPort")
            if of_node is not None and of_node != own:
                message = f"must be the containerPort ({own}) beside hostNetwork: true, got {of_node}"
                yield Finding(message, field_path((*container.path, "ports", index, "hostPort")))


def strategy_findings(obj: Object) -> Iterator[Finding]:
    """Yield bounds of a rolling update beside a strategy that is none."""
    field = "strategy" if obj.kind == "Deployment" else "updateStrategy"
    strategy = obj.spec.get(field)
    if not isinstance(strategy, dict) or strategy.get("rollingUpdate") is None:
        return
    kind = strategy.get("type", "RollingUpdate")
    if kind != "RollingUpdate":
        message = f"must be left out beside type {kind}; an overlay removes it with null"
        yield Finding(message, field_path(("spec", field, "rollingUpdate")))
