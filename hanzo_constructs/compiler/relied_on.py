"""The facts of an image that compiling relied on, for whoever asks why a store or a gateway is as it is."""

from __future__ import annotations

from collections.abc import Iterator

from ..spec.image import image_reference
from ..spec.resource import Datastore, Gateway
from .compilation import Compilation
from .engine import claim_path, used_image
from .gateway_build import build_facts

__all__ = ["facts_relied_on"]


def facts_relied_on(compilation: Compilation, *, sources: bool) -> Iterator[str]:
    """Yield one line about the image of a Datastore or a Gateway, and where each of its facts was read if *sources* are wanted."""
    resource, rules = compilation.resource, compilation.rules
    if isinstance(resource, Gateway):
        yield from build_facts(resource.spec, rules, sources=sources)
    if not isinstance(resource, Datastore):
        return
    chosen = resource.chosen
    generation = chosen.generation
    taken = "is taken for" if chosen.doubt else "is"
    yield (
        f"{image_reference(used_image(resource, rules))} {taken} {generation.name}: its data are in {generation.data_path},"
        f" the disk is mounted at {claim_path(resource, rules)}"
    )
    if generation.note:
        yield f"  {generation.note}"
    for source in generation.sources if sources else ():
        yield f"  read in {source.repository} at {source.commit}: {source.path} ({source.read})"
