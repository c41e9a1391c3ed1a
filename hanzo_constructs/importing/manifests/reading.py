"""From what files declare to what it comes to."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any, NamedTuple

from ...declaration import Declaration
from ...errors import Finding
from ...kube.fields import listed, parsed_path, type_shown
from ...kube.manifest import Manifest
from ...kube.schemas import kind_type
from ...kube.schemas.checking import type_findings
from ...own_objects import subject_of
from ...platform import Platform
from ..imported import Imported, Left
from .cleaning import cleaned, is_served, made_by_cluster
from .conversion import Conversion, converted
from .grouping import grouped, why_incomplete
from .normal import normal
from .workload import Workload, object_key
from .workload_fields import KIND_OF

__all__ = ["import_manifests"]

_HOOK = "helm.sh/hook"
_ENGINES = {
    "clickhouse-server": "clickhouse",
    "minio": "minio",
    "nats": "nats",
    "postgres": "postgresql",
    "postgresql": "postgresql",
    "redis": "valkey",
    "valkey": "valkey",
}
"""Ends of the names of images, and the engine of a Datastore."""


class _Place(NamedTuple):
    kind: str
    namespace: str | None
    name: str


class _Read(NamedTuple):
    """An object as it was read."""

    declaration: Declaration
    manifest: Manifest
    """Without what servers and tools wrote."""
    normal: Manifest

    @property
    def place(self) -> _Place:
        return _place(self.manifest)

    @property
    def source(self) -> str:
        """Where it stands, and what it is."""
        return f"{self.declaration.where()}: {subject_of(self.manifest)}"


def _place(manifest: Manifest) -> _Place:
    group = str(manifest["apiVersion"]).rpartition("/")[0]
    metadata = manifest["metadata"]
    return _Place(f"{group}/{manifest['kind']}", metadata.get("namespace"), metadata["name"])


def import_manifests(declared: Iterable[Declaration], platform: Platform) -> tuple[Imported, list[Finding]]:
    """Return the resources that make what is *declared*, the objects beside them, and what is left.

    Findings say what is wrong with the input; those that are errors mean that it is no input.
    """
    findings: list[Finding] = []
    made_again: list[str] = []
    dropped: set[str] = set()
    objects: dict[_Place, _Read] = {}
    for each in declared:
        if problems := [*_problems(each)]:
            findings += problems
        elif maker := made_by_cluster(each.data):
            made_again.append(f"{subject_of(each.data)} ({maker})")
        elif wrong := [*_wrong_types(each)]:
            findings += wrong
        else:
            manifest = cleaned(each.data, dropped)
            read = _Read(each, manifest, normal(manifest, served=is_served(each.data)))
            earlier = objects.setdefault(read.place, read)
            if earlier is not read and earlier.normal != read.normal:
                message = (
                    f"is declared twice, and differs (also at {earlier.declaration.where()}); name one of the files"
                )
                findings.append(Finding(message, "metadata.name", subject_of(manifest), each.where()))
    if any(each.severity == "error" for each in findings):
        return Imported(), findings
    if made_again:
        message = f"what controllers and Helm make again is left out: {listed(made_again)}"
        findings.append(Finding(message, severity="note"))
    if dropped:
        message = f"labels and annotations by which tools know their objects are left out: {listed(sorted(dropped))}"
        findings.append(Finding(message, severity="note"))
    return _imported(objects, platform, findings), findings


def _problems(declaration: Declaration) -> Iterator[Finding]:
    """Yield why what is declared is no object that an API server could hold."""
    data: Any = declaration.data
    where = declaration.where()
    if not isinstance(data, dict):
        yield Finding(f"expected an object of Kubernetes, got {type_shown(data)}", where=where)
        return
    for field in ("apiVersion", "kind"):
        if not isinstance(data.get(field), str) or not data[field]:
            yield Finding("required: an object of Kubernetes has one", field, where=where)
            return
    metadata = data.get("metadata")
    if not isinstance(metadata, dict) or not isinstance(metadata.get("name"), str):
        yield Finding("required", "metadata.name", str(data["kind"]), where)
        return
    if not isinstance(metadata.get("namespace") or "", str):
        yield Finding("expected a string", "metadata.namespace", str(data["kind"]), where)


def _wrong_types(declaration: Declaration) -> Iterator[Finding]:
    """Yield which fields have no type that they may have.

    Fields of which nothing is known are kept as they are, and so is what lacks whole fields of its spec: a patch.
    """
    manifest = declaration.data
    if kind := kind_type(manifest["apiVersion"], manifest["kind"]):
        body = {key: value for key, value in manifest.items() if key != "status"}
        for each in type_findings(body, kind, unknown="warning"):
            lacks = each.message == "required" and len(parsed_path(each.path)) < 3
            if each.severity == "error" and not lacks:
                yield each.at(declaration.where(), subject_of(manifest))


def _imported(objects: dict[_Place, _Read], platform: Platform, findings: list[Finding]) -> Imported:
    gone: set[_Place] = set()
    resources: dict[_Place, Manifest] = {}
    left: dict[_Place, list[Left]] = {}
    for workload in grouped(each.normal for each in objects.values()):
        place = _place(workload.manifest)
        read = objects[place]
        conversion = converted(workload, platform)
        if conversion.resource is None:
            left[place] = [*_obstacles(read, conversion)]
            continue
        resources[place] = conversion.resource
        gone |= {place, *(_place(each) for each in _made(workload, conversion))}
        findings += _notes(workload, conversion.made, read, platform)
    for place, read in objects.items():
        if read.manifest["kind"] in KIND_OF and (why := why_incomplete(read.manifest)):
            left[place] = [Left(read.source, "", type_shown(read.manifest), f"stays an object of your own: it {why}")]
        elif place.kind == "/Secret" and (read.manifest.keys() & {"data", "stringData"}):
            gone.add(place)
            why = "no value of a Secret is copied; leave the file where it is, or have a store make it"
            left[place] = [Left(read.source, "data", "(hidden)", why)]
        if place in resources and (hook := (read.declaration.data["metadata"].get("annotations") or {}).get(_HOOK)):
            why = "nothing but Helm obeys it; run the Task when it is time"
            left.setdefault(place, []).append(Left.of(read.source, ("metadata", "annotations", _HOOK), hook, why))
    beside = [read.manifest for place, read in objects.items() if place not in gone]
    remainder = [each for place in objects for each in left.get(place, ())]
    return Imported(tuple(resources[place] for place in objects if place in resources), tuple(beside), tuple(remainder))


def _made(workload: Workload, conversion: Conversion) -> Iterator[Manifest]:
    for each in workload.companions:
        if object_key(each) in conversion.made:
            yield each


def _obstacles(read: _Read, conversion: Conversion) -> Iterator[Left]:
    for each in conversion.obstacles:
        hidden = "env" in each.path
        value = type_shown(each.value) if hidden or each.value is None else Left.of("", (), each.value, "").value
        yield Left(read.source, each.path, value, f"stays an object of your own: {each.why}")


def _notes(workload: Workload, made: Collection[str], read: _Read, platform: Platform) -> Iterator[Finding]:
    """Say what more could be made of *workload* and its companions, of which some are *made*."""
    for each in workload.of_kind("Ingress"):
        if object_key(each) not in made and "ingressClassName" in each["spec"] and not platform.ingress_class_style:
            message = (
                "stays an object of your own: epoch 2025 writes the class into an annotation; with the setting "
                "ingressClassStyle: field of the platform it can become a block"
            )
            yield Finding(message, "spec.ingressClassName", subject_of(each), read.declaration.where(), "note")
    names = [_image_name(each["image"]) for each in workload.pod["containers"] if workload.kind == "StatefulSet"]
    for name in [each for each in names if each in _ENGINES][:1]:
        message = (
            f"runs {name}: it becomes a Stateful, as it is; a Datastore of the engine {_ENGINES[name]} would add probes, "
            "backups and credentials, and change its pods"
        )
        yield Finding(message, "", subject_of(read.manifest), read.declaration.where(), "note")


def _image_name(image: str) -> str:
    """Return the last word of the repository of *image*."""
    return image.partition("@")[0].rpartition("/")[2].partition(":")[0]
