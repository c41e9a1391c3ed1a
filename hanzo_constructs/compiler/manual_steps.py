"""What applying a resource again cannot do by itself: the steps to take before, for whoever changes what is there."""

from __future__ import annotations

from collections.abc import Iterator

from ..kube.kubectl import command, kubectl
from ..spec.cluster_services import ServedSpec
from .autoscaler_steps import autoscaler_steps
from .compilation import Compilation
from .kind import ManualSteps, compiler_of

__all__ = ["manual_steps"]


def manual_steps(compilation: Compilation) -> Iterator[ManualSteps]:
    """Yield the steps that changes of the resource need once it has been applied; none for most kinds."""
    for manifest in compilation.manifests:
        if manifest["kind"] == "StatefulSet":
            from .stateful_set_steps import stateful_set_steps  # most resources have none

            yield from stateful_set_steps(manifest, compilation)
        elif manifest["kind"] == "Deployment" and "replicas" not in manifest["spec"]:
            yield from autoscaler_steps(manifest)
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
