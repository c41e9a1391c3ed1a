"""Judge what an entry wrote: nothing is timed that does not render the same fleet."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import yaml

from .entries import Entry, Job
from .mixed_objects import mixed_objects
from .reference import KINDS, objects


def difference(entry: Entry, job: Job, stdout: Path) -> str | None:
    """Say how the output differs from the reference, or None if it is what it should be."""
    services = job.services
    files = sorted(job.folder.rglob("*.yaml")) or [stdout]
    found = [document for file in files for document in _documents(file)]
    fleet = (objects(index) for index in range(services))
    wanted = mixed_objects(services) if entry.mixed else [document for each in fleet for document in each]
    if not entry.same_objects:
        kinds = Counter(document["kind"] for document in found)
        names = {document["metadata"]["name"] for document in found}
        if kinds != dict.fromkeys(KINDS, services) or names != {document["metadata"]["name"] for document in wanted}:
            return f"wants six objects for each of {services} services, got {dict(kinds)}"
        return None
    if len(found) != len(wanted):
        return f"wants {len(wanted)} objects, got {len(found)}"
    for got, want in zip(sorted(map(_text, found)), sorted(map(_text, wanted)), strict=True):
        if got != want:
            return f"wants {want}\n   got {got}"
    return None


def _documents(file: Path) -> list[dict[str, Any]]:
    text = file.read_text()
    if text.startswith("["):
        listed: list[dict[str, Any]] = json.loads(text)
        return listed
    return [document for document in yaml.load_all(text, Loader=yaml.CSafeLoader) if document]


def _text(document: dict[str, Any]) -> str:
    return json.dumps(document, sort_keys=True)
