"""A jsii provider that starts Node with the first call that needs it.

The import of cdk8s starts Node and loads JavaScript packages, which takes longer than compiling a hundred services. All
that the import asks of Node is to load those packages, and that can be done later.
"""

from __future__ import annotations

import sys
from typing import Any

import jsii
from jsii._kernel.providers import ProcessProvider
from jsii._kernel.types import LoadRequest, LoadResponse

from .binary import choose_node

__all__ = ["OnDemandProvider", "start_node_on_demand"]


class OnDemandProvider(ProcessProvider):
    """A provider that notes which packages to load, and chooses and starts Node with the first other request."""

    def __init__(self) -> None:
        self._to_load: list[LoadRequest] | None = []

    @property
    def is_started(self) -> bool:
        """Whether Node runs."""
        return self._to_load is None

    def load(self, request: LoadRequest) -> LoadResponse:
        """Load a package of JavaScript, or note that it has to be loaded when Node starts."""
        if self._to_load is None:
            return super().load(request)
        self._to_load.append(request)
        return LoadResponse(assembly=request.name, types=0)

    @property
    def _process(self) -> Any:
        if self._to_load is not None:
            choose_node()
            requests, self._to_load = self._to_load, None
            for request in requests:
                super().load(request)
        return super()._process


def start_node_on_demand() -> None:
    """Let jsii start Node on demand, unless the program has imported a package of jsii, which has started it."""
    if "constructs" not in sys.modules and not isinstance(jsii.kernel.provider, OnDemandProvider):
        jsii.kernel.provider = OnDemandProvider()
