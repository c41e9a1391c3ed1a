"""Variables that pods get from ConfigMaps of the set, and the hosts that stand in them.

Who writes a ConfigMap need not be who reads it: that the one leads to a Service is known when both are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from ..kube.hosts import may_be_hosts
from ..platform import Platform
from ..spec.resource import Resource
from .needs import Caller, Need, caller_of, text_needs
from .offers import Name
from .readings import configs_of

__all__ = ["Read", "Told", "read_needs", "reads_of", "told_by", "told_of"]


class Told(NamedTuple):
    """A text in a ConfigMap in which hosts may stand."""

    address: Name
    """Namespace and name of the ConfigMap."""
    key: str
    text: str


class Read(NamedTuple):
    """Variables that pods get from a ConfigMap."""

    caller: Caller
    address: Name
    """Namespace and name of the ConfigMap."""
    key: str
    """Empty: all of them are variables."""
    variable: str
    """Name of the variable; of all keys, what stands in front of their names."""
    field: str
    """Where it is said."""


def told_of(resource: Resource, platform: Platform) -> Iterator[Told]:
    """Yield the texts of the ConfigMaps that *resource* brings along, for whoever else reads them."""
    namespace = resource.metadata.namespace or platform.namespace or ""
    names = resource.adopted.names
    for each in getattr(resource.spec, "configs", ()):
        name = names.get(f"ConfigMap-{each.name}", f"{resource.name}-{each.name}")
        yield from _told((namespace, name), each.files)


def told_by(manifest: Mapping[str, Any]) -> Iterator[Told]:
    """Yield the texts of the ConfigMap *manifest*."""
    metadata = manifest["metadata"]
    yield from _told((metadata.get("namespace") or "", metadata["name"]), manifest.get("data") or {})


def _told(address: Name, data: Mapping[str, Any]) -> Iterator[Told]:
    for key, text in data.items():
        if isinstance(text, str) and may_be_hosts(text):
            yield Told(address, key, text)


def reads_of(resource: Resource, platform: Platform) -> Iterator[Read]:
    """Yield the variables that the containers of *resource* get from ConfigMaps that it names."""
    for name, key, variable, field in configs_of(resource):
        caller = caller_of(resource, platform)
        yield Read(caller, (caller.namespace or "", name), key, variable, field)


def read_needs(reads: Iterable[Read], told: Mapping[Name, Iterable[Told]], domain: str) -> Iterator[Need]:
    """Yield what the texts that are *told* say that those need who have the *reads*, in a cluster with this DNS *domain*."""
    for read in reads:
        texts = [
            (each.text, read.variable if read.key else f"{read.variable}{each.key}", read.field)
            for each in told.get(read.address, ())
            if read.key in ("", each.key)
        ]
        yield from text_needs([read.caller], texts, domain)
