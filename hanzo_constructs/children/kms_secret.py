"""KMSSecret: a Secret that the key management service fills."""

from __future__ import annotations

from ..kube.manifest import Manifest, manifest, present
from ..kube.owner import Owner
from ..platform import Platform
from ..spec.secrets import KmsSecretRef

__all__ = ["kms_secret"]


def kms_secret(owner: Owner, secret: KmsSecretRef, *, platform: Platform) -> Manifest:
    """Fill the Secret *managedSecretName* from the key management service."""
    return manifest(
        "KMSSecret",
        owner,
        name=secret.managed_secret_name,
        spec={
            "hostAPI": secret.host_api or platform.kms_host_api,
            "projectSlug": secret.project_slug,
            "envSlug": secret.env_slug,
            "secretsPath": secret.secrets_path,
            "credentialsRef": present(
                {
                    "name": secret.credentials_ref.name,
                    "namespace": secret.credentials_ref.namespace or owner.namespace,
                }
            ),
            "resyncInterval": secret.resync_interval,
            "managedSecretName": secret.managed_secret_name,
        },
    )
