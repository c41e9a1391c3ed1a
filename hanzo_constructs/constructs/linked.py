"""The Base applications and Gateways of one tree: who routes to whom, whichever is declared first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..compiler.links import Links, links_of
from ..errors import Finding
from ..platform import Platform
from ..spec.resource import Base, Gateway, Resource
from ..spec.route_prefix import prefix_key
from .cdk import IConstruct, jsii
from .crossing import Reference

if TYPE_CHECKING:
    from .changing import ChangingConstruct

__all__ = ["LinkedSet", "linked_set", "placed"]

Name = tuple[str, str]
"""Namespace (an empty string for none) and name of a Gateway."""

_NOWHERE = Platform()
"""Resources are placed in their namespaces before they come here."""


class LinkedSet:
    """What has been declared so far, by what is asked for: a set of any size is never walked."""

    def __init__(self) -> None:
        self._gateways: dict[Name, ChangingConstruct[Any]] = {}
        self._own_routes: dict[Name, dict[str, int]] = {}
        """The prefixes that a gateway itself routes, and the indexes of their routes."""
        self._applications: dict[Name, dict[ChangingConstruct[Any], Base]] = {}
        """Who wants a route in a gateway, whether there is one or not."""
        self._routed: dict[tuple[Name, str], ChangingConstruct[Any]] = {}
        """The application that has a prefix in a gateway."""

    def links(self, resource: Resource) -> Links:
        """Return the links of the set as far as they concern *resource*, which need not be in it."""
        if isinstance(resource, Base):
            return Links(gateways=self._gateways.keys())
        return links_of(self._applications.get(_name(resource), {}).values(), _NOWHERE)[0]

    def contradiction(self, base: Base) -> Finding | None:
        """Say who has the route of *base* already."""
        if not (gateway := base.spec.gateway) or not (name := _asked_for(base)):
            return None
        key = prefix_key(gateway.route)
        known = self._routed.get((name, key))
        if known is not None and not _stands(known):
            self._leave(name, known)
        if (known := self._routed.get((name, key))) and (other := str(self._applications[name][known])) != str(base):
            owner = f"{other} at {known._where}"
        elif (index := self._own_routes.get(name, {}).get(key)) is not None:
            owner = f"its spec.routes[{index}] at {self._gateways[name]._where}"
        else:
            return None
        message = f"{gateway.route} is routed twice in Gateway {'/'.join(name)} (also by {owner}); give each its own"
        return Finding(message, "spec.gateway.route", str(base))

    def join(self, construct: ChangingConstruct[Any], resource: Resource) -> None:
        """Take *construct*, which declares *resource*, into the set; whom it concerns compiles again."""
        if isinstance(resource, Gateway):
            name = _name(resource)
            is_new = name not in self._gateways
            if self._gateways.setdefault(name, construct) is construct:
                # the first of several at one prefix counts
                routes = reversed([*enumerate(resource.spec.routes)])
                self._own_routes[name] = {prefix_key(route.prefix): index for index, route in routes}
            for application in self._applications.get(name, ()) if is_new else ():
                application._outdated()
        elif isinstance(resource, Base) and (asked := _asked_for(resource)) and resource.spec.gateway:
            self._applications.setdefault(asked, {})[construct] = resource
            self._routed.setdefault((asked, prefix_key(resource.spec.gateway.route)), construct)
            if front := self._gateways.get(asked):
                front._outdated()

    def settle(self) -> None:
        """Forget what was removed, and compile every Gateway; raises `SpecError` where it has too many routes."""
        for name, gateway in [*self._gateways.items()]:
            if not _stands(gateway):
                del self._gateways[name], self._own_routes[name]
                for application in self._applications.get(name, ()):
                    application._outdated()
        for name, applications in self._applications.items():
            for application in [each for each in applications if not _stands(each)]:
                self._leave(name, application)
        for gateway in self._gateways.values():
            _ = gateway._kept
            gateway._match_children()

    def _leave(self, name: Name, application: ChangingConstruct[Any]) -> None:
        """Forget *application*, which was removed from the tree and wanted a route in the gateway *name*."""
        del self._applications[name][application]
        self._routed = {key: owner for key, owner in self._routed.items() if owner is not application}
        if front := self._gateways.get(name):
            front._outdated()


def _stands(construct: ChangingConstruct[Any]) -> bool:
    """Return whether *construct* has not been removed from its tree, which nobody can before JavaScript knows of it."""
    if construct._reference is None:
        return True
    scopes = jsii.get(jsii.get(Reference(construct), "node"), "scopes")
    nodes = [jsii.get(Reference(scope), "node") for scope in scopes]
    return all(
        _key(jsii.invoke(above, "tryFindChild", [jsii.get(node, "id")])) == _key(scope)
        for above, node, scope in zip(nodes, nodes[1:], scopes[1:], strict=False)
    )


def _key(construct: Any) -> str | None:
    return construct and str(Reference(construct).__jsii_ref__.ref)


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


def _name(resource: Resource) -> Name:
    return resource.metadata.namespace or "", resource.name


def _asked_for(base: Base) -> Name | None:
    """Return namespace and name of the Gateway that *base* wants a route in."""
    gateway, namespace = base.spec.gateway, base.metadata.namespace
    return (gateway.gateway_namespace or namespace, gateway.gateway_name) if gateway and namespace else None
