"""Results of sections, kept by content: where one document of many has changed, the others are not compiled again.

An entry says what its documents compile to and have to do with others, as long as they have of the set what they had; that
is part of it. Nobody's entry is believed: it holds objects of this package and of Python, and any other makes it void.
"""

from __future__ import annotations

import io
import pickle
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from itertools import chain
from typing import Any, NamedTuple

from ..compiler.links import Links
from ..compiler.ties import Ties
from ..declaration import Declaration
from ..errors import Finding
from ..own_objects import Target
from ..verify import Prover
from .kept import keep_content, kept_content, make_room
from .making import Making
from .parts import Outcome, Part
from .reading import Around
from .rendering import Piece
from .sections import Placed, Section

__all__ = ["KeptSection", "SectionStore", "links_seen", "restored"]

_OURS = "hanzo_constructs"
_PYTHONS = {("builtins", "set"), ("builtins", "frozenset"), ("copyreg", "_reconstructor"), ("builtins", "object")}


class KeptSection(NamedTuple):
    """What is kept of a section."""

    packed_ties: list[bytes]
    """What each resource has to do with others, in parts."""
    names: dict[str, tuple[int, str]]
    """The number, and the place, of each resource by its name."""
    namespaces: set[str]
    """Those that its resources name."""
    objects: set[int]
    """Which of its documents hold objects of the user's own, which are read again."""
    empty: set[int]
    """Which of them hold nothing."""
    seen: list[Any]
    """What links say of each resource."""
    found: list[Finding]
    """What was found in compiling."""
    pieces: list[Piece]
    """The text of each resource."""
    prover: bytes
    """Packed."""

    @property
    def ties(self) -> list[Ties]:
        """What each resource has to do with others."""
        return [*chain.from_iterable(map(restored, self.packed_ties))]

    def holds(self, links: Links, contradictions: Iterable[Finding], scaled: Collection[Target]) -> bool:
        """Tell whether it holds in a set that has these *links* and *contradictions*, and workloads *scaled* from outside."""
        if scaled or any(each.subject in self.names for each in contradictions):
            return False
        return [links_seen(links, each) for each in self.ties] == self.seen

    @property
    def part(self) -> Part[Any]:
        """Its part in the result of the whole, but for what the prover knows."""
        known = zip(self.names.items(), self.pieces, strict=True)
        outcomes = [Outcome(where, name, piece) for (name, (_, where)), piece in known]
        return Part(outcomes, ([], [], self.found), Prover())


def links_seen(links: Links, ties: Ties) -> Any:
    """Return all that compiling a resource with *ties* learns from *links*, in a form that can be compared and kept."""
    name, routed = ties.name, ties.routed and ties.routed[0]
    seen = (
        links.routes.get(name) if ties.gateway is not None else None,
        links.admitted.get(name),
        links.targets.get(name),
        links.reached.get(name),
        links.doors.get(name),
        links.halves.get(name),
        links.gateways.get(routed) if routed else None,
    )
    return seen if any(each is not None for each in seen) else None


@dataclass
class SectionStore:
    """What is kept of sections, for all runs that are given the same but for documents."""

    base: str
    """The hash of what a result depends on beside the documents."""
    may_keep: Callable[[], bool]
    """Whether what was compiled is what the *base* says."""

    def known(self, section: Section) -> KeptSection | None:
        """Return what is kept of *section*, if anything is."""
        if (content := kept_content(section.key(self.base))) is None:
            return None
        try:
            return KeptSection(*restored(content))
        except Exception:  # noqa: BLE001 - whatever is wrong with it, it is as if it were not there
            return None

    def make_room(self) -> None:
        """Have those go that nobody has asked for the longest, as far as there are too many."""
        make_room()

    def keep(
        self,
        section: Section,
        making: Making[Any],
        around: Around,
        part: Part[Any],
        prover: bytes,
        links: Links,
    ) -> None:
        """Keep what became of *section* with these *links*, unless something in it is to be mended.

        What the *prover* knows is packed.
        """
        parsed = making.parsed
        if around.findings or parsed.wrong or parsed.contradicted or not all(each.value for each in part.outcomes):
            return
        identities = [document.identity for _, document in section.documents]
        resources, objects = _identities(parsed.declared), _identities(around.objects)
        if resources & objects or None in resources | objects:
            return
        ties = chain.from_iterable(map(pickle.loads, making.packed_ties))
        kept = KeptSection(
            making.packed_ties,
            parsed.names,
            around.namespaces,
            {index for index, each in enumerate(identities) if each in objects},
            {index for index, each in enumerate(identities) if each not in resources | objects},
            [links_seen(links, each) for each in ties],
            part.steps[2],
            [each.value.in_memory for each in part.outcomes if each.value],
            prover,
        )
        if self.may_keep():
            keep_content(section.key(self.base), (pickle.dumps(tuple(kept), protocol=5),))


def restored(packed: bytes) -> Any:
    """Return what was *packed*; raises an error where that is anything but data of this package."""
    return _Unpickler(io.BytesIO(packed)).load()


def _identities(declared: Iterable[Declaration]) -> set[str | None]:
    return {each.identity if isinstance(each, Placed) else None for each in declared}


class _Unpickler(pickle.Unpickler):
    """Restores what this package has kept, and nothing else."""

    def find_class(self, module: str, name: str) -> Any:
        """Return a class of this package, or of the few of Python's that hold data."""
        if module.partition(".")[0] == _OURS or (module, name) in _PYTHONS:
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}.{name} is not what is kept")
