"""Stateful: a StatefulSet of any image and its Services, and what every workload that serves has."""

from __future__ import annotations

from collections.abc import Iterator

from ..errors import Finding
from ..kube.owner import Pods
from ..platform import Rules
from ..spec.stateful import Stateful
from .attachments import root_disk_findings
from .child import Child
from .findings import size_findings
from .kind import Compiler
from .links import NO_LINKS, Links
from .requests import unasked_requests
from .rollout import stateful_set_rollout_findings
from .serving import Derived, Run, serving_children, serving_findings
from .stateful_set import stateful_children

__all__ = ["STATEFUL", "compile_stateful", "stateful_findings"]

_DISK = "the volume of the disk"
_WHY = {
    "StatefulSet": {
        "spec.template.spec.containers[0].volumeMounts[0].name": _DISK,
        "spec.template.spec.volumes[0].name": _DISK,
    },
}
"""What is always so, and why: by the kind of the child and the place in it."""


def compile_stateful(stateful: Stateful, pods: Pods, rules: Rules, _: Links = NO_LINKS) -> Iterator[Child]:
    """Yield the children of *stateful* in apply order."""
    spec, disk = stateful.spec, stateful.spec.storage
    existing = disk.existing_claim if disk else None
    mounts = [
        *(((spec.claim, disk.mount_path),) if disk else ()),
        *((each.name, each.mount_path) for each in spec.disks),
    ]
    derived = Derived(
        volumes=({"name": spec.claim, "persistentVolumeClaim": {"claimName": existing}},) if existing else (),
        volume_mounts=tuple({"name": name, "mountPath": path} for name, path in mounts if path),
        grace=rules.epoch.stateful_grace,
    )

    def run(what: Run) -> Iterator[Child]:
        return stateful_children(
            spec,
            pods,
            what.template,
            rules,
            ports=spec.ports,
            headless=stateful.headless_name,
            replicas=what.replicas,
            claim=spec.claim,
            storage=disk,
            disks=spec.disks,
            rollout=spec.rollout,
            management=spec.pod_management_policy,
            traffic=what.traffic,
            because="spec.ports",
        )

    return serving_children(stateful, spec.image, pods, rules, run, derived)


def stateful_findings(stateful: Stateful, rules: Rules, _: Links = NO_LINKS) -> Iterator[Finding]:
    """Yield what the platform or the epoch doubts or refuses in *stateful*."""
    spec = stateful.spec
    yield from serving_findings(stateful, spec.image, rules, stateful_set_rollout_findings(spec.rollout, rules))
    made = {"spec.storage": spec.storage.size} if spec.storage and spec.storage.size is not None else {}
    made |= {f"spec.disks[{index}]": disk.size for index, disk in enumerate(spec.disks)}
    for field, size in made.items():
        yield from size_findings(size, f"{field}.size")
    for field in [*made][:1]:  # it is said once
        yield from root_disk_findings(spec, rules, field)


STATEFUL = Compiler(compile_stateful, stateful_findings, unasked=unasked_requests, why=_WHY, is_stateful=True)
