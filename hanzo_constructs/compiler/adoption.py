"""What runs already: the names that children keep, and what cannot be adopted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from ..errors import Finding
from ..kube.fields import Path, field_path, listed, shown, suggestion
from ..kube.kubectl import command, compact, kubectl
from ..kube.labels import COMPONENT, OF_A_RELEASE, PART_OF
from ..kube.names import dns_label_problem, name_problem
from ..kube.owner import Pods
from ..spec.adopt import NOTHING_ADOPTED
from ..spec.resource import OWN_PREFIX, Resource
from ..spec.stateful import Disk, FurtherDisk
from ..spec.storage import Storage
from .child import Child
from .compilation import Compilation
from .kind import ManualSteps

__all__ = ["adopted_children", "adoption_findings", "adoption_steps"]

_JOBS = {"Job", "CronJob"}


def adopted_children(children: Iterable[Child], pods: Pods) -> Iterator[Child]:
    """Yield *children* under the names that they have already; *pods* are those of the workload that bears the name."""
    for child in children:
        if child.pods is not None and child.pods.adopted is pods.adopted:
            name, field = pods.adopted.name, "spec.adopt.name"
        else:
            name, field = pods.owner.names.get(child.id), child.name_field or _field_of(child.id)
        if name is None:
            yield child
            continue
        metadata = {**child.manifest["metadata"], "name": name}
        run = child.pods and replace(child.pods, adopted=child.pods.adopted._replace(name=name))
        yield replace(child, manifest={**child.manifest, "metadata": metadata}, name_field=field, pods=run)


def adoption_findings(resource: Resource, children: Sequence[Child]) -> Iterator[Finding]:
    """Yield what *resource* adopts and none of its *children* can have."""
    workload = next(child for child in children if child.pods)
    yield from _workload_findings(resource, workload)
    yield from _name_findings(resource, children, workload)
    yield from _label_findings(resource)


def _workload_findings(resource: Resource, workload: Child) -> Iterator[Finding]:
    adopt, kind = resource.adopted, workload.manifest["kind"]
    if adopt.name is not None:
        # the pods of a StatefulSet have its name in their host names, which are labels
        problem = name_problem(kind, adopt.name) or (dns_label_problem(adopt.name) if kind == "StatefulSet" else "")
        if problem:
            yield Finding(problem, "spec.adopt.name")
    if kind in _JOBS and adopt.selector is not None:
        message = f"cannot be chosen for a {kind}, whose pods a label selects that the cluster makes; leave it out"
        yield Finding(message, "spec.adopt.selector")
    if kind != "StatefulSet":
        for field, is_written in adopt.claims:
            if is_written:
                message = f"belongs to a StatefulSet, and the workload is a {kind}; leave it out"
                yield Finding(message, f"spec.adopt.{field}")
        return
    yield from _claim_findings(resource)


def _claim_findings(resource: Resource) -> Iterator[Finding]:
    """Yield what *resource* adopts of claim templates that its StatefulSet does not have, or that it names itself."""
    adopt, storage, disks = resource.adopted, resource.spec.storage, getattr(resource.spec, "disks", ())
    for field in _without_effect(storage, disks):
        if dict(adopt.claims)[field]:
            message = "belongs to a claim template, and there is none without storage.size; leave it out"
            if disks:
                message = "belongs to a claim that disks make, and each says that itself; leave it out"
            yield Finding(message, f"spec.adopt.{field}")
    if storage and adopt.without_storage_class and storage.storage_class_name is not None:
        message = "contradicts adopt.withoutStorageClass; leave one of them out"
        yield Finding(message, "spec.storage.storageClassName")


def _without_effect(storage: Storage | Disk | None, disks: Sequence[FurtherDisk]) -> Iterator[str]:
    """Yield the fields of `adopt` for a claim that neither *storage* nor *disks* let be made.

    An existing claim is a volume with a name. The name of a further disk stands beside it.
    """
    if storage is None:
        yield "claimName"
    if storage is None or (isinstance(storage, Disk) and storage.existing_claim is not None):
        if not disks:
            yield "claimLabels"
        if all(disk.storage_class_name is not None for disk in disks):
            yield "withoutStorageClass"


def _name_findings(resource: Resource, children: Sequence[Child], workload: Child) -> Iterator[Finding]:
    """Yield names of children that there are not, and of those that have their name from elsewhere."""
    ids = {child.id: child for child in children}
    for child_id, name in resource.adopted.names.items():
        field, child = _field_of(child_id), ids.get(child_id)
        if child is None:
            near = suggestion(child_id, ids)
            hint = f"did you mean {near}?" if near else f"derived are {listed(ids)}"
            yield Finding(f"is no child of the resource, {hint}", field)
        elif child is workload:
            yield Finding("is the workload; write its name in adopt.name", field)
        elif child.manifest["kind"] == "Service" and child.name_field != field:
            yield Finding(f"has its name from {child.name_field}; write it there", field)
        elif problem := name_problem(child.manifest["kind"], name):
            yield Finding(problem, field)


def _label_findings(resource: Resource) -> Iterator[Finding]:
    """Yield labels that the user wrote and that the adopted selector has with another value."""
    selector = resource.adopted.selector
    if not selector:
        return
    for key, label in selector.items():
        if key in OF_A_RELEASE:
            message = f"names a release, and a selector cannot change: the pods keep {shown(label)} whatever they run; leave it out unless spec.selector.matchLabels of what runs has it"
            yield Finding(message, field_path(("spec", "adopt", "selector", key)), severity="warning")
    spec = resource.spec
    passed_on = [label for label in resource.metadata.labels.items() if label[0].startswith(OWN_PREFIX)]
    written: list[tuple[Path, str, str | None]] = [
        *((("metadata", "labels", key), key, value) for key, value in passed_on),
        *((("spec", "labels", key), key, value) for key, value in spec.labels.items()),
        (("spec", "partOf"), PART_OF, spec.part_of),
        (("spec", "component"), COMPONENT, spec.component),
    ]
    for at, key, value in written:
        if value is not None and selector.get(key, value) != value:
            message = f"contradicts adopt.selector ({shown(selector[key])}), which the pods carry; leave it out"
            yield Finding(f"{message}, got {shown(value)}", field_path(at))


def _field_of(child_id: str) -> str:
    """Return the field that adopts the name of the child of that id."""
    return field_path(("spec", "adopt", "names", child_id))


def adoption_steps(compilation: Compilation) -> Iterator[ManualSteps]:
    """Yield how to see, before the first time it is applied, whether something runs already that would refuse it."""
    adopted = compilation.resource.adopted
    for manifest in compilation.manifests:
        kind, name = manifest["kind"], manifest["metadata"]["name"]
        read = (*kubectl(manifest), "get", kind.lower(), name, "--ignore-not-found", "--output")
        if kind == "Deployment" and adopted.selector is None:
            yield ManualSteps(
                f"if a Deployment {name} runs already, this must print {_sorted(manifest['spec']['selector'])}, or it refuses"
                " the change, after its Service was rewritten; write what it prints into spec.adopt.selector:",
                (command(*read, "jsonpath={.spec.selector.matchLabels}"),),
            )
        elif kind == "StatefulSet" and adopted is NOTHING_ADOPTED:
            fields = ("selector.matchLabels", "serviceName", "podManagementPolicy", "volumeClaimTemplates[*].metadata")
            wanted = '{"\\n"}'.join(f"{{.spec.{field}}}" for field in fields)
            yield ManualSteps(
                f"if a StatefulSet {name} runs already, write into spec.adopt what this prints otherwise than it is here, or it"
                " refuses the change, after its Services were rewritten:",
                (command(*read, f"jsonpath={wanted}"),),
            )


def _sorted(selector: Mapping[str, Any]) -> str:
    """Return the labels of *selector* as kubectl prints them."""
    return compact(dict(sorted(selector["matchLabels"].items())))
