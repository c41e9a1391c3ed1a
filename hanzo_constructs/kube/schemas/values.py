"""Fields of Kubernetes that take one of a few words, and no other.

Source: the enumerations of `/openapi/v3` of kube-apiserver 1.36; for what these leave out, such as the operators of label
selectors and the behaviour of autoscalers, the validation of the group, such as `pkg/apis/autoscaling/validation`.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from ..fields import listed, shown, suggestion

__all__ = ["VALUES", "value_problem"]

_ASKED = "DoesNotExist Exists In NotIn"
_HANDLED = "Fail Ignore"
_MATCHED = "Equivalent Exact"
_PROFILES = "Localhost RuntimeDefault Unconfined"
_PROTOCOLS = "SCTP TCP UDP"
_PULLED = "Always IfNotPresent Never"
_SCOPES = (
    "BestEffort CrossNamespacePodAffinity NotBestEffort NotTerminating PriorityClass Terminating VolumeAttributesClass"
)
_SIDE_EFFECTS = "None NoneOnDryRun Some Unknown"

_WORDS = {
    "admissionregistration.v1.MutatingWebhook.failurePolicy": _HANDLED,
    "admissionregistration.v1.MutatingWebhook.matchPolicy": _MATCHED,
    "admissionregistration.v1.MutatingWebhook.reinvocationPolicy": "IfNeeded Never",
    "admissionregistration.v1.MutatingWebhook.sideEffects": _SIDE_EFFECTS,
    "admissionregistration.v1.ValidatingWebhook.failurePolicy": _HANDLED,
    "admissionregistration.v1.ValidatingWebhook.matchPolicy": _MATCHED,
    "admissionregistration.v1.ValidatingWebhook.sideEffects": _SIDE_EFFECTS,
    "apps.v1.DaemonSetUpdateStrategy.type": "OnDelete RollingUpdate",
    "apps.v1.DeploymentStrategy.type": "Recreate RollingUpdate",
    "apps.v1.StatefulSetPersistentVolumeClaimRetentionPolicy.whenDeleted": "Delete Retain",
    "apps.v1.StatefulSetPersistentVolumeClaimRetentionPolicy.whenScaled": "Delete Retain",
    "apps.v1.StatefulSetSpec.podManagementPolicy": "OrderedReady Parallel",
    "apps.v1.StatefulSetUpdateStrategy.type": "OnDelete RollingUpdate",
    "autoscaling.v2.HPAScalingPolicy.type": "Percent Pods",
    "autoscaling.v2.HPAScalingRules.selectPolicy": "Disabled Max Min",
    "autoscaling.v2.MetricSpec.type": "ContainerResource External Object Pods Resource",
    "autoscaling.v2.MetricTarget.type": "AverageValue Utilization Value",
    "batch.v1.CronJobSpec.concurrencyPolicy": "Allow Forbid Replace",
    "batch.v1.JobSpec.completionMode": "Indexed NonIndexed",
    "batch.v1.JobSpec.podReplacementPolicy": "Failed TerminatingOrFailed",
    "batch.v1.PodFailurePolicyOnExitCodesRequirement.operator": "In NotIn",
    "batch.v1.PodFailurePolicyOnPodConditionsPattern.status": "False True Unknown",
    "batch.v1.PodFailurePolicyRule.action": "Count FailIndex FailJob Ignore",
    "core.v1.AppArmorProfile.type": _PROFILES,
    "core.v1.Container.imagePullPolicy": _PULLED,
    "core.v1.Container.terminationMessagePolicy": "FallbackToLogsOnError File",
    "core.v1.ContainerPort.protocol": _PROTOCOLS,
    "core.v1.ContainerResizePolicy.restartPolicy": "NotRequired RestartContainer",
    "core.v1.HTTPGetAction.scheme": "HTTP HTTPS",
    "core.v1.HostPathVolumeSource.type": "BlockDevice CharDevice Directory DirectoryOrCreate File FileOrCreate Socket",
    "core.v1.ImageVolumeSource.pullPolicy": _PULLED,
    "core.v1.NodeSelectorRequirement.operator": f"{_ASKED} Gt Lt",
    "core.v1.PersistentVolumeClaimSpec.volumeMode": "Block Filesystem",
    "core.v1.PersistentVolumeSpec.accessModes": "ReadOnlyMany ReadWriteMany ReadWriteOnce ReadWriteOncePod",
    "core.v1.PersistentVolumeSpec.persistentVolumeReclaimPolicy": "Delete Recycle Retain",
    "core.v1.PersistentVolumeSpec.volumeMode": "Block Filesystem",
    "core.v1.PodSecurityContext.fsGroupChangePolicy": "Always OnRootMismatch",
    "core.v1.PodSecurityContext.supplementalGroupsPolicy": "Merge Strict",
    "core.v1.PodSpec.dnsPolicy": "ClusterFirst ClusterFirstWithHostNet Default None",
    "core.v1.PodSpec.preemptionPolicy": "Never PreemptLowerPriority",
    "core.v1.PodSpec.restartPolicy": "Always Never OnFailure",
    "core.v1.ResourceQuotaSpec.scopes": _SCOPES,
    "core.v1.ScopedResourceSelectorRequirement.operator": _ASKED,
    "core.v1.ScopedResourceSelectorRequirement.scopeName": _SCOPES,
    "core.v1.SeccompProfile.type": _PROFILES,
    "core.v1.SecurityContext.procMount": "Default Unmasked",
    "core.v1.ServicePort.protocol": _PROTOCOLS,
    "core.v1.ServiceSpec.externalTrafficPolicy": "Cluster Local",
    "core.v1.ServiceSpec.internalTrafficPolicy": "Cluster Local",
    "core.v1.ServiceSpec.ipFamilyPolicy": "PreferDualStack RequireDualStack SingleStack",
    "core.v1.ServiceSpec.sessionAffinity": "ClientIP None",
    "core.v1.ServiceSpec.trafficDistribution": "PreferClose PreferSameNode PreferSameZone",
    "core.v1.ServiceSpec.type": "ClusterIP ExternalName LoadBalancer NodePort",
    "core.v1.Toleration.effect": "NoExecute NoSchedule PreferNoSchedule",
    "core.v1.Toleration.operator": "Equal Exists Gt Lt",
    "core.v1.TopologySpreadConstraint.nodeAffinityPolicy": "Honor Ignore",
    "core.v1.TopologySpreadConstraint.nodeTaintsPolicy": "Honor Ignore",
    "core.v1.TopologySpreadConstraint.whenUnsatisfiable": "DoNotSchedule ScheduleAnyway",
    "core.v1.VolumeMount.mountPropagation": "Bidirectional HostToContainer None",
    "discovery.v1.EndpointPort.protocol": _PROTOCOLS,
    "discovery.v1.EndpointSlice.addressType": "FQDN IPv4 IPv6",
    "meta.v1.LabelSelectorRequirement.operator": _ASKED,
    "networking.v1.HTTPIngressPath.pathType": "Exact ImplementationSpecific Prefix",
    "networking.v1.NetworkPolicyPort.protocol": _PROTOCOLS,
    "networking.v1.NetworkPolicySpec.policyTypes": "Egress Ingress",
    "policy.v1.PodDisruptionBudgetSpec.unhealthyPodEvictionPolicy": "AlwaysAllow IfHealthyBudget",
    "rbac.v1.RoleRef.kind": "ClusterRole Role",
    "rbac.v1.Subject.kind": "Group ServiceAccount User",
    "scheduling.v1.PriorityClass.preemptionPolicy": "Never PreemptLowerPriority",
    "storage.v1.StorageClass.reclaimPolicy": "Delete Recycle Retain",
    "storage.v1.StorageClass.volumeBindingMode": "Immediate WaitForFirstConsumer",
}

VALUES: Mapping[tuple[str, str], tuple[str, ...]] = MappingProxyType(
    {(name.rpartition(".")[0], name.rpartition(".")[2]): tuple(sorted(words.split())) for name, words in _WORDS.items()}
)
"""What a field may be, by the name of its type and its own; of a list it is what each item may be.

Access modes of claims and families of addresses are left to the checks that know more of them.
"""


def value_problem(type_name: str, field: str, value: Any) -> str:
    """Say that *value* is none of the words that the *field* of a type takes; an empty one is as good as none."""
    words = VALUES.get((type_name, field))
    if words is None or not isinstance(value, str) or not value or value in words:
        return ""
    near = suggestion(value, words)
    return f"must be one of {listed(words)}, got {shown(value)}{f', did you mean {near}?' if near else ''}"
