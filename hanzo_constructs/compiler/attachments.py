"""What a workload brings along: its service account, its ConfigMaps and claims, and how the pods get to see them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ..children.config_map import config_map, hash_annotation
from ..children.persistent_volume_claim import persistent_volume_claim
from ..children.pod import Revision, pod_template
from ..children.service_account import service_account
from ..errors import Finding
from ..kube.owner import Owner, Pods
from ..platform import Platform, Rules
from ..spec.attachments import Config, Persistence
from ..spec.containers import SurroundedSpec
from ..spec.workload import WorkloadSpec
from .child import Child
from .findings import size_findings

__all__ = ["attached_children", "attachment_findings", "root_disk_findings", "workload_template"]


def attached_children(owner: Owner, spec: WorkloadSpec, platform: Platform) -> Iterator[Child]:
    """Yield the objects that *spec* brings along."""
    if spec.service_account:
        yield Child("ServiceAccount", service_account(owner, spec.service_account), "spec.serviceAccount")
    for at, each in spec.attached:
        if isinstance(each, Config):
            yield Child(_config_child(each), config_map(owner, each.name, each.files), "spec.configs")
        elif each.existing_claim is None:
            yield Child(_claim_child(each), persistent_volume_claim(owner, each, platform), f"spec.{at[0]}")


def _config_child(config: Config) -> str:
    return f"ConfigMap-{config.name}"


def _claim_child(claim: Persistence) -> str:
    return f"PersistentVolumeClaim-{claim.name}"


def workload_template(  # noqa: PLR0913 - what a template is made of
    spec: WorkloadSpec,
    pods: Pods,
    containers: Sequence[dict[str, Any]],
    *,
    rules: Rules,
    spread: Revision | None,
    pod: dict[str, Any],
    read: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """Return the template of *pods* as `pod_template` does, with what *spec* brings along.

    What the main container has *read* when it starts, text by file, restarts the pods when it changes.
    """
    main, *others = containers
    if spec.service_account:
        token = spec.service_account.automount_token
        mounted = token if token is not None or rules.epoch.automount_token else False
        account = pods.owner.named("ServiceAccount", pods.owner.name)
        pod = {**pod, "serviceAccountName": account, "automountServiceAccountToken": mounted}
    if attached := [each for _, each in spec.attached]:
        read = {**(read or {}), **_files(attached)}
        main = _mounting(main, attached, pods.owner)
        volumes = [_volume(each, pods.owner) for each in attached if each.volume is not None]
        pod = {**pod, "volumes": [*(pod.get("volumes") or ()), *volumes] or None}
    annotations = {**spec.annotations, **(hash_annotation(read) if read else {})}
    return pod_template(pods, [main, *others], rules=rules, spread=spread, annotations=annotations, pod=pod)


def _files(attached: Sequence[Config | Persistence]) -> dict[str, str]:
    configs = (each for each in attached if isinstance(each, Config))
    return {f"{config.name}/{file}": text for config in configs for file, text in config.files.items()}


def _mounting(main: dict[str, Any], attached: Sequence[Config | Persistence], owner: Owner) -> dict[str, Any]:
    """Return the container *main* with the mounts and variables of *attached*; the user's variables win."""
    mounts = [
        {"name": each.name, "mountPath": each.mount_path, **({"readOnly": True} if isinstance(each, Config) else {})}
        for each in attached
        if each.mount_path is not None
    ]
    sources = [
        {"configMapRef": {"name": _config_name(each, owner)}}
        for each in attached
        if isinstance(each, Config) and each.env
    ]
    added = {"envFrom": [*sources, *main.get("envFrom", ())], "volumeMounts": [*main.get("volumeMounts", ()), *mounts]}
    return {**main, **{field: entries for field, entries in added.items() if entries}}


def _volume(each: Config | Persistence, owner: Owner) -> dict[str, Any]:
    if isinstance(each, Config):
        return {"name": each.name, "configMap": {"name": _config_name(each, owner)}}
    claim = each.existing_claim or owner.named(_claim_child(each), f"{owner.name}-{each.name}")
    return {"name": each.name, "persistentVolumeClaim": {"claimName": claim}}


def _config_name(config: Config, owner: Owner) -> str:
    return owner.named(_config_child(config), f"{owner.name}-{config.name}")


def attachment_findings(spec: SurroundedSpec, rules: Rules) -> Iterator[Finding]:
    """Yield what is doubtful about the claims of *spec*."""
    for index, claim in enumerate(spec.persistence):
        if claim.size is not None:
            yield from size_findings(claim.size, f"spec.persistence[{index}].size")
            yield from root_disk_findings(spec, rules, f"spec.persistence[{index}]")


def root_disk_findings(spec: WorkloadSpec, rules: Rules, at: str) -> Iterator[Finding]:
    """Yield that a new disk *at* a place belongs to root, where nobody in the pods of *spec* is root."""
    context = spec.security_context
    group = spec.fs_group if context is None or context.fs_group is None else context.fs_group
    if group is None and rules.pod_security == "restricted":
        message = (
            "a new disk mostly belongs to root, who nobody in the pods is; write fsGroup, the group of the image's user"
        )
        yield Finding(message, at, severity="warning")
