"""What to write for a field that a workload does not have under that name: those of Kubernetes' types, and of charts.

Only errors read this.
"""

from __future__ import annotations

import re
from collections.abc import Collection

__all__ = ["OTHER_NAMES", "field_for"]

_TASK = "kind: Task, for work that ends by itself"

OTHER_NAMES: dict[str, tuple[str, ...]] = {
    # of Kubernetes' own types
    "activeDeadlineSeconds": ("kind: Task, for work that ends by itself",),
    "allowPrivilegeEscalation": ("containerSecurityContext.allowPrivilegeEscalation",),
    "capabilities": ("containerSecurityContext.capabilities",),
    "clusterIP": ("service.headless",),
    "containers": ("sidecars",),
    "externalTrafficPolicy": ("service.externalTrafficPolicy",),
    "fsGroupChangePolicy": ("securityContext.fsGroupChangePolicy",),
    "imagePullPolicy": ("image.pullPolicy",),
    "internalTrafficPolicy": ("service.internalTrafficPolicy",),
    "loadBalancerClass": ("service.loadBalancerClass",),
    "loadBalancerSourceRanges": ("service.loadBalancerSourceRanges",),
    "maxReplicas": ("autoscaling.maxReplicas",),
    "maxSurge": ("rollout.maxSurge",),
    "maxUnavailable": ("rollout.maxUnavailable or pdb.maxUnavailable",),
    "metadata": ("labels and annotations",),
    "minAvailable": ("pdb.minAvailable",),
    "minReadySeconds": ("rollout.minReadySeconds",),
    "minReplicas": ("autoscaling.minReplicas",),
    "partition": ("rollout.partition",),
    "postStart": ("lifecycle.postStart",),
    "preStop": ("lifecycle.preStop",),
    "privileged": ("containerSecurityContext.privileged",),
    "progressDeadlineSeconds": ("rollout.progressDeadlineSeconds",),
    "readOnlyRootFilesystem": ("containerSecurityContext.readOnlyRootFilesystem",),
    "revisionHistoryLimit": ("rollout.revisionHistoryLimit",),
    "rollingUpdate": ("rollout.maxSurge and rollout.maxUnavailable",),
    "runAsGroup": ("containerSecurityContext.runAsGroup",),
    "runAsNonRoot": ("containerSecurityContext.runAsNonRoot",),
    "runAsUser": ("containerSecurityContext.runAsUser",),
    "schedule": ("backup.schedule", "kind: Task, for what runs at set times"),
    "seccompProfile": ("securityContext.seccompProfile",),
    "selector": ("adopt.selector, for pods that run already",),
    "serviceName": ("adopt.serviceName, for a StatefulSet that runs already",),
    "sessionAffinity": ("service.sessionAffinity",),
    "strategy": ("rollout",),
    "supplementalGroups": ("securityContext.supplementalGroups",),
    "sysctls": ("securityContext.sysctls",),
    "template": ("the fields of the pod beside each other",),
    "updateStrategy": ("strategy", "rollout"),
    "volumeClaimTemplates": ("disks", "storage", "kind: Stateful"),
    "backoffLimit": (_TASK,),
    "behavior": ("autoscaling.behavior",),
    "completions": (_TASK,),
    "concurrencyPolicy": (_TASK,),
    "failedJobsHistoryLimit": (_TASK,),
    "ingressClassName": ("ingress.ingressClassName",),
    "jobTemplate": (_TASK,),
    "ordinals": ("kind: Stateful",),
    "parallelism": (_TASK,),
    "persistentVolumeClaimRetentionPolicy": ("storage.retentionPolicy", "kind: Stateful"),
    "podFailurePolicy": (_TASK,),
    "podManagementPolicy": ("kind: Stateful",),
    "priority": ("priorityClassName",),
    "restartPolicy": (_TASK,),
    "rules": ("ingress.rules",),
    "startingDeadlineSeconds": (_TASK,),
    "successfulJobsHistoryLimit": (_TASK,),
    "suspend": (_TASK,),
    "targetPort": ("ports, with containerPort and servicePort",),
    "timeZone": (_TASK,),
    "ttlSecondsAfterFinished": (_TASK,),
    "type": ("service.type",),
    # of charts, which agree on most of them
    "additionalContainers": ("sidecars",),
    "additionalVolumeMounts": ("volumeMounts",),
    "additionalVolumes": ("volumes",),
    "configMap": ("configs",),
    "configMaps": ("configs",),
    "containerPort": ("ports",),
    "cpu": ("resources.requests.cpu",),
    "cronjob": ("kind: Task with schedule",),
    "entrypoint": ("command",),
    "envVars": ("env",),
    "environment": ("env",),
    "existingSecret": ("envFrom with a secretRef",),
    "extraArgs": ("args",),
    "extraContainers": ("sidecars",),
    "extraDeploy": ("a document of its own for each object",),
    "extraEnv": ("env",),
    "extraEnvFrom": ("envFrom",),
    "extraEnvVars": ("env",),
    "extraEnvVarsCM": ("envFrom with a configMapRef",),
    "extraEnvVarsSecret": ("envFrom with a secretRef",),
    "extraInitContainers": ("initContainers",),
    "extraManifests": ("a document of its own for each object",),
    "extraObjects": ("a document of its own for each object",),
    "extraPorts": ("ports",),
    "extraVolumeMounts": ("volumeMounts",),
    "extraVolumes": ("volumes",),
    "healthCheck": ("readinessProbe and livenessProbe",),
    "host": ("ingress.hosts",),
    "hosts": ("ingress.hosts",),
    "hpa": ("autoscaling",),
    "httpRoute": ("ingress, with the platform setting exposure: gateway",),
    "imagePullSecret": ("imagePullSecrets",),
    "liveness": ("livenessProbe",),
    "loadBalancer": ("service.type: LoadBalancer",),
    "memory": ("resources.requests.memory and resources.limits.memory",),
    "metrics": ("serviceMonitor",),
    "monitoring": ("serviceMonitor",),
    "mounts": ("volumeMounts",),
    "nodePort": ("service.type: NodePort, and nodePort of the port",),
    "podAnnotations": ("annotations",),
    "podDisruptionBudget": ("pdb",),
    "podLabels": ("labels",),
    "podMonitor": ("serviceMonitor",),
    "podSecurityContext": ("securityContext",),
    "port": ("ports",),
    "probes": ("livenessProbe, readinessProbe and startupProbe",),
    "pullPolicy": ("image.pullPolicy",),
    "pullSecrets": ("imagePullSecrets",),
    "rawResources": ("a document of its own for each object",),
    "readiness": ("readinessProbe",),
    "replicaCount": ("replicas",),
    "route": ("ingress",),
    "scaling": ("autoscaling",),
    "secret": ("kmsSecrets, or envFrom with a secretRef",),
    "secrets": ("kmsSecrets, or envFrom with a secretRef",),
    "serviceAnnotations": ("service.annotations",),
    "serviceType": ("service.type",),
    "tag": ("image.tag",),
    "tls": ("ingress.tls",),
    "topologySpread": ("topologySpreadConstraints",),
    "user": ("containerSecurityContext.runAsUser",),
    "certificates": ("ingress.clusterIssuer or ingress.tlsSecretName",),
    "clusterIssuer": ("ingress.clusterIssuer",),
    "cmd": ("args",),
    "commonAnnotations": ("annotations",),
    "commonLabels": ("labels",),
    "configmap": ("configs",),
    "cronJob": ("kind: Task with schedule",),
    "cronJobs": ("kind: Task with schedule",),
    "depends_on": ("connections",),
    "disk": ("persistence", "storage"),
    "domain": ("ingress.hosts",),
    "env_file": ("envFrom, or configs with env: true",),
    "expose": ("ports",),
    "fullnameOverride": ("the name as metadata.name",),
    "gateway": ("ingress, with the platform setting exposure: gateway",),
    "healthcheck": ("readinessProbe and livenessProbe",),
    "hooks": (_TASK,),
    "jobs": (_TASK,),
    "limits": ("resources.limits",),
    "migrations": (_TASK,),
    "nameOverride": ("the name as metadata.name",),
    "paths": ("ingress.rules or ingress.pathRules",),
    "rbac": ("a document of its own for each object",),
    "requests": ("resources.requests",),
    "sidecarContainers": ("sidecars",),
    "size": ("storage.size", "persistence"),
    "targetCPUUtilization": ("autoscaling.targetCpuUtilization",),
    "targetCPUUtilizationPercentage": ("autoscaling.targetCpuUtilization",),
    "targetMemoryUtilizationPercentage": ("autoscaling.targetMemoryUtilization",),
    "url": ("ingress.hosts",),
    # of kinds of ours, for another kind
    "autoscaling": ("replicas",),
    "existingClaim": ("persistence", "storage", "volumes with a persistentVolumeClaim"),
    "ingress": ("a Service or Gateway in front, with its ingress",),
    "livenessProbe": ("activeDeadlineSeconds, for what hangs",),
    "persistence": ("storage", "volumes with a persistentVolumeClaim"),
    "persistentVolumeClaim": ("persistence", "storage", "volumes with a persistentVolumeClaim"),
    "ports": (
        "port",
        "kind: Service, for what answers requests",
    ),
    "pvc": ("persistence", "storage", "volumes with a persistentVolumeClaim"),
    "readinessProbe": ("activeDeadlineSeconds, for a Task answers no requests",),
    "replicas": ("parallelism",),
    "service": ("kind: Service, for what answers requests",),
    "storage": ("persistence", "kind: Stateful"),
    "storageSize": ("storage.size",),
}
"""What to write, by the name that people try: the first that the kind has, or that is no field."""
_NO_FIELD = ("kind: ", "a ", "the ")
"""How advice begins that asks for no field."""
_OF_THE_POD = frozenset(
    [
        "activeDeadlineSeconds",
        "enableServiceLinks",
        "hostIPC",
        "hostNetwork",
        "hostPID",
        "hostUsers",
        "hostname",
        "hostnameOverride",
        "nodeName",
        "os",
        "overhead",
        "preemptionPolicy",
        "readinessGates",
        "resourceClaims",
        "runtimeClassName",
        "schedulerName",
        "schedulingGates",
        "setHostnameAsFQDN",
        "shareProcessNamespace",
        "subdomain",
    ]
)
_OF_THE_CONTAINER = frozenset(
    [
        "resizePolicy",
        "stdin",
        "stdinOnce",
        "restartPolicyRules",
        "terminationMessagePath",
        "terminationMessagePolicy",
        "tty",
        "volumeDevices",
        "workingDir",
    ]
)
_OF_THE_WORKLOAD = {
    "ordinals": {"StatefulSet"},
    "paused": {"Deployment"},
    "podManagementPolicy": {"StatefulSet"},
    "persistentVolumeClaimRetentionPolicy": {"StatefulSet"},
    "suspend": {"CronJob", "Job"},
}
"""Fields of Kubernetes that few need, so that only the overlay says them, and the workloads that have them."""
_OF_THE_SERVICE = frozenset(
    [
        "allocateLoadBalancerNodePorts",
        "externalIPs",
        "healthCheckNodePort",
        "ipFamilies",
        "ipFamilyPolicy",
        "loadBalancerIP",
        "publishNotReadyAddresses",
        "sessionAffinityConfig",
    ]
)


def field_for(name: str, known: Collection[str], workload: str) -> str:
    """Return what to write for *name*, of a spec with the *known* fields whose pods a *workload* of Kubernetes runs.

    Empty where nobody can tell.
    """
    if workload in _OF_THE_WORKLOAD.get(name, ()) and "overlay" in known:
        return f"overlay.{workload}.spec.{name}"
    for advice in OTHER_NAMES.get(name, ()):
        if advice.startswith(_NO_FIELD) or re.split(r"\W", advice, maxsplit=1)[0] in known:
            return advice
    return _in_overlay(name, known, workload) if "overlay" in known else ""


def _in_overlay(name: str, known: Collection[str], workload: str) -> str:
    if name in _OF_THE_POD:
        return f"overlay.{workload}.spec.template.spec.{name}"
    if name in _OF_THE_CONTAINER:
        return f"{name} beside the container's name in overlay.{workload}.spec.template.spec.containers"
    if name == "deploymentAnnotations":
        return f"overlay.{workload}.metadata.annotations"
    return f"overlay.Service.spec.{name}" if name in _OF_THE_SERVICE and "service" in known else ""
