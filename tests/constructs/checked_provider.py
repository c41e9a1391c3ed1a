"""A provider of jsii: Node runs from the first request on, and says whether the twin would have answered as it does."""

from __future__ import annotations

from typing import Any

from jsii._kernel.types import Callback

from hanzo_constructs.constructs.node.provider import OnDemandProvider
from hanzo_constructs.constructs.node.twin import Twin, sent

__all__ = ["CheckedProvider", "answered", "differences", "unforeseen", "watch"]

differences: list[str] = []
answered: dict[str, int] = {}
unforeseen: list[str] = []
"""The first request that the twin does not know the answer of."""


class CheckedProvider(OnDemandProvider):
    """Asks both; the twin until it does not know an answer, as in earnest."""

    def __init__(self) -> None:
        super().__init__()
        self._watched: Twin | None = Twin()

    def _answer(self, api: str, request: Any) -> Any:
        data = sent(request)
        twin = self._watched
        foreseen = twin.answer(api, data) if twin else None
        if twin and foreseen is None:
            self._watched = None
            unforeseen.append(str(data))
        said = getattr(super(OnDemandProvider, self), api)(request)
        if foreseen is not None and not isinstance(said, Callback):
            answered[api] = answered.get(api, 0) + 1
            if repr(said) != repr(foreseen):  # the order of keys counts too
                differences.append(f"{data}\nJavaScript: {said}\nforeseen:   {foreseen}")
        return said


def watch() -> None:
    """Use the provider in this process, which has imported nothing of jsii's yet."""
    import jsii

    jsii.kernel.provider = CheckedProvider()
