"""Which kinds stand in no namespace: those of Kubernetes itself, and those that many clusters have besides."""

from __future__ import annotations

__all__ = ["is_namespaced"]

_CLUSTER_SCOPED = frozenset(
    (
        *("/Namespace", "/Node", "/PersistentVolume"),
        *(
            f"admissionregistration.k8s.io/{kind}"
            for kind in (
                *("MutatingAdmissionPolicy", "MutatingAdmissionPolicyBinding", "MutatingWebhookConfiguration"),
                *("ValidatingAdmissionPolicy", "ValidatingAdmissionPolicyBinding", "ValidatingWebhookConfiguration"),
            )
        ),
        "apiextensions.k8s.io/CustomResourceDefinition",
        "apiregistration.k8s.io/APIService",
        *(f"certificates.k8s.io/{kind}" for kind in ("CertificateSigningRequest", "ClusterTrustBundle")),
        *(f"flowcontrol.apiserver.k8s.io/{kind}" for kind in ("FlowSchema", "PriorityLevelConfiguration")),
        *(f"networking.k8s.io/{kind}" for kind in ("IngressClass", "IPAddress", "ServiceCIDR")),
        "node.k8s.io/RuntimeClass",
        *(f"rbac.authorization.k8s.io/{kind}" for kind in ("ClusterRole", "ClusterRoleBinding")),
        *(f"resource.k8s.io/{kind}" for kind in ("DeviceClass", "DeviceTaintRule", "ResourceSlice")),
        "scheduling.k8s.io/PriorityClass",
        *(f"storage.k8s.io/{kind}" for kind in ("CSIDriver", "CSINode", "StorageClass", "VolumeAttachment")),
        "storage.k8s.io/VolumeAttributesClass",
        "storagemigration.k8s.io/StorageVersionMigration",
        # of others
        "gateway.networking.k8s.io/GatewayClass",
        "cert-manager.io/ClusterIssuer",
        *(f"external-secrets.io/{kind}" for kind in ("ClusterExternalSecret", "ClusterSecretStore")),
        "keda.sh/ClusterTriggerAuthentication",
        *(f"kyverno.io/{kind}" for kind in ("ClusterPolicy", "ClusterCleanupPolicy")),
        "cilium.io/CiliumClusterwideNetworkPolicy",
    )
)
"""Group and kind."""


def is_namespaced(api_version: str, kind: str) -> bool:
    """Tell whether objects of *kind* stand in a namespace, as most do; what is not known does."""
    group, slash, _ = api_version.rpartition("/")
    return f"{group if slash else ''}/{kind}" not in _CLUSTER_SCOPED
