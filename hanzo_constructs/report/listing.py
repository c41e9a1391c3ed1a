"""What the page lists, as plain data: resources, what leads to them, who connects to whom, and what was found."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from ..compiler.dependencies import Dependency
from ..compiler.exposures import Exposure
from ..compiler.offers import Name
from ..errors import Finding
from ..graph.picture import BROKERS
from .facts import Facts
from .values import Values

__all__ = ["Entry", "Fleet", "listing"]

Data = dict[str, Any]


class Entry(NamedTuple):
    """One resource of the fleet."""

    key: str
    """`Service shop/web`, as lines of the picture and findings name it."""
    where: str
    """`shop/web.yaml:1`."""
    facts: Facts
    values: tuple[Values, ...]


class Fleet(NamedTuple):
    """Everything that the page says."""

    title: str
    entries: tuple[Entry, ...]
    findings: tuple[Finding, ...]
    dependencies: tuple[Dependency, ...]
    exposures: tuple[Exposure, ...]
    owners: dict[Name, str]
    """Whose each address is, as keys."""
    own: int
    """Number of objects of the user's own."""
    stores: frozenset[str]
    """Keys of what keeps data."""


def listing(fleet: Fleet) -> Data:
    """Return what the page lists of *fleet*, for JSON."""
    entries = sorted(fleet.entries, key=_rank)
    keys = {each.where: each.key for each in entries}
    return {
        "resources": [_resource(each) for each in entries],
        "ways": _ways(fleet.exposures, fleet.owners),
        "links": _links(fleet.dependencies),
        "found": [_found(each, keys) for each in fleet.findings],
        "own": fleet.own,
    }


def _rank(entry: Entry) -> tuple[str, str, str]:
    facts = entry.facts
    return facts.namespace, facts.name, facts.kind


def _resource(entry: Entry) -> Data:
    facts, asked = entry.facts, entry.facts.asked
    return {
        "key": entry.key,
        "where": entry.where,
        "kind": facts.kind,
        "namespace": facts.namespace,
        "name": facts.name,
        "owner": facts.owner,
        "partOf": facts.part_of,
        "epoch": facts.epoch,
        "images": facts.images,
        "workloads": facts.workloads,
        "budget": facts.budget,
        "children": facts.children,
        "pods": (asked.least, asked.most),
        "cpu": asked.cpu,
        "memory": asked.memory,
        "disk": asked.disk,
        "devices": asked.devices,
    }


def _ways(exposures: Iterable[Exposure], owners: dict[Name, str]) -> list[Data]:
    return [
        {
            "host": each.host,
            "path": each.path,
            "tls": each.is_encrypted,
            "by": each.by,
            "port": each.port,
            "service": "/".join(part for part in each.address if part),
            "owner": owners.get(each.address, ""),
        }
        for each in sorted(exposures)
    ]


def _links(dependencies: Iterable[Dependency]) -> list[Data]:
    """Return who connects to whom, as far as a picture shows it."""
    return [
        {"from": each.caller, "to": each.callee, "ports": each.ports}
        for each in dependencies
        if each.caller not in BROKERS
    ]


def _found(finding: Finding, keys: dict[str, str]) -> Data:
    return {
        "subject": finding.subject or keys.get(finding.where, ""),
        "severity": finding.severity,
        "path": finding.path,
        "message": finding.message,
        "where": finding.where,
    }
