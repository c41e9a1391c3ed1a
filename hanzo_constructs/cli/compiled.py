"""One side of a comparison, where resources are compiled."""

from __future__ import annotations

from ..compiler import Compilation
from ..declaration import Declaration
from ..kube.manifest import Manifest, identity
from ..own_objects import is_own_object
from ..platform import Platform
from ..sources import declarations, sources
from .checking import check
from .places import Place
from .rendered import Rendered, stop_at, wrong

__all__ = ["compiled_objects"]


def compiled_objects(place: Place, platform: Platform) -> Rendered:
    """Compile what *place* holds; where there are no resources, take the objects as they are."""
    read: list[Declaration] = []
    for source in sources([place.path])[0]:
        found, findings = declarations(source)
        stop_at(findings, place)
        read += found
    if all(is_own_object(each.data, platform) for each in read):
        stop_at([finding for each in read for finding in wrong(each)], place)
        return Rendered([each.data for each in read])

    checked = check([place.path], platform, _pieces)
    stop_at(checked.findings, place)
    whole = Rendered([each.data for each in checked.objects])
    for outcome in checked.outcomes:
        if outcome.value:
            resource, children = outcome.value
            whole.resources.append(resource)
            whole.objects += children
            whole.owners |= {identity(each): identity(resource) for each in children}
    return whole


def _pieces(compilation: Compilation) -> tuple[Manifest, list[Manifest]]:
    return compilation.resource_manifest, compilation.manifests
