"""A text with keys of Secrets in it: the value of a variable, of which no manifest holds the secret part."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Never

from ...errors import ArgumentError, Finding
from ...spec.connections import secret_variable
from ..lazy.arguments import check_argument
from ..node.caller import caller
from .secret_ref import SecretRef

__all__ = ["ComposedText", "composed"]


_ONLY_A_VARIABLE = "a text with a Secret in it is the value of a variable, and no part of another text; add text with +"


class ComposedText:
    """The value of an environment variable that contains keys of Secrets, such as the URL of a database with its password.

    It becomes one variable for each key, in front, and a text that refers to them. Text may be added at either end.
    """

    def __init__(self, pieces: tuple[str | SecretRef, ...]) -> None:
        """Hold *pieces*, which follow each other."""
        self._pieces = pieces

    def __add__(self, text: str) -> ComposedText:
        """Return the same with *text* behind it."""
        check_argument("text", text, str, "a string")
        return ComposedText((*self._pieces, text))

    def __radd__(self, text: str) -> ComposedText:
        """Return the same with *text* in front of it."""
        check_argument("text", text, str, "a string")
        return ComposedText((text, *self._pieces))

    def __str__(self) -> Never:
        """Refuse to become a plain string, which could not say where the secret is."""
        raise ArgumentError([Finding(_ONLY_A_VARIABLE, where=str(caller()))])

    def __format__(self, _: str) -> Never:
        """Refuse to become a part of an f-string, likewise."""
        raise ArgumentError([Finding(_ONLY_A_VARIABLE, where=str(caller()))])

    def variables(self, name: str) -> Iterator[tuple[str, str | SecretRef]]:
        """Yield the variables that the variable *name* takes, itself last."""
        refs = {each.key: each for each in self._pieces if isinstance(each, SecretRef)}
        for key, ref in refs.items():
            yield secret_variable(name, key), ref
        texts = (
            f"$({secret_variable(name, each.key)})" if isinstance(each, SecretRef) else each for each in self._pieces
        )
        yield name, "".join(texts)


def composed(*pieces: str | SecretRef) -> str | ComposedText:
    """Return *pieces* as one text, plain where there is no secret among them."""
    if all(isinstance(each, str) for each in pieces):
        return "".join(str(each) for each in pieces)
    return ComposedText(pieces)
