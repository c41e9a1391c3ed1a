"""Which generation an image is of: known by its repository and tag, or taken for one, which is said."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from ..image import ImageSpec
from . import names
from .engine import Engine
from .generation import Generation, Images, Version, version_of

__all__ = ["Chosen", "chosen_generation", "foreign_engine", "runs_as"]

_DOCKER_HUB = ("docker.io/", "index.docker.io/", "registry-1.docker.io/", "registry.hub.docker.com/")

_WITH_OWN_LAYOUT = ("bitnami", "rhel", "sclorg", "ubi")
"""What names images that are called like official ones and keep their data elsewhere, as /bitnami/valkey/data."""


class Chosen(NamedTuple):
    """What an image is taken for."""

    generation: Generation
    doubt: str
    """Why it may be another one; empty where it is known."""
    is_known: bool = True
    """Whether the repository is known at all."""
    is_likely: bool = False
    """Whether it is called like images that keep their data where this generation does, all of them."""


def chosen_generation(engine: Engine, image: ImageSpec) -> Chosen:
    """Return the generation of *image*, which runs *engine*."""
    return _chosen(engine, image.repository, image.tag)


@lru_cache(maxsize=1024)
def _chosen(engine: Engine, repository: str, tag: str | None) -> Chosen:
    place, version, generations = _short_name(repository), version_of(tag), engine.generations
    found = [
        (generation, images)
        for generation in generations
        for images in generation.images
        if images.repository == place and images.tags in (tag or "")
    ]
    for generation, images in found:
        if version is None:
            if images.untold:
                said = f"the tag {tag} tells no version" if tag else "there is no tag"
                return Chosen(generation, images.doubt or _unsaid(generation, generations, images, said))
        elif _within(version, images):
            return Chosen(generation, images.doubt)
    return _copied(engine, place, tag, version) or Chosen(
        engine.generation(engine.unknown), f"nothing is known of images of {repository}", is_known=False
    )


def _copied(engine: Engine, place: str, tag: str | None, version: Version | None) -> Chosen | None:
    """Return what an image in another registry is a copy of: copies keep the last part of the name, and the tag.

    What is called like an image of one company may be another's own build. It is likely to be right where the tag
    tells the version and the data are in the same place whichever it is.
    """
    name, doubt = place.rpartition("/")[2], f"nothing is known of images of {place}"
    alike = [
        (generation, "." in images.repository.partition("/")[0])
        for generation in engine.generations
        for images in generation.images
        if images.repository.rpartition("/")[2] == name and images.tags in (tag or "")
        if (images.untold if version is None else _within(version, images))
    ]
    official = next((generation for generation, is_one_company in alike if not is_one_company), None)
    default = engine.generation(engine.unknown)
    same_place = bool(alike) and all(generation.data_path == default.data_path for generation, _ in alike)
    if version is not None and same_place and not any(vendor in place for vendor in _WITH_OWN_LAYOUT):
        return Chosen(official or default, doubt, is_known=False, is_likely=True)
    return Chosen(official, doubt, is_known=False) if official else None


def _unsaid(generation: Generation, generations: tuple[Generation, ...], images: Images, said: str) -> str:
    """Return what is *said* of a tag that does not tell which of several generations is meant; nothing for one only."""
    kind = (images.repository, images.tags)
    others = (each for each in generations if each is not generation)
    return said if any((same.repository, same.tags) == kind for each in others for same in each.images) else ""


def _within(version: Version, images: Images) -> bool:
    """Tell whether *version* is one of *images*; a short one, such as 25, counts as its newest."""
    newest = (*version, *([10**6] * (4 - len(version))))
    return newest >= images.since and (images.before is None or version < images.before)


def _short_name(repository: str) -> str:
    """Return *repository* as Docker Hub's own are known: without the name of that, and of its library."""
    for registry in _DOCKER_HUB:
        repository = repository.removeprefix(registry)
    return repository.removeprefix("library/")


def foreign_engine(engine: Engine, image: ImageSpec) -> str:
    """Return what *image* is known to run instead of *engine*; nothing where that is not known."""
    meant = names.ENGINE_OF_IMAGE.get(_short_name(image.repository)) or names.ENGINE_OF_IMAGE.get(
        _short_name(image.repository).rpartition("/")[2]
    )
    return "" if meant in (None, engine.name) else meant


def runs_as(generation: Generation, image: ImageSpec) -> int | None:
    """Return the number of the user that *image*, of *generation*, runs its server as; None: nobody says."""
    alpine = generation.alpine_runs_as is not None and "alpine" in (image.tag or "")
    return generation.alpine_runs_as if alpine else generation.runs_as
