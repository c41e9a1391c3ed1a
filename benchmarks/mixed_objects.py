"""What the compiler makes of the mixed fleet: the command line and the constructs have to agree on it.

No rival renders this fleet, so there is no reference written by hand; the golden cases of each kind are that.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from hanzo_constructs.compiler import Compilation, compile_resource
from hanzo_constructs.compiler.links import links_of
from hanzo_constructs.errors import Finding
from hanzo_constructs.platform import Platform
from hanzo_constructs.spec.kinds import parse

from .mixed import NEIGHBOURHOOD, mixed_resource


def mixed_compilations(resources: int) -> tuple[list[Compilation], tuple[Finding, ...]]:
    """Compile the first so many *resources* as one set; return also what is contradictory between them."""
    platform = Platform()
    declared = [parse(mixed_resource(index), platform) for index in range(resources)]
    links, contradictions = links_of(declared, platform)
    return [compile_resource(each, platform, links=links) for each in declared], contradictions


def mixed_objects(resources: int) -> list[dict[str, Any]]:
    """Return the objects of the first so many *resources*."""
    compilations, _ = mixed_compilations(resources)
    return [child.manifest for compilation in compilations for child in compilation.children]


@cache
def objects_per_resource() -> float:
    """Return how many objects a resource becomes on average; the same in every neighbourhood."""
    return len(mixed_objects(NEIGHBOURHOOD)) / NEIGHBOURHOOD
