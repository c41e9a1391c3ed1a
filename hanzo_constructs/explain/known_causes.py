"""The causes of resources of one shape, found out once: a fleet is many resources that differ in names and versions."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

from ..compiler.compilation import Compilation
from ..kube.model import written
from ..spec.kinds import kind_named
from .cause import Cause
from .causes import causes, leaves
from .effects import Place
from .variants import links_to

__all__ = ["KnownCauses"]

Causes = Mapping[Place, tuple[Cause, ...]]
Constants = Mapping[Place, object]


class KnownCauses:
    """What is known of the causes in resources of each shape."""

    def __init__(self) -> None:
        """Begin without any resource."""
        self._by_shape: dict[Hashable, list[tuple[Causes, Constants]]] = {}

    def causes(self, compilation: Compilation) -> Causes:
        """Return what `causes` does, from another resource of the same shape if there was one.

        Resources are of one shape when they are written with the same fields, and differ in texts and a little in numbers,
        and become the same children with the same values, but for those that fields decide.
        """
        known = self.known(compilation)
        if known is None:
            self.learn(compilation, known := causes(compilation))
        return known

    def known(self, compilation: Compilation) -> Causes | None:
        """Return the causes in a resource of the same shape as that of *compilation*; None if there was none."""
        values = _values(compilation)
        for known, constants in self._by_shape.get(_shape(compilation), ()):
            if known.keys() == values.keys() and all(values[place] == value for place, value in constants.items()):
                return known
        return None

    def learn(self, compilation: Compilation, found: Causes) -> None:
        """Remember the causes that were *found* for *compilation*."""
        constants = {place: value for place, value in _values(compilation).items() if not _is_by_field(found[place])}
        self._by_shape.setdefault(_shape(compilation), []).append((found, constants))


def _values(compilation: Compilation) -> dict[Place, object]:
    return {
        Place(number, path): value
        for number, child in enumerate(compilation.children)
        for path, value in leaves(child.manifest)
    }


def _is_by_field(own: tuple[Cause, ...]) -> bool:
    return any(cause.source in {"field", "link"} for cause in own)


def _shape(compilation: Compilation) -> Hashable:
    resource, rules = compilation.resource, compilation.rules
    # of a store, a gateway and an application, texts decide too: the tag of an image, the form of a schema
    texts = kind_named(resource.kind).compiled_as != "Service" or bool(resource.spec.connections)
    wrote = _hashable(written(resource.metadata), texts=False), _hashable(written(resource.spec), texts=texts)
    ports = () if texts else tuple(port.name for port in resource.spec.ports)
    links = len(links_to(compilation.links, compilation.place))
    return resource.kind, rules.platform, rules.epoch.name, rules.pod_security, links, ports, wrote


def _hashable(value: Any, *, texts: bool) -> Hashable:
    """Return *value* in a form that can be hashed: of numbers their size in bits, and *texts* if they are wanted."""
    if isinstance(value, dict):
        return tuple((key, _hashable(item, texts=texts)) for key, item in value.items())
    if isinstance(value, list):
        return tuple(_hashable(item, texts=texts) for item in value)
    if isinstance(value, int) and not isinstance(value, bool):
        return value.bit_length()
    return value if texts or not isinstance(value, str) else None
