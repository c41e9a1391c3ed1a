"""What applying a resource again cannot do by itself: the steps to take before, for whoever changes what is there.

A StatefulSet that exists takes no other claim templates and no other podManagementPolicy. It is deleted without its
pods, which the new one takes over:
https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/
https://kubernetes.io/docs/concepts/storage/persistent-volumes/#expanding-persistent-volumes-claims
"""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ..kube.manifest import Manifest
from ..spec.resource import Datastore
from .compilation import Compilation
from .engine import derived_variables, directory_defaults

__all__ = ["ManualSteps", "manual_steps"]


@dataclass(frozen=True, slots=True)
class ManualSteps:
    """Steps that a change needs."""

    before: str
    """The change, and why it needs them."""
    commands: tuple[str, ...] = ()
    """What to run; empty where the text says it all."""


def manual_steps(compilation: Compilation) -> Iterator[ManualSteps]:
    """Yield the steps that changes of the resource need once it has been applied; none for most kinds."""
    for manifest in compilation.manifests:
        if manifest["kind"] == "StatefulSet":
            # to a claim of the same size, its command does nothing
            yield ManualSteps(
                "before you apply a changed spec.storage.size or epoch, run these (a StatefulSet refuses the change):",
                (_enlarged(manifest), *_released(manifest)),
            )
    yield from _moved_data(compilation)


def _enlarged(manifest: Manifest) -> str:
    """Return the command that gives every claim that is there the size that *manifest* asks for."""
    spec, name = manifest["spec"], manifest["metadata"]["name"]
    (template,) = spec["volumeClaimTemplates"]
    # scaled down to nothing, the first replica has left its claim; a replica that waits for a node may have none yet
    claims = [f"{template['metadata']['name']}-{name}-{index}" for index in range(spec["replicas"] or 1)]
    kubectl = _kubectl(manifest)
    found = _command(*kubectl, "get", "pvc", *claims, "--ignore-not-found", "--output", "name")
    patch = _command("xargs", "-r", *kubectl, "patch", patch={"resources": template["spec"]["resources"]})
    return f"{found} | {patch}"


def _released(manifest: Manifest) -> Iterator[str]:
    """Yield the commands that delete the StatefulSet, but neither its pods nor their claims."""
    name, kubectl = manifest["metadata"]["name"], _kubectl(manifest)
    retention = manifest["spec"].get("persistentVolumeClaimRetentionPolicy", {})
    if retention.get("whenDeleted") == "Delete":
        kept = {"persistentVolumeClaimRetentionPolicy": {**retention, "whenDeleted": "Retain"}}
        yield _command(*kubectl, "patch", "statefulset", name, patch=kept)
    yield _command(*kubectl, "delete", "statefulset", name, "--cascade=orphan")


def _moved_data(compilation: Compilation) -> Iterator[ManualSteps]:
    """Yield what keeps the data of a resource that moves here from an epoch that named no directory."""
    resource, rules = compilation.resource, compilation.rules
    if not isinstance(resource, Datastore):
        return
    engine, spec = resource.engine, resource.spec
    derived = derived_variables(spec, engine, rules) | directory_defaults(spec, engine, rules)
    for name in engine.environment:
        if name not in derived:
            continue
        yield ManualSteps(
            f"before you move it here from epoch 2025, write {name} in spec.env as the server has it there"
            f" ({engine.data_directory} if nothing sets it), or it starts empty beside its data"
        )


def _kubectl(manifest: Manifest) -> list[str]:
    namespace = manifest["metadata"].get("namespace")
    return ["kubectl", *(["--namespace", namespace] if namespace else [])]


def _command(*words: str, patch: dict[str, Any] | None = None) -> str:
    return shlex.join([*words, *(["--patch", json.dumps({"spec": patch}, separators=(",", ":"))] if patch else [])])
