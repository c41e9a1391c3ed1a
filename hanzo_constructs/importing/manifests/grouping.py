"""Which objects belong together: a workload, and what means it by its name, its labels or its Services."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from ...kube.manifest import Manifest
from .workload import Workload
from .workload_fields import KIND_OF

__all__ = ["grouped", "why_incomplete"]

_SELECTING = ("Service", "PodDisruptionBudget")
"""Kinds that mean pods by their labels."""


def why_incomplete(manifest: Manifest) -> str:
    """Say why no resource can be made of a workload; nothing where one can."""
    spec = manifest.get("spec")
    job = (spec or {}).get("jobTemplate") if manifest["kind"] == "CronJob" else {"spec": spec}
    template = ((job or {}).get("spec") or {}).get("template") if isinstance(job, dict) else None
    pod = template.get("spec") if isinstance(template, dict) else None
    containers = pod.get("containers") if isinstance(pod, dict) else None
    if not isinstance(containers, list) or not containers or not all(map(_is_container, containers)):
        return "has no containers with names and images: a patch, or no manifest yet"
    if manifest["kind"] in ("Deployment", "StatefulSet"):
        selector = (spec or {}).get("selector")
        if not isinstance(selector, dict) or not selector.get("matchLabels"):
            return "has no labels in its selector"
        if selector.get("matchExpressions"):
            return "has expressions in its selector, which cannot be adopted"
    return ""


def _is_container(container: Any) -> bool:
    return isinstance(container, dict) and all(isinstance(container.get(key), str) for key in ("name", "image"))


def grouped(objects: Iterable[Manifest]) -> Iterator[Workload]:
    """Yield the workloads among *objects*, all of them in their normal form, with what means them."""
    places: defaultdict[str | None, list[Manifest]] = defaultdict(list)
    for each in objects:
        places[each["metadata"].get("namespace")].append(each)
    for found in places.values():
        yield from _Place(found).workloads()


class _Place:
    """The objects of one namespace."""

    def __init__(self, objects: Sequence[Manifest]) -> None:
        self.own = [Workload(each) for each in objects if each["kind"] in KIND_OF and not why_incomplete(each)]
        self.pods = [labels for each in objects if (labels := _pod_labels(each))]
        self.by_kind: defaultdict[str, list[Manifest]] = defaultdict(list)
        for each in objects:
            self.by_kind[each["kind"]].append(each)

    def workloads(self) -> Iterator[Workload]:
        names = [each.name for each in self.own]
        scalers = {_target(each): each for each in self.by_kind["HorizontalPodAutoscaler"]}
        selecting = [
            (each, wanted, sum(wanted.items() <= labels.items() for labels in self.pods))
            for kind in _SELECTING
            for each in self.by_kind[kind]
            if (wanted := _wanted(each))
        ]
        for workload in self.own:
            workload.reserved = frozenset(name for name in names if name != workload.name)
            if workload.kind in ("Deployment", "StatefulSet"):
                self._add_companions(workload, selecting, scalers)
            yield workload

    def _add_companions(
        self,
        workload: Workload,
        selecting: Iterable[tuple[Manifest, dict[str, str], int]],
        scalers: dict[Any, Manifest],
    ) -> None:
        labels = workload.labels
        for each, wanted, many in selecting:
            if wanted.items() <= labels.items():
                if each["kind"] == "Service":
                    workload.companions.append(each)
                    workload.shared += [each["metadata"]["name"]] if many > 1 else []
                elif many == 1:
                    workload.companions.append(each)
        if (scaler := scalers.get((workload.kind, workload.name))) is not None:
            workload.companions.append(scaler)
        services = {each["metadata"]["name"] for each in workload.companions if each["kind"] == "Service"}
        if services:
            workload.companions += [
                each for each in self.by_kind["Ingress"] if (names := _backends(each)) and names & services
            ]
            workload.companions += [each for each in self.by_kind["ServiceMonitor"] if self._scraped(each) <= services]

    def _scraped(self, monitor: Manifest) -> set[str]:
        """Return the names of the Services that *monitor* scrapes; one that is nobody's where there is none."""
        wanted = ((monitor.get("spec") or {}).get("selector") or {}).get("matchLabels") or {}
        found = {
            each["metadata"]["name"]
            for each in self.by_kind["Service"]
            if wanted and wanted.items() <= (each["metadata"].get("labels") or {}).items()
        }
        return found or {""}


def _target(scaler: Manifest) -> tuple[Any, Any]:
    target = (scaler.get("spec") or {}).get("scaleTargetRef") or {}
    return target.get("kind"), target.get("name")


def _pod_labels(manifest: Manifest) -> dict[str, str]:
    """Return the labels of the pods that *manifest* makes, whatever its kind, or has itself."""
    spec = manifest.get("spec")
    template = spec.get("template") if isinstance(spec, dict) else None
    source = manifest if manifest["kind"] == "Pod" else template
    metadata = source.get("metadata") if isinstance(source, dict) else None
    labels = metadata.get("labels") if isinstance(metadata, dict) else None
    return labels if isinstance(labels, dict) else {}


def _wanted(manifest: Manifest) -> dict[str, str]:
    spec = manifest.get("spec")
    selector = spec.get("selector") if isinstance(spec, dict) else None
    if not isinstance(selector, dict):
        return {}
    if manifest["kind"] == "Service":
        return selector
    return {} if selector.get("matchExpressions") else dict(selector.get("matchLabels") or {})


def _backends(ingress: Manifest) -> set[str]:
    spec = ingress.get("spec") or {}
    paths = [path for rule in spec.get("rules") or () for path in (rule.get("http") or {}).get("paths") or ()]
    services = [(path.get("backend") or {}).get("service") or {} for path in paths]
    return {str(each["name"]) for each in services if each.get("name")}
