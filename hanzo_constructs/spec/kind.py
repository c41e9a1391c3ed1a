"""A kind of the platform as one row: all that the code asks by kind, and where the parts of the kind are."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING, Any, Literal

from pydantic import create_model

from ..errors import Finding, SpecError
from ..platform import Platform
from .resource import Resource

if TYPE_CHECKING:
    from .status import Status

__all__ = ["Kind", "imported"]


def imported(place: str) -> Any:
    """Return what *place* names as `module:name`; a module that begins with a dot is one of this package.

    Raises `SpecError` where there is no such thing.
    """
    module, _, name = place.partition(":")
    try:
        return getattr(import_module(module, __name__.partition(".")[0]), name)
    except (ImportError, AttributeError) as error:
        raise SpecError([Finding(f"{place} cannot be loaded: {type(error).__name__}: {error}", "kind")]) from error


@dataclass(frozen=True, eq=False)
class Kind:
    """A kind of the platform. Its parts are named as `module:name`, so that each is imported when it is needed.

    So the layers below know that there is a compiler and a construct, and do not import them.
    """

    name: str
    plural: str
    short_names: tuple[str, ...]
    resource: str
    """The model of its resources: a subclass of `spec.resource.Resource`."""
    compiler: str
    """How they compile: a `compiler.kind.Compiler`."""
    construct: str
    """The class for Python code: a subclass of `ResourceConstruct`."""
    status: str = ".spec.status:ServingStatus"
    """What an operator says of them: a subclass of `spec.status.Status`."""
    old_name: str = ""
    """The kind of v1alpha1 that it replaces."""
    version: str = "v1"
    group: str = ""
    """The API group, where it is not the one of the platform."""
    of: str = ""
    """Of a facade, the kind whose spec, compiler and construct it shares."""
    engine: str | None = None
    """Of a facade of Datastore, the engine that it fixes."""
    summary: str = ""
    """Of a facade, what it is."""
    deprecation: str = ""
    """What an API server tells those who use the kind; empty where they may."""

    def facade(self, name: str, plural: str, short_name: str, summary: str, *, engine: str | None = None) -> Kind:
        """Return a kind of another name that is this one in everything else; *engine* is the one of its Datastores."""
        own = {"name": name, "plural": plural, "short_names": (short_name,), "summary": summary}
        return replace(self, **own, old_name="", of=self.name, engine=engine)  # type: ignore[arg-type]  # names of fields

    @property
    def compiled_as(self) -> str:
        """The kind whose compiler and spec it shares; its own name unless it is a facade."""
        return self.of or self.name

    @cached_property
    def model(self) -> type[Resource]:
        """The model of its resources."""
        model: type[Resource] = imported(self.resource)
        if not self.of:
            return model
        own: Any = {"kind": (Literal[self.name], self.name)}
        made = create_model(self.name, __base__=model, __doc__=self.summary, __module__=f"{__package__}.facades", **own)
        if self.engine:
            made.ENGINE = self.engine  # type: ignore[attr-defined]  # of Datastore
        return made

    @cached_property
    def status_model(self) -> type[Status]:
        """The model of what an operator says of its resources."""
        model: type[Status] = imported(self.status)
        return model

    def api_version(self, platform: Platform) -> str:
        """Return the apiVersion of resources of this kind on *platform*."""
        return f"{self.group or platform.api_group}/{self.version}"
