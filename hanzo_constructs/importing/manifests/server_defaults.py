"""What an API server fills in where a manifest says nothing.

Source: the functions `SetDefaults_*` of kubernetes (pkg/apis/apps/v1, batch/v1 and core/v1 at v1.36.3).
"""

from __future__ import annotations

from ...kube.manifest import Manifest

__all__ = ["OF_CONTAINERS", "OF_PODS", "OF_PROBES", "OF_SPECS", "OF_SPECS_BY_SERVERS"]

OF_PODS = {
    "dnsPolicy": "ClusterFirst",
    "enableServiceLinks": True,
    "hostIPC": False,
    "hostNetwork": False,
    "hostPID": False,
    "nodeName": "",
    "preemptionPolicy": "PreemptLowerPriority",
    "priorityClassName": "",
    "runtimeClassName": "",
    "schedulerName": "default-scheduler",
    "serviceAccount": "",
    "serviceAccountName": "",
    "shareProcessNamespace": False,
    "terminationGracePeriodSeconds": 30,
}
"""Fields of a pod."""
OF_CONTAINERS = {
    "stdin": False,
    "stdinOnce": False,
    "terminationMessagePath": "/dev/termination-log",
    "terminationMessagePolicy": "File",
    "tty": False,
}
"""Fields of a container, but for those of which this compiler has a default of its own."""
OF_SPECS: dict[str, Manifest] = {
    "Deployment": {
        "paused": False,
        "progressDeadlineSeconds": 600,
        "replicas": 1,
        "revisionHistoryLimit": 10,
    },
    "StatefulSet": {
        "persistentVolumeClaimRetentionPolicy": {"whenDeleted": "Retain", "whenScaled": "Retain"},
        "podManagementPolicy": "OrderedReady",
        "replicas": 1,
        "revisionHistoryLimit": 10,
    },
    "Service": {
        "allocateLoadBalancerNodePorts": True,
        "externalTrafficPolicy": "Cluster",
        "internalTrafficPolicy": "Cluster",
        "ipFamilyPolicy": "SingleStack",
        "publishNotReadyAddresses": False,
        "sessionAffinity": "None",
        "type": "ClusterIP",
        "clusterIP": "",
    },
    "Job": {
        "backoffLimit": 6,
        "completionMode": "NonIndexed",
        "completions": 1,
        "manualSelector": False,
        "parallelism": 1,
        "podReplacementPolicy": "TerminatingOrFailed",
        "suspend": False,
    },
    "CronJob": {"failedJobsHistoryLimit": 1, "successfulJobsHistoryLimit": 3, "suspend": False},
}
"""Fields of a spec, by kind."""
OF_SPECS_BY_SERVERS: dict[str, Manifest] = {
    "Deployment": {
        "minReadySeconds": 0,
        "strategy": {"type": "RollingUpdate", "rollingUpdate": {"maxSurge": "25%", "maxUnavailable": "25%"}},
    },
    "StatefulSet": {"minReadySeconds": 0},
}
"""What a server writes and a person may have written on purpose: how pods are replaced is the platform's where nobody did."""
OF_PROBES = {
    "failureThreshold": 3,
    "initialDelaySeconds": 0,
    "periodSeconds": 10,
    "successThreshold": 1,
    "timeoutSeconds": 1,
}
"""Times of a probe."""
