"""Datastore as a construct."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..errors import Finding, SpecError
from ..kube.fields import Path, field_path, shown
from ..kube.owner import Owner
from ..spec.connection import connection_url
from ..spec.resource import Datastore
from .changing import ChangingConstruct
from .objects import NamedObjects, OptionalObject, RequiredObject
from .references import SecretRef
from .roles import PodRole

__all__ = ["DatastoreConstruct"]

_NAMESPACE = "kubernetes.io/metadata.name"
"""Label that every namespace carries, with its name."""


class DatastoreConstruct(PodRole[Datastore], ChangingConstruct[Datastore]):
    """A database, cache, object store or broker: a StatefulSet with a claim for each replica.

    Who uses its `connection_url` or a `secret_ref` in the spec of another construct, or in an object of the user's own,
    connects to it, and is let in by its network policy, where it has one.
    """

    kind = "Datastore"
    main_child = "StatefulSet"
    changing = frozenset({"NetworkPolicy"})

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
        declared: Any = self._declared
        try:
            return connection_url(declared, self._around.platform)
        except SpecError as error:
            raise SpecError(finding.at(self._where) for finding in error.findings) from None

    def secret_ref(self, key: str) -> SecretRef:
        """Return *key* of the credentials, for a variable of another construct in the same namespace.

        The value stands in no manifest. Raises `SpecError` where the datastore names no Secret with credentials.
        """
        secret = self._declared.spec.credentials_secret
        if secret is None:
            message = f"required for secret_ref({shown(key)}): name the Secret that holds the credentials"
            raise SpecError([Finding(message, "spec.credentialsSecret", str(self._declared), self._where)])
        return SecretRef.to(self, secret, key)

    def _withheld(self, secret: SecretRef, client: Owner, at: Path) -> Iterator[Finding]:
        """Yield why the pods of *client* cannot read *secret*, which they want to *at* a place in its spec."""
        name = secret.secret_key_ref.name if secret.secret_key_ref else ""
        if client.namespace != self._namespace:
            message = (
                f"pods in {client.namespace or 'no namespace'} cannot read the Secret {name} of {self._declared}, which is"
                f" in {self._namespace or 'none'}; write a secretKeyRef to a Secret of their own namespace"
            )
            yield Finding(message, field_path(at))

    @property
    def _namespace(self) -> str | None:
        namespace: str | None = self._declared.metadata.namespace or self._around.platform.namespace
        return namespace
