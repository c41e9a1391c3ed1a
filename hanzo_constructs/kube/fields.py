"""Field names and field paths as a user writes them, and the nearest right spelling of a wrong one."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable
from itertools import islice

__all__ = [
    "Path",
    "discreet",
    "field_path",
    "has_credentials",
    "listed",
    "parsed_path",
    "shown",
    "suggestion",
    "type_shown",
    "wire_name",
]

_TYPES = {
    dict: "a mapping",
    list: "a list",
    tuple: "a list",
    str: "a string",
    bool: "a boolean",
    int: "an integer",
    float: "a number",
    type(None): "null",
}

Path = tuple[str | int, ...]
"""A place in a document: mapping keys (wire names) and list indexes."""

_STEP = re.compile(r"""([A-Za-z_$][A-Za-z0-9_$-]*)|\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]""")
_PLAIN_KEY = re.compile(r"[A-Za-z_$][A-Za-z0-9_$-]*\Z")
_LISTED = 10
"""How many of the names that a user declared a message lists."""
_SEARCHED = 100
"""Among how many names the nearest one is looked for; each costs time, and a thousand mistakes may ask."""
_LONGEST_KEY = 253 + 1 + 63
"""The length of the longest legal label; a longer key is cut in a path."""
_CREDENTIALS = re.compile(r"//[^/\s]*@|[^/\s]:[^/\s]*@(?!sha256:)")
"""A user and a password before a host; the digest of an image looks like it."""
_WITH_CREDENTIALS = "a string with credentials (not shown here)"
# What JSON leaves as it is and a terminal would obey, or could not print.
_UNPRINTABLE = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def wire_name(python_name: str) -> str:
    """Turn snake_case into the camelCase of the wire: `p2p_port` gives `p2pPort`."""
    first, *rest = python_name.rstrip("_").split("_")
    return first + "".join(part[:1].upper() + part[1:] for part in rest)


def field_path(path: Iterable[str | int]) -> str:
    """Write *path* as users read it: `spec.ports[1].name`, `metadata.labels["app.kubernetes.io/name"]`."""
    text = ""
    for step in path:
        if isinstance(step, int):
            text += f"[{step}]"
        elif len(step) > _LONGEST_KEY:
            text += f"[{shown(step)}]"
        elif _PLAIN_KEY.match(step):
            text += f".{step}" if text else step
        else:
            text += f"[{_quoted(discreet(step))}]"
    return text


def parsed_path(text: str) -> Path:
    """Return the path that `field_path` wrote as *text*."""
    return tuple(int(index) if index else key or json.loads(quoted) for key, index, quoted in _STEP.findall(text))


def listed(names: Collection[object], none: str = "none") -> str:
    """Name the first of *names* and count the others, so that a message stays short however many there are.

    Returns *none* where there is no name.
    """
    if len(names) <= _LISTED + 1:  # "and 1 more" is no shorter than the one
        return ", ".join(map(_listed, names)) or none
    return f"{', '.join(map(_listed, islice(names, _LISTED)))}, ... and {len(names) - _LISTED:,} more"


def _listed(name: object) -> str:
    return discreet(name) if isinstance(name, str) else str(name)


def suggestion(wrong: str, known: Iterable[str], *, alike: float = 0.6) -> str:
    """Return the name of *known*, or of the first of many, that *wrong* was probably meant to be, or an empty string.

    *alike* is how much of the two must agree, from 0 to 1 (the ratio of difflib).
    """
    from difflib import get_close_matches  # only mistakes need it

    by_folded = {name.replace("_", "").lower(): name for name in islice(known, _SEARCHED)}
    folded = wrong.replace("_", "").lower()
    close = get_close_matches(folded, by_folded, n=1, cutoff=alike)
    return by_folded[close[0]] if close else ""


def shown(value: object) -> str:
    """Show *value* in a message of one line: strings quoted and cut, containers named instead of printed.

    Messages end in logs: what looks like a password in a string is left out. Where a string may be anything, and so a
    password, do not show it at all; name its type (`type_shown`).
    """
    if isinstance(value, str):
        if has_credentials(value):
            return _WITH_CREDENTIALS
        value = discreet(value)
        return _quoted(value) if len(value) <= 60 else f'{_quoted(value[:57])[:-1]}..."'
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return "null"
    if isinstance(value, int | float):
        return repr(value) if not isinstance(value, int) or abs(value) < 10**20 else f"about {_magnitude(value)}"
    return type_shown(value)


def has_credentials(text: str) -> bool:
    """Tell whether *text*, which may be a URL or an image, names a user or a password."""
    return "@" in text and _CREDENTIALS.search(text) is not None


def type_shown(value: object) -> str:
    """Name the type of *value* as users of YAML do; the value itself, which may be a password, is not repeated."""
    return next((name for kind, name in _TYPES.items() if isinstance(value, kind)), f"a Python {type(value).__name__}")


def discreet(text: str) -> str:
    """Return what of *text* is no secret: nothing beside credentials, and what stands before the value of `name=value`."""
    if has_credentials(text):
        return _WITH_CREDENTIALS
    name, sign, value = text.partition("=")
    return f"{name}=..." if value else name + sign


def _quoted(text: str) -> str:
    """Quote *text* as JSON does, with everything escaped that would break the line or the terminal."""
    return _UNPRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(text, ensure_ascii=False))


def _magnitude(value: int) -> str:
    """Return the order of magnitude of a number too long to print (and too long for a float)."""
    return f"{'-' if value < 0 else ''}1e{int(value.bit_length() * 0.30103)}"
