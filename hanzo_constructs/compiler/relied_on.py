"""The facts of an image that compiling relied on, for whoever asks why a store or a gateway is as it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..platform import Rules
from ..spec.datastore import Datastore
from ..spec.gateway import Gateway
from ..spec.image import image_reference
from .engine import claim_path, used_image
from .gateway_build import build_facts

__all__ = ["datastore_facts", "gateway_facts"]


def gateway_facts(gateway: Gateway, rules: Rules, *, sources: bool) -> Iterable[str]:
    """Yield what is known of the image of *gateway*."""
    return build_facts(gateway.spec, rules, sources=sources)


def datastore_facts(datastore: Datastore, rules: Rules, *, sources: bool) -> Iterator[str]:
    """Yield one line about the image of *datastore*, and where each of its facts was read if *sources* are wanted."""
    chosen = datastore.chosen
    generation = chosen.generation
    taken = "is taken for" if chosen.doubt else "is"
    yield (
        f"{image_reference(used_image(datastore, rules))} {taken} {generation.name}: its data are in {generation.data_path},"
        f" the disk is mounted at {claim_path(datastore, rules)}"
    )
    if generation.note:
        yield f"  {generation.note}"
    for source in generation.sources if sources else ():
        yield f"  read in {source.repository} at {source.commit}: {source.path} ({source.read})"
