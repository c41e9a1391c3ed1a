"""Datastore as a construct."""

from __future__ import annotations

from ...compiler.offers import offer_of
from ...errors import Finding, SpecError
from ...kube.fields import shown
from ...spec.connection import connection_url
from ...spec.resource import Datastore
from .attributes import NamedObjects, OptionalObject, RequiredObject
from .plus_interfaces import PodConstruct
from .secret_ref import SecretRef

__all__ = ["DatastoreConstruct"]


class DatastoreConstruct(PodConstruct[Datastore]):
    """A database, cache, object store or broker: a StatefulSet with a claim for each replica.

    Who uses its `connection_url` or a `secret_ref` in the spec of another construct, or in an object of the user's own,
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

    def secret_ref(self, key: str) -> SecretRef:
        """Return *key* of the credentials, for a variable of another construct in the same namespace.

        The value stands in no manifest. Raises `SpecError` where the datastore names no Secret with credentials.
        """
        offer = offer_of(self.resource, self._context.platform)
        if offer.secret is None:
            message = f"required for secret_ref({shown(key)}): name the Secret that holds the credentials"
            raise SpecError([Finding(message, "spec.credentialsSecret", offer.owner, self._where)])
        return SecretRef.to(offer, key)
