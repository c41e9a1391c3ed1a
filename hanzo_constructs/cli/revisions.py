"""Definitions as files, directories and revisions of git hold them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ..errors import Finding, ReadError, system_reason
from ..kube.kinds import api_version
from ..kube.schemas.checking import type_findings
from ..kube.schemas.types import kind_type
from ..kube.yaml import read
from ..sources import sources
from .git import contents, files_at, is_revision, path_in_repository
from .printing import standard_input

__all__ = ["definitions_in"]

_KIND = "CustomResourceDefinition"
_SUFFIXES = (".yaml", ".yml", ".json")


def definitions_in(place: str) -> list[dict[str, Any]]:
    """Return the CustomResourceDefinitions in *place*: a file, a directory, `revision` or `revision:path` of git.

    A revision alone means the working directory as it was then. What is there and is no definition is left out. Raises
    `ReadError` for what cannot be read, and where there is no definition.
    """
    found: list[dict[str, Any]] = []
    findings: list[Finding] = []
    for data, where in _documents(place, findings):
        if not isinstance(data, dict) or data.get("kind") != _KIND or data.get("apiVersion") != api_version(_KIND):
            continue
        wrong = [finding.at(where, _KIND) for finding in _problems(data)]
        findings += wrong
        if not wrong:
            found.append(data)
    if not found and not findings:
        findings.append(Finding(f"holds no {_KIND}", where=place))
    if findings:
        raise ReadError(findings)
    return found


def _problems(data: dict[str, Any]) -> list[Finding]:
    kind = kind_type(api_version(_KIND), _KIND)
    found = [*type_findings(data, kind)] if kind else []
    if not found and not isinstance(data.get("metadata", {}).get("name"), str):
        found.append(Finding("required", "metadata.name"))
    return found


def _documents(place: str, findings: list[Finding]) -> Iterator[tuple[Any, str]]:
    """Yield each document in *place* with where it stands; what cannot be read is added to *findings*."""
    for name, text in _texts(place, findings):
        if _KIND.encode() not in text:
            continue
        contents = read(text, name=name, syntax="json" if name.endswith(".json") else "either")
        findings += contents.findings
        for document in contents.documents:
            data = document.data
            listed = data.get("items") if isinstance(data, dict) and data.get("kind") == "List" else None
            if isinstance(listed, list):  # as `kubectl get crds -o yaml` prints them
                yield from ((item, document.where(("items", index))) for index, item in enumerate(listed))
            else:
                yield data, document.where(())


def _texts(place: str, findings: list[Finding]) -> Iterator[tuple[str, bytes]]:
    """Yield the name and the text of each file in *place*."""
    if Path(place).exists() or (":" not in place and not is_revision(place)):
        found, unread = sources([place])
        findings += unread
        for each in found:
            try:
                yield each.name, each.path.read_bytes() if each.path else standard_input().read()
            except OSError as error:
                findings.append(Finding(f"cannot be read: {system_reason(error)}", where=each.name))
        return
    revision, _, folder = place.partition(":")
    listed = [each for each in files_at(revision, [path_in_repository(folder)]) if each.name.endswith(_SUFFIXES)]
    yield from ((f"{revision}:{each.name}", text) for each, text in contents(listed) if not each.is_link)
