"""Scopes whose children wait: an app and its charts, a chart and its constructs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Protocol

from ..errors import Finding, SpecError
from ..kube.fields import shown
from .crossing import Crossing, is_scope_of_creation

__all__ = ["WaitingRoom"]

_ARRAY_INDEX = re.compile(r"(?:0|[1-9][0-9]{0,9})\Z", re.ASCII)


class _Child(Protocol):
    """What can wait."""

    _id: str
    _where: str

    def _appear(self) -> None:
        """Let JavaScript hear of it; its own children may go on waiting."""

    def _become_real(self) -> None:
        """Make its own children."""


class WaitingRoom(Crossing):
    """A scope that tells JavaScript of its children when it has to, and in the order in which they were made."""

    def __init__(self) -> None:
        self._members: dict[str, _Child] = {}
        self._unheard: list[_Child] = []
        self._has_strangers = False

    @property
    def _only_members(self) -> Sequence[Any] | None:
        """The children in the order of JavaScript, as long as nothing unknown here can stand among them; else None."""
        return None if self._has_strangers or not self._waits else _in_javascript_order(self._members)

    def _take_in(self, child: _Child) -> None:
        """Make *child* a child; raises `SpecError` if its id is taken."""
        if child._id in self._members:
            raise SpecError([Finding(f"id: {shown(child._id)} is used twice in one scope", where=child._where)])
        self._members[child._id] = child
        self._unheard.append(child)
        if self._has_strangers:
            try:
                self._announce()
            except SpecError:  # a stranger has the id
                del self._members[child._id]
                self._unheard.remove(child)
                raise

    def _announce(self, last: _Child | None = None) -> None:
        """Let JavaScript hear of the children up to *last*, or of all."""
        self._stand()
        while self._unheard:
            child = self._unheard[0]
            child._appear()
            del self._unheard[0]
            if child is last:
                return

    def _become_real(self) -> None:
        """Make everything that has waited; from now on nothing waits."""
        self._announce()
        self._waits = False
        for child in self._members.values():
            child._become_real()

    def _crossed(self) -> None:
        """Make what JavaScript is about to look at: a place for each child before a new sibling, else all there is."""
        if is_scope_of_creation(self):
            self._has_strangers = True
            self._announce()
        else:
            self._reveal()

    def _stand(self) -> None:
        """Let JavaScript hear of this scope itself."""
        raise NotImplementedError

    def _reveal(self) -> None:
        """Make everything real in the whole tree."""
        raise NotImplementedError


def _in_javascript_order(members: dict[str, _Child]) -> Sequence[_Child]:
    """Return *members* as a JavaScript object lists them: ids that look like array indexes come first, by number."""
    indexes = [id for id in members if _ARRAY_INDEX.match(id) and int(id) < 2**32 - 1]
    ordered = [*sorted(indexes, key=int), *(id for id in members if id not in indexes)] if indexes else members
    return [members[id] for id in ordered]
