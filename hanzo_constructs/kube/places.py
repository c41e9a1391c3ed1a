"""Places in objects of Kubernetes, as the platform writes them: `Deployment.spec.template.spec.containers[].image`."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from .fields import listed, shown, suggestion
from .kinds import KINDS
from .schemas import FOREIGN, Type, fields_of, kind_type, type_below

__all__ = ["Place", "covers", "place_problem", "steps_of"]

Place = tuple[str, ...]
"""A place in an object, step by step; in a list that is merged with what tells the item apart: `containers[web]`. In a
pattern, `containers[]` is any of them."""

_STEP = re.compile(r"""(?:\A|(?<=.)\.)([A-Za-z_$][A-Za-z0-9_$-]*(?:\[\])?)|\[("(?:[^"\\]|\\.)*")\]""")


def steps_of(text: str) -> Place:
    """Return the place that is written as *text*; nothing where it is not written as one."""
    found, end = [], 0
    for step in _STEP.finditer(text):
        if step.start() != end:
            return ()
        found.append(step[1] or json.loads(step[2]))
        end = step.end()
    return tuple(found) if end == len(text) else ()


def covers(pattern: Sequence[str], place: Sequence[str]) -> bool:
    """Tell whether *place* is at *pattern* or below it."""
    return len(pattern) <= len(place) and all(map(_matches, pattern, place))


def place_problem(text: str) -> str:
    """Return what is wrong with *text* as a place that begins with a kind; nothing where it is right."""
    kind, *steps = steps_of(text) or ("",)
    if not kind:
        return f"must be a place such as Deployment.spec.template.spec.hostNetwork, got {shown(text)}"
    if (row := KINDS.get(kind)) is None:
        near = suggestion(kind, KINDS)
        return f"begins with {shown(kind)}, which is no kind of Kubernetes" + (
            f", did you mean {near}?" if near else ""
        )
    found: Type = kind_type(row.api_version, kind) or FOREIGN
    for step in steps:
        name = step.removesuffix("[]")
        if found.form == "#" and name not in (known := fields_of(found.inner)):
            near = suggestion(name, known)
            return (
                f"has no {shown(name)}, did you mean {near}?"
                if near
                else f"has no {shown(name)}, known are {listed(known)}"
            )
        found = type_below(found, name)
        if step.endswith("[]"):
            found = found.of_items if found.form == "[" else found
        elif found.keys and step is not steps[-1]:
            return f"must have [] behind {name}, which is a list"
    return ""


def _matches(step: str, other: str) -> bool:
    return step == other or other.startswith(step[:-1] if step.endswith("[]") else f"{step}[")
