"""Let Node sleep until something has to be done in JavaScript.

The import of cdk8s starts Node and loads its JavaScript, which takes longer than compiling a hundred services. All that
the import needs of Node can wait.
"""

from __future__ import annotations

import sys
from typing import Any

import jsii
from jsii._kernel.providers import ProcessProvider
from jsii._kernel.types import LoadRequest, LoadResponse

from .node import choose_node

__all__ = ["SleepingProvider", "let_node_sleep"]


class SleepingProvider(ProcessProvider):
    """The way to Node, which is chosen and started when the first call takes it."""

    def __init__(self) -> None:
        self._to_load: list[LoadRequest] | None = []

    @property
    def is_asleep(self) -> bool:
        """Whether Node has not been needed yet."""
        return self._to_load is not None

    def load(self, request: LoadRequest) -> LoadResponse:
        """Load an assembly, or note that it has to be loaded before anything else is done."""
        if self._to_load is None:
            return super().load(request)
        self._to_load.append(request)
        return LoadResponse(assembly=request.name, types=0)

    @property
    def _process(self) -> Any:
        if self._to_load is not None:
            choose_node()
            waiting, self._to_load = self._to_load, None
            for request in waiting:
                super().load(request)
        return super()._process


def let_node_sleep() -> None:
    """Put Node to sleep, unless an import of a jsii package has woken it already."""
    if "constructs" not in sys.modules and not isinstance(jsii.kernel.provider, SleepingProvider):
        jsii.kernel.provider = SleepingProvider()
