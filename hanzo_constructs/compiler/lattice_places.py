"""Where the parts of the Service that a Lattice workload amounts to stand in the workload."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..kube.fields import Path
from ..spec.lattice_service import LatticeServiceSpec
from ..spec.lattice_workload import METRICS
from .lattice_files import FILES, SECRET_FILES

__all__ = ["MEASURED", "Places", "place_in_workload", "places_of"]

Places = tuple[tuple[Path, Path], ...]
"""Where a part stands in the Service, and where in the workload."""

MEASURED = {"cpu": "targetCpuUtilization", "memory": "targetMemoryUtilization"}
"""Metrics that a Service has fields for."""
_PROBES = ("livenessProbe", "readinessProbe", "startupProbe")
_OF_REQUESTS = ("path", "port", "scheme", "host", "httpHeaders")
_ALIKE = ("image", "command", "args", "resources", *_PROBES, *_OF_REQUESTS)
"""Parts of a container below which the fields have the same names."""


def place_in_workload(path: Path, places: Places) -> Path:
    """Return where what stands at *path* of the Service stands in the workload; *path* where that is the same."""
    for place, other in places:
        if path[: len(place)] == place:
            return (*other, *(path[len(place) :] if place[-1] in _ALIKE else ()))
    return path


def places_of(
    spec: LatticeServiceSpec, others: Sequence[str], document: dict[str, Any], empty: Mapping[str, Path]
) -> Places:
    """Return where the parts of the Service with the spec *document* stand in the workload *spec*, the longest first.

    Its sidecars are the containers *others*; *empty* says where its empty volumes are written, by name.
    """
    workload = spec.workload
    containers: Path = ("spec", "workload", "containers")
    found: list[tuple[Path, Path]] = []
    for root, place, source in (
        (("spec",), (*containers, workload.main), document),
        *(
            (("spec", "sidecars", index), (*containers, name), document.get("sidecars", [])[index])
            for index, name in enumerate(others)
        ),
    ):
        found += _container_places(root, place, source)
    for index, volume in enumerate(document.get("volumes", ())):
        if volume["name"] in workload.resources:
            resource = ("spec", "workload", "resources", volume["name"])
            found.append((("spec", "volumes", index), resource))
        elif at := empty.get(volume["name"]):
            found.append((("spec", "volumes", index, "emptyDir", "sizeLimit"), (*at, "sizeLimit")))
            found.append((("spec", "volumes", index), at))
    for index, port in enumerate(workload.ports):
        found.append((("spec", "ports", index), ("spec", "workload", "service", "ports", port.name)))
    found.append((("spec", "autoscaling", "maxReplicas"), ("spec", "autoscaling", "max")))
    found.append((("spec", "pdb"), ("spec", "replicas")))
    found.append((("spec", "serviceMonitor"), ("spec", "workload", "service", "ports", METRICS)))
    metrics = spec.autoscaling.metrics if spec.autoscaling else ()
    further = [index for index, each in enumerate(metrics) if each.metric not in MEASURED]
    for number, index in enumerate(further):
        found.append((("spec", "autoscaling", "metrics", number), ("spec", "autoscaling", "metrics", index)))
    return tuple(sorted(found, key=lambda each: -len(each[0])))


def _container_places(root: Path, place: Path, source: dict[str, Any]) -> list[tuple[Path, Path]]:
    """Return the places of the container that stands at *root* in the Service, and at *place* in the workload."""
    found: list[tuple[Path, Path]] = [((*root, field), (*place, field)) for field in _ALIKE]
    for probe in _PROBES:
        if "path" in source.get(probe, {}):  # as a Service has it
            found += [((*root, probe, field), (*place, probe, "httpGet", field)) for field in _OF_REQUESTS]
    for index, variable in enumerate(source.get("env", ())):
        found.append(((*root, "env", index), (*place, "variables", variable["name"])))
    for index, mount in enumerate(source.get("volumeMounts", ())):
        field = "files" if mount["name"] in (FILES, SECRET_FILES) else "volumes"
        found.append(((*root, "volumeMounts", index), (*place, field, mount["mountPath"])))
    return found
