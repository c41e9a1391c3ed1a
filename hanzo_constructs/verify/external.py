"""What a set needs from outside: the objects that it refers to and does not contain."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from ..kube.fields import field_path
from .facts import Reference
from .index import SetIndex

__all__ = ["External", "Use", "external_objects", "needs_lines"]

_NAMED = 5
"""Objects of one kind that are named; the others are counted."""


class Use(NamedTuple):
    """A place that refers to an object outside the set."""

    subject: str
    """The object, `Deployment shop/api`."""
    path: str
    """The field path inside the object."""
    where: str
    """`file:line` or construct path; empty when it is not known."""


@dataclass(frozen=True, slots=True)
class External:
    """An object that the set refers to and does not contain."""

    kind: str
    namespace: str
    """Empty when the objects that refer to it carry none."""
    name: str
    references: tuple[Reference, ...]

    def __str__(self) -> str:
        """Name the object as messages do: `Secret shop/api-database`."""
        return f"{self.kind} {self.namespace}/{self.name}" if self.namespace else f"{self.kind} {self.name}"

    @property
    def optional(self) -> bool:
        """Whether the pods run without it."""
        return all(optional for *_, optional, _ in self.references)

    @property
    def condition(self) -> str:
        """What must hold of it besides that it is there; empty where nothing must."""
        others = sorted({origin.namespace for _, _, _, origin, *_ in self.references} - {self.namespace})
        if not self.kind.startswith("Gateway.") or not others:
            return ""
        return f"allowedRoutes of its listeners let in {', '.join(others)}"

    @property
    def uses(self) -> tuple[Use, ...]:
        """Who needs it, in input order."""
        return tuple(
            Use(str(origin), field_path(path), origin.source.where) for _, _, _, origin, path, *_ in self.references
        )


def external_objects(set_index: SetIndex) -> Iterator[External]:
    """Yield what is referred to and not there, in the order of first use."""
    missing: dict[tuple[str, str, str], list[Reference]] = {}
    for reference in set_index.missing:
        if not reference[-1]:  # else it is a finding
            missing.setdefault(reference[:3], []).append(reference)
    for (kind, namespace, name), references in missing.items():
        yield External(kind, namespace, name, tuple(references))


def needs_lines(external: Iterable[External]) -> Iterator[str]:
    """Yield a line for each kind of object that the set refers to and does not contain."""
    by_kind: dict[str, list[str]] = {}
    for needed in external:
        name = f"{needed.namespace}/{needed.name}" if needed.namespace else needed.name
        notes = [note for note in ("optional" if needed.optional else "", needed.condition) if note]
        by_kind.setdefault(needed.kind, []).append(f"{name} ({'; '.join(notes)})" if notes else name)
    for kind, names in sorted(by_kind.items()):
        more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
        yield f"needs {kind} {', '.join(sorted(names)[:_NAMED])}{more}"
