"""What applying a resource again cannot do by itself: the steps to take before, for whoever changes what is there."""

from __future__ import annotations

from collections.abc import Iterator

from ..kube.handover import forgotten_replicas, kept_replicas
from ..kube.kubectl import command, kubectl
from ..kube.manifest import Manifest
from ..kube.resizing import resizing
from ..platform import Rules
from ..spec.cluster_services import ServedSpec
from ..spec.datastore import Datastore
from ..spec.stateful import Stateful
from .compilation import Compilation
from .engine import claim_path, derived_variables, directory_defaults
from .kind import ManualSteps, compiler_of
from .stuck_rollout import may_hang, unblocking

__all__ = ["manual_steps"]


def manual_steps(compilation: Compilation) -> Iterator[ManualSteps]:
    """Yield the steps that changes of the resource need once it has been applied; none for most kinds."""
    for manifest in compilation.manifests:
        if manifest["kind"] == "StatefulSet":
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
                yield from _autoscaled(manifest)
            if may_hang(manifest, compilation.rules):
                yield ManualSteps(
                    "if a rollout hangs at a pod that never becomes ready, apply what is right and run this (it deletes the"
                    " pods that are neither ready nor of the newest revision):",
                    tuple(unblocking(manifest)),
                )
        elif manifest["kind"] == "Deployment" and "replicas" not in manifest["spec"]:
            yield from _autoscaled(manifest)
    yield from _addressless(compilation)
    yield from compiler_of(compilation.resource).manual_steps(compilation)


def _addressless(compilation: Compilation) -> Iterator[ManualSteps]:
    """Yield the steps from an address to none and back, of each Service of which the user says that it is headless.

    The API server refuses the first (`spec.clusterIPs[0]: may not change once set`); a Service whose clusterIP is no
    longer written keeps the one that it has, None. `tests/cluster` asks it.
    """
    spec = compilation.resource.spec
    if not isinstance(spec, ServedSpec):
        return
    told = [service.name for service in spec.services if service.headless]
    told += [compilation.resource.name] if spec.service is not None and spec.service.headless else []
    for manifest in compilation.manifests if told else ():
        name = manifest["metadata"]["name"]
        if manifest["kind"] == "Service" and name in told:
            yield ManualSteps(
                f"if the Service {name} runs with an address, it refuses to be headless, and once it is headless it stays so"
                " without a word when you leave headless out; before either, run this (clients do not find it until you have"
                " applied):",
                (command(*kubectl(manifest), "delete", "service", name, "--ignore-not-found"),),
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


def _autoscaled(manifest: Manifest) -> Iterator[ManualSteps]:
    """Yield the steps to an autoscaler, from a count of one's own."""
    yield ManualSteps(
        "before you leave spec.replicas to an autoscaler, run this (all pods but one would stop):",
        (kept_replicas(manifest),),
    )
    yield ManualSteps("or this, if you apply without --server-side:", (forgotten_replicas(manifest),))


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
