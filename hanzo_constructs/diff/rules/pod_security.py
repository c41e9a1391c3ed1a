"""Pods that may do more on their node than before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ...kube.kinds import KINDS
from ...kube.manifest import Manifest
from ..changes import ObjectChange
from ..consequence import Consequence, Effect, Sets
from .reading import mapping, mappings, pod_of

__all__ = ["pod_security_lowered"]

_HOST = ("hostNetwork", "hostPID", "hostIPC")


def pod_security_lowered(change: ObjectChange, _: Sets) -> Iterator[Consequence]:
    """Say what pods may do that those before could not."""
    if change.new is None or change.kind not in KINDS or KINDS[change.kind].template is None:
        return
    before = set(_powers(change.old)) if change.old else set()
    if more := [each for each in dict.fromkeys(_powers(change.new)) if each not in before]:
        risky = more if change.old else [each for each in more if not each.endswith(_WEAK)]
        if risky:
            yield Consequence(Effect.ACCESS, f"pods: {', '.join(risky)}")


_WEAK = ("may run as root", "may gain privileges", "may write to its root filesystem", "runs without a seccomp profile",
         "keeps the capabilities of the runtime", "gets a token of the API")  # fmt: skip
"""What every pod may do of which nobody says anything: worth a word where it was forbidden before."""


def _powers(workload: Manifest) -> Iterator[str]:
    pod = pod_of(workload, KINDS[workload["kind"]].template or ())
    if not pod:
        return
    yield from (f"{field}" for field in _HOST if pod.get(field) is True)
    for volume in mappings(pod.get("volumes")):
        if "hostPath" in volume:
            yield f"sees {mapping(volume['hostPath']).get('path')} of the node"
    if pod.get("automountServiceAccountToken") is not False:
        yield "gets a token of the API"
    of_pod = mapping(pod.get("securityContext"))
    for container in (*mappings(pod.get("initContainers")), *mappings(pod.get("containers"))):
        yield from (
            f"{container.get('name')} {power}"
            for power in _powers_of(mapping(container.get("securityContext")), of_pod)
        )


def _powers_of(own: Mapping[str, Any], of_pod: Mapping[str, Any]) -> Iterator[str]:
    if own.get("privileged") is True:
        yield "is privileged"
    if own.get("allowPrivilegeEscalation") is not False:
        yield "may gain privileges"
    user = own.get("runAsUser", of_pod.get("runAsUser"))
    if user == 0 or (not user and own.get("runAsNonRoot", of_pod.get("runAsNonRoot")) is not True):
        yield "may run as root"
    if own.get("readOnlyRootFilesystem") is not True:
        yield "may write to its root filesystem"
    capabilities = mapping(own.get("capabilities"))
    yield from (f"has the capability {each}" for each in capabilities.get("add") or ())
    if "ALL" not in (capabilities.get("drop") or ()):
        yield "keeps the capabilities of the runtime"
    profile = mapping(own.get("seccompProfile") or of_pod.get("seccompProfile")).get("type")
    if profile in (None, "Unconfined"):
        yield "runs without a seccomp profile"
