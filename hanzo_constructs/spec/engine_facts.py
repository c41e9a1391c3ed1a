"""What a user knows of an image better than its repository and tag say."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Annotated

from ..kube.fields import listed, shown, suggestion
from ..kube.model import CheckedModel, Problem
from ..kube.paths import clean_path, is_within
from ..kube.published import text
from .engines import ENGINE_ALIASES, ENGINES
from .engines.choosing import Chosen, chosen_generation, foreign_engine
from .engines.engine import Engine
from .engines.generation import Generation, version_of
from .image import ImageSpec, image_reference

__all__ = ["EngineFacts", "chosen_with", "image_problems", "told_directories", "type_problem"]


class EngineFacts(CheckedModel):
    """What the image of the engine is, where its repository and tag do not tell."""

    generation: str | None = None
    """Name of the generation that the image is of, such as postgres-18; left out, repository and tag decide."""
    data_path: Annotated[str, text("/[^:]*[^:/][^:]*")] | None = None
    """Directory where the image keeps its data, and the claim is mounted; left out, that of the generation."""

    def problems(self) -> Iterator[Problem]:
        """Refuse a block that says nothing, and what is no directory of a container."""
        if self.generation is None and self.data_path is None:
            yield Problem((), "must name generation or dataPath; leave it out if the image is known by its tag")
        path = self.data_path
        if path is not None and (not path.startswith("/") or path.rstrip("/") == "" or ":" in path or ".." in path):
            yield Problem(("dataPath",), "must be an absolute path such as /var/lib/data, without .. and colons")


def type_problem(given: str | None, fixed: str | None) -> str:
    """Say why the engine *given* is none, or not the one that a kind has *fixed*; empty where it is right."""
    chosen = ENGINE_ALIASES.get(given or "", given)
    if fixed and chosen and chosen != fixed:
        return f"must be {fixed}, which the kind fixes, got {given}; leave it out"
    return "" if fixed or chosen else f"required, one of {', '.join(ENGINES)}"


def chosen_with(engine: Engine, image: ImageSpec, facts: EngineFacts | None) -> Chosen:
    """Return what is known of the *image* of *engine*, and why it may be wrong; the *facts* of the user are right."""
    chosen = chosen_generation(engine, image)
    if facts is None:
        return chosen
    generation = engine.generation(facts.generation) if facts.generation else chosen.generation
    if facts.data_path is not None:
        path = clean_path(facts.data_path)
        kept = {name: place for name, place in generation.environment.items() if is_within(place, path)}
        generation = replace(generation, data_path=path, environment=kept)
    return Chosen(generation, "")


def told_directories(generation: Generation, variables: Mapping[str, str]) -> dict[str, str]:
    """Return where variables tell an image of *generation* to keep its data, by their names, as far as that is known here.

    The user's *variables* win over those of the platform; what refers to others is known in the container alone.
    """
    told = {name: variables.get(name, directory) for name, directory in generation.environment.items()}
    return {name: clean_path(directory) for name, directory in told.items() if directory and "$(" not in directory}


def image_problems(engine: Engine, image: ImageSpec, facts: EngineFacts | None) -> Iterator[Problem]:
    """Yield an *image* that runs something else than *engine*, and a generation that is none or another one."""
    if meant := foreign_engine(engine, image):
        message = f"must be an image of {engine.name}, got {shown(image.repository)}, which runs {meant}"
        yield Problem(("image", "repository"), message)
        return
    if facts is None or facts.generation is None:
        return
    names = [each.name for each in engine.generations]
    if facts.generation not in names:
        near = suggestion(facts.generation, names)
        hint = f"did you mean {near}?" if near else f"known are {listed(names)}"
        yield Problem(("engine", "generation"), f"must be a generation of {engine.name}, {hint}")
        return
    known = chosen_generation(engine, image)
    if not known.doubt and known.generation.name != facts.generation and version_of(image.tag):
        message = (
            f"{facts.generation} contradicts the image {image_reference(image)}, which is {known.generation.name};"
            " leave it out, or name another image"
        )
        yield Problem(("engine", "generation"), message)
