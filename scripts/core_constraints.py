"""What the API server's validation asks of core/v1 fields and the published schemas do not say, up to Kubernetes 1.37."""
# ruff: noqa: INP001 - part of a script, not a package

from __future__ import annotations

_SIGNALS = (
    *("SIGABRT", "SIGALRM", "SIGBUS", "SIGCHLD", "SIGCLD", "SIGCONT", "SIGFPE", "SIGHUP", "SIGILL", "SIGINT", "SIGIO"),
    *("SIGIOT", "SIGKILL", "SIGPIPE", "SIGPOLL", "SIGPROF", "SIGPWR", "SIGQUIT", "SIGSEGV", "SIGSTKFLT", "SIGSTOP"),
    *("SIGSYS", "SIGTERM", "SIGTRAP", "SIGTSTP", "SIGTTIN", "SIGTTOU", "SIGURG", "SIGUSR1", "SIGUSR2", "SIGVTALRM"),
    *("SIGWINCH", "SIGXCPU", "SIGXFSZ"),
    *("SIGRTMIN", *(f"SIGRTMIN+{number}" for number in range(1, 16))),
    *(*(f"SIGRTMAX-{number}" for number in range(14, 0, -1)), "SIGRTMAX"),
)
_PULL_POLICY = ("Always", "IfNotPresent", "Never")
_PROFILE = ("Localhost", "RuntimeDefault", "Unconfined")

ALLOWED: dict[str, tuple[str, ...]] = {
    "AppArmorProfile.type": _PROFILE,
    "AzureDiskVolumeSource.cachingMode": ("None", "ReadOnly", "ReadWrite"),
    "AzureDiskVolumeSource.kind": ("Dedicated", "Managed", "Shared"),
    "Container.imagePullPolicy": _PULL_POLICY,
    "Container.restartPolicy": ("Always", "Never", "OnFailure"),
    "Container.terminationMessagePolicy": ("FallbackToLogsOnError", "File"),
    "ContainerPort.protocol": ("SCTP", "TCP", "UDP"),
    "ContainerResizePolicy.resourceName": ("cpu", "memory"),
    "ContainerResizePolicy.restartPolicy": ("NotRequired", "RestartContainer"),
    "ContainerRestartRule.action": ("Restart", "RestartAllContainers"),
    "ContainerRestartRuleOnExitCodes.operator": ("In", "NotIn"),
    "GRPCAction.mode": ("Plaintext", "TLS"),
    "HTTPGetAction.scheme": ("HTTP", "HTTPS"),
    # "" is no type: nothing is checked before the path is mounted.
    "HostPathVolumeSource.type": (
        "",
        "BlockDevice",
        "CharDevice",
        "Directory",
        "DirectoryOrCreate",
        "File",
        "FileOrCreate",
        "Socket",
    ),
    "HPAScalingPolicy.type": ("Percent", "Pods"),
    "HPAScalingRules.selectPolicy": ("Disabled", "Max", "Min"),
    "ImageVolumeSource.pullPolicy": _PULL_POLICY,
    "LabelSelectorRequirement.operator": ("DoesNotExist", "Exists", "In", "NotIn"),
    "Lifecycle.stopSignal": _SIGNALS,
    "MetricSpec.type": ("ContainerResource", "External", "Object", "Pods", "Resource"),
    "MetricTarget.type": ("AverageValue", "Utilization", "Value"),
    "NetworkPolicyPort.protocol": ("SCTP", "TCP", "UDP"),
    "NodeSelectorRequirement.operator": ("DoesNotExist", "Exists", "Gt", "In", "Lt", "NotIn"),
    "PersistentVolumeClaimSpec.accessModes": ("ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod"),
    "PersistentVolumeClaimSpec.volumeMode": ("Block", "Filesystem"),
    "PodCertificateProjection.keyType": ("ECDSAP256", "ECDSAP384", "ECDSAP521", "ED25519", "RSA3072", "RSA4096"),
    "PodSecurityContext.fsGroupChangePolicy": ("Always", "OnRootMismatch"),
    "PodSecurityContext.seLinuxChangePolicy": ("MountOption", "Recursive"),
    "PodSecurityContext.supplementalGroupsPolicy": ("Merge", "Strict"),
    "SeccompProfile.type": _PROFILE,
    "SecurityContext.procMount": ("Default", "Unmasked"),
    # "" matches every effect, and is Equal as an operator.
    "Toleration.effect": ("", "NoExecute", "NoSchedule", "PreferNoSchedule"),
    "Toleration.operator": ("", "Equal", "Exists", "Gt", "Lt"),
    "TopologySpreadConstraint.nodeAffinityPolicy": ("Honor", "Ignore"),
    "TopologySpreadConstraint.nodeTaintsPolicy": ("Honor", "Ignore"),
    "TopologySpreadConstraint.whenUnsatisfiable": ("DoNotSchedule", "ScheduleAnyway"),
    "VolumeMount.bindMountOptions": ("nodev", "noexec", "nosuid"),
    "VolumeMount.mountPropagation": ("Bidirectional", "HostToContainer", "None"),
    "VolumeMount.recursiveReadOnly": ("Disabled", "Enabled", "IfPossible"),
}
"""Closed sets of strings (for a list, of its items), which the schemas do not have: the API server's validation does.

A set the API server leaves open (`emptyDir.medium`, which drivers extend, or `httpGet.protocol`, which is new) has no
place here: a wrong refusal is worse than a late one.
"""

BOUNDED: dict[str, str] = {
    "AWSElasticBlockStoreVolumeSource.partition": "Octet",
    "ConfigMapVolumeSource.defaultMode": "FileMode",
    "ContainerPort.containerPort": "Port",
    "ContainerPort.hostPort": "HostPort",
    "DownwardAPIVolumeFile.mode": "FileMode",
    "DownwardAPIVolumeSource.defaultMode": "FileMode",
    "EmptyDirVolumeSource.mode": "DirectoryMode",
    "FCVolumeSource.lun": "Octet",
    "GCEPersistentDiskVolumeSource.partition": "Octet",
    "GRPCAction.port": "Port",
    "HTTPGetAction.port": "PortOrName",
    "ISCSIVolumeSource.lun": "Octet",
    "KeyToPath.mode": "FileMode",
    "PodCertificateProjection.maxExpirationSeconds": "RequestedLifetime",
    "PodSecurityContext.fsGroup": "Id",
    "PodSecurityContext.runAsGroup": "Id",
    "PodSecurityContext.runAsUser": "Id",
    "PodSecurityContext.supplementalGroups": "Id",
    "PreferredSchedulingTerm.weight": "Weight",
    "Probe.failureThreshold": "NonNegative32",
    "Probe.initialDelaySeconds": "NonNegative32",
    "Probe.periodSeconds": "NonNegative32",
    "Probe.successThreshold": "NonNegative32",
    "Probe.terminationGracePeriodSeconds": "Positive64",
    "Probe.timeoutSeconds": "NonNegative32",
    "ProjectedVolumeSource.defaultMode": "FileMode",
    "SecretVolumeSource.defaultMode": "FileMode",
    "SecurityContext.runAsGroup": "Id",
    "SecurityContext.runAsUser": "Id",
    "ServiceAccountTokenProjection.expirationSeconds": "TokenLifetime",
    "SleepAction.seconds": "NonNegative64",
    "TCPSocketAction.port": "PortOrName",
    "TopologySpreadConstraint.maxSkew": "Positive32",
    "TopologySpreadConstraint.minDomains": "Positive32",
    "WeightedPodAffinityTerm.weight": "Weight",
}
"""Bounds of numbers, which the schemas do not have either; the types are in `scalars`."""
