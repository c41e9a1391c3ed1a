"""The kinds of Kubernetes that are written or looked into: one row each, in the order in which they are applied.

Nothing fails to be applied for want of what comes later: first what other objects are made in or of (namespaces,
definitions of kinds), then whom pods run as and what they read, then the pods, then what leads to them or watches them.
Each kind is served in its version by every Kubernetes that is supported, from 1.25 on, unless its row says since when.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from .fields import Path

__all__ = [
    "KINDS",
    "ROUTES",
    "SCALABLE",
    "TRANSIENT",
    "WORKLOADS",
    "KubernetesKind",
    "ReferenceField",
    "api_version",
    "apply_rank",
    "known_kind",
]


class ReferenceField(NamedTuple):
    """A field that names another object."""

    place: str
    """Where it stands, with `[]` behind a list: `spec.template.spec.volumes[].secret`."""
    kind: str
    """Kind of the object; empty where the field says apiVersion and kind itself, and without them means a Deployment."""
    name: str = "name"
    """Where the name stands in it; empty: it is the name."""
    is_read: bool = False
    """Whether containers get to see what is in the object, as variables or as files."""
    inside: bool = False
    """Whether a derived object can mean nothing but another derived one."""


@dataclass(frozen=True, slots=True)
class KubernetesKind:
    """What is known of a kind."""

    name: str
    group: str = ""
    """Empty for the core group."""
    version: str = "v1"
    namespaced: bool = True
    template: Path | None = None
    """Where the template of its pods stands; empty for a pod itself, None: it runs none."""
    immutable: tuple[str, ...] = ()
    """Fields of the spec that can never be changed and that objects here have."""
    references: tuple[ReferenceField, ...] = ()
    """Fields that name other objects."""
    merge_keys: Mapping[str, str] = field(default_factory=dict)
    """By which field client-side apply tells the items of a list apart, where the API server tells them apart by more."""
    since: int = 25
    """The first Kubernetes 1.x that serves it in this version."""
    built_in: tuple[str, ...] = ()
    """Names of objects that every cluster, or every namespace, has."""

    @property
    def api_version(self) -> str:
        """Group and version, as manifests have them: `apps/v1`."""
        return f"{self.group}/{self.version}" if self.group else self.version

    @property
    def plural(self) -> str:
        """The name in commands and URLs: `networkpolicies`."""
        word = self.name.lower()
        if word.endswith("y"):
            return f"{word[:-1]}ies"
        return f"{word}es" if word.endswith("s") else f"{word}s"


_IN_CONTAINERS = (
    ("env[].valueFrom.secretKeyRef", "Secret"),
    ("env[].valueFrom.configMapKeyRef", "ConfigMap"),
    ("envFrom[].secretRef", "Secret"),
    ("envFrom[].configMapRef", "ConfigMap"),
)
_IN_PODS = (
    *(
        ReferenceField(f"{containers}[].{place}", kind, is_read=True)
        for containers in ("containers", "initContainers")
        for place, kind in _IN_CONTAINERS
    ),
    ReferenceField("serviceAccountName", "ServiceAccount", ""),
    ReferenceField("priorityClassName", "PriorityClass", ""),
    ReferenceField("runtimeClassName", "RuntimeClass", ""),
    ReferenceField("imagePullSecrets[]", "Secret"),
    ReferenceField("volumes[].secret", "Secret", "secretName", is_read=True),
    ReferenceField("volumes[].configMap", "ConfigMap", is_read=True),
    ReferenceField("volumes[].persistentVolumeClaim", "PersistentVolumeClaim", "claimName"),
    ReferenceField("resourceClaims[]", "ResourceClaimTemplate", "resourceClaimTemplateName"),
    ReferenceField("volumes[].azureFile", "Secret", "secretName"),
    ReferenceField("volumes[].csi.nodePublishSecretRef", "Secret"),
    *(
        ReferenceField(f"volumes[].{source}.secretRef", "Secret")
        for source in ("cephfs", "cinder", "flexVolume", "iscsi", "rbd", "scaleIO", "storageos")
    ),
    ReferenceField("volumes[].projected.sources[].secret", "Secret", is_read=True),
    ReferenceField("volumes[].projected.sources[].configMap", "ConfigMap", is_read=True),
)
"""Fields of a pod spec that name other objects."""
_TEMPLATE = ("spec", "template")


def _workload(
    name: str,
    group: str,
    template: Path = _TEMPLATE,
    *,
    immutable: tuple[str, ...] = ("selector",),
    references: tuple[ReferenceField, ...] = (),
) -> KubernetesKind:
    """Return the row of a kind that runs pods."""
    spec = ".".join([*map(str, template), "spec"])
    inside = tuple(each._replace(place=f"{spec}.{each.place}") for each in _IN_PODS)
    keys = {f"{spec}.{containers}[].ports": "containerPort" for containers in ("containers", "initContainers")}
    return KubernetesKind(
        name, group, template=template, immutable=immutable, references=(*references, *inside), merge_keys=keys
    )


ROUTES = ("HTTPRoute", "GRPCRoute", "TLSRoute", "TCPRoute")
"""Kinds whose rules lead to TCP ports of Services."""
_ROUTE_VERSIONS = {"TLSRoute": "v1alpha2", "TCPRoute": "v1alpha2"}
_SCALED = ReferenceField("spec.scaleTargetRef", "", inside=True)
_RBAC = "rbac.authorization.k8s.io"
_CRITICAL = ("system-cluster-critical", "system-node-critical")

_ROWS = (
    KubernetesKind("Namespace", namespaced=False, built_in=("default", "kube-system")),
    KubernetesKind("CustomResourceDefinition", "apiextensions.k8s.io", namespaced=False),
    KubernetesKind("PriorityClass", "scheduling.k8s.io", namespaced=False, built_in=_CRITICAL),
    KubernetesKind("RuntimeClass", "node.k8s.io", namespaced=False),
    KubernetesKind("StorageClass", "storage.k8s.io", namespaced=False),
    KubernetesKind("IngressClass", "networking.k8s.io", namespaced=False),
    KubernetesKind("ResourceQuota"),
    KubernetesKind("LimitRange"),
    KubernetesKind("ServiceAccount", built_in=("default",)),
    KubernetesKind("ClusterRole", _RBAC, namespaced=False),
    KubernetesKind("ClusterRoleBinding", _RBAC, namespaced=False),
    KubernetesKind("Role", _RBAC),
    KubernetesKind("RoleBinding", _RBAC),
    KubernetesKind("Secret"),
    KubernetesKind(
        "KMSSecret", "kms.hanzo.ai", "v1alpha1", references=(ReferenceField("spec.credentialsRef", "Secret"),)
    ),
    KubernetesKind("ExternalSecret", "external-secrets.io"),
    KubernetesKind("SealedSecret", "bitnami.com", "v1alpha1"),
    KubernetesKind("Certificate", "cert-manager.io"),
    KubernetesKind("ConfigMap"),
    KubernetesKind("ResourceClaimTemplate", "resource.k8s.io", immutable=("spec",), since=34),
    KubernetesKind("PersistentVolume", namespaced=False),
    KubernetesKind("PersistentVolumeClaim"),
    KubernetesKind("NetworkPolicy", "networking.k8s.io"),
    KubernetesKind("CiliumNetworkPolicy", "cilium.io", "v2"),
    KubernetesKind("Service", immutable=("clusterIP",), merge_keys={"spec.ports": "port"}),
    _workload("Deployment", "apps"),
    _workload(
        "StatefulSet",
        "apps",
        immutable=("selector", "serviceName", "podManagementPolicy", "volumeClaimTemplates"),
        references=(ReferenceField("spec.serviceName", "Service", "", inside=True),),
    ),
    _workload("DaemonSet", "apps"),
    _workload("ReplicaSet", "apps"),
    _workload("Pod", "", (), immutable=()),
    _workload("Job", "batch", immutable=("selector", "template", "completions", "completionMode", "podFailurePolicy")),
    _workload("CronJob", "batch", ("spec", "jobTemplate", *_TEMPLATE), immutable=()),
    KubernetesKind("HorizontalPodAutoscaler", "autoscaling", "v2", references=(_SCALED,)),
    KubernetesKind("ScaledObject", "keda.sh", "v1alpha1", references=(_SCALED,)),
    KubernetesKind("PodDisruptionBudget", "policy"),
    KubernetesKind("Ingress", "networking.k8s.io"),
    *(KubernetesKind(name, "gateway.networking.k8s.io", _ROUTE_VERSIONS.get(name, "v1")) for name in ROUTES),
    KubernetesKind(
        "ServiceMonitor",
        "monitoring.coreos.com",
        references=(
            *(ReferenceField(f"spec.endpoints[].tlsConfig.{part}.secret", "Secret") for part in ("ca", "cert")),
            *(ReferenceField(f"spec.endpoints[].tlsConfig.{part}.configMap", "ConfigMap") for part in ("ca", "cert")),
            ReferenceField("spec.endpoints[].tlsConfig.keySecret", "Secret"),
        ),
    ),
    KubernetesKind("PodMonitor", "monitoring.coreos.com"),
)

KINDS: Mapping[str, KubernetesKind] = MappingProxyType({row.name: row for row in _ROWS})
"""The kinds by name, in apply order."""

WORKLOADS = tuple(row.name for row in _ROWS if row.template is not None)
"""Kinds that run pods."""
SCALABLE = ("Deployment", "StatefulSet", "ReplicaSet")
"""Kinds with a replica count."""
TRANSIENT = ("Job", "CronJob")
"""Kinds whose pods come and go: nothing may send traffic to them or count on them."""

_API_VERSIONS = {name: row.api_version for name, row in KINDS.items()}
_RANKS = {name: rank for rank, name in enumerate(KINDS)}


def apply_rank(kind: str) -> int:
    """Return the place of *kind* in apply order; kinds that are not known come last, together."""
    return _RANKS.get(kind, len(_RANKS))


def api_version(kind: str) -> str:
    """Return group and version of *kind*, as manifests have them: `apps/v1`."""
    return _API_VERSIONS[kind]


@cache
def known_kind(api_version: str, kind: str) -> str:
    """Return *kind* where it is one of those known here, `kind.group` where it is somebody else's of any name.

    A kind of another group may carry the same name: Knative has a Service too.
    """
    group, slash, _ = api_version.rpartition("/")
    group = group if slash else ""
    return kind if kind in KINDS and KINDS[kind].group == group else f"{kind}.{group}"
