"""The names of the files that resources are written to."""

from __future__ import annotations

import re

__all__ = ["file_name"]


def file_name(kind: str, namespace: str | None, name: str, *, suffix: str = ".yaml") -> str:
    """Return the name of the file of a resource: `service.hanzo.api.yaml`.

    Two resources never share a file: dots separate the parts, and no part has one.
    """
    parts = (kind.lower(), namespace, name) if namespace else (kind.lower(), name)
    return ".".join(re.sub(r"[^a-z0-9-]", _escaped, part) for part in parts) + suffix


def _escaped(found: re.Match[str]) -> str:
    return "".join(f"_{byte:02x}" for byte in found[0].encode())
