"""Datastore as a construct."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import quote

from ...compiler.connections import known_of
from ...compiler.offers import offer_of
from ...compiler.targets import Target, target_of
from ...errors import Finding, SpecError
from ...kube.fields import listed, shown
from ...spec.connection import connection_url
from ...spec.datastore import Datastore
from ..lazy.arguments import check_argument
from .attributes import NamedObjects, OptionalObject, RequiredObject
from .composed_text import ComposedText, composed
from .plus_interfaces import PodConstruct
from .secret_ref import SecretRef

if TYPE_CHECKING:
    from ...spec.datastore import DatastoreSpec  # noqa: F401 - likewise
    from ...spec.dicts import DatastoreDict  # noqa: F401 - named in the argument of the base

__all__ = ["DatastoreConstruct"]

_USERLESS = ("redis", "rediss")
"""Schemes of which clients send a password alone: `redis://:password@host`."""


class DatastoreConstruct(PodConstruct[Datastore, "DatastoreSpec | DatastoreDict"]):
    """A database, cache, object store or broker: a StatefulSet with a claim for each replica.

    Who uses its `url()`, its `host` or a `secret_ref` in the spec of another construct, or in an object of the user's own,
    connects to it, and is let in by its network policy, where it has one.
    """

    kind = "Datastore"
    main_child = "StatefulSet"
    linked_children = frozenset({"NetworkPolicy"})

    stateful_set = RequiredObject("StatefulSet")
    service = RequiredObject("Service")
    headless_service = RequiredObject("Service-headless")
    directories = OptionalObject("ConfigMap-directories")
    aliases = NamedObjects("Service-alias")
    backup = OptionalObject("CronJob")
    disruption_budget = OptionalObject("PodDisruptionBudget")
    network_policy = OptionalObject("NetworkPolicy")
    service_monitor = OptionalObject("ServiceMonitor")
    kms_secrets = NamedObjects("KMSSecret")

    @property
    def connection_url(self) -> str:
        """The URL of the datastore, without user and password: a value, or part of one, for another construct."""
        try:
            return connection_url(self.resource, self._context.platform)
        except SpecError as error:
            raise SpecError(finding.at(self._where) for finding in error.findings) from None

    @property
    def host(self) -> str:
        """The host name of the datastore, within the cluster."""
        return self._known["host"]

    @property
    def port(self) -> str:
        """The first port of the datastore, as the text that a variable takes."""
        return self._known["port"]

    @property
    def database(self) -> str:
        """The database that is there from the beginning; raises `SpecError` where the datastore does not say it."""
        if name := self._known["database"]:
            return name
        target = self._target
        message = f"does not say its database: {target.database_hint}"
        raise SpecError([Finding(message, "spec.env", target.owner, self._where)])

    def url(
        self,
        *,
        user: str | SecretRef = "",
        password: str | SecretRef = "",
        database: str = "",
        port: str = "",
    ) -> str | ComposedText:
        """Return the URL of the datastore with what is given: the value of a variable of another construct.

        *port* is the name of one of its ports, such as native of ClickHouse; left out, the first one is meant.

        *user* and *password* are texts or a `secret_ref` of this datastore. A secret becomes a variable of its own, in
        front of the one with the URL, and its value stands in no manifest; nothing encodes it, so that it must have no
        characters with a meaning in URLs. Plain texts are encoded. A password without a user is one of Valkey's.
        """
        for name, given in (("user", user), ("password", password)):
            check_argument(
                name, given, str | SecretRef, "a string or secret_ref(...) of this datastore", where=self._here
            )
        check_argument("database", database, str, "a string", where=self._here)
        check_argument("port", port, str, "a string, the name of a port", where=self._here)
        target = self._target
        named = target.port(port or None)
        if named is None:
            known_ports = listed([each.name for each in target.ports])
            message = f"has no port {shown(port)} for its clients, known are {known_ports}"
            raise SpecError([Finding(message, "spec.ports", target.owner, self._where)])
        if password and not user and named.scheme not in _USERLESS:
            message = f"a password of {named.scheme} belongs to a user; give user= as well"
            raise SpecError([Finding(message, "user", target.owner, self._here)])
        host = self._known["host"]
        name = f"/{quote(database, safe='$()')}" if database else ""
        before: tuple[str | SecretRef, ...] = (_encoded(user),) if user else ()
        if password:
            before = (*before, ":", _encoded(password))
        at = ("@",) if before else ()
        return composed(f"{named.scheme}://", *before, *at, f"{host}:{named.number}{name}")

    @property
    def _target(self) -> Target:
        return target_of(self.resource, offer_of(self.resource, self._context.platform))

    @property
    def _known(self) -> Mapping[str, str]:
        target = self._target
        return known_of(target, target.port(None), self._context.platform)

    def secret_ref(self, key: str) -> SecretRef:
        """Return *key* of the credentials, for a variable of another construct in the same namespace.

        The value stands in no manifest. Raises `SpecError` where the datastore names no Secret with credentials.
        """
        check_argument("key", key, str, "a string, the key of the Secret", where=self._here)
        offer = offer_of(self.resource, self._context.platform)
        if offer.secret is None:
            message = f"required for secret_ref({shown(key)}): name the Secret that holds the credentials"
            raise SpecError([Finding(message, "spec.credentialsSecret", offer.owner, self._where)])
        return SecretRef.to(offer, key)


def _encoded(text: str | SecretRef) -> str | SecretRef:
    """Return *text* as a part of a URL; references to variables stay what they are."""
    return text if isinstance(text, SecretRef) else quote(text, safe="$()")
