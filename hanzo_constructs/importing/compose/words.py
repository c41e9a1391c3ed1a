"""The short forms of a compose file: lists of `NAME=value`, durations, amounts of bytes, commands, ports and volumes."""

from __future__ import annotations

import re
import shlex
from typing import Any, NamedTuple

__all__ = [
    "Port",
    "Volume",
    "bytes_of",
    "is_true",
    "pairs",
    "port_of",
    "seconds",
    "text_of",
    "volume_of",
    "whole",
    "words",
]

_DURATION = re.compile(r"(\d+(?:\.\d+)?)(us|ms|s|m|h)")
_SECONDS = {"us": 1e-6, "ms": 1e-3, "s": 1, "m": 60, "h": 3600}
_BYTES = re.compile(r"(\d+(?:\.\d+)?)\s*(b|[kmgt]i?b?)?\Z", re.IGNORECASE)
_UNITS = {"k": "Ki", "m": "Mi", "g": "Gi", "t": "Ti"}
_PORT = re.compile(
    r"(?:(?P<address>\[[^\]]*\]|[^:/]*):)??(?:(?P<published>[\d-]*):)?(?P<target>\d+)(?P<last>-\d+)?(?:/(?P<protocol>\w+))?\Z"
)
_MODES = re.compile(r"[a-zA-Z,]+\Z")


class Port(NamedTuple):
    """A port of a service."""

    target: int
    protocol: str
    published: str
    """On the machine; empty for none."""
    is_local: bool
    """Whether only the machine itself reaches it."""


class Volume(NamedTuple):
    """A mount of a service."""

    kind: str
    """volume, bind, tmpfs, or another type of the specification."""
    source: str
    """Name of the volume or path on the machine; empty for a volume without a name."""
    target: str
    read_only: bool
    sub_path: str = ""


def text_of(value: Any) -> str:
    """Return a scalar as the text that a container gets: true and false as YAML writes them, null as nothing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def pairs(value: Any) -> dict[str, str | None]:
    """Return what a mapping or a list of `NAME=value` says; None for a name without a value."""
    if isinstance(value, dict):
        return {str(name): None if item is None else text_of(item) for name, item in value.items()}
    found: dict[str, str | None] = {}
    for each in value if isinstance(value, list) else ():
        name, sign, text = str(each).partition("=")
        found[name] = text if sign else None
    return found


def whole(value: Any) -> int | None:
    """Return a number, which is a text where a variable stood for it; None where it is no whole number of at most nine digits."""
    text = "" if isinstance(value, bool) else str(value)
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None


def is_true(value: Any) -> bool:
    """Tell whether *value* is true, or the text that a variable gave for it."""
    return text_of(value).lower() == "true"


def seconds(value: Any) -> int | None:
    """Return a duration such as `1m30s` in whole seconds, at least one unless it is none; None where it is no duration."""
    parts = _DURATION.findall(str(value))
    if not parts or "".join(f"{number}{unit}" for number, unit in parts) != str(value):
        return int(value) if isinstance(value, int) and not isinstance(value, bool) else None
    total = sum(float(number) * _SECONDS[unit] for number, unit in parts)
    return max(1, round(total)) if total else 0


def bytes_of(value: Any) -> str | None:
    """Return an amount of bytes such as `512m` as a quantity of Kubernetes; units are powers of 1,024 for both."""
    if not (matched := _BYTES.match(str(value).strip())):
        return None
    number, unit = matched[1], (matched[2] or "b")[0].lower()
    return f"{number}{_UNITS.get(unit, '')}" if unit in _UNITS or "." not in number else None


def words(value: Any) -> list[str] | None:
    """Return a command, which is a list or a line of a shell, as a list; None where it is neither."""
    if isinstance(value, list):
        return [text_of(each) for each in value]
    if not isinstance(value, str):
        return None
    try:
        return shlex.split(value)
    except ValueError:
        return None


def port_of(value: Any) -> list[Port] | None:
    """Return the ports that an entry of `ports` or `expose` means; None where it cannot be read."""
    if isinstance(value, dict):
        target, published = value.get("target"), text_of(value.get("published"))
        if isinstance(target, str) and target.isdecimal():
            target = int(target)
        if not isinstance(target, int):
            return None
        address = text_of(value.get("host_ip"))
        return [Port(target, text_of(value.get("protocol") or "tcp").upper(), published, _is_local(address))]
    if not (matched := _PORT.match(str(value).strip())):
        return None
    first, last = int(matched["target"]), int((matched["last"] or "-0")[1:]) or int(matched["target"])
    if not 0 < first <= last <= 65535 or last - first > 100:
        return None
    protocol = (matched["protocol"] or "tcp").upper()
    local = _is_local(matched["address"] or "")
    return [Port(number, protocol, matched["published"] or "", local) for number in range(first, last + 1)]


def _is_local(address: str) -> bool:
    return address.strip("[]") in {"127.0.0.1", "::1", "localhost"}


def volume_of(value: Any) -> Volume | None:
    """Return the mount that an entry of `volumes` means; None where it cannot be read."""
    if isinstance(value, dict):
        options = value.get("volume")
        sub_path = text_of(options.get("subpath")) if isinstance(options, dict) else ""
        source, target = text_of(value.get("source")), text_of(value.get("target"))
        found = Volume(text_of(value.get("type") or "volume"), source, target, bool(value.get("read_only")), sub_path)
        return found if target.startswith("/") else None
    parts = str(value).split(":")
    options_of_mount = ""
    if len(parts) > 1 and _MODES.match(parts[-1]) and not parts[-1].startswith("/"):
        options_of_mount = parts.pop()
    if len(parts) > 2 or not parts[-1].startswith("/"):
        return None
    source = parts[0] if len(parts) == 2 else ""
    kind = "bind" if source.startswith((".", "/", "~")) or "/" in source else "volume"
    return Volume(kind, source, parts[-1].rstrip("/") or "/", "ro" in options_of_mount.split(","))
