"""What the constructs of all kinds have in common: a resource and its children in the construct tree."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, ClassVar, Generic, Self, TypeVar, cast

from ..compiler import Compilation, compile_unshared
from ..compiler.endpoints import Endpoints, endpoints
from ..errors import Finding, SpecError
from ..kube.copying import own_copy
from ..kube.manifest import Manifest
from ..kube.model import Model, parse_python
from ..platform import Platform
from ..spec.kinds import kind_named
from ..spec.resource import Resource
from .cdk import ApiObject, Construct, jsii
from .chart import HanzoChart
from .crossing import Crossing, Reference, Unhurried
from .declared import declared_resource
from .kept import KeptCompilation, packed
from .objects import ChildObject
from .place import caller, construct_path, is_id
from .plus import plain
from .proving import watch_over
from .references import Used
from .roles import take_roles
from .surroundings import Surroundings, surroundings

__all__ = ["ResourceConstruct"]

R = TypeVar("R", bound=Resource)


class ResourceConstruct(Crossing, Construct, Generic[R], metaclass=Unhurried):
    """A resource of the platform, and the Kubernetes objects derived from it as its children.

    The construct of a kind names the kind, the child that `ApiObject.of` means, and its children as attributes.
    """

    kind: ClassVar[str]
    main_child: ClassVar[str]

    def __init__(  # noqa: PLR0913 - the parameters are the parts of a resource
        self,
        scope: Construct,
        id: str,
        spec: Model | Mapping[str, Any],
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
        self._around = _surroundings(scope, id, platform)
        self._scope, self._id = scope, construct_path(id)
        self._where = f"{construct_path(self._around.path, id)} ({caller()})"
        name = id if name is None else name
        metadata = {
            "name": name,
            "namespace": self._around.namespace if namespace is None else namespace,
            "labels": _dict(labels),
            "annotations": _dict(annotations),
        }
        kind = kind_named(self.kind)
        used = Used()
        spec = used.plain(spec, ("spec",))
        document = {
            "apiVersion": kind.api_version(self._around.platform),
            "metadata": {key: value for key, value in metadata.items() if value is not None},
            "spec": _dict(plain(spec)),
        }
        packed_document = packed(document)
        try:
            resource = parse_python(kind.model, document)
            # what is packed was plain data, of which parsing has made models of our own
            compilation = self._compile(resource if packed_document else own_copy(resource))
            used.withhold(compilation.owner)
        except SpecError as error:
            raise SpecError(finding.at(self._where, f"{self.kind} {name}") for finding in error.findings) from None
        self._kept = KeptCompilation(compilation, packed_document)
        self._children: dict[str, ChildObject] | None = None
        self._waits = True
        if isinstance(scope, HanzoChart) and scope._waits:
            scope._take_in(self)
        else:
            watch_over(self._around.root)
            self._become_real()
        self._joined(compilation.resource, used.datastores)

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
        around = _surroundings(scope, id, platform)
        where = f"{construct_path(around.path, id)} ({caller()})"
        try:
            declared = declared_resource(resource, cls.kind, around.platform)
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

    @property
    def compilation(self) -> Compilation:
        """The children as compiled, and the reason for everything; what the chart and patches add is not in it."""
        return self._kept.compilation

    @property
    def resource(self) -> R:
        """The resource as declared."""
        return cast("R", self.compilation.resource)

    @property
    def endpoints(self) -> Endpoints:
        """The URLs under which the resource is reached."""
        return endpoints(self.compilation)

    @property
    def children(self) -> Mapping[str, ApiObject]:
        """The children by id, made real."""
        self._become_real()
        return MappingProxyType(self._children or {})

    @property
    def manifests(self) -> list[Manifest]:
        """What is written, in order, with what patches and the chart have added."""
        if self._waits or self._children is None:
            return list(self._manifests.values())
        return [child.to_json() for child in self._children.values()]

    @property
    def custom_resource(self) -> ApiObject | None:
        """The resource itself, where the platform's output is resources for an operator; else None."""
        return self.children.get("Resource")

    @property
    def _is_for_operators(self) -> bool:
        """Whether the resource itself is written, for an operator that compiles it in the cluster."""
        return self._kept.rules.platform.output == "resources"

    @property
    def _is_written_as_compiled(self) -> bool:
        """Whether nothing is added to the children as long as they wait."""
        return not self._around.labels

    @property
    def _manifests(self) -> dict[str, Manifest]:
        """What is written as long as nobody patches it, by id: the children or the resource, with the chart's labels."""
        objects = {"Resource": self.compilation.resource_manifest} if self._is_for_operators else self._kept.manifests
        for manifest in objects.values() if self._around.labels else ():
            metadata = manifest["metadata"]
            metadata["labels"] = {**self._around.labels, **metadata.get("labels", {})}
        return objects

    def _compile(self, resource: Resource) -> Compilation:
        """Derive the children of *resource*."""
        return compile_unshared(resource, self._around.platform)

    def _joined(self, resource: Resource, owners: Sequence[Any] = ()) -> None:
        """Tell the others that *resource* is declared, which has credentials of *owners*."""

    def _child(self, id: str, manifest: Manifest) -> ChildObject:
        """Make the child *id*."""
        return ChildObject(self, id, manifest)

    def _appear(self) -> None:
        """Let JavaScript hear of the construct, though not of its children."""
        take_roles(type(self))
        self._create(Reference(self._scope), self._id)

    def _become_real(self) -> None:
        """Make the children."""
        if not self._waits:
            return
        if self._reference is None:
            if isinstance(self._scope, HanzoChart) and self._scope._waits:
                self._scope._announce(self)
            else:
                self._appear()
        self._waits = False
        self._children = {id: self._child(id, manifest) for id, manifest in self._manifests.items()}
        if main := self._children.get(self.main_child):
            jsii.set(jsii.get(self, "node"), "defaultChild", Reference(main))

    _crossed = _become_real


def _surroundings(scope: Construct, id: str, platform: Platform | None) -> Surroundings:
    if not isinstance(scope, Construct):
        raise TypeError(f"scope: expected a chart or another construct, got {type(scope).__name__}")
    if not is_id(id):
        raise SpecError([Finding(f"id: must be a string that is not empty, got {id!r}", where=str(caller()))])
    around = scope._surroundings if isinstance(scope, HanzoChart) else surroundings(scope)
    return around._replace(platform=platform) if platform else around


def _dict(value: object) -> object:
    return dict(value) if isinstance(value, Mapping) else value
