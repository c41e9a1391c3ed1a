"""What `hzc import --from-manifests` makes of folders of plain manifests, and what keeps it from more."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from hanzo_constructs.declaration import Declaration
from hanzo_constructs.importing.manifests import import_manifests
from hanzo_constructs.own_objects import subject_of
from hanzo_constructs.platform import Platform
from hanzo_constructs.sources import Source, declarations

__all__ = ["Tally", "imports_of"]

_WORKLOADS = ("Deployment", "StatefulSet", "Job", "CronJob")
_PLATFORM = Platform(ingressClassStyle="field")  # type: ignore[call-arg]


@dataclass
class Tally:
    """What became of the workloads of some folders."""

    workloads: int = 0
    """Deployments, StatefulSets, Jobs and CronJobs."""
    without_remainder: int = 0
    """Those that became resources, and of which nothing is left."""
    by_fields: int = 0
    """Those of them that need no overlay."""
    companions: Counter[str] = field(default_factory=Counter)
    """Kinds of objects that resources make."""
    beside: Counter[str] = field(default_factory=Counter)
    """Kinds of objects that stay beside."""
    reasons: Counter[str] = field(default_factory=Counter)
    """Why a workload is not one of those without a remainder."""


def imports_of(repositories: Iterable[Path]) -> Tally:
    """Import each folder of *repositories* by itself, as of variants of an object in one folder the first."""
    tally = Tally()
    for repository in repositories:
        for declared in _folders(repository):
            _add(tally, declared)
    return tally


def _add(tally: Tally, declared: list[Declaration]) -> None:
    imported, _ = import_manifests(declared, _PLATFORM)
    workloads = {subject_of(each.data) for each in declared if each.data["kind"] in _WORKLOADS}
    reasons: dict[str, str] = {}
    for each in imported.remainder:
        reasons.setdefault(each.source.partition(": ")[2], each.why)
    left = workloads & reasons.keys()
    tally.workloads += len(workloads)
    tally.without_remainder += len(workloads) - len(left)
    overlays = sum("overlay" in each["spec"] for each in imported.resources)
    tally.by_fields += max(len(workloads) - len(left) - overlays, 0)
    tally.reasons.update(_wordless(reasons[each]) for each in left)
    beside = Counter(each["kind"] for each in imported.objects_beside)
    tally.beside.update(beside)
    tally.companions.update(Counter(each.data["kind"] for each in declared) - beside)


def _folders(repository: Path) -> Iterator[list[Declaration]]:
    files: defaultdict[Path, list[Path]] = defaultdict(list)
    for file in sorted([*repository.rglob("*.yaml"), *repository.rglob("*.yml")]):
        if file.is_file():
            files[file.parent].append(file)
    for found in files.values():
        first: dict[str, Declaration] = {}
        for file in found:
            for each in declarations(Source(str(file), file))[0]:
                if _is_object(each):
                    first.setdefault(subject_of(each.data), each)
        yield [*first.values()]


def _is_object(declaration: Declaration) -> bool:
    data = declaration.data
    if not isinstance(data, dict) or not isinstance(data.get("metadata"), dict):
        return False
    return all(
        isinstance(each, str) for each in (data.get("apiVersion"), data.get("kind"), data["metadata"].get("name"))
    )


def _wordless(why: str) -> str:
    return re.sub(r"\[\d+\]", "[]", re.sub(r'"[^"]*"|\d+', "_", why.partition(": ")[2] or why))[:110]
