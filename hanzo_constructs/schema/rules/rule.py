"""A rule between fields in the language of the API server (CEL), and the small phrases that rules are made of.

A rule says in CEL what a Python rule of the same model says. It uses what Kubernetes 1.25 has, asks `has` before it reads a
field that may be left out, and never refuses what the model takes; it may take what the model refuses.
"""

from __future__ import annotations

from typing import NamedTuple

__all__ = [
    "CelRule",
    "amount",
    "either",
    "filled",
    "is_on",
    "keyless",
    "needs",
    "never_with",
    "number_or",
    "off",
    "value_or",
]


class CelRule(NamedTuple):
    """Something that must hold between the fields of `self`, an object of the model."""

    field: str
    """The field that is at fault, where one is: the message begins with it. `livenessProbe.port` below another."""
    holds: str
    """The expression, in CEL."""
    message: str
    """What is said when it does not hold, without values: the server cannot put them in before Kubernetes 1.27."""

    @property
    def text(self) -> str:
        """The message as the server says it."""
        return f"{self.field}: {self.message}" if self.field else self.message

    @property
    def published(self) -> dict[str, str]:
        """An entry of x-kubernetes-validations."""
        return {"rule": self.holds, "message": self.text}


def filled(field: str, of: str = "self") -> str:
    """Say that the list, the mapping or the text in *field* is written and not empty."""
    return f"has({of}.{field}) && size({of}.{field}) > 0"


def is_on(field: str, of: str = "self", *, default: bool = False) -> str:
    """Say that a boolean *field* is true, which is *default* where it is left out."""
    return f"(!has({of}.{field}) || {of}.{field})" if default else f"(has({of}.{field}) && {of}.{field})"


def value_or(field: str, default: str, of: str = "self") -> str:
    """Return the value of *field*, or *default*, which is CEL too."""
    return f"(has({of}.{field}) ? {of}.{field} : {default})"


def needs(field: str, condition: str) -> str:
    """Say that *condition* holds where *field* is written."""
    return f"!has(self.{field}) || {condition}"


def off(field: str) -> str:
    """Say that the block in *field*, which is written, is switched off."""
    return f"has(self.{field}.enabled) && !self.{field}.enabled"


def never_with(field: str, condition: str) -> str:
    """Say that *field* is not written where *condition* holds."""
    return f"!has(self.{field}) || !({condition})"


def keyless(field: str, key: str) -> str:
    """Say that the mapping in *field* has no *key*."""
    return f"!has(self.{field}) || !('{key}' in self.{field})"


def either(*fields: str) -> str:
    """Return how many of *fields* are written."""
    return " + ".join(f"(has(self.{field}) ? 1 : 0)" for field in fields)


def number_or(field: str, number: str, text: str) -> str:
    """Say *number* of an integer in *field* and *text* of a string in it."""
    return f"(type(self.{field}) == int ? {number} : {text})"


def amount(field: str, length: str) -> str:
    """Say that the duration in *field* is *length* at least."""
    return f"!has(self.{field}) || duration(self.{field}) >= duration('{length}')"
