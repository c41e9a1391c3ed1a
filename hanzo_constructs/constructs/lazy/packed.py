"""A compilation as bytes, for as long as nobody asks for the objects.

The manifests of a large fleet are a million small objects, which Python's garbage collector visits again and again: that
took longer than compiling. It does not visit bytes, and `marshal` reads them faster than anything that could be compiled.
"""

from __future__ import annotations

import marshal
from typing import Any

from ...compiler import Compilation, compile_unshared
from ...compiler.links import Links
from ...errors import Finding
from ...kube.manifest import Manifest
from ...kube.model import parse_as
from ...kube.owner import Adopted, Owner, Pods
from ...spec.resource import Resource

__all__ = ["PackedCompilation", "packed"]


_NO_NAMES: dict[tuple[str, str], str] = {}
"""One for all: most resources let no name be chosen."""


def packed(document: dict[str, Any]) -> bytes | None:
    """Return *document* as bytes; None where it holds models, or anything else but plain data."""
    try:
        return marshal.dumps(document)
    except ValueError:
        return None


class PackedCompilation:
    """What is needed of a compilation to write it, to prove it, and to make it again."""

    __slots__ = (
        "_compilation",
        "_manifests",
        "_model",
        "_overlaid",
        "_owner",
        "_resource",
        "chosen_names",
        "connects",
        "hosts",
        "is_scaled_from_outside",
        "key_needs",
        "links",
        "rules",
        "sidecar_ports",
        "source",
        "subject",
        "unasked",
        "unmet",
        "warnings",
    )

    def __init__(self, compilation: Compilation, links: Links, document: bytes | None = None) -> None:
        """Pack *compilation*, which was made with *links*; *document* is its resource, if that can be packed."""
        owner, self.rules = compilation.owner, compilation.rules
        self.subject = str(compilation.resource)
        self.links = links
        self.warnings: tuple[Finding, ...] = compilation.warnings
        self.chosen_names = compilation.chosen_names or _NO_NAMES
        self.hosts = compilation.hosts
        self.key_needs = compilation.key_needs
        self.connects = bool(compilation.resource.spec.connections)
        self.unmet = compilation.unmet
        self.unasked = compilation.unasked
        self.is_scaled_from_outside = compilation.is_scaled_from_outside
        self.sidecar_ports = compilation.sidecar_ports
        self._manifests = marshal.dumps({child.id: child.manifest for child in compilation.children})
        self._overlaid = marshal.dumps(overlaid) if (overlaid := compilation.overlaid) else None
        pods = [(each.name, each.labels, each.selector, _plain(each.adopted)) for each in compilation.pods]
        self._owner = marshal.dumps((owner.name, owner.namespace, owner.labels, dict(owner.selector), pods))
        self._model = type(compilation.resource)
        self._compilation: Compilation | None = None
        self._resource = None if document else compilation.resource
        self.source = document
        """The packed document of the resource, if there is one."""

    @property
    def manifests(self) -> dict[str, Manifest]:
        """The children by id, in apply order; unpacked anew each time, so that the caller may change them."""
        unpacked: dict[str, Manifest] = marshal.loads(self._manifests)  # noqa: S302 - packed above
        return unpacked

    @property
    def overlaid(self) -> dict[tuple[str, str], Manifest]:
        """What was derived where the user laid something over it, by kind and name of the child."""
        return marshal.loads(self._overlaid) if self._overlaid else {}  # noqa: S302 - packed above

    @property
    def owner(self) -> Owner:
        """The names and labels of the children."""
        return _owner(*marshal.loads(self._owner)[:4])  # noqa: S302 - packed above

    @property
    def pods(self) -> tuple[Pods, ...]:
        """What its workloads run, the main one first."""
        *owner, pods = marshal.loads(self._owner)  # noqa: S302 - packed above
        return tuple(
            Pods(_owner(*owner), name, labels, selector, Adopted(*adopted)) for name, labels, selector, adopted in pods
        )

    @property
    def resource(self) -> Resource:
        """The resource as declared."""
        if self._resource is None:
            self._resource = parse_as(self._model, marshal.loads(self.source or b""))  # noqa: S302 - packed above
        return self._resource

    @property
    def compilation(self) -> Compilation:
        """The compilation, made again when it is asked for first."""
        if self._compilation is None:
            self._compilation = compile_unshared(self.resource, self.rules.platform, links=self.links)
        return self._compilation


def _owner(name: str, namespace: str | None, labels: dict[str, str], selector: dict[str, str]) -> Owner:
    return Owner(name, namespace, labels, selector=selector)


def _plain(adopted: Adopted) -> tuple[Any, ...]:
    """Return *adopted* as what can be packed."""
    labels = adopted.claim_labels
    return tuple(adopted._replace(claim_labels=None if labels is None else dict(labels)))
