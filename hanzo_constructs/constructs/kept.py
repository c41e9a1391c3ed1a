"""A compilation in little room, for as long as nobody asks for it.

A fleet is a million small objects, and the garbage collector looks at every one of them again and again: to keep them
took longer than to make them. Bytes it does not look into, and to unpack them is faster than to compile.
"""

from __future__ import annotations

import marshal
from typing import Any

from ..compiler import Compilation, compile_resource
from ..errors import Finding
from ..kube.manifest import Manifest
from ..kube.model import parse_python
from ..kube.owner import Owner
from ..spec.resource import Resource

__all__ = ["KeptCompilation"]


_NONE: dict[tuple[str, str], str] = {}
"""One for all: most resources let no name be chosen."""


class KeptCompilation:
    """What *compilation* made of *document*, packed."""

    __slots__ = (
        "_compilation",
        "_manifests",
        "_model",
        "_owner",
        "_source",
        "chosen_names",
        "hosts",
        "rules",
        "subject",
        "warnings",
    )

    def __init__(self, compilation: Compilation, document: dict[str, Any]) -> None:
        """Keep everything that is needed to write, to prove, and to compile again."""
        owner, self.rules = compilation.owner, compilation.rules
        self.subject = str(compilation.resource)
        self.warnings: tuple[Finding, ...] = compilation.warnings
        self.chosen_names = compilation.chosen_names or _NONE
        self.hosts = compilation.hosts
        self._manifests = marshal.dumps({child.id: child.manifest for child in compilation.children})
        self._owner = marshal.dumps((owner.name, owner.namespace, owner.labels, owner.pod_labels, owner.selector))
        self._model = type(compilation.resource)
        self._compilation: Compilation | None = None
        try:
            self._source: bytes | Resource = marshal.dumps(document)
        except ValueError:  # there are models in it, or other things than plain data
            self._source = compilation.resource

    @property
    def manifests(self) -> dict[str, Manifest]:
        """The children by id, in apply order; the caller's own."""
        unpacked: dict[str, Manifest] = marshal.loads(self._manifests)  # noqa: S302 - packed above
        return unpacked

    @property
    def owner(self) -> Owner:
        """Whom the children belong to."""
        return Owner(*marshal.loads(self._owner))  # noqa: S302 - packed above

    @property
    def compilation(self) -> Compilation:
        """The compilation itself, which from now on is kept as it is."""
        if self._compilation is None:
            source = self._source
            if isinstance(source, bytes):
                source = parse_python(self._model, marshal.loads(source))  # noqa: S302 - packed above
            self._compilation = compile_resource(source, self.rules.platform)
        return self._compilation
