"""Run the checks: of each object when it is added, of the set when all have been added."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Iterator
from itertools import chain
from typing import NamedTuple

from ..errors import Finding
from ..kube.fields import Path, parsed_path
from ..kube.kinds import KINDS, known_kind
from ..kube.manifest import Manifest
from ..platform import Platform, Rules
from .collectors import Reader, read_annotations, read_references, reader_of
from .company import CompanyRules
from .compiled import Compiled
from .entries import forget, put_in_order
from .external import external_objects
from .field_types import identity_findings, schema_findings, server_findings, shape_findings, unreadable, without_nulls
from .hosts import HostUse
from .identity import differ_in_labels_alone, identified, named
from .index import SetIndex
from .objects import Object, Origin, Own, Source
from .proof import Proof
from .table import CHECKS, Check, ObjectCheck, SetCheck

__all__ = ["Prover", "prove"]

_DEFAULT = Platform()


class _Treatment(NamedTuple):
    """What is done with objects of a kind."""

    kind: str
    template: Path | None
    """Where the pod template stands."""
    namespaced: bool
    finds: list[Callable[[Object], Iterable[Finding]]]
    doubts: list[Callable[[Object], Iterable[Finding]]]
    """Checks that compiling has made of derived objects, which then need them only when they were patched."""
    read: Reader | None
    refers: bool
    """Whether its fields name other objects."""
    same_kind: dict[tuple[str, str], Origin]


class Prover:
    """The proof of a set that is handed over piece by piece; it keeps an index of what was added, and no manifest."""

    def __init__(self, checks: Iterable[Check] = CHECKS, *, start: int = 0, platform: Platform | None = None) -> None:
        """Prove what *checks* promise; objects are counted from *start*, for provers that are merged.

        The *platform* says the domain of the cluster where no resource does, and its rules are asked of the user's own
        objects and of the set; left out, it is that of the first resource.
        """
        checks = tuple(checks)
        self._object_checks = [check for check in checks if isinstance(check, ObjectCheck)]
        self._set_checks = [check for check in checks if isinstance(check, SetCheck)]
        self._treatments: dict[tuple[str, str], _Treatment] = {}
        self._index = SetIndex(platform or _DEFAULT)
        self._found: list[tuple[int, Finding]] = []
        self._count = start
        self._platform = platform
        self._company: CompanyRules | None = None

    def add(
        self,
        compilation: Compiled,
        where: str = "",
        manifests: Iterable[Manifest] | None = None,
        *,
        located: Callable[[str], str] | None = None,
        order: int | None = None,
    ) -> None:
        """Add the children of a resource from *where*, or *manifests*, what the user's patches made of them.

        *located* says where a field of the resource stands. Its objects are counted from *order*, if that is given.
        """
        self._count = self._count if order is None else order
        source = Source(str(compilation.resource), where)
        self._index.platform = compilation.rules.platform
        kind, namespace = source.resource.partition(" ")[0], compilation.owner.namespace or ""

        def origin_of(field: str) -> Origin:
            place = source._replace(where=located(field) if located else where)
            return Origin(self._count, kind, namespace, compilation.owner.name, place, own=True, pristine=True)

        for finding in compilation.unmet:
            place = located(finding.path) if located else where
            self._found.append((self._count, finding.at(place, source.resource)))
        for field, host in compilation.hosts:
            self._index.hosts.append(HostUse(origin_of(field), parsed_path(field), host, "error"))
        self._index.key_needs += [(origin_of(need.field), need) for need in compilation.key_needs]
        self._index.unasked += [(origin_of(each.field), each) for each in compilation.unasked]
        own = Own(
            compilation.owner,
            compilation.pods,
            compilation.rules,
            compilation.chosen_names,
            compilation.sidecar_ports,
            scaled_from_outside=compilation.is_scaled_from_outside,
        )
        overlaid = compilation.overlaid
        if manifests is None and not overlaid:
            self._examine(compilation.manifests, source, own, pristine=True)
        else:
            compiled = {**{identified(manifest): manifest for manifest in compilation.manifests}, **overlaid}
            for manifest in compilation.manifests if manifests is None else manifests:
                original = compiled.get(identified(manifest))
                if manifest == original:
                    self._examine((manifest,), source, own, pristine=True)
                else:
                    self._examine_any(manifest, source, own, original)
        if company := self._company_of(compilation.rules.platform):
            company.note(compilation)
            for manifest in compilation.manifests if manifests is None else manifests:
                self._ask(company, manifest, source, compilation.rules)

    def add_objects(self, manifests: Iterable[Manifest], where: str = "") -> None:
        """Add objects of the user's own from *where*.

        What an API server refuses, and what cannot work, is an error; what a user may want is a warning at most.
        """
        source = Source("", where)
        for manifest in manifests:
            self._examine_any(manifest, source, None, None)
            if company := self._company_of(self._platform):
                self._ask(company, manifest, source, None)

    def merge(self, later: Prover) -> bool:
        """Add what *later* was given, whose numbers of objects begin behind those of this one.

        Return whether that could be done: when the two share an object or a route, only one prover that was given
        everything can say what is wrong.
        """
        self._found += later._found
        self._count = max(self._count, later._count)
        if later._company:
            self._company = self._company or CompanyRules(later._company.platform)
            self._company.merge(later._company)
        return self._index.merge(later._index)

    def forget(self, resources: Collection[int], most_objects: int) -> bool:
        """Forget *resources*, whose objects were counted from *most_objects* times their numbers; return False for rivals."""
        self._found = [each for each in self._found if each[0] // most_objects not in resources]
        return forget(self._index, lambda origin: origin.order // most_objects in resources)

    def put_in_order(self) -> bool:
        """Put all in the order in which objects are counted; return False where the later one of two rivals came first."""
        self._count = max(
            (each.order for objects in self._index.objects.values() for each in objects.values()), default=0
        )
        return put_in_order(self._index)

    def identities(self) -> Iterator[Hashable]:
        """Yield what only one of two provers may hold that are merged."""
        for kind, objects in self._index.objects.items():
            yield from ((kind, *name) for name in objects)
        for number, unique in enumerate(self._index.unique):
            yield from ((number, key) for key in unique)

    @property
    def index(self) -> SetIndex:
        """What was added, by what the checks look for."""
        return self._index

    def __getstate__(self) -> tuple[int, list[tuple[int, Finding]], SetIndex, CompanyRules | None]:
        """Return what another process needs to merge this prover; the checks are the same in every process."""
        return self._count, self._found, self._index, self._company

    def __setstate__(self, state: tuple[int, list[tuple[int, Finding]], SetIndex, CompanyRules | None]) -> None:
        """Restore a prover from *state*, to be merged into another one."""
        self.__init__()  # type: ignore[misc]
        self._count, self._found, self._index, self._company = state

    def proof(self) -> Proof:
        """Return what holds of everything added so far."""
        set_index, found = self._index, list(self._found)
        set_index.settle()
        for check in self._set_checks:
            found += [(origin.order, _located(finding, origin)) for origin, finding in check.find(set_index)]
        found.sort(key=lambda each: each[0])
        of_all = self._company.broken_by_set() if self._company else ()
        return Proof((*(finding for _, finding in found), *of_all), tuple(external_objects(set_index)))

    def _company_of(self, platform: Platform | None) -> CompanyRules | None:
        """Return who asks the rules of the company, where *platform*, or that of the set, has some."""
        if self._company is None and platform and (platform.rules_ or (self._platform and self._platform.rules_)):
            self._company = CompanyRules(self._platform or platform)
        return self._company

    def _ask(self, company: CompanyRules, manifest: Manifest, source: Source, rules: Rules | None) -> None:
        """Ask the rules of the *company* about *manifest*, of a resource for which *rules* hold, or of the user's own."""
        kind, namespace, name = named(manifest)
        origin = Origin(self._count, kind, namespace, name, source, rules is not None, pristine=False)
        self._found += [(self._count, _located(each, origin)) for each in company.broken_by(manifest, rules)]

    def _examine(self, manifests: Iterable[Manifest], source: Source, own: Own | None, *, pristine: bool) -> None:
        """Check each of *manifests* and add it to the index."""
        treatments, set_index, derived, order = self._treatments, self._index, own is not None, self._count
        chosen = own.chosen_names if own is not None else {}
        place = ("", "")
        for manifest in manifests:
            identity = (manifest["apiVersion"], manifest["kind"])
            treatment = treatments.get(identity) or self._treatment(identity)
            kind, template, namespaced, finds, doubts, read, refers, same_kind = treatment
            metadata = manifest["metadata"]
            namespace, name = (namespaced and metadata.get("namespace")) or "", metadata["name"]
            self._count = order = order + 1
            named = chosen.get((kind, name), "") if chosen else ""
            origin = Origin(order, kind, namespace, name, source, derived, pristine, named)
            obj = Object(manifest, origin, own, template)
            for finding in chain.from_iterable([find(obj) for find in (finds if pristine else finds + doubts)]):
                self._found.append((order, _located(finding, origin)))
            if place != (namespace, name):  # objects of a resource mostly have its name: it is held once
                place = (namespace, name)
            if (first := same_kind.setdefault(place, origin)) is not origin:
                set_index.twins.append((origin, first))
                continue  # what else is wrong with the two follows from that
            if read is not None:
                read(obj, set_index)
            if refers:
                read_references(obj, set_index)
            if "annotations" in metadata:
                read_annotations(obj, set_index)

    def _examine_any(self, manifest: Manifest, source: Source, own: Own | None, original: Manifest | None) -> None:
        """Check *manifest*, which may be anything at all."""
        kind, namespace, name = named(manifest)
        origin = Origin(self._count + 1, kind, namespace, name, source, own is not None, pristine=False)
        nameless = [*identity_findings(manifest)]
        if findings := nameless or [*shape_findings(manifest, kind)]:
            self._count += 1
            self._found += [(self._count, _located(finding, origin)) for finding in findings]
            if original is not None and own is not None:
                self._examine_quietly(original, source, own)
            elif not nameless:  # whatever it holds, it is there
                self._index.objects.setdefault(kind, {}).setdefault((namespace, name), origin)
            return
        is_labelled = original is not None and differ_in_labels_alone(manifest, original)  # as a chart does it
        unlike = [] if is_labelled else [*schema_findings(manifest, kind, origin.severity)]
        unlike += server_findings(manifest) if own is None else ()
        self._found += [(origin.order, _located(finding, origin)) for finding in unlike]
        before = len(self._found)
        try:
            self._examine((without_nulls(manifest),), source, own, pristine=False)
        except (AttributeError, IndexError, KeyError, TypeError, ValueError) as error:
            del self._found[before:]
            if not any(each.severity == "error" for each in unlike):
                self._found.append((self._count, _located(unreadable(error), origin)))
        if original is not None and own is not None:
            self._drop_what_compiling_told(before, original, source, own)

    def _examine_quietly(self, original: Manifest, source: Source, own: Own) -> None:
        """Add *original*, in place of what cannot be read of it any more, so that nothing is said to be missing."""
        before = len(self._found)
        self._examine((original,), source, own, pristine=True)
        del self._found[before:]

    def _drop_what_compiling_told(self, before: int, original: Manifest, source: Source, own: Own) -> None:
        """Drop the findings that compiling has reported of *original* already, with the path in the resource."""
        kind, template, _, _, doubts, *_ = self._treatment((original["apiVersion"], original["kind"]))
        metadata = original["metadata"]
        origin = Origin(0, kind, metadata.get("namespace") or "", metadata["name"], source, own=True, pristine=True)
        obj = Object(original, origin, own, template)
        known = {_located(finding, origin) for find in doubts for finding in find(obj)}
        if known:
            self._found[before:] = [each for each in self._found[before:] if each[1] not in known]

    def _treatment(self, identity: tuple[str, str]) -> _Treatment:
        name = known_kind(*identity)
        row = KINDS.get(name)
        mine = [check for check in self._object_checks if not check.kinds or name in check.kinds]
        finds, doubts = ([check.find for check in mine if check.told_by_compiling is said] for said in (False, True))
        same_kind = self._index.objects.setdefault(name, {})
        treatment = self._treatments[identity] = _Treatment(
            name,
            row.template if row else None,
            row is None or row.namespaced,
            finds,
            doubts,
            reader_of(name),
            bool(row and row.references),
            same_kind,
        )
        return treatment


def prove(compilations: Iterable[Compiled], others: Iterable[Manifest] = ()) -> Proof:
    """Return the proof of the children of *compilations* together with *others*, objects of the user's own."""
    prover = Prover()
    for compilation in compilations:
        prover.add(compilation)
    prover.add_objects(others)
    return prover.proof()


def _located(finding: Finding, origin: Origin) -> Finding:
    return finding.at(origin.source.where, str(origin))
