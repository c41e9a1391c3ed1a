"""A compose file as a whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from ...errors import Finding, SpecError
from ...kube.fields import type_shown
from ...kube.manifest import Manifest
from ...kube.yaml import Document
from ...platform import Platform
from ...spec.kinds import KINDS, parse
from ..imported import Imported
from ..notes import Files, Notes, dns_label
from .interpolation import interpolated
from .merging import merged
from .mounts import Project
from .services import Service, services_of
from .words import text_of, volume_of
from .workload import resource_of

__all__ = ["import_compose"]

_KNOWN = {"services", "volumes", "networks", "secrets", "configs", "name", "version"}


def import_compose(document: Document, files: Files, platform: Platform) -> tuple[Imported, list[Finding]]:
    """Return what the compose file in *document* comes to, with *files* beside it; an error means that it is none.

    Each service becomes a resource in the namespace that has the name of the project: the one that the file says, or the
    name of its directory, as for Compose.
    """
    notes = Notes(document)
    body = merged(document.data)
    if not isinstance(body, dict) or not isinstance(body.get("services"), dict):
        what = type_shown(body) if not isinstance(body, dict) else "none"
        notes.error(("services",) if isinstance(body, dict) else (), f"expected a mapping of services, got {what}")
        return Imported(), notes.findings
    unset: Counter[str] = Counter()

    def note_unset(at: tuple[str | int, ...], name: str) -> None:
        unset[name] += 1
        if unset[name] == 1:
            notes.left(at, f"${{{name}}}", "is set nowhere and has no default; an empty text is taken")

    body = interpolated(body, note_unset)
    for field in body:
        if field not in _KNOWN and not field.startswith("x-"):
            notes.left((field,), body[field], "is not read; import the files that it names by themselves")
    services = services_of(body["services"], notes)
    project = Project(body, files, users=_users(services))
    namespace = dns_label(text_of(body.get("name")) or files.directory)
    _note_networks(services, notes)
    resources: list[Manifest] = []
    objects: list[Manifest] = []
    for service in services:
        api_version = KINDS[service.kind].api_version(platform)
        resource, beside = resource_of(service, services, project, notes, api_version, namespace)
        if _fits(resource, service, notes, platform):
            resources.append(resource)
            objects += [_placed(each, namespace) for each in beside]
    return Imported(tuple(resources), tuple(objects), tuple(notes.remainder)), notes.findings


def _users(services: list[Service]) -> dict[str, int]:
    """Return by how many services each named volume is mounted."""
    found: Counter[str] = Counter()
    for service in services:
        volumes = [volume_of(each) for each in service.body.get("volumes") or ()]
        found.update({each.source for each in volumes if each and each.kind == "volume" and each.source})
    return found


def _note_networks(services: list[Service], notes: Notes) -> None:
    """Note that services which share no network reach each other."""
    networks = [frozenset(map(text_of, service.body.get("networks") or ("default",))) for service in services]
    if any(not one & other for one in networks for other in networks):
        names = sorted({str(name) for each in networks for name in each})
        notes.left(("networks",), names, "all pods reach each other; write networkPolicy to keep some out")


def _fits(resource: Mapping[str, Any], service: Service, notes: Notes, platform: Platform) -> bool:
    """Tell whether *resource* is right; where the file says what no resource can, the service as a whole is left."""
    try:
        parse(dict(resource), platform)
    except SpecError as error:
        why = "; ".join(f"{finding.path}: {finding.message}" for finding in error.findings)
        notes.left(("services", service.key), {}, f"is no resource: {why}")
        return False
    return True


def _placed(manifest: Manifest, namespace: str) -> Manifest:
    return {**manifest, "metadata": {**manifest["metadata"], "namespace": namespace}} if namespace else manifest
