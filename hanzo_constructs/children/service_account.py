"""ServiceAccount: whom the API server, or a cloud, takes the pods for."""

from __future__ import annotations

from ..kube.manifest import Manifest, manifest
from ..kube.owner import Owner
from ..spec.attachments import ServiceAccount

__all__ = ["service_account"]


def service_account(owner: Owner, account: ServiceAccount) -> Manifest:
    """Make *account* under the name of *owner*; who gets its token is for the pods to say."""
    return manifest("ServiceAccount", owner, annotations=account.annotations)
