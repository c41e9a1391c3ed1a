"""The one door to cdk8s, behind which Node sleeps until something has to be done in JavaScript.

The import of cdk8s starts Node and loads its JavaScript, which takes longer than compiling a hundred services. All the
import needs of it can wait, so where nobody has imported cdk8s yet, it does.
"""

from __future__ import annotations

import sys
from typing import Any

_ASSEMBLIES = ("cdk8s", "constructs")
_is_awake = any(name in sys.modules for name in _ASSEMBLIES)

import jsii  # noqa: E402 - whether it is here already says whether Node runs
from jsii._kernel.providers import ProcessProvider  # noqa: E402
from jsii._kernel.types import LoadRequest, LoadResponse  # noqa: E402

from .node import choose_node  # noqa: E402

__all__ = [
    "ApiObject",
    "App",
    "Chart",
    "Construct",
    "DependencyGraph",
    "IConstruct",
    "IResolver",
    "IValidation",
    "JsonPatch",
    "Names",
    "Size",
    "SleepingProvider",
    "YamlOutputType",
    "jsii",
]


class SleepingProvider(ProcessProvider):
    """The way to Node, which is chosen and started when the first call takes it."""

    def __init__(self) -> None:
        self._to_load: list[LoadRequest] | None = []

    def load(self, request: LoadRequest) -> LoadResponse:
        """Load an assembly, or note that it has to be loaded before anything else."""
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


if not _is_awake:
    jsii.kernel.provider = SleepingProvider()

from cdk8s import (  # noqa: E402
    ApiObject,
    App,
    Chart,
    DependencyGraph,
    IResolver,
    JsonPatch,
    Names,
    Size,
    YamlOutputType,
)
from constructs import Construct, IConstruct, IValidation  # noqa: E402
