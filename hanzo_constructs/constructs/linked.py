"""The Base applications and Gateways of one tree: who routes to whom, whichever is declared first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..compiler.links import Links, links_of
from ..errors import Finding
from ..platform import Platform
from ..spec.resource import Base, Gateway, Resource
from ..spec.route_prefix import prefix_key
from .cdk import IConstruct

if TYPE_CHECKING:
    from .changing import ChangingConstruct

__all__ = ["LinkedSet", "linked_set", "placed"]

_NOWHERE = Platform()
"""Resources are placed in their namespaces before they come here."""


class LinkedSet:
    """What has been declared so far."""

    def __init__(self) -> None:
        self._members: dict[ChangingConstruct[Any], Resource] = {}
        self._gateways: dict[tuple[str, str], ChangingConstruct[Any]] = {}
        self._routed: dict[tuple[tuple[str, str], str], ChangingConstruct[Any]] = {}
        """The application that has a prefix in a gateway."""

    def links(self, construct: ChangingConstruct[Any], resource: Resource) -> Links:
        """Return the links of the set with *construct* as the *resource*."""
        if isinstance(resource, Base):
            return Links(gateways=frozenset(self._gateways))
        others = (each for member, each in self._members.items() if member is not construct)
        return links_of([*others, resource], _NOWHERE)[0]

    def contradiction(self, base: Base) -> Finding | None:
        """Say who has the route of *base* already."""
        if not (gateway := base.spec.gateway) or not (name := _asked_for(base)):
            return None
        key = prefix_key(gateway.route)
        known = self._routed.get((name, key))
        if known is not None and str(self._members[known]) != str(base):
            owner = f"{self._members[known]} at {known._where}"
        elif (front := self._gateways.get(name)) and (index := _own_route(self._members[front], key)) is not None:
            owner = f"its spec.routes[{index}] at {front._where}"
        else:
            return None
        message = f"{gateway.route} is routed twice in Gateway {'/'.join(name)} (also by {owner}); give each its own"
        return Finding(message, "spec.gateway.route", str(base))

    def join(self, construct: ChangingConstruct[Any], resource: Resource) -> None:
        """Take *construct*, which declares *resource*, into the set; whom it concerns compiles again."""
        self._members[construct] = resource
        if isinstance(resource, Gateway):
            name = resource.metadata.namespace or "", resource.name
            self._gateways.setdefault(name, construct)
            for member, other in self._members.items():
                if isinstance(other, Base) and _asked_for(other) == name:
                    member._outdated()
        elif isinstance(resource, Base) and (asked := _asked_for(resource)) and resource.spec.gateway:
            self._routed.setdefault((asked, prefix_key(resource.spec.gateway.route)), construct)
            if front := self._gateways.get(asked):
                front._outdated()

    def settle(self) -> None:
        """Compile every Gateway; raises `SpecError` where the routes of the set are too much for one."""
        for gateway in self._gateways.values():
            _ = gateway.compilation


def linked_set(root: IConstruct) -> LinkedSet:
    """Return the set of the tree below *root*."""
    found: LinkedSet = vars(root).setdefault("_linked_set", LinkedSet())
    return found


def placed(resource: Resource, platform: Platform) -> Resource:
    """Return *resource* in the namespace that it comes to stand in."""
    if resource.metadata.namespace or not platform.namespace:
        return resource
    metadata = resource.metadata.model_copy(update={"namespace": platform.namespace})
    return resource.model_copy(update={"metadata": metadata})


def _asked_for(base: Base) -> tuple[str, str] | None:
    """Return namespace and name of the Gateway that *base* wants a route in."""
    gateway, namespace = base.spec.gateway, base.metadata.namespace
    return (gateway.gateway_namespace or namespace, gateway.gateway_name) if gateway and namespace else None


def _own_route(gateway: Resource, key: str) -> int | None:
    """Return the index of the route that *gateway* itself has at the prefix."""
    return next((index for index, route in enumerate(gateway.spec.routes) if prefix_key(route.prefix) == key), None)
