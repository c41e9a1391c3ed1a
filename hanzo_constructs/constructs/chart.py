"""HanzoChart: a cdk8s chart that knows its platform, and lets the children of its constructs wait."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from types import MappingProxyType
from typing import Any

from ..errors import Finding, SpecError
from ..kube.manifest import Manifest
from ..platform import Platform
from .app import HanzoApp
from .cdk import Chart, Construct
from .crossing import Reference, Unhurried
from .place import caller, construct_path, is_id
from .surroundings import Surroundings, surroundings
from .waiting import WaitingRoom

__all__ = ["HanzoChart"]


class HanzoChart(WaitingRoom, Chart, metaclass=Unhurried):
    """A group of objects that are written together.

    Directly below a `HanzoApp` the constructs in it keep their children in Python until somebody looks at them.
    """

    # Plain attributes in place of the properties of Chart: reading them is no reason to make anything real.
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
        if not isinstance(scope, Construct):
            raise TypeError(f"scope: expected an app, a chart or another construct, got {type(scope).__name__}")
        self._where = f"{id} ({caller()})"
        if not is_id(id):
            raise SpecError([Finding(f"id: must be a string that is not empty, got {id!r}", where=self._where)])
        if not isinstance(namespace, str | None):
            raise TypeError(f"namespace: expected a string, got {type(namespace).__name__}")
        self.namespace = namespace  # pyright: ignore[reportIncompatibleMethodOverride]
        self._labels = dict(labels or {})
        # A copy: as in cdk8s, to change what one gets changes nothing.
        self.labels = dict(self._labels)  # pyright: ignore[reportIncompatibleMethodOverride]
        self._scope, self._id = scope, construct_path(id)
        self._own_platform = platform
        self._keeps_names_bare = disable_resource_name_hashes
        if isinstance(scope, HanzoApp) and scope._waits:
            self._waits = True
            scope._take_in(self)
        else:
            self._appear()

    @property
    def platform(self) -> Platform:
        """The platform of the chart, or else of what is above it."""
        return self._surroundings.platform

    @property
    def manifests(self) -> list[Manifest]:
        """What is written of the chart, in order; raises `ProofError` when the app as a whole does not fit together."""
        if not isinstance(self._scope, HanzoApp):
            return self.to_json()
        charts = self._scope._synthesis().charts
        mine = (part for each in charts if each.chart is self for part in each.parts)
        return [manifest for part in mine for manifest in part.manifests]

    @cached_property
    def _surroundings(self) -> Surroundings:
        """What the constructs in the chart take over from it."""
        app = self._scope
        if self._waits and isinstance(app, HanzoApp):
            platform = self._own_platform or app.platform
            return Surroundings(app, construct_path(self._id), self.namespace, self._labels, platform)
        return surroundings(self)

    def _appear(self) -> None:
        properties: dict[str, Any] = {"labels": self._labels, "disableResourceNameHashes": self._keeps_names_bare}
        if self.namespace is not None:
            properties["namespace"] = self.namespace
        self._create(Reference(self._scope) if self._waits else self._scope, self._id, properties)

    def _stand(self) -> None:
        if self._reference is None and isinstance(self._scope, HanzoApp):
            self._scope._announce(self)

    def _reveal(self) -> None:
        if isinstance(self._scope, HanzoApp):
            self._scope._become_real()
