"""By what a resource is reached, as its status says it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..compiler import Compilation
from ..compiler.endpoints import endpoints
from ..platform import Platform
from ..spec.connection import connection_url
from ..spec.datastore import Datastore

__all__ = ["addresses_of"]


def addresses_of(compilation: Compilation) -> Mapping[str, Any]:
    """Return by which URLs the resource is reached: no value of a Secret is in any."""
    found = endpoints(compilation)
    resource = compilation.resource
    urls: dict[str, Any] = {"endpoints": [*dict.fromkeys((*found.ports.values(), *found.hosts.values()))]}
    if isinstance(resource, Datastore):
        platform: Platform = compilation.rules.platform
        urls["connectionString"] = connection_url(resource, platform)
    if len(compilation.pods) == 1 or isinstance(resource, Datastore):
        selector = compilation.pods[0].selector
        urls["selector"] = ",".join(f"{key}={value}" for key, value in sorted(selector.items()))
    return urls
