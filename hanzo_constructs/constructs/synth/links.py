"""The links between the constructs of one tree, whichever is declared first; what links are is said in `compiler.links`."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Any, cast

from ...compiler.link_index import LinkIndex
from ...compiler.links import Links
from ...compiler.needs import credential_needs
from ...compiler.object_needs import ties_of_objects
from ...compiler.offers import Name, Offer
from ...compiler.resource_ties import ties_of
from ...compiler.ties import GatewayRoute, Ties
from ...compiler.written_ties import Written, with_written
from ...errors import Finding
from ...kube.manifest import Manifest
from ...platform import Platform
from ...spec.resource import Resource
from ...spec.route_prefix import prefix_key
from ..lazy.resource import LazyResource
from .user_objects import all_constructs, user_objects

if TYPE_CHECKING:
    from ...spec.gateway import Gateway

__all__ = ["TreeLinks", "patched_ties", "ties_to_others", "tree_links"]

_ATTRIBUTE = "_tree_links"
"""Attribute of a root that keeps its links."""


class TreeLinks:
    """The links between the resources that are declared so far below *root*."""

    def __init__(self, root: object) -> None:
        self._root = root
        self._index: LinkIndex[LazyResource | None] = LinkIndex()
        """By construct; None stands for the objects that the user made."""
        self._gateway_prefixes: dict[LazyResource, dict[str, int]] = {}
        """The prefixes that a gateway routes itself, and the indexes of their routes."""

    @property
    def version(self) -> int:
        """Changes whenever links may have changed."""
        return self._index.version

    def links(self, ties: Ties) -> Links:
        """Return the links of a resource with *ties*, be it declared or not."""
        return self._index.links(ties)

    def add(self, construct: LazyResource, resource: Resource, ties: Ties) -> None:
        """Note that *construct* declares *resource*, which has *ties*."""
        self._index.add(construct, ties)
        if resource.kind == "Gateway":  # by its name: most programs have none, and need not import its model
            routes = reversed(
                [*enumerate(cast("Gateway", resource).spec.routes)]
            )  # of several routes with one prefix, the first counts
            self._gateway_prefixes[construct] = {prefix_key(route.prefix): index for index, route in routes}

    def contradiction(self, ties: Ties) -> Finding | None:
        """Say who has the route of an application with *ties* already."""
        if not ties.routed or not self._owner_of_route(*ties.routed, ties.name):
            return None
        self._forget_removed(all_constructs(self._root))
        if not (owner := self._owner_of_route(*ties.routed, ties.name)):
            return None
        (namespace, name), route = ties.routed
        message = (
            f"{route.gateway.route} is routed twice in Gateway {namespace}/{name} (also by {owner}); give each its own"
        )
        return Finding(message, "spec.gateway.route", route.owner)

    def settle(self, platform: Platform) -> None:
        """Forget what was removed from the tree, and create and remove children as the links by now ask for.

        Raises `SpecError` where a resource does not compile with the links that it has by now, or is patched where it is not.
        """
        found = all_constructs(self._root)
        self._forget_removed(found)
        objects = user_objects(found or ()) if self._index.is_guarded else ()
        self._index.add(None, ties_of_objects(objects, platform))
        for each in [*self._index] if self._index.is_guarded else ():
            if each is not None:
                self._index.add(each, each._take_patches())
        for each in self._index:
            if each is not None:
                each._match_children()
                each._check_patches()  # here, because JavaScript would make another error of it

    def _owner_of_route(self, gateway: Name, route: GatewayRoute, application: Name) -> str:
        """Say who but *application* has *route* in *gateway*: another application, or the gateway itself."""
        for each, other in self._index.same_routes(gateway, route):
            if (other.namespace, other.name) != application and each is not None:
                return f"{other.owner} at {each._where}"
        owner = self._index.gateway(gateway)
        index = self._gateway_prefixes.get(owner, {}).get(prefix_key(route.gateway.route)) if owner else None
        return f"its spec.routes[{index}] at {owner._where}" if owner and index is not None else ""

    def _forget_removed(self, found: Collection[Any] | None) -> None:
        """Forget constructs that JavaScript knew and that are none of those *found* in the tree."""
        if found is not None:
            for each in [each for each in self._index if each and each._reference is not None and each not in found]:
                self._index.remove(each)


def tree_links(root: object) -> TreeLinks:
    """Return the links of the tree below *root*."""
    found: TreeLinks | None = vars(root).get(_ATTRIBUTE)
    if found is None:
        found = vars(root)[_ATTRIBUTE] = TreeLinks(root)
    return found


def ties_to_others(resource: Resource, datastores: Iterable[Offer], platform: Platform) -> Ties:
    """Return the ties of *resource*, which reads the credentials of *datastores*, as messages about a set name it."""
    resource = _placed(resource, platform)
    ties = ties_of(resource, platform)
    needs = (*ties.needs, *credential_needs(resource, datastores, platform))
    return ties._replace(needs=needs)


def patched_ties(
    ties: Ties, resource: Resource, patched: Iterable[tuple[Manifest, Manifest]], platform: Platform
) -> Ties:
    """Return *ties* of *resource* with what its children say that were *patched*: each without and with the patches."""
    children = [Written(manifest, derived) for derived, manifest in patched]
    return with_written(ties, _placed(resource, platform), children, platform)


def _placed(resource: Resource, platform: Platform) -> Resource:
    """Return *resource* with its namespace, as messages about a set name it."""
    if resource.metadata.namespace or not platform.namespace:
        return resource
    metadata = resource.metadata.model_copy(update={"namespace": platform.namespace})
    return resource.model_copy(update={"metadata": metadata})
