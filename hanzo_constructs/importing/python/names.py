"""Names of Python for names of Kubernetes."""

from __future__ import annotations

import keyword
import re
from collections.abc import Iterable

__all__ = ["Names", "constant_name", "identifier"]

_LONGEST = 40
"""Characters of a name; more would push what is called by it over the end of the line."""
_NO_LETTER = re.compile(r"[^A-Za-z0-9]+")


def identifier(text: str) -> str:
    """Return a name of a variable or a function for *text*: `orders-db` gives `orders_db`."""
    name = _NO_LETTER.sub("_", text).strip("_").lower()[:_LONGEST].rstrip("_") or "unnamed"
    name = f"n{name}" if name[0].isdigit() else name
    return f"{name}_" if keyword.iskeyword(name) or keyword.issoftkeyword(name) else name


def constant_name(text: str) -> str:
    """Return a name of a constant for *text*: `orders-db` gives `ORDERS_DB`."""
    return identifier(text).rstrip("_").upper()


class Names:
    """Names that are taken in one place of a program."""

    def __init__(self, taken: Iterable[str] = (), *, joint: str = "_") -> None:
        """Begin with those that are *taken*; *joint* stands between a name and its number."""
        self._taken, self._joint = set(taken), joint

    def is_free(self, name: str) -> bool:
        """Tell whether nothing has that *name*."""
        return name not in self._taken

    def new(self, wanted: str) -> str:
        """Return *wanted*, or where that is taken the first of `wanted_2`, `wanted_3`, ... that is free; take it."""
        name, number = wanted, 1
        while name in self._taken:
            number += 1
            name = f"{wanted.rstrip('_')}{self._joint}{number}"
        self._taken.add(name)
        return name
