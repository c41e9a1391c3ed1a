"""A jsii provider that starts Node with the first call that needs it.

The import of cdk8s starts Node and loads JavaScript packages, which takes longer than compiling a hundred services. All
that the import asks of Node is to load those packages, and that can be done later. So can what a twin answers in Python.
"""

from __future__ import annotations

import sys
from typing import Any

import jsii
from jsii._kernel import types
from jsii._kernel.providers import ProcessProvider

from .binary import choose_node
from .twin import Twin, sent

__all__ = ["OnDemandProvider", "start_node_on_demand"]

_RESPONSES = {
    "create": types.CreateResponse,
    "get": types.GetResponse,
    "set": types.SetResponse,
    "invoke": types.InvokeResponse,
    "sinvoke": types.InvokeResponse,
}


class OnDemandProvider(ProcessProvider):
    """A provider that notes which packages to load, and chooses and starts Node with the first request that needs it."""

    def __init__(self) -> None:
        self._to_load: list[types.LoadRequest] | None = []
        self._twin = Twin()

    @property
    def is_started(self) -> bool:
        """Whether Node runs."""
        return self._to_load is None

    def load(self, request: types.LoadRequest) -> types.LoadResponse:
        """Load a package of JavaScript, or note that it has to be loaded when Node starts."""
        if self._to_load is None:
            return super().load(request)
        self._to_load.append(request)
        return types.LoadResponse(assembly=request.name, types=0)

    def create(self, request: types.CreateRequest) -> types.CreateResponse:
        """Make an object of JavaScript."""
        return self._answer("create", request) or super().create(request)

    def get(self, request: types.GetRequest) -> types.GetResponse:
        """Read an attribute."""
        return self._answer("get", request) or super().get(request)

    def set(self, request: types.SetRequest) -> types.SetResponse:
        """Set an attribute."""
        return self._answer("set", request) or super().set(request)

    def invoke(self, request: types.InvokeRequest) -> Any:
        """Call a method."""
        return self._answer("invoke", request) or super().invoke(request)

    def sinvoke(self, request: types.StaticInvokeRequest) -> types.InvokeResponse:
        """Call a method of a class."""
        return self._answer("sinvoke", request) or super().sinvoke(request)

    def _answer(self, api: str, request: Any) -> Any:
        """Return what the twin answers; None where it does not know, or where Node runs."""
        # To read what is sent may create lazy objects, and start Node with that.
        data = None if self.is_started else sent(request)
        return None if data is None or self.is_started else self._twin.answer(api, data)

    @property
    def _process(self) -> Any:
        if self._to_load is not None:
            choose_node()
            requests, self._to_load = self._to_load, None
            for request in requests:
                super().load(request)
            self._repeat()
        return super()._process

    def _repeat(self) -> None:
        """Tell Node what the twin knows; each object must get the name that it has here."""
        process, twin, self._twin = super()._process, self._twin, Twin()
        for each in twin.requests:
            said = process.send(each.data, _RESPONSES[each.api])
            found = getattr(said, "ref", None) or getattr(
                getattr(said, "value", getattr(said, "result", None)), "ref", None
            )
            if each.reference and found != each.reference:
                raise RuntimeError(f"JavaScript calls {found} what was taken for {each.reference}; please report this")


def start_node_on_demand() -> None:
    """Let jsii start Node on demand, unless the program has imported a package of jsii, which has started it."""
    if "constructs" not in sys.modules and not isinstance(jsii.kernel.provider, OnDemandProvider):
        jsii.kernel.provider = OnDemandProvider()
