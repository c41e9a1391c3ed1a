"""The resources of a cluster as one set: each compiled with its links, and again when these change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
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
from ..spec.kinds import kind_names, parse
from ..verify import Prover
from .addresses import addresses_of
from .client import ObjectRef, ref_of
from .ownership import APPLIED_ANNOTATION, Subject, digest_of, marked

__all__ = ["Child", "Compiled", "Desired", "ResourceSet", "Summary"]

Key = tuple[str, str, str, str]


class Desired(NamedTuple):
    """A child as it is to be applied."""

    id: str
    ref: ObjectRef
    manifest: Manifest
    digest: str
    requested_by: str


class Child(NamedTuple):
    """A child, as far as it is kept in mind."""

    id: str
    ref: ObjectRef
    digest: str
    """A hash of what is applied, as the child itself says it."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What a resource has come to; it is kept for thousands of resources, and the manifests are not."""

    children: tuple[Child, ...] = ()
    """In apply order; none where something is wrong."""
    refused: tuple[Finding, ...] = ()
    """Errors of the resource, or of what is derived from it."""
    unmet: tuple[Finding, ...] = ()
    """Connections to what is not in the cluster: it is compiled once that is there."""
    missing_gateway: str = ""
    """The Gateway that it wants a route in, and that is not there: `Gateway shop/gateway`."""
    elsewhere: tuple[str, ...] = ()
    """What it connects to by names that its kind has, and that is not there: `SQL shop/db`."""
    epoch: str | None = None
    """By whose rules it was derived."""
    addresses: Mapping[str, Any] = field(default_factory=dict)
    """By what it is reached, as the status says it."""


class Compiled(NamedTuple):
    """A resource that was just compiled."""

    summary: Summary
    desired: tuple[Desired, ...] = ()


@dataclass(slots=True)
class _Entry:
    said: str
    """A hash of the parts of the document by which it is compiled."""
    ties: Ties
    links: Links = NO_LINKS
    summaries: dict[str, Summary] = field(default_factory=dict)
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
        digest = digest_of(said)
        old = self._entries.get(key)
        if old is not None and old.said == digest:
            return ()
        entry = _Entry(digest, self._ties_of(said))
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

    def summary(self, resource: Manifest) -> Summary | None:
        """Return what *resource*, which was added, has come to; None where it was not compiled, or not with its links."""
        subject = Subject.of(resource)
        return self._entries[subject.ref.identity].summaries.get(subject.uid)

    def compile(self, resource: Manifest) -> Compiled:
        """Compile *resource*, which was added, and keep its summary as long as nothing changes."""
        subject = Subject.of(resource)
        entry = self._entries[subject.ref.identity]
        compiled = self._compiled(entry, resource, subject)
        entry.summaries = {subject.uid: compiled.summary}
        return compiled

    def knows(self, subject: str) -> bool:
        """Tell whether there is a resource that children name *subject*: `Service.hanzo.ai shop/api`."""
        kind, _, place = subject.partition(" ")
        name, _, group = kind.partition(".")
        namespace, _, own = place.partition("/")
        return (group, name, namespace, own) in self._refs

    def _ties_of(self, said: Manifest) -> Ties:
        try:
            return ties_of(parse(said, self.platform), self.platform)
        except SpecError:
            return ties_of_wrong(said, self.platform)

    def _relinked(self, keys: Iterable[Key], but: Key) -> tuple[ObjectRef, ...]:
        """Return which of *keys* have other links than before."""
        found = []
        for key in sorted(keys):
            entry = self._entries.get(key)
            if entry is None or key == but:
                continue
            links = self._index.links(entry.ties)
            if links != entry.links:
                entry.links, entry.summaries = links, {}
                found.append(self._refs[key])
        return tuple(found)

    def _compiled(self, entry: _Entry, document: Manifest, subject: Subject) -> Compiled:
        try:
            resource = parse(_said(document), self.platform)
            compilation = compile_unshared(resource, self.platform, links=entry.links, ties=entry.ties)
        except SpecError as error:
            return Compiled(Summary(refused=_errors(error.findings)))
        epoch = compilation.rules.epoch.name
        if compilation.unmet:
            return Compiled(Summary(unmet=tuple(_unmet(compilation, entry)), epoch=epoch))
        prover = Prover(platform=self.platform)
        prover.add(compilation)
        if errors := _errors(prover.proof().findings):
            return Compiled(Summary(refused=errors, epoch=epoch))
        desired = (*_desired(compilation, subject),)
        children = tuple(Child(each.id, each.ref, each.digest) for each in desired)
        gateway = self._gateway_of(entry)
        summary = Summary(
            children,
            missing_gateway=gateway,
            elsewhere=(*_missing(entry),),
            epoch=epoch,
            addresses=addresses_of(compilation),
        )
        return Compiled(summary, desired)

    def _gateway_of(self, entry: _Entry) -> str:
        """Name the Gateway that the resource wants a route in, where it is not there."""
        if not entry.ties.routed or self._index.gateway(entry.ties.routed[0]) is not None:
            return ""
        return "Gateway " + "/".join(filter(None, entry.ties.routed[0]))


def _errors(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(each for each in findings if each.severity == "error")


def _desired(compilation: Compilation, subject: Subject) -> Iterable[Desired]:
    for child in compilation.children:
        manifest = marked(child.manifest, subject)
        digest = manifest["metadata"]["annotations"][APPLIED_ANNOTATION]
        yield Desired(child.id, ref_of(manifest), manifest, digest, child.requested_by)


def _unmet(compilation: Compilation, entry: _Entry) -> Iterable[Finding]:
    """Yield what is wrong with the connections, in the words of a cluster, where things may come later."""
    missing = [*_missing(entry)]
    for finding in compilation.unmet:
        named = next((each for each in missing if f"{each} " in finding.message), None)
        message = f"{named} is not there; create it, and this goes on by itself" if named else finding.message
        yield replace(finding, message=message)


def _missing(entry: _Entry) -> Iterable[str]:
    """Yield what the resource connects to and is not there: `Service shop/orders`."""
    known = entry.links.targets.get(entry.ties.name, {})
    for kind, place, name in entry.ties.connects:
        if kind in kind_names() and (kind, place, name) not in known:
            yield f"{kind} {place}/{name}"


def _said(resource: Manifest) -> dict[str, Any]:
    """Return what somebody has said in *resource*: nothing that the cluster adds."""
    metadata = resource["metadata"]
    said = {key: metadata[key] for key in ("name", "namespace", "labels", "annotations") if metadata.get(key)}
    rest = {key: value for key, value in resource.items() if key not in {"metadata", "status"}}
    return {**rest, "metadata": said}
