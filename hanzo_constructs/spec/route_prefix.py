"""Path prefixes of the API gateway: which ones it takes, and which two mean the same requests."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..kube.fields import shown

__all__ = ["keys_above", "prefix_key", "prefix_problem"]

_SEGMENT = re.compile(r"[A-Za-z0-9._~-]+\Z|\{[A-Za-z0-9_-]+\}\Z", re.ASCII)
_PARAMETER = re.compile(r"\{[^}]*\}")
_RESERVED = ("__debug", "__echo", "__health")
"""First segments that KrakenD answers itself; it refuses to start with an endpoint there."""


def prefix_problem(prefix: str) -> str:
    """Say why *prefix* is no path prefix of the gateway; empty when it is one."""
    first, *segments = prefix.split("/")
    if first or not segments:
        problem = "must begin with a slash"
    elif segments == [""]:
        problem = ""
    elif segments[-1] == "*":
        problem = "must not end with /*: the paths below a prefix belong to it anyway"
    elif segments[-1] == "":
        problem = "must not end with a slash"
    elif segments[0] in _RESERVED:
        problem = f"must not begin with /{segments[0]}, which the gateway answers itself"
    elif not all(map(_SEGMENT.match, segments)) or {".", ".."} & set(segments):
        problem = "must be segments of letters, digits, '.', '_', '~' and '-', or parameters such as {id}"
    else:
        problem = ""
    return problem and f"{problem}, got {shown(prefix)}"


def prefix_key(prefix: str) -> str:
    """Return what two prefixes have in common that match the same paths: the name of a parameter is of no matter."""
    return _PARAMETER.sub("{}", prefix)


def keys_above(prefix: str) -> Iterator[str]:
    """Yield the keys of the prefixes that *prefix* lies below, the shortest first; the root is none of them."""
    key = prefix_key(prefix)
    return (key[:end] for end in range(1, len(key)) if key[end] == "/")
