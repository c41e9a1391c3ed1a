"""A compilation in little room, for as long as nobody asks for it.

A fleet is a million small objects, and the garbage collector looks at every one of them again and again: to keep them
took longer than to make them. Bytes it does not look into, and to unpack them is faster than to compile.
"""

from __future__ import annotations

import marshal
from typing import Any

from ..compiler import Compilation, compile_unshared
from ..errors import Finding
from ..kube.manifest import Manifest
from ..kube.model import parse_python
from ..kube.owner import Owner, Pods
from ..spec.resource import Resource

__all__ = ["KeptCompilation", "packed"]


_NONE: dict[tuple[str, str], str] = {}
"""One for all: most resources let no name be chosen."""


def packed(document: dict[str, Any]) -> bytes | None:
    """Return *document* in little room; None where there are models in it, or other things than plain data."""
    try:
        return marshal.dumps(document)
    except ValueError:
        return None


class KeptCompilation:
    """A compilation, packed, with the packed document that it came from, if that can be packed."""

    __slots__ = (
        "_compilation",
        "_manifests",
        "_model",
        "_owner",
        "_source",
        "chosen_names",
        "hosts",
        "is_scaled_from_outside",
        "key_needs",
        "rules",
        "subject",
        "warnings",
    )

    def __init__(self, compilation: Compilation, document: bytes | None = None) -> None:
        """Keep everything that is needed to write, to prove, and to compile again."""
        owner, self.rules = compilation.owner, compilation.rules
        self.subject = str(compilation.resource)
        self.warnings: tuple[Finding, ...] = compilation.warnings
        self.chosen_names = compilation.chosen_names or _NONE
        self.hosts = compilation.hosts
        self.key_needs = compilation.key_needs
        self.is_scaled_from_outside = compilation.is_scaled_from_outside
        self._manifests = marshal.dumps({child.id: child.manifest for child in compilation.children})
        pods = [(each.name, each.labels, each.selector) for each in compilation.pods]
        self._owner = marshal.dumps((owner.name, owner.namespace, owner.labels, pods))
        self._model = type(compilation.resource)
        self._compilation: Compilation | None = None
        self._source: bytes | Resource = document or compilation.resource

    @property
    def manifests(self) -> dict[str, Manifest]:
        """The children by id, in apply order; the caller's own."""
        unpacked: dict[str, Manifest] = marshal.loads(self._manifests)  # noqa: S302 - packed above
        return unpacked

    @property
    def owner(self) -> Owner:
        """Whom the children belong to."""
        return Owner(*marshal.loads(self._owner)[:3])  # noqa: S302 - packed above

    @property
    def pods(self) -> tuple[Pods, ...]:
        """What its workloads run, the main one first."""
        *owner, pods = marshal.loads(self._owner)  # noqa: S302 - packed above
        return tuple(Pods(Owner(*owner), *each) for each in pods)

    @property
    def compilation(self) -> Compilation:
        """The compilation itself, which from now on is kept as it is."""
        if self._compilation is None:
            source = self._source
            if isinstance(source, bytes):
                source = parse_python(self._model, marshal.loads(source))  # noqa: S302 - packed above
            self._compilation = compile_unshared(source, self.rules.platform)
        return self._compilation
