"""A Lattice workload as the Service that it amounts to, and where in the one each part of the other is written."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from ..errors import Finding, SpecError
from ..kube.fields import Path, field_path, parsed_path
from ..kube.manifest import present
from ..kube.model import parse_as, parse_shape, written
from ..kube.owner import Owner
from ..platform import Rules
from ..spec.image import image_reference
from ..spec.lattice_containers import LatticeContainer
from ..spec.lattice_resources import GpuResource, VolumeResource
from ..spec.lattice_service import LatticeAutoscaling, LatticeService
from ..spec.service import Service, ServiceSpec
from ..spec.workload import WorkloadSpec
from .lattice_files import FILES, SECRET_FILES, Texts
from .lattice_gpu import with_gpu
from .lattice_places import MEASURED, Places, place_in_workload, places_of
from .lattice_values import LatticeValues
from .links import Links

__all__ = ["Lowered", "lowered"]

_SHARED_FIELDS = {*WorkloadSpec.model_fields} - {"adopt", "overlay", "connections"}
_NOT_IN_LABELS = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Lowered:
    """A workload as a Service."""

    lattice: LatticeService
    document: dict[str, Any]
    """The spec of the Service as it would be written."""
    texts: Texts
    places: Places
    """Where parts of the Service stand in the workload, the longest first."""

    @property
    def service(self) -> Service:
        """The Service; no rule between its fields is asked, which `problems` does."""
        spec = parse_shape(ServiceSpec, self.document)
        return Service.model_construct({"metadata", "spec"}, kind="Service", metadata=self.lattice.metadata, spec=spec)

    def problems(self) -> tuple[Finding, ...]:
        """Return what is wrong with it as a Service, and so with the workload."""
        try:
            parse_as(ServiceSpec, self.document, ("spec",))
        except SpecError as error:
            return tuple(self.as_written(finding) for finding in error.findings)
        return ()

    def as_written(self, finding: Finding) -> Finding:
        """Return *finding* about the Service as one about the workload."""
        return replace(finding, path=field_path(place_in_workload(parsed_path(finding.path), self.places)))

    def requested_by(self, field: str) -> str:
        """Return the field of the workload that asks for what *field* of the Service asks for."""
        return _REQUESTED.get(field, field)


_REQUESTED = {
    "spec.ports": "always",
    "spec.pdb": "spec.replicas",
    "spec.serviceMonitor": "spec.workload.service.ports.metrics",
    "spec.serviceAccount": "always",
}


_last: list[tuple[LatticeService, Rules, Links, Lowered]] = []
"""What was lowered last, of what: a resource is asked for its findings first, and then for its children."""


def lowered(lattice: LatticeService, rules: Rules, links: Links, owner: Owner) -> Lowered:
    """Return *lattice* as a Service, whatever is wrong with that; of *owner*, its names alone matter."""
    for known, its_rules, its_links, form in _last:
        if known is lattice and its_rules is rules and its_links is links:
            return form
    form = _Lowering(lattice, rules, links, owner).result()
    _last[:] = [(lattice, rules, links, form)]
    return form


class _Lowering:
    """The work of `lowered`."""

    def __init__(self, lattice: LatticeService, rules: Rules, links: Links, owner: Owner) -> None:
        self._lattice, self._spec, self._rules = lattice, lattice.spec, rules
        self._workload = lattice.spec.workload
        self._values = LatticeValues(lattice, rules.platform, links, owner)
        self._texts = Texts(self._values, owner.name)
        self._owner = owner
        self._empty: dict[str, dict[str, Any]] = {}
        """Volumes that go with the pod, by name."""
        self._empty_places: dict[str, Path] = {}
        """Where they are written."""

    def result(self) -> Lowered:
        main, *others = self._in_order()
        document = written(self._spec, _SHARED_FIELDS)
        document |= self._of_main(main)
        document["sidecars"] = [self._sidecar(name) for name in others]
        document["volumes"] = self._volumes()
        document |= self._scale() | self._account(document) | self._exposed() | self._replacing()
        if gpu := self._gpu():
            document |= with_gpu(document, gpu, read_only=self._rules.platform.read_only_root_filesystem)
        document = {key: value for key, value in document.items() if value not in ([], None)}
        return Lowered(
            self._lattice, document, self._texts, places_of(self._spec, others, document, self._empty_places)
        )

    def _in_order(self) -> list[str]:
        main = self._workload.main
        return [main, *(name for name in self._workload.containers if name != main)]

    def _of_main(self, name: str) -> dict[str, Any]:
        """Return what the main container is, where a Service has it."""
        container = self._workload.containers[name]
        probes = {field: _flat(probe) for field, probe in _probes(container).items()}
        primary = self._workload.ports[0]
        if not probes and primary.protocol == "TCP":
            probes = {
                "livenessProbe": {"path": "/healthz", "port": primary.name},
                "readinessProbe": {"path": "/readyz", "port": primary.name},
            }
        return {
            "image": written(container.image),
            "ports": [written(port) for port in self._workload.ports],
            **self._common(name, container),
            **probes,
        }

    def _sidecar(self, name: str) -> dict[str, Any]:
        container = self._workload.containers[name]
        return present(
            {
                "name": name,
                "image": image_reference(container.image),
                "imagePullPolicy": container.image.pull_policy,
                **self._common(name, container),
                **_probes(container),
            }
        )

    def _common(self, name: str, container: LatticeContainer) -> dict[str, Any]:
        mounts = [*self._mounts(name, container), *self._texts.mounts(name, container)]
        bulk = [{"secretRef": {"name": self._values.secret(each)}} for each in container.env_from]
        return {
            **written(container, {"command", "args", "resources"}),
            **{
                field: entries
                for field, entries in (
                    ("env", [*self._texts.env(name, container)]),
                    ("envFrom", bulk),
                    ("volumeMounts", mounts),
                )
                if entries
            },
        }

    def _mounts(self, name: str, container: LatticeContainer) -> list[dict[str, Any]]:
        found = []
        for path, mount in container.volumes.items():
            volume = mount.resource or self._empty_volume(name, path, written(mount))
            read_only = True if mount.read_only else None
            found.append(present({"name": volume, "mountPath": path, "subPath": mount.path, "readOnly": read_only}))
        return found

    def _empty_volume(self, container: str, path: str, wrote: dict[str, Any]) -> str:
        """Note an empty volume and return its name."""
        wanted = f"{container}-{_NOT_IN_LABELS.sub('-', path.lower()).strip('-')}"[:50].strip("-")
        taken = {*self._workload.resources, *self._empty, FILES, SECRET_FILES}
        name = next(
            each
            for each in (wanted, *(f"{wanted}-{number}" for number in range(2, len(taken) + 3)))
            if each not in taken
        )
        self._empty_places[name] = ("spec", "workload", "containers", container, "volumes", path)
        self._empty[name] = {key: value for key, value in wrote.items() if key in ("medium", "sizeLimit")}
        return name

    def _volumes(self) -> list[dict[str, Any]]:
        claims = [
            {"name": name, "persistentVolumeClaim": {"claimName": self._values.claim(name)}}
            for name, resource in self._workload.resources.items()
            if isinstance(resource, VolumeResource)
        ]
        empty = [{"name": name, "emptyDir": source} for name, source in self._empty.items()]
        files: list[dict[str, Any]] = []
        if self._texts.plain:
            files.append(
                {"name": FILES, "configMap": {"name": self._owner.named("ConfigMap", f"{self._owner.name}-{FILES}")}}
            )
        if self._texts.files:
            files.append({"name": SECRET_FILES, "secret": {"secretName": f"{self._owner.name}-{SECRET_FILES}"}})
        return [*claims, *empty, *files]

    def _scale(self) -> dict[str, Any]:
        spec, replicas = self._spec, self._spec.replicas
        scale = (
            {"autoscaling": _autoscaling(spec.autoscaling, replicas)} if spec.autoscaling else {"replicas": replicas}
        )
        return {**scale, **({"pdb": {}} if replicas >= self._rules.epoch.lattice_budget_from else {})}

    def _account(self, document: dict[str, Any]) -> dict[str, Any]:
        """Return the account of the pods, whose token they do not get unless the user says so."""
        if "serviceAccountName" in document:
            return {}
        token = document.get("automountServiceAccountToken") or False
        account = {"automountToken": token, **document.get("serviceAccount", {})}
        return {"serviceAccount": account, "automountServiceAccountToken": None}

    def _exposed(self) -> dict[str, Any]:
        ingress = {"ingress": written(self._spec.ingress)} if self._spec.ingress else {}
        return {**ingress, **({"serviceMonitor": {}} if self._spec.service_monitor else {})}

    def _replacing(self) -> dict[str, Any]:
        """Return how pods are replaced: where a new one needs what the old one holds, the old one goes first."""
        held = [
            each
            for each in self._workload.resources.values()
            if isinstance(each, GpuResource) or (isinstance(each, VolumeResource) and each.is_held)
        ]
        deploy = self._spec.deploy
        if not held or (deploy and deploy.strategy == "rolling"):
            return {"strategy": "RollingUpdate"}
        if self._spec.replicas == 1:
            return {"strategy": "Recreate"}
        return {"strategy": "RollingUpdate", "rollout": {"maxSurge": 0, "maxUnavailable": 1}}

    def _gpu(self) -> GpuResource | None:
        return next((each for each in self._workload.resources.values() if isinstance(each, GpuResource)), None)


def _probes(container: LatticeContainer) -> dict[str, dict[str, Any]]:
    return written(container, {"liveness_probe", "readiness_probe", "startup_probe"})


def _flat(probe: dict[str, Any]) -> dict[str, Any]:
    """Return *probe* of Kubernetes as a Service has it."""
    request = probe.get("httpGet")
    rest = {key: value for key, value in probe.items() if key != "httpGet"}
    return {"path": "/", **request, **rest} if request is not None else rest


def _autoscaling(autoscaling: LatticeAutoscaling, replicas: int) -> dict[str, Any]:
    block: dict[str, Any] = {"minReplicas": replicas, "maxReplicas": autoscaling.max}
    further = []
    for each in autoscaling.metrics:
        if field := MEASURED.get(each.metric):
            block[field] = int(each.target)
        else:
            target = {"type": "AverageValue", "averageValue": each.target}
            further.append({"type": "Pods", "pods": {"metric": {"name": each.metric}, "target": target}})
    return {**block, **({"metrics": further} if further else {})}
