"""Pods that share a claim want its files to have one SELinux label.

Since Kubernetes 1.37 the kubelet mounts a volume with the label of the pod (SELinuxMount), instead of changing each file,
where the driver of the volume can; a second pod with another label waits then until the first one has gone.
https://kubernetes.io/docs/concepts/storage/volumes/ and keps/sig-storage/1710-selinux-relabeling
"""

from __future__ import annotations

from collections.abc import Iterator

from ...errors import Finding
from ...kube.fields import field_path
from ..facts import LabelledMount
from ..index import SetIndex
from ..objects import Origin

__all__ = ["se_linux_findings"]


def se_linux_findings(set_index: SetIndex) -> Iterator[tuple[Origin, Finding]]:
    """Yield pods that want another label on the files of a claim than the pods that mount it too."""
    for (namespace, claim), mounts in set_index.labelled.items():
        if claim.endswith("-"):
            continue  # by itself, each pod has a claim of its own
        template, _, number = claim.rpartition("-")
        made = set_index.labelled.get((namespace, f"{template}-"), []) if number.isdecimal() else []
        first, *others = (*made, *mounts)
        for mount in others:
            if mount.label != first.label and not (mount.recursive and first.recursive):
                yield mount.origin, _finding(claim, mount, first)


def _finding(claim: str, mount: LabelledMount, first: LabelledMount) -> Finding:
    who = "another container" if mount.origin is first.origin else first.origin.described
    message = (
        f"{who} mounts the claim {claim} with other seLinuxOptions, so that since Kubernetes 1.37 only one of them starts;"
        " write the same, or, from 1.33 on, seLinuxChangePolicy: Recursive in the securityContext of both pods"
    )
    return Finding(message, field_path(mount.path), severity=mount.origin.severity)
