"""Path prefixes of the API gateway: which ones it takes, and which two mean the same requests."""

from __future__ import annotations

import re

from ..kube.fields import shown
from ..kube.published import text

__all__ = ["LOWEST_PORT", "PREFIX_FORM", "prefix_key", "prefix_problem"]

LOWEST_PORT = 10
"""KrakenD takes a port of one digit for a mistake in the host, and does not start."""

_SEGMENT = re.compile(r"[A-Za-z0-9._~-]+\Z|\{[A-Za-z0-9_-]+\}\Z", re.ASCII)
_PARAMETER = re.compile(r"\{[^}]*\}")
_RESERVED = ("__debug", "__echo", "__health")
"""Segments that KrakenD keeps for itself; it refuses to start with an endpoint that has one."""
_ANSWERED = "/healthz"
"""What the platform's gateway answers itself; it takes no endpoint there."""

_SEGMENT_FORM = r"(\.{0,2}[A-Za-z0-9_~-][A-Za-z0-9._~-]*|\.{3}[A-Za-z0-9._~-]*|\{[A-Za-z0-9_-]+\})"
PREFIX_FORM = text(f"(/|(/{_SEGMENT_FORM})+)")
"""What is published of a path prefix."""


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
    elif found := [segment for segment in segments if segment in _RESERVED]:
        problem = f"must not contain /{found[0]}, which the gateway keeps for itself"
    elif prefix == _ANSWERED:
        problem = f"must not be {_ANSWERED}, which the gateway answers itself"
    elif not all(map(_SEGMENT.match, segments)) or {".", ".."} & set(segments):
        problem = "must be segments of letters, digits, '.', '_', '~' and '-', or parameters such as {id}"
    else:
        problem = ""
    return problem and f"{problem}, got {shown(prefix)}"


def prefix_key(prefix: str) -> str:
    """Return what two prefixes have in common that match the same paths: the names of parameters are left out."""
    return _PARAMETER.sub("{}", prefix)
