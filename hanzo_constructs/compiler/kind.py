"""How the resources of a kind compile: the part of a kind's row that the builders are needed for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from ..errors import Finding, SpecError
from ..kube.owner import Pods
from ..platform import Platform, PodSecurity, Rules
from ..spec.image import ImageSpec
from ..spec.kind import Kind, imported
from ..spec.kinds import kind_named
from ..spec.pod import Unasked
from ..spec.resource import Resource
from ..spec.secrets import KeyNeed
from .child import Child

__all__ = ["Compiler", "ManualSteps", "compiler_of", "kind_compiler"]


def _nothing(*_: Any, **__: Any) -> tuple[()]:
    return ()


def _no_schemes(_: Resource) -> Mapping[str, str]:
    return {}


def _no_route(*_: Any) -> None:
    return None


def _image(resource: Resource, _: Rules) -> ImageSpec | None:
    return getattr(resource.spec, "image", None)


@dataclass(frozen=True, slots=True)
class ManualSteps:
    """Steps that a change needs."""

    before: str
    """The change, and why it needs them."""
    commands: tuple[str, ...] = ()
    """What to run; empty where the text says it all."""


@dataclass(frozen=True, slots=True)
class Compiler:
    """What compiling asks by kind. Every function gets the resource first; one that is left out has nothing to say."""

    children: Callable[[Any, Pods, Rules, Any], Iterable[Child]]
    """Derive the children; gets the pods that bear the name of the resource second, and the `compiler.links.Links` of the set
    last. Workloads with other names have `Pods` of their own, of the same owner."""
    findings: Callable[[Any, Rules, Any], Iterable[Finding]] = _nothing
    """What the platform, the epoch or the set doubts or refuses; gets the links last, too."""
    image: Callable[[Any, Rules], ImageSpec | None] = _image
    """The image of the main container, whose tag is the label with the version; left out, `spec.image`."""
    needs: Callable[[Any, Platform], Iterable[Any]] = _nothing
    """Yield a `compiler.needs.Need` for each wish to connect that a field of the kind's own declares."""
    route: Callable[[Any, Platform], Any] = _no_route
    """Return the Gateway that the resource asks for a route, by namespace and name, and the `compiler.links.GatewayRoute`."""
    routes: Callable[[Any], Iterable[tuple[str, str, str]]] = _nothing
    """Yield the URLs that the resource leads others to, as a `compiler.readings.Text`."""
    texts: Callable[[Any], Iterable[tuple[str, str, str]]] = _nothing
    """Yield further texts that its containers get to see and in which hosts may stand, likewise."""
    key_needs: Callable[[Any], Iterable[KeyNeed]] = _nothing
    """Yield what the Secrets that fill the environment of the main container must hold."""
    unasked: Callable[[Any], Iterable[Unasked]] = _nothing
    """Yield the requests that it lacks and that an autoscaler measures use against."""
    image_facts: Callable[..., Iterable[str]] = _nothing
    """Yield lines about what its image is taken for; gets the rules, and by name whether *sources* are wanted."""
    manual_steps: Callable[[Any], Iterable[ManualSteps]] = _nothing
    """Yield the steps that changes of its own need; gets the compilation in place of a resource."""
    schemes: Callable[[Any], Mapping[str, str]] = _no_schemes
    """Return the schemes of the URLs of its ports, by their names, where the kind knows what is spoken through them."""
    database: Callable[[Any], tuple[str, str]] | None = None
    """Of datastores, return the database that is there from the beginning, and what says it where it is not known."""
    why: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Why constants of its children are what they are: words by the kind of the child, and the place in it, where `[*]` is
    any index."""
    is_stateful: bool = False
    """Whether its pods keep data, and are hardened by the rules for those."""
    pod_security: PodSecurity | None = None
    """How its pods are hardened, whatever the resource, the platform and the epoch say; None: as they say."""
    is_gateway: bool = False
    """Whether other resources may ask it for a route."""


def compiler_of(resource: Resource) -> Compiler:
    """Return how *resource* compiles; raises `SpecError` where its kind is unknown."""
    return kind_compiler(kind_named(resource.kind))


@cache
def kind_compiler(kind: Kind) -> Compiler:
    """Return how resources of *kind* compile; raises `SpecError` where the row names something else."""
    compiler = imported(kind.compiler)
    if not isinstance(compiler, Compiler):
        message = f"{kind.compiler} must be a Compiler, got {type(compiler).__name__}"
        raise SpecError([Finding(message, "kind", kind.name)])
    return compiler
