"""What the constructs of all kinds have in common: a resource and its children in the construct tree."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Generic, Self, cast

from pydantic import BaseModel
from typing_extensions import TypeVar

from ...compiler import Compilation, compile_unshared
from ...compiler.endpoints import Endpoints, endpoints
from ...compiler.links import Links
from ...compiler.offers import Offer
from ...compiler.ties import Ties
from ...errors import Finding, SpecError
from ...garbage_collection import paused_garbage_collection
from ...kube.copying import own_copy
from ...kube.model import parse_as
from ...platform import Platform
from ...spec.kinds import kind_named
from ...spec.resource import Resource
from ...spec.short_forms import as_written
from ..lazy.arguments import check_argument
from ..lazy.object import DeferredMeta
from ..lazy.packed import PackedCompilation, packed
from ..lazy.resource import LazyResource
from ..lazy.scope import LazyScope
from ..node.caller import caller, construct_path, is_id
from ..node.cdk import ApiObject, Construct
from ..synth.chart import HanzoChart
from ..synth.context import Context, context_of
from ..synth.links import patched_ties, ties_to_others, tree_links
from ..synth.validation import validated_by_proof
from .loading import loaded_resource
from .plus import plain
from .secret_refs import SecretRefs

__all__ = ["ResourceConstruct"]

R = TypeVar("R", bound=Resource)
S = TypeVar("S", default=Any)
"""What the spec may be."""


class ResourceConstruct(LazyResource, Construct, Generic[R, S], metaclass=DeferredMeta):
    """A resource of the platform, and the Kubernetes objects derived from it as its children.

    The construct of a kind names the kind, the child that `ApiObject.of` means, and its children as attributes.
    """

    kind: ClassVar[str]

    _compiled: PackedCompilation
    _ties: Ties
    """What the resource has to do with others, with what patches say of its children."""
    _declared_ties: Ties
    """The same without patches."""
    _compiled_ties: Ties
    """The ties that the compilation was made with."""
    _version: int
    """The version of the links that the compilation was last compared with."""

    def __init__(  # noqa: PLR0913 - the parameters are the parts of a resource
        self,
        scope: Construct,
        id: str,
        spec: S,
        *,
        name: str | None = None,
        namespace: str | None = None,
        labels: Mapping[str, str] | None = None,
        annotations: Mapping[str, str] | None = None,
        platform: Platform | None = None,
    ) -> None:
        """Compile *spec*; raises `SpecError` with every finding before there is anything in the tree.

        *spec* is a mapping in wire names or a model. The *name* is the id, and the *namespace* the chart's, unless they
        are given. *labels* and *annotations* are the resource's own; labels that begin with hanzo.ai/ reach the
        children. The *platform* is that of the nearest HanzoChart or HanzoApp, unless one is given.
        """
        self._context = _context(scope, id, platform)
        self._chart_labels = self._context.labels
        self._scope, self._id = scope, construct_path(id)
        self._where = f"{construct_path(self._context.path, id)} ({caller()})"
        name = id if name is None else name
        metadata = {
            "name": name,
            "namespace": self._context.namespace if namespace is None else namespace,
            "labels": _dict(labels),
            "annotations": _dict(annotations),
        }
        # Of the thousands of objects that compiling makes, next to none lasts.
        with paused_garbage_collection():
            resource = self._declared_resource(metadata, spec)
        self._is_lazy = True
        if isinstance(scope, LazyScope) and scope._is_lazy:
            scope._add(self)
        else:
            validated_by_proof(self._context.root)
            self._materialise()
        tree_links(self._context.root).add(self, resource, self._ties)

    @classmethod
    def from_resource(
        cls,
        scope: Construct,
        id: str,
        resource: Resource | Mapping[str, Any] | str | os.PathLike[str],
        *,
        platform: Platform | None = None,
    ) -> Self:
        """Compile *resource*: a typed one, a document, or the path of a file that holds one of this kind."""
        context = _context(scope, id, platform)
        where = f"{construct_path(context.path, id)} ({caller()})"
        try:
            declared = loaded_resource(resource, cls.kind, context.platform)
        except SpecError as error:
            raise SpecError(finding.at(where) for finding in error.findings) from None
        metadata = declared.metadata
        return cls(
            scope,
            id,
            declared.spec,
            name=metadata.name,
            namespace=metadata.namespace,
            labels=metadata.labels,
            annotations=metadata.annotations,
            platform=platform,
        )

    @classmethod
    def _advice(cls, argument: str) -> str:
        """Say what to write in place of an *argument* that there is not, or for one that is missing."""
        if argument in _MISSING:
            return _MISSING[argument]
        if argument == "metadata":
            return "write name, namespace, labels and annotations beside the spec"
        spec: type[BaseModel] = kind_named(cls.kind).model.model_fields["spec"].annotation  # type: ignore[assignment]
        fields = {name: field.alias or name for name, field in spec.model_fields.items()}
        wire = fields.get(argument) or (argument if argument in fields.values() else "")
        return f'write it in the spec: {cls.__name__}(chart, "id", {{"{wire}": ...}})' if wire else ""

    @property
    def resource(self) -> R:
        """The resource as declared."""
        return cast("R", self._compiled.resource)

    @property
    def endpoints(self) -> Endpoints:
        """The URLs under which the resource is reached."""
        return endpoints(self.compilation)

    @property
    def custom_resource(self) -> ApiObject | None:
        """The resource itself, where the platform's output is resources for an operator; else None."""
        return self.children.get("Resource")

    @property
    def _packed(self) -> PackedCompilation:
        """The compilation with the links that there are now; raises `SpecError` where they do not fit the resource."""
        links = tree_links(self._context.root)
        if self._version != links.version:
            found = links.links(self._ties)
            if found != self._compiled.links or self._ties is not self._compiled_ties:
                self._recompile(found)
            self._version = links.version
        return self._compiled

    def _declared_resource(self, metadata: Mapping[str, object], spec: S) -> Resource:
        """Compile *spec*, and return it as a resource with that *metadata*; raises `SpecError` with every finding."""
        kind = kind_named(self.kind)
        secrets = SecretRefs()
        plain_spec = secrets.plain(spec, ("spec",))
        document = {
            "apiVersion": kind.api_version(self._context.platform),
            "metadata": {key: value for key, value in metadata.items() if value is not None},
            "spec": _dict(plain(plain_spec)),
        }
        packed_document = packed(document)
        try:
            resource = parse_as(kind.model, document)
            # what is packed was plain data, of which parsing has made models of our own
            resource = resource if packed_document else own_copy(resource)
            self._declare(resource, packed_document, secrets.datastores)
            secrets.check_readable(self._compiled.owner)
        except SpecError as error:
            findings = (as_written(finding, document) for finding in error.findings)
            raise SpecError(
                finding.at(self._where, f"{self.kind} {metadata['name']}") for finding in findings
            ) from None
        return resource

    def _declare(self, resource: Resource, document: bytes | None, datastores: Sequence[Offer] = ()) -> None:
        """Compile *resource*, whose *document* is packed, and which reads the credentials of *datastores*."""
        platform = self._context.platform
        links = tree_links(self._context.root)
        ties = ties_to_others(resource, datastores, platform)
        found = links.links(ties)
        self._compiled = PackedCompilation(self._compile(resource, ties, found), found, document)
        self._ties = self._declared_ties = self._compiled_ties = ties
        self._version = links.version

    def _compile(self, resource: Resource, ties: Ties, links: Links) -> Compilation:
        """Derive the children of *resource*, which has *ties* to others, with the *links* that these come to."""
        if contradiction := tree_links(self._context.root).contradiction(ties):
            raise SpecError([contradiction])
        return compile_unshared(resource, self._context.platform, links=links, ties=ties)

    def _recompile(self, links: Links) -> None:
        """Compile again, because another resource that is declared or removed has changed the *links*."""
        last = self._compiled
        try:
            compilation = self._compile(last.resource, self._ties, links)
        except SpecError as error:
            raise SpecError(finding.at(self._where, last.subject) for finding in error.findings) from None
        self._compiled = PackedCompilation(compilation, links, last.source)
        self._compiled_ties = self._ties

    def _take_patches(self) -> Ties:
        """Return what the resource has to do with others by now, with what patches say of its children."""
        if patched := self._patched:
            ties = patched_ties(self._declared_ties, self._compiled.resource, patched, self._context.platform)
            if ties != self._ties:
                self._ties = ties
        return self._ties


_MISSING = {
    "scope": "a chart or another construct",
    "id": "a name in the tree, which the resource bears too unless it has another",
    "spec": 'a mapping such as {"image": "ghcr.io/acme/web:v1"}, or a model',
}
"""What each of the arguments is that there must be."""


def _context(scope: Construct, id: str, platform: Platform | None) -> Context:
    check_argument("scope", scope, Construct, "a chart or another construct")
    if not is_id(id):
        raise SpecError([Finding(f"id: must be a string that is not empty, got {id!r}", where=str(caller()))])
    check_argument("platform", platform, Platform | None, "a Platform, such as load_platform(file) returns")
    context = scope._context if isinstance(scope, HanzoChart) else context_of(scope)
    return context._replace(platform=platform) if platform else context


def _dict(value: object) -> object:
    return dict(value) if isinstance(value, Mapping) else value
