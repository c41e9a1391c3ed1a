"""The canary of a Lattice workload: the Service that the workload amounts to, with other images, in pods of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from ..errors import Finding
from ..kube.fields import field_path
from ..kube.manifest import present
from ..kube.model import written
from ..kube.owner import Pods
from ..platform import Rules
from ..spec.canary import CANARY, replicas_of
from ..spec.image import image_reference
from ..spec.lattice_deploy import LatticeCanary
from ..spec.lattice_service import LatticeService
from .canary import route_findings, variant_pods
from .child import Child
from .findings import image_findings
from .lattice_spec import Lowered
from .owner import pods_of
from .serving import Derived
from .stateless import further_pods

__all__ = ["AT_CANARY", "canary_children", "canary_findings"]

AT_CANARY = "spec.deploy.canary"
"""The field that asks for a canary."""
_OF_ALL = ("autoscaling", "ingress", "pdb", "replicas")
"""Fields of the Service that are for the old version alone, or for both together."""


def canary_children(lattice: LatticeService, form: Lowered, pods: Pods, rules: Rules) -> Iterator[Child]:
    """Yield what runs the canary of *lattice*, which amounts to *form*, and what leads to its pods and guards them."""
    canary = lattice.spec.canary
    if canary is None:
        return
    service = replace(form, document=_document(form, canary, lattice, rules)).service
    tag = service.spec.image.tag
    own = replace(pods_of(lattice, rules, version=tag), variables=pods.variables, variables_of=pods.variables_of)
    own = variant_pods(own, CANARY, name=f"{pods.owner.name}-{CANARY}", main=False, adopted=False)
    derived = Derived(read=form.texts.read, several=True)  # another weight, and so another count, restarts none
    for child in further_pods(service, service.spec.image, own, rules, derived):
        yield replace(child, id=f"{child.id}-{CANARY}", requested_by=AT_CANARY)


def _document(form: Lowered, canary: LatticeCanary, lattice: LatticeService, rules: Rules) -> dict[str, Any]:
    """Return the Service that the pods of *canary* amount to, as it would be written."""
    images = {name: container.image for name, container in canary.containers.items()}
    document = {field: value for field, value in form.document.items() if field not in _OF_ALL}
    if image := images.get(lattice.spec.workload.main):
        document["image"] = written(image)
    if "sidecars" in document:
        document["sidecars"] = [
            {
                **{field: value for field, value in sidecar.items() if field != "imagePullPolicy"},
                **present({"image": image_reference(image), "imagePullPolicy": image.pull_policy}),
            }
            if (image := images.get(sidecar["name"]))
            else sidecar
            for sidecar in document["sidecars"]
        ]
    replicas = replicas_of(canary, lattice.spec.replicas)
    budget: dict[str, Any] = {"pdb": {}} if replicas >= rules.epoch.lattice_budget_from else {}
    return {**document, "replicas": replicas, **budget}


def canary_findings(lattice: LatticeService, rules: Rules) -> Iterator[Finding]:
    """Yield why requests cannot be shared with the canary of *lattice*, and what is doubtful about its images."""
    canary = lattice.spec.canary
    if canary is None:
        return
    yield from route_findings(
        lattice.spec.ingress, rules, lattice.metadata.namespace or rules.platform.namespace or "", AT_CANARY
    )
    for name, container in canary.containers.items():
        at = field_path(("spec", "deploy", "canary", "containers", name, "image"))
        yield from image_findings(container.image, (), (), rules, at=at)
        if container.image == lattice.spec.workload.containers[name].image:
            message = "is what the others run already; leave deploy out when all of them do, or write a new version"
            yield Finding(message, at, severity="warning")
