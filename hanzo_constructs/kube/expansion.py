"""References to variables: `$(NAME)`, which the kubelet replaces in the values, words and paths of a container.

It knows the variables that stand before in the list, those of envFrom, and those of Services. What it does not know it
leaves as it is, and `$$(NAME)` always stands for the text `$(NAME)`:
https://kubernetes.io/docs/tasks/inject-data-application/define-interdependent-environment-variables/
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from .fields import Path

__all__ = ["References", "escaped", "in_order_of_references", "names_in", "referred_to", "unresolved"]

_REFERENCE = re.compile(r"\$\$|\$\(([^)]*)\)")
_DOLLAR = re.compile(r"\$(?=[$(])")
"""What the kubelet takes for the beginning of something."""
_VARIABLE = re.compile(r"[A-Z_][A-Z0-9_]*\Z")
"""What is certainly meant as a variable; `$(date)` is a shell's."""
_OF_A_SERVICE = re.compile(r"[A-Z0-9_]+_(?:SERVICE_HOST|SERVICE_PORT|PORT)(?:_[A-Z0-9_]+)?\Z")
_ALWAYS = re.compile(r"KUBERNETES_(?:SERVICE|PORT)")
"""Variables of the API server's Service, which every container has."""


class References(NamedTuple):
    """What refers to variables in a container."""

    env: Sequence[tuple[str, str | None]]
    """Names and values, in order; None where the value comes from elsewhere."""
    words: Sequence[tuple[Path, str]]
    """Words of command and args, and paths, with their places."""
    derived: Iterable[str] = ()
    """Names of variables that stand before those of `env`."""
    from_elsewhere: bool = False
    """Whether envFrom may set any name."""
    service_links: bool = False
    """Whether the Services of the namespace set variables."""


def unresolved(references: References) -> Iterator[tuple[Path, str]]:
    """Yield the place of each reference that stays text, below the container, and what is wrong with it."""
    if not [text for _, text in (*references.env, *references.words) if text and "$(" in text]:
        return  # as most containers
    known = set(references.derived)
    places = {name: index for index, (name, _) in enumerate(references.env)}
    for index, (name, value) in enumerate(references.env):
        for asked in names_in(value or ""):
            if asked in known:
                continue
            later = places.get(asked, -1)
            if later > index:
                yield ("env", index, "value"), _set_later(asked, later, in_circle=_leads_to(name, asked, references))
            elif _is_set_by_nobody(asked, references):
                yield ("env", index, "value"), _nobody(asked)
        known.add(name)
    for place, word in references.words:
        for asked in names_in(word):
            if asked not in known and _is_set_by_nobody(asked, references):
                yield place, _nobody(asked)


def in_order_of_references(values: Mapping[Any, object]) -> list[Any]:
    """Return the names of variables in their order, but each behind those that its text in *values* refers to.

    Variables that refer to each other in a circle stay as they are: no order makes them right.
    """
    if not any(isinstance(value, str) and "$(" in value for value in values.values()):
        return list(values)
    placed: dict[Any, None] = {}
    waiting: list[tuple[Any, bool]] = [(name, False) for name in reversed(values)]
    met: set[Any] = set()
    while waiting:
        name, is_ready = waiting.pop()
        if is_ready:
            placed[name] = None
        elif name not in met:
            met.add(name)
            value = values[name]
            asked = [*names_in(value)] if isinstance(value, str) else []
            waiting.append((name, True))
            waiting += [(each, False) for each in reversed(asked) if each in values]
    return list(placed)


def escaped(text: str) -> str:
    """Return how *text* is written so that the kubelet gives it to the container as it stands."""
    return _DOLLAR.sub("$$", text)


def _set_later(asked: str, later: int, *, in_circle: bool) -> str:
    if in_circle:
        return f"refers to {asked}, which needs this variable itself, so that $({asked}) stays as it is; write its text"
    stays = f"refers to {asked}, which is set only later, by env[{later}], so that $({asked}) stays as it is"
    return f"{stays}; put env[{later}] in front"


def _leads_to(name: str, start: str, references: References) -> bool:
    """Tell whether the variable *start* is *name*, or its value refers to that, directly or through others."""
    return name == start or name in referred_to(start, {each: value or "" for each, value in references.env})


def referred_to(start: str, values: Mapping[str, str]) -> set[str]:
    """Return the names that the value of the variable *start* refers to, directly or through other *values*."""
    found: set[str] = set()
    pending = [*names_in(values.get(start, ""))]
    while pending:
        if (each := pending.pop()) not in found:
            found.add(each)
            pending += names_in(values.get(each, ""))
    return found


def names_in(text: str) -> Iterator[str]:
    """Yield the names that *text* refers to, each once."""
    if "$(" in text:
        closed = text[: text.rfind(")") + 1]  # what is never closed would be searched to the end, again and again
        yield from dict.fromkeys(found[1] for found in _REFERENCE.finditer(closed) if found[1])


def _is_set_by_nobody(name: str, references: References) -> bool:
    if references.from_elsewhere or not _VARIABLE.match(name) or _ALWAYS.match(name):
        return False
    return not (references.service_links and _OF_A_SERVICE.match(name))


def _nobody(name: str) -> str:
    return (
        f"refers to {name}, which no variable of this container sets (those of the image do not count), so that it stays"
        f" as it is; set it in front, or write $$({name}) for the text"
    )
