"""The resources of one tree, as far as they have to do with each other, whichever is declared first.

What one offers and needs is said by `compiler.offers` and `compiler.needs`; here it is kept by what is asked for, while
constructs come and go, so that a set of any size is never walked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from ..compiler.links import NO_LINKS, Links, is_ambiguous, routes_of
from ..compiler.needs import Need, credential_needs, need_rank, needs_of
from ..compiler.object_needs import object_needs
from ..compiler.offers import Name, Offer, offer_of
from ..errors import Finding
from ..kube.manifest import Manifest
from ..platform import Platform
from ..spec.resource import Base, Gateway, Resource
from ..spec.route_prefix import prefix_key
from .cdk import IConstruct, jsii
from .crossing import Reference

if TYPE_CHECKING:
    from .changing import ChangingConstruct

    Linked = ChangingConstruct[Any]

__all__ = ["LinkedSet", "linked_set", "placed"]


class LinkedSet:
    """What has been declared so far, by what is asked for; resources are placed in their namespaces first."""

    def __init__(self) -> None:
        self._gateways: dict[Name, Linked] = {}
        self._own_routes: dict[Name, dict[str, int]] = {}
        """The prefixes that a gateway itself routes, and the indexes of their routes."""
        self._applications: dict[Name, dict[Linked, Base]] = {}
        """Who wants a route in a gateway, whether there is one or not."""
        self._routed: dict[tuple[Name, str], Linked] = {}
        """The application that has a prefix in a gateway."""
        self._callers: dict[Name, dict[Linked, tuple[Name, list[Need]]]] = {}
        """Who needs what stands at an address, whether anything does or not."""
        self._guarded: dict[Name, dict[Linked, None]] = {}
        """What has a network policy, by each of its addresses."""
        self._strangers: dict[Name, list[Need]] = {}
        """What the user's own objects need, by address."""

    def links(self, resource: Resource, platform: Platform) -> Links:
        """Return the links of the set as far as they concern *resource* on *platform*, which need not be in it."""
        offer = offer_of(resource, platform)
        admitted = {_name(resource): tuple(sorted(self._needs(offer), key=need_rank))} if offer.policy else {}
        if isinstance(resource, Gateway):
            routes = routes_of(self._applications.get(_name(resource), {}).values(), platform)
            return Links(routes=routes, admitted=admitted)
        if isinstance(resource, Base):
            return Links(gateways=self._gateways.keys(), admitted=admitted)
        return Links(admitted=admitted) if admitted else NO_LINKS

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

    def join(self, construct: Linked, resource: Resource, owners: Iterable[Resource] = ()) -> None:
        """Take *construct*, which declares *resource* and has credentials of *owners*; whom it concerns compiles again."""
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
        self._call(construct, resource, owners)

    def settle(self, own_objects: Iterable[Manifest], platform: Platform) -> None:
        """Forget what was removed, and compile every Gateway; raises `SpecError` where it has too many routes.

        *own_objects* are those of the user; they are looked at if there is a network policy that could let them in.
        """
        for name, gateway in [*self._gateways.items()]:
            if not _stands(gateway):
                del self._gateways[name], self._own_routes[name]
                for application in self._applications.get(name, ()):
                    application._outdated()
        for name, applications in self._applications.items():
            for application in [each for each in applications if not _stands(each)]:
                self._leave(name, application)
        for address, guards in self._guarded.items():
            callers = self._callers.get(address, {})
            for caller in [each for each in callers if not _stands(each)]:
                del callers[caller]
                self._reopen(address)
            for guard in [each for each in guards if not _stands(each)]:
                del guards[guard]
        self._observe(own_objects if self._guarded else (), platform)
        for gateway in self._gateways.values():
            _ = gateway._kept
            gateway._match_children()

    def _observe(self, own_objects: Iterable[Manifest], platform: Platform) -> None:
        """Note what *own_objects* need, and nothing else of the user's objects."""
        found: dict[Name, list[Need]] = {}
        for manifest in own_objects:
            for need in object_needs(manifest, platform):
                found.setdefault(need.address, []).append(need)
        before, self._strangers = self._strangers, found
        for address in before.keys() | found.keys():
            if before.get(address) != found.get(address):
                self._reopen(address)

    def _needs(self, offer: Offer) -> Iterator[Need]:
        """Yield what others need of *offer*."""
        for address in offer.addresses:
            if is_ambiguous(address, self._guarded.get(address, ())):
                continue
            yield from self._strangers.get(address, ())
            for caller, needs in self._callers.get(address, {}).values():
                yield from needs if caller != (offer.namespace, offer.name) else ()

    def _call(self, construct: Linked, resource: Resource, owners: Iterable[Resource]) -> None:
        """Note what *resource* needs and whether it has a policy; those that it calls compile again."""
        platform = construct._around.platform
        needs: dict[Name, list[Need]] = {}
        for need in (*needs_of(resource, platform), *credential_needs(resource, owners, platform)):
            needs.setdefault(need.address, []).append(need)
        for address, found in needs.items():
            self._callers.setdefault(address, {})[construct] = (_name(resource), found)
            self._reopen(address)
        if (offer := offer_of(resource, platform)).policy:
            for address in offer.addresses:
                self._guarded.setdefault(address, {})[construct] = None

    def _reopen(self, address: Name) -> None:
        """Have those compile again whose network policies decide who gets to *address*."""
        for guard in self._guarded.get(address, ()):
            guard._outdated()

    def _leave(self, name: Name, application: Linked) -> None:
        """Forget *application*, which was removed from the tree and wanted a route in the gateway *name*."""
        del self._applications[name][application]
        self._routed = {key: owner for key, owner in self._routed.items() if owner is not application}
        if front := self._gateways.get(name):
            front._outdated()


def _stands(construct: Linked) -> bool:
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
