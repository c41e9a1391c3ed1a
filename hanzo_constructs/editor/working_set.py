"""A set of resources and objects that changes while somebody types, with everything that is wrong with it by now.

What `hzc compile` says of the files is said here of the texts. A change costs the reading and compiling of the documents
that it touches, of those whose links change by it, and the checks of the whole set.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import count
from typing import NamedTuple

from ..compiler.link_index import LinkIndex
from ..compiler.links import contradictions, in_order
from ..compiler.object_needs import ties_of_objects
from ..errors import Finding
from ..explain import first_places
from ..kube.fields import Path, parsed_path
from ..own_objects import Target, in_namespace, namespaces_of, own_namespace, scaled_targets
from ..platform import Platform
from ..verify import Prover
from .entries import Entry, entry_of, place_of
from .pieces import File, Piece

__all__ = ["Found", "WorkingSet"]

_TOKEN = re.compile("\x02[^\x03]*\x03")


class Found(NamedTuple):
    """A finding, and the field that it is about."""

    finding: Finding
    file: File
    piece: Piece
    entry: Entry | None
    """None: the document cannot be read."""
    path: Path = ()
    """Within what was declared, as it is written."""


class WorkingSet:
    """The set of one platform, by the names of its files."""

    def __init__(self, platform: Platform | None = None) -> None:
        """Begin with no files."""
        self.platform = platform or Platform()
        self.files: dict[str, File] = {}
        self._entries: dict[Piece, list[Entry]] = {}
        self._by_number: dict[int, Entry] = {}
        self._numbers = count(1)
        self._links: LinkIndex[int | None] = LinkIndex()
        self._linked_at = -1
        self._linked_for: frozenset[Target] = frozenset()
        self._whole = Prover()
        self.of_no_place: list[Finding] = []
        """What rules of the company say of the set as a whole, as it was at the last look at what is found."""

    def update(self, name: str, text: str | bytes) -> None:
        """Let *text* be that of the file *name*, be it new or not."""
        if (file := self.files.get(name)) is None:
            self.files[name] = File(name, text)
        else:
            file.update(text)

    def remove(self, name: str) -> None:
        """Forget the file *name*."""
        self.files.pop(name, None)

    def entries(self) -> Iterator[Entry]:
        """Yield what is declared, in the order in which the user reads the files; what is broken is as it was."""
        for name in sorted(self.files):
            for piece in self.files[name].pieces:
                yield from self.entries_of(self.files[name], piece)

    def entries_of(self, file: File, piece: Piece) -> list[Entry]:
        """Return what *piece* of *file* declares, or declared before it was broken."""
        good = piece.good
        if (known := self._entries.get(good)) is None:
            known = [entry_of(next(self._numbers), file, good, each, self.platform) for each in good.declarations]
            self._entries[good] = known
            self._by_number |= {each.number: each for each in known}
        return known

    def entry(self, number: int) -> Entry | None:
        """Return what is declared under that *number*."""
        return self._by_number.get(number)

    def whole(self) -> Prover:
        """Return the prover of the whole set as it was at the last look at what is found."""
        return self._whole

    def found(self) -> list[Found]:
        """Return everything found in the set as it is now."""
        entries = [*self.entries()]
        self._forget_others(entries)
        resources, objects = (
            [each for each in entries if not each.is_object],
            [each for each in entries if each.is_object],
        )
        twins = self._link(resources, objects)
        found = [*self._broken(), *twins]
        for each in resources:
            found += (self._at(each, finding) for finding in (*each.problems, *each.found))
        found += self._contradicting(resources)
        self._whole = self._proven([each for each in (*resources, *objects) if each.prover])
        proven = self._whole.proof().findings
        found += self._of_proof(proven)
        self.of_no_place = [each for each in proven if place_of(each.where) is None]
        return [each._replace(finding=self._readable(each.finding)) for each in found if self._is_shown(each)]

    def _forget_others(self, entries: list[Entry]) -> None:
        """Forget what is declared no more."""
        if len(entries) < len(self._by_number):
            pieces = {each.piece for each in entries}
            self._entries = {piece: known for piece, known in self._entries.items() if piece in pieces}
            self._by_number = {each.number: each for each in entries}

    def _link(self, resources: list[Entry], objects: list[Entry]) -> list[Found]:
        """Compile what is new or linked otherwise than before, and return which resources there are twice."""
        namespace = own_namespace(namespaces_of(each.data for each in resources), self.platform)
        seen = [in_namespace(each.data, namespace) for each in objects]
        first: dict[str, Entry] = {}
        twins: list[Found] = []
        counted: list[Entry] = []
        for each in resources:
            if each.resource is None or first.setdefault(each.subject, each) is each:
                counted.append(each)
            else:
                twin = Finding(
                    f"is declared twice (also at {first[each.subject].token()})", "metadata.name", each.subject
                )
                twins.append(self._at(each, twin))
                each.leave_out()
        self._index(counted)
        self._links.add(None, ties_of_objects(seen, self.platform))
        scaled = scaled_targets(seen)
        relinked = self._links.version != self._linked_at or scaled != self._linked_for
        self._linked_at, self._linked_for = self._links.version, scaled
        for each in counted:
            if relinked or not each.is_compiled:
                each.compile(self.platform, self._links.links(each.ties), scaled)
        for each in objects:
            each.place_in(namespace, self.platform)
        return twins

    def _index(self, counted: Iterable[Entry]) -> None:
        wanted = {each.number: each.ties for each in counted if each.ties.kind}
        for number in [number for number in self._links if number is not None and number not in wanted]:
            self._links.remove(number)
        for number, ties in wanted.items():
            self._links.add(number, ties)

    def _contradicting(self, resources: list[Entry]) -> Iterator[Found]:
        routes = in_order(each.ties.routed for each in resources if each.ties.routed)
        by_name = {str(each.resource): each for each in reversed(resources) if each.resource} if routes else {}
        for finding in contradictions(routes):
            if owner := by_name.get(finding.subject):
                yield self._at(owner, finding)

    def _proven(self, entries: list[Entry]) -> Prover:
        """Return a prover that has seen *entries*."""
        whole = Prover(platform=self.platform)
        if all(whole.merge(each.prover) for each in entries if each.prover):
            return whole
        counts = Counter(identity for each in entries if each.prover for identity in each.prover.identities())
        shared = Prover(platform=self.platform)
        namespace = own_namespace(namespaces_of(each.data for each in entries if not each.is_object), self.platform)
        apart: list[Entry] = []
        for each in entries:
            if each.prover and any(counts[identity] > 1 for identity in each.prover.identities()):
                each.show_to(shared, namespace)
            else:
                apart.append(each)
        for each in apart:
            if each.prover:
                shared.merge(each.prover)
        return shared

    def _broken(self) -> Iterator[Found]:
        for file in self.files.values():
            for piece in file.pieces:
                yield from (Found(finding, file, piece, None) for finding in piece.findings)

    def _at(self, entry: Entry, finding: Finding) -> Found:
        return Found(finding, entry.file, entry.piece, entry, parsed_path(finding.path))

    def _of_proof(self, findings: Iterable[Finding]) -> Iterator[Found]:
        """Yield *findings* of the whole set, those in what is derived at the field that decides it."""
        known = [(finding, *self._place(finding.where)) for finding in findings]
        looked_at = first_places(
            finding for finding, entry, path in known if entry and not path and not entry.is_object
        )
        for finding, entry, path in known:
            if entry is None:
                continue
            if entry.is_object:
                field = parsed_path(finding.path)
            else:
                field = path or (entry.deciding_field(finding) if finding.where in looked_at else ())
            yield Found(finding, entry.file, entry.piece, entry, field)

    def _place(self, token: str) -> tuple[Entry | None, Path]:
        """Return the entry that *token* stands for, and the path in it; None where there is no such entry."""
        place = place_of(token)
        return (self._by_number.get(place[0]), place[1]) if place else (None, ())

    def _is_shown(self, found: Found) -> bool:
        """Tell whether the piece stands in its file now: what was wrong with it before it was broken does not count."""
        return found.entry is None or found.piece in found.file.pieces

    def _readable(self, finding: Finding) -> Finding:
        """Return *finding* with the places that its message names as `file:line`."""
        if "\x02" not in finding.message:
            return finding
        return replace(finding, message=_TOKEN.sub(lambda token: self._where(token[0]), finding.message))

    def _where(self, token: str) -> str:
        entry, path = self._place(token)
        if entry is None:
            return "elsewhere"
        found = entry.piece.nearest(entry.declaration, path) if path else None
        line = entry.piece.line + found[1].whole.start.line + 1 if found else entry.piece.first_line(entry.declaration)
        return f"{entry.file.name}:{line}"
