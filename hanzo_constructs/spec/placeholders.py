"""References in a text: `${resources.orders.url}` and `${secret.orders-db.password}`, and `$${` for the text `${`.

A text is read once, from left to right, into a flat tree: pieces of text and references with their places. Nothing in it
is read twice, so that no value which takes the place of a reference is taken for one:

    text      = { "$${" | reference | any other character }
    reference = "${" , ( "resources" , "." , name , [ "." , key ] | "secret" , "." , name , "." , key ) , "}"
    name      = a DNS label
    key       = letters, digits, "-", "_" and "."
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Literal, NamedTuple

from ..kube.fields import discreet

__all__ = ["Malformed", "Piece", "Reference", "literal", "parse_text", "rendered"]


class Reference(NamedTuple):
    """A reference to one of the resources of a workload."""

    scope: Literal["resources", "secret"]
    name: str
    """The resource."""
    key: str
    """What of it; empty for the resource itself."""
    position: int
    """Where it begins in the text, in characters."""

    def __str__(self) -> str:
        """Return the reference as it is written."""
        return f"${{{'.'.join(filter(None, (self.scope, self.name, self.key)))}}}"


Piece = str | Reference
"""Text as it stands, or a reference."""


class Malformed(NamedTuple):
    """A `${` that begins no reference."""

    position: int
    message: str


_OPENING = re.compile(r"\$\$\{|\$\{")
_INSIDE = re.compile(r"[^{}$\n]*")
_REFERENCE = re.compile(
    r"(?:resources\.([a-z0-9](?:[-a-z0-9]*[a-z0-9])?)(?:\.([-._a-zA-Z0-9]+))?"
    r"|secret\.([a-z0-9](?:[-a-z0-9]*[a-z0-9])?)\.([-._a-zA-Z0-9]+))\Z"
)
_LONGEST_SHOWN = 60
_FORMS = "write ${resources.<name>.<key>} or ${secret.<name>.<key>}, and $${ where the text ${ is meant"


def parse_text(text: str) -> tuple[tuple[Piece, ...], tuple[Malformed, ...]]:
    """Return the pieces of *text* in order, and what in it begins like a reference and is none."""
    pieces: list[Piece] = []
    wrong: list[Malformed] = []
    plain, at = "", 0
    while found := _OPENING.search(text, at):
        plain += text[at : found.start()]
        if found[0] == "$${":
            plain, at = f"{plain}${{", found.end()
            continue
        inside = _INSIDE.match(text, found.end())
        end = inside.end() if inside else found.end()
        reference = _reference(text[found.end() : end], found.start()) if text[end : end + 1] == "}" else None
        if reference is None:
            wrong.append(Malformed(found.start(), _malformed(text, found.start(), end)))
            at = max(end, found.end())
            continue
        if plain:
            pieces.append(plain)
        pieces.append(reference)
        plain, at = "", end + 1
    plain += text[at:]
    if plain:
        pieces.append(plain)
    return tuple(pieces), tuple(wrong)


def _reference(inside: str, position: int) -> Reference | None:
    if not (found := _REFERENCE.match(inside)):
        return None
    name, key, secret, secret_key = found.groups()
    return (
        Reference("secret", secret, secret_key, position)
        if secret
        else Reference("resources", name, key or "", position)
    )


def _malformed(text: str, start: int, end: int) -> str:
    """Say what is wrong with what begins at *start*; what follows in the text may be a secret and is not shown."""
    line = text.count("\n", 0, start) + 1
    where = f" in line {line}" if "\n" in text else ""
    if text[end : end + 1] != "}":
        return f"has ${{ without its }}{where}; {_FORMS}"
    inside = text[start : end + 1]
    cut = inside if len(inside) <= _LONGEST_SHOWN else f"{inside[:_LONGEST_SHOWN]}..."
    return f"has {discreet(cut)}{where}, which is no reference; {_FORMS}"


def literal(text: str) -> str:
    """Return how *text* is written so that it is read as it stands."""
    return text.replace("${", "$${")


def rendered(pieces: Sequence[Piece], value_of: Callable[[Reference], str]) -> str:
    """Return the text of *pieces* with the values of its references."""
    return "".join(piece if isinstance(piece, str) else value_of(piece) for piece in pieces)
