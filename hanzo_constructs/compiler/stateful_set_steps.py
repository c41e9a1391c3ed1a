"""What applying a changed StatefulSet cannot do by itself: other disks, data that move, a roll-out that hangs."""

from __future__ import annotations

from collections.abc import Iterator

from ..kube.kubectl import command, kubectl
from ..kube.manifest import Manifest
from ..kube.resizing import resizing
from ..platform import Rules
from ..spec.datastore import Datastore
from ..spec.stateful import Stateful
from .autoscaler_steps import autoscaler_steps
from .compilation import Compilation
from .engine import claim_path, derived_variables, directory_defaults
from .kind import ManualSteps
from .stuck_rollout import may_hang, unblocking

__all__ = ["stateful_set_steps"]


def stateful_set_steps(manifest: Manifest, compilation: Compilation) -> Iterator[ManualSteps]:
    """Yield the steps that changes of the StatefulSet *manifest* of *compilation* need."""
    # of any image, how the pods start is for the user to say
    other = "spec.podManagementPolicy" if isinstance(compilation.resource, Stateful) else "epoch"
    if "volumeClaimTemplates" in manifest["spec"]:
        yield ManualSteps(
            f"before you apply a changed spec.storage.size or {other}, run these (a StatefulSet refuses the change):",
            tuple(resizing(manifest)),
        )
    if isinstance(compilation.resource, Datastore):
        yield from _moved_data(compilation.resource, compilation.rules)
    yield from _replaced(manifest, has_engine=isinstance(compilation.resource, Datastore))
    if "replicas" not in manifest["spec"]:
        yield from autoscaler_steps(manifest)
    if may_hang(manifest, compilation.rules):
        yield ManualSteps(
            "if a rollout hangs at a pod that never becomes ready, apply what is right and run this (it deletes the"
            " pods that are neither ready nor of the newest revision):",
            tuple(unblocking(manifest)),
        )


def _replaced(manifest: Manifest, *, has_engine: bool) -> Iterator[ManualSteps]:
    """Yield the steps to another kind of disk, and to other data on it."""
    spec, name, start = manifest["spec"], manifest["metadata"]["name"], kubectl(manifest)
    what, kept = "another storage class", "claims that exist keep their class and their data"
    if "volumeClaimTemplates" not in spec:
        what, kept = "another spec.storage or spec.podManagementPolicy", "the pods go on running"
    yield ManualSteps(
        f"before you apply {what}, run this ({kept}):",
        (command(*start, "delete", "statefulset", name, "--cascade=orphan"),),
    )
    if has_engine:
        (template,) = spec["volumeClaimTemplates"]
        claims = [f"{template['metadata']['name']}-{name}-{index}" for index in range(spec["replicas"] or 1)]
        yield ManualSteps(
            "another engine would start on the data of this one; choose another name, or remove the data first:",
            (command(*start, "delete", "statefulset", name), command(*start, "delete", "pvc", *claims)),
        )


def _moved_data(datastore: Datastore, rules: Rules) -> Iterator[ManualSteps]:
    """Yield what keeps the data of a resource that moves here from an epoch that names no directory."""
    old, path = datastore.engine.operator_directory, claim_path(datastore, rules)
    if not datastore.generation.keeps_data or not rules.epoch.image_facts:
        return
    if path != old:
        yield ManualSteps(
            f"epoch 2025 mounts the disk at {old}, and here it is at {path}, where the image keeps its data: before you move"
            " it here from there, copy what is in the container and not on the disk, or the server starts empty"
        )
        return
    derived = derived_variables(datastore, rules) | directory_defaults(datastore, rules)
    for name in datastore.generation.environment:
        if name in derived:
            yield ManualSteps(
                f"before you move it here from epoch 2025, write {name} in spec.env as the server has it there"
                f" ({old} if nothing sets it), or it starts empty beside its data"
            )
