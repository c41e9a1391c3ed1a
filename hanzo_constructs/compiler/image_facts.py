"""What is relied on of the image of a resource: facts of it that no manifest states."""

from __future__ import annotations

from collections.abc import Iterator

from ..spec.resource import Gateway
from .compilation import Compilation
from .gateway_build import build_facts

__all__ = ["image_facts"]


def image_facts(compilation: Compilation, *, sources: bool = False) -> Iterator[str]:
    """Yield lines that say what the image of the main container is taken for, and with *sources* where that was read."""
    if isinstance(compilation.resource, Gateway):
        yield from build_facts(compilation.resource.spec, compilation.rules, sources=sources)
