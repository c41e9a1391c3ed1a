"""Plain manifests as people keep them: the workloads in folders of YAML, and the objects that belong to each."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

__all__ = ["Workload", "workloads"]

Object = dict[str, Any]

_READER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""Another reader of YAML than our own, so that a mistake of ours cannot make its own measure."""
_SELECTED = ("Service", "PodDisruptionBudget", "NetworkPolicy")
"""Kinds that mean the pods by their labels."""


@dataclass
class Workload:
    """A Deployment or StatefulSet, and the objects beside it that mean it."""

    repository: str
    file: Path
    manifest: Object
    companions: list[Object] = field(default_factory=list)
    shared: list[str] = field(default_factory=list)
    """Names of the Services among them that lead to pods of other workloads too."""

    @property
    def name(self) -> str:
        """Its name, as others refer to it."""
        return str(self.manifest["metadata"]["name"])

    @property
    def labels(self) -> dict[str, str]:
        """The labels of its pods."""
        return dict((self.manifest["spec"]["template"].get("metadata") or {}).get("labels") or {})

    def of_kind(self, kind: str) -> list[Object]:
        """Return its companions of *kind*."""
        return [each for each in self.companions if each["kind"] == kind]


def workloads(repositories: Iterable[Path]) -> Iterator[Workload]:
    """Yield each complete workload in *repositories* once: copies for other environments and patches are left out."""
    for repository in repositories:
        seen: set[str] = set()
        for _folder, objects in _folders(repository):
            for file, manifest in objects:
                if manifest["kind"] not in {"Deployment", "StatefulSet"} or not _is_complete(manifest):
                    continue
                text = json.dumps([manifest["kind"], manifest["spec"]], sort_keys=True, default=str)
                if text in seen:
                    continue
                seen.add(text)
                found = Workload(repository.name, file.relative_to(repository), manifest)
                found.companions = _companions(found, objects)
                found.shared = _shared(found, objects)
                yield found


def _folders(repository: Path) -> Iterator[tuple[Path, list[tuple[Path, Object]]]]:
    """Yield the folders of *repository* with the objects in their files: what stands together belongs together."""
    found: dict[Path, list[tuple[Path, Object]]] = {}
    for file in sorted([*repository.rglob("*.yaml"), *repository.rglob("*.yml")]):
        if file.is_file():
            found.setdefault(file.parent, []).extend((file, each) for each in _objects(file))
    yield from found.items()


def _objects(file: Path) -> list[Object]:
    try:
        documents = list(yaml.load_all(file.read_bytes(), Loader=_READER))
    except (yaml.YAMLError, UnicodeDecodeError, ValueError):
        return []  # a template
    items: list[Any] = []
    for document in documents:
        if isinstance(document, dict) and document.get("kind") == "List":
            items += document.get("items") or []
        else:
            items.append(document)
    return [_without_nulls(each) for each in items if _is_object(each)]


def _without_nulls(value: Any) -> Any:
    """Return *value* as an API server reads it: a field that is null is not there."""
    if isinstance(value, dict):
        return {key: _without_nulls(item) for key, item in value.items() if item is not None}
    return [*map(_without_nulls, value)] if isinstance(value, list) else value


def _is_object(document: Any) -> bool:
    if not isinstance(document, dict) or not isinstance(document.get("metadata"), dict):
        return False
    return isinstance(document.get("kind"), str) and isinstance(document["metadata"].get("name"), str)


def _is_complete(manifest: Object) -> bool:
    """Tell whether *manifest* is no patch: it has a selector and containers with images."""
    try:
        containers = manifest["spec"]["template"]["spec"]["containers"]
        return bool(manifest["spec"]["selector"]["matchLabels"]) and all(each.get("image") for each in containers)
    except (KeyError, TypeError, AttributeError):
        return False


def _shared(workload: Workload, objects: list[tuple[Path, Object]]) -> list[str]:
    """Return the names of its Services that lead to other workloads of the folder too, variants of it left out."""
    others = [each for _, each in objects if _is_complete(each) and each["metadata"]["name"] != workload.name]
    labels = [(each["spec"]["template"].get("metadata") or {}).get("labels") or {} for each in others]
    services = workload.of_kind("Service")
    return [each["metadata"]["name"] for each in services if any(_selects(each, other) for other in labels)]


def _companions(workload: Workload, objects: list[tuple[Path, Object]]) -> list[Object]:
    namespace = workload.manifest["metadata"].get("namespace")
    near = _once(
        [
            (file.name != workload.file.name, each)
            for file, each in objects
            if each["metadata"].get("namespace") == namespace and each is not workload.manifest
        ]
    )
    own = [each for each in near if each["kind"] in _SELECTED and _selects(each, workload.labels)]
    services = {each["metadata"]["name"]: each for each in own if each["kind"] == "Service"}
    for each in near:
        spec = each.get("spec") or {}
        match each["kind"]:
            case "HorizontalPodAutoscaler":
                target = spec.get("scaleTargetRef") or {}
                if (target.get("kind"), target.get("name")) == (workload.manifest["kind"], workload.name):
                    own.append(each)
            case "Ingress":
                if _backends(spec) and _backends(spec) <= services.keys():
                    own.append(each)
            case "ServiceMonitor":
                wanted = (spec.get("selector") or {}).get("matchLabels") or {}
                labels = [service["metadata"].get("labels") or {} for service in services.values()]
                if wanted and any(wanted.items() <= own_labels.items() for own_labels in labels):
                    own.append(each)
    return own


def _once(objects: list[tuple[bool, Object]]) -> list[Object]:
    """Return each object once by kind and name; of variants the one that is not *elsewhere*, in another file."""
    found: dict[tuple[str, str], Object] = {}
    for _elsewhere, each in sorted(objects, key=lambda pair: pair[0]):
        found.setdefault((each["kind"], each["metadata"]["name"]), each)
    return [*found.values()]


def _selects(each: Object, labels: dict[str, str]) -> bool:
    spec = each.get("spec") or {}
    selector = spec.get("selector") if each["kind"] != "NetworkPolicy" else spec.get("podSelector")
    if not isinstance(selector, dict):
        return False
    wanted = selector if each["kind"] == "Service" else selector.get("matchLabels") or {}
    return bool(wanted) and wanted.items() <= labels.items()


def _backends(spec: Object) -> set[str]:
    paths = [path for rule in spec.get("rules") or () for path in (rule.get("http") or {}).get("paths") or ()]
    backends = [path.get("backend") or {} for path in paths] + [spec.get("defaultBackend") or {}]
    return {name for each in backends if (name := (each.get("service") or {}).get("name") or each.get("serviceName"))}
