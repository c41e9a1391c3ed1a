"""The facts of an image that compiling relied on, for whoever asks why a store is as it is."""

from __future__ import annotations

from collections.abc import Iterator

from ..spec.image import image_reference
from ..spec.resource import Datastore
from .compilation import Compilation
from .engine import claim_path, used_image

__all__ = ["facts_relied_on"]


def facts_relied_on(compilation: Compilation, *, sources: bool) -> Iterator[str]:
    """Yield one line about the image of a Datastore, and where each of its facts was read if *sources* are wanted."""
    datastore, rules = compilation.resource, compilation.rules
    if not isinstance(datastore, Datastore):
        return
    generation, doubt, _ = datastore.chosen
    taken = "is taken for" if doubt else "is"
    yield (
        f"{image_reference(used_image(datastore, rules))} {taken} {generation.name}: its data are in {generation.data_path},"
        f" the disk is mounted at {claim_path(datastore, rules)}"
    )
    if generation.note:
        yield f"  {generation.note}"
    for source in generation.sources if sources else ():
        yield f"  read in {source.repository} at {source.commit}: {source.path} ({source.read})"
