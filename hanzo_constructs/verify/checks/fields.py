"""Pods have no fields that Kubernetes does not know, and none of another type; what compiling made is typed already."""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType

from ...errors import Finding, SpecError
from ...kube import core
from ...kube.core.part import Part
from ...kube.fields import Path, field_path, suggestion, type_shown
from ...kube.model import parse_as
from ..objects import Object

__all__ = ["LISTS", "MAPPINGS", "OTHERS", "field_findings"]

LISTS: MappingProxyType[str, str] = MappingProxyType(
    {
        "containers": "Container",
        "initContainers": "Container",
        "volumes": "Volume",
        "tolerations": "Toleration",
        "hostAliases": "HostAlias",
        "imagePullSecrets": "LocalObjectReference",
        "topologySpreadConstraints": "TopologySpreadConstraint",
    }
)
"""Fields of a pod that are lists of a core type."""
MAPPINGS: MappingProxyType[str, str] = MappingProxyType(
    {"affinity": "Affinity", "dnsConfig": "PodDNSConfig", "securityContext": "PodSecurityContext"}
)
"""Fields of a pod that are of a core type."""
OTHERS = frozenset(
    (
        *("activeDeadlineSeconds", "automountServiceAccountToken", "dnsPolicy", "enableServiceLinks"),
        *("ephemeralContainers", "evictionResponders", "hostIPC", "hostNetwork", "hostPID", "hostUsers", "hostname"),
        *("hostnameOverride", "nodeName", "nodeSelector", "os", "overhead", "preemptionPolicy", "priority"),
        *("priorityClassName", "readinessGates", "resourceClaims", "resources", "restartPolicy", "runtimeClassName"),
        *("schedulerName", "schedulingGates", "schedulingGroup", "serviceAccount", "serviceAccountName"),
        *("setHostnameAsFQDN", "shareProcessNamespace", "subdomain", "terminationGracePeriodSeconds"),
    )
)
"""The other fields of a pod, in any version of Kubernetes."""

_REFUSED = ("expected ", "must be at least ", "must be at most ")
"""How it begins that a value is of another type or out of its bounds, whoever wrote the object: every server refuses it."""


def field_findings(obj: Object) -> Iterator[Finding]:
    """Yield what kubectl refuses in the pods of *obj*: unknown fields, and values of another type."""
    for field, value in obj.pod.spec.items():
        path = (*obj.pod.path, field)
        if field in LISTS:
            if isinstance(value, list):
                for index, each in enumerate(value):
                    yield from _mistyped(LISTS[field], each, (*path, index), obj)
            else:
                message = f"expected a list, got {type_shown(value)}"
                yield Finding(message, field_path(path), severity=obj.origin.severity)
        elif field in MAPPINGS:
            yield from _mistyped(MAPPINGS[field], value, path, obj)
        elif field not in OTHERS:
            meant = suggestion(field, (*LISTS, *MAPPINGS, *OTHERS))
            hint = f", did you mean {meant}?" if meant else " of a pod"
            yield Finding(f"unknown field{hint}", field_path(path), severity=obj.origin.severity)


def _mistyped(name: str, value: object, path: Path, obj: Object) -> Iterator[Finding]:
    model: type[Part] = getattr(core, name)
    try:
        parse_as(model, value, path)
    except SpecError as error:
        for finding in error.findings:
            severity = "error" if finding.message.startswith(_REFUSED) else obj.origin.severity
            yield Finding(finding.message, finding.path, severity=severity)
