"""HanzoChart: a cdk8s chart that knows its platform, and creates the objects of its constructs on demand."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from types import MappingProxyType
from typing import Any

from ...errors import Finding, SpecError
from ...kube.manifest import Manifest
from ...platform import Platform
from ..lazy.arguments import check_argument
from ..lazy.object import DeferredMeta, Reference
from ..lazy.scope import LazyApp, LazyScope
from ..node.caller import caller, construct_path, is_id
from ..node.cdk import Chart, Construct
from .context import Context, context_of

__all__ = ["HanzoChart"]


class HanzoChart(LazyScope, Chart, metaclass=DeferredMeta):
    """A group of objects that are written together.

    Directly below a `HanzoApp`, the children of its constructs become objects of cdk8s when somebody looks at them.
    """

    # Plain attributes in place of the properties of Chart: reading them creates nothing in JavaScript.
    namespace: str | None = None
    labels: Mapping[str, str] = MappingProxyType({})

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        namespace: str | None = None,
        labels: Mapping[str, str] | None = None,
        disable_resource_name_hashes: bool = False,
        platform: Platform | None = None,
    ) -> None:
        """Make a chart; *namespace* and *labels* are those of its objects, the *platform* is the app's unless given."""
        super().__init__()
        check_argument("scope", scope, Construct, "an app, a chart or another construct")
        self._where = f"{id} ({caller()})"
        if not is_id(id):
            raise SpecError([Finding(f"id: must be a string that is not empty, got {id!r}", where=self._where)])
        _check_properties(self._where, namespace, labels, disable_resource_name_hashes, platform)
        self.namespace = namespace  # pyright: ignore[reportIncompatibleMethodOverride]
        self._labels = dict(labels or {})
        # A copy: as in cdk8s, to change what one gets changes nothing.
        self.labels = dict(self._labels)  # pyright: ignore[reportIncompatibleMethodOverride]
        self._scope, self._id = scope, construct_path(id)
        self._own_platform = platform
        self._keeps_names_bare = disable_resource_name_hashes
        if isinstance(scope, LazyApp) and scope._is_lazy:
            self._is_lazy = True
            scope._add(self)
        else:
            self._create_node()

    @property
    def platform(self) -> Platform:
        """The platform of the chart, or else of what is above it."""
        return self._context.platform

    @property
    def manifests(self) -> list[Manifest]:
        """What is written of the chart, in order; raises `ProofError` when the app as a whole does not fit together."""
        return self._scope._manifests_of(self) if isinstance(self._scope, LazyApp) else self.to_json()

    @cached_property
    def _context(self) -> Context:
        """What the constructs in the chart take over from it."""
        app = self._scope
        if self._is_lazy and isinstance(app, LazyApp):
            platform = self._own_platform or app.platform
            return Context(app, construct_path(self._id), self.namespace, self._labels, platform)
        return context_of(self)

    def _create_node(self) -> None:
        properties: dict[str, Any] = {"labels": self._labels, "disableResourceNameHashes": self._keeps_names_bare}
        if self.namespace is not None:
            properties["namespace"] = self.namespace
        self._create(Reference(self._scope) if self._is_lazy else self._scope, self._id, properties)

    def _ensure_node(self) -> None:
        if self._reference is None and isinstance(self._scope, LazyApp):
            self._scope._create_nodes(self)

    def _materialise_tree(self) -> None:
        if isinstance(self._scope, LazyApp):
            self._scope._materialise()


def _check_properties(
    where: str, namespace: object, labels: object, keeps_names_bare: object, platform: object
) -> None:
    check_argument("namespace", namespace, str | None, "a string", where=where)
    check_argument("labels", labels, Mapping | None, "a mapping of strings", where=where)
    for key, value in labels.items() if isinstance(labels, Mapping) else ():
        check_argument("labels", key, str, "strings for keys", where=where)
        check_argument(f"labels.{key}", value, str, "a string", where=where)
    check_argument("disable_resource_name_hashes", keeps_names_bare, bool, "True or False", where=where)
    check_argument(
        "platform", platform, Platform | None, "a Platform, such as load_platform(file) returns", where=where
    )
