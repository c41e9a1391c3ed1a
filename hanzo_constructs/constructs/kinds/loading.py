"""The resource that `from_resource` is given: a model, a document, or the path of a file."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ...errors import Finding, SpecError
from ...kube.fields import listed, parsed_path, shown
from ...platform import Platform
from ...spec.kinds import parse
from ...spec.resource import Resource

__all__ = ["loaded_resource"]

_LONGEST_PATH = 4096
_NOT_IN_PATHS = re.compile(r"[\x00-\x1f]|\A\s*\{")


def loaded_resource(
    given: Resource | Mapping[str, Any] | str | os.PathLike[str], kind: str, platform: Platform
) -> Resource:
    """Return the resource of *kind* that *given* is, or that the file at *given* holds; raises `SpecError`."""
    if isinstance(given, str | os.PathLike):
        resource = _read(_path(given), platform)
    elif isinstance(given, Resource):
        resource = given
    else:
        resource = parse(given, platform)
    if resource.kind != kind:
        raise SpecError([Finding(f"must be {kind} here, got {resource.kind}", "kind", str(resource))])
    return resource


def _name(data: Any) -> Any:
    metadata = data.get("metadata") if isinstance(data, dict) else None
    return metadata.get("name") if isinstance(metadata, dict) else None


def _path(given: str | os.PathLike[str]) -> Path:
    """Return the path that *given* is; what cannot be one is not repeated, it may be the text of a resource."""
    path = os.fspath(given)
    if not path or len(path) > _LONGEST_PATH or _NOT_IN_PATHS.search(path):
        message = "expected the path of a file, and what is given cannot be one; of a resource as text, pass its data"
        raise SpecError([Finding(message)])
    return Path(path)


def _read(path: Path, platform: Platform) -> Resource:
    from ...sources import Source, declarations

    found, findings = declarations(Source(str(path), path))
    if findings:
        raise SpecError(findings)
    if len(found) != 1:
        names = listed([shown(_name(each.data)) for each in found])
        raise SpecError([Finding(f"must hold one resource here, got {len(found)}: {names}", where=str(path))])
    (declaration,) = found
    try:
        return parse(declaration.data, platform)
    except SpecError as error:
        raise SpecError(
            finding.at(declaration.where(parsed_path(finding.path))) for finding in error.findings
        ) from None
