"""The resources of a cluster as one set: each compiled with its links, and again when these change."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from ..compiler import Compilation, compile_unshared
from ..compiler.link_index import LinkIndex
from ..compiler.links import NO_LINKS, Links
from ..compiler.resource_ties import ties_of, ties_of_wrong
from ..compiler.ties import Ties
from ..errors import Finding, SpecError
from ..kube.manifest import Manifest
from ..platform import Platform
from ..spec.kinds import parse
from ..spec.resource import Resource
from ..verify import Prover
from .client import ObjectRef, ref_of
from .ownership import APPLIED_ANNOTATION, Subject, marked

__all__ = ["Compiled", "Desired", "ResourceSet"]

Key = tuple[str, str, str, str]


class Desired(NamedTuple):
    """A child as it is to be applied."""

    id: str
    ref: ObjectRef
    manifest: Manifest
    digest: str
    requested_by: str


@dataclass(frozen=True)
class Compiled:
    """What a resource has come to: its children, or why there are none."""

    compilation: Compilation | None = None
    desired: tuple[Desired, ...] = ()
    refused: tuple[Finding, ...] = ()
    """Errors of the resource, or of what is derived from it."""
    unmet: tuple[Finding, ...] = ()
    """Connections to what is not in the cluster: it is compiled once that is there."""
    missing_gateway: str = ""
    """The Gateway that it wants a route in, and that is not there: `Gateway shop/gateway`."""


@dataclass
class _Entry:
    said: Manifest
    """The parts of the document by which it is compiled."""
    ties: Ties
    resource: Resource | None = None
    problems: tuple[Finding, ...] = ()
    links: Links = NO_LINKS
    compiled: dict[str, Compiled] = field(default_factory=dict)
    """By the uid, which the children name; empty when it must be compiled again."""


class ResourceSet:
    """The resources of a cluster, and the links between them."""

    def __init__(self, platform: Platform) -> None:
        """Begin empty. Whatever the *platform* says of its output, here everything is derived."""
        self.platform = (
            platform if platform.output == "children" else platform.model_copy(update={"output": "children"})
        )
        self._entries: dict[Key, _Entry] = {}
        self._refs: dict[Key, ObjectRef] = {}
        self._index: LinkIndex[Key] = LinkIndex()

    def add(self, resource: Manifest) -> tuple[ObjectRef, ...]:
        """Note *resource* as it is now, and return which others have other links by that."""
        said, key = _said(resource), ref_of(resource).identity
        old = self._entries.get(key)
        if old is not None and old.said == said:
            return ()
        entry = self._parsed(said)
        before = {*self._index.related(old.ties)} if old else set()
        self._index.add(key, entry.ties)
        self._entries[key], self._refs[key] = entry, ref_of(resource)
        entry.links = self._index.links(entry.ties)
        return self._relinked(before | {*self._index.related(entry.ties)}, key)

    def remove(self, ref: ObjectRef) -> tuple[ObjectRef, ...]:
        """Forget the resource, and return which others have other links by that."""
        key = ref.identity
        entry = self._entries.pop(key, None)
        if entry is None:
            return ()
        related = {*self._index.related(entry.ties)}
        self._index.remove(key)
        del self._refs[key]
        return self._relinked(related, key)

    def compiled(self, resource: Manifest) -> Compiled:
        """Return what *resource*, which was added, has come to; a result is kept as long as nothing has changed."""
        subject = Subject.of(resource)
        entry = self._entries[subject.ref.identity]
        if (known := entry.compiled.get(subject.uid)) is None:
            known = self._compile(entry, subject)
            entry.compiled = {subject.uid: known}
        return known

    def knows(self, subject: str) -> bool:
        """Tell whether there is a resource that children name *subject*: `Service.hanzo.ai shop/api`."""
        kind, _, place = subject.partition(" ")
        name, _, group = kind.partition(".")
        namespace, _, own = place.partition("/")
        return (group, name, namespace, own) in self._refs

    def _parsed(self, said: Manifest) -> _Entry:
        try:
            resource = parse(said, self.platform)
        except SpecError as error:
            return _Entry(said, ties_of_wrong(said, self.platform), problems=error.findings)
        return _Entry(said, ties_of(resource, self.platform), resource)

    def _relinked(self, keys: Iterable[Key], but: Key) -> tuple[ObjectRef, ...]:
        """Return which of *keys* have other links than before."""
        found = []
        for key in sorted(keys):
            entry = self._entries.get(key)
            if entry is None or key == but:
                continue
            links = self._index.links(entry.ties)
            if links != entry.links:
                entry.links, entry.compiled = links, {}
                found.append(self._refs[key])
        return tuple(found)

    def _compile(self, entry: _Entry, subject: Subject) -> Compiled:
        if entry.resource is None:
            return Compiled(refused=entry.problems)
        try:
            compilation = compile_unshared(entry.resource, self.platform, links=entry.links, ties=entry.ties)
        except SpecError as error:
            return Compiled(refused=tuple(each for each in error.findings if each.severity == "error"))
        if compilation.unmet:
            return Compiled(compilation, unmet=tuple(_unmet(compilation, entry)))
        prover = Prover(platform=self.platform)
        prover.add(compilation)
        if errors := tuple(each for each in prover.proof().findings if each.severity == "error"):
            return Compiled(compilation, refused=errors)
        return Compiled(compilation, (*_desired(compilation, subject),), missing_gateway=self._gateway_of(entry))

    def _gateway_of(self, entry: _Entry) -> str:
        """Name the Gateway that the resource wants a route in, where it is not there."""
        if not entry.ties.routed or self._index.gateway(entry.ties.routed[0]) is not None:
            return ""
        return "Gateway " + "/".join(filter(None, entry.ties.routed[0]))


def _desired(compilation: Compilation, subject: Subject) -> Iterable[Desired]:
    for child in compilation.children:
        manifest = marked(child.manifest, subject)
        digest = manifest["metadata"]["annotations"][APPLIED_ANNOTATION]
        yield Desired(child.id, ref_of(manifest), manifest, digest, child.requested_by)


def _unmet(compilation: Compilation, entry: _Entry) -> Iterable[Finding]:
    """Yield what is wrong with the connections, in the words of a cluster, where things may come later."""
    known = entry.links.targets.get(entry.ties.name, {})
    for finding in compilation.unmet:
        missing = [
            " ".join((kind, f"{place}/{name}"))
            for kind, place, name in entry.ties.connects
            if (kind, place, name) not in known
        ]
        named = next((each for each in missing if f"{each} " in finding.message), None)
        message = f"{named} is not there; create it, and this goes on by itself" if named else finding.message
        yield replace(finding, message=message)


def _said(resource: Manifest) -> dict[str, Any]:
    """Return what somebody has said in *resource*: nothing that the cluster adds."""
    metadata = resource["metadata"]
    said = {key: metadata[key] for key in ("name", "namespace", "labels", "annotations") if metadata.get(key)}
    rest = {key: value for key, value in resource.items() if key not in {"metadata", "status"}}
    return {**rest, "metadata": said}
