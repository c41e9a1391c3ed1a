"""Datastore as a construct."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from ..compiler import Compilation, compile_resource
from ..compiler.backup import backup_selector
from ..errors import Finding, SpecError
from ..kube.core import LabelSelector
from ..kube.fields import Path, field_path, shown
from ..kube.owner import Owner
from ..spec.connection import connection_url, host_name
from ..spec.exposure import NetworkPolicy, NetworkPolicyPeer
from ..spec.resource import Datastore, Resource
from .changing import ChangingConstruct
from .endpoints import Endpoints
from .objects import NamedObjects, OptionalObject, RequiredObject
from .references import SecretRef, known_hosts
from .roles import PodRole

__all__ = ["DatastoreConstruct"]

_NAMESPACE = "kubernetes.io/metadata.name"
"""Label that every namespace carries, with its name."""


class DatastoreConstruct(PodRole[Datastore], ChangingConstruct[Datastore]):
    """A database, cache, object store or broker: a StatefulSet with a claim for each replica.

    Who uses its `connection_url` or a `secret_ref` in the spec of another construct connects to it: the pods there, and
    those of a backup, are let in by its network policy, where it has one.
    """

    kind = "Datastore"
    main_child = "StatefulSet"
    changing = frozenset({"NetworkPolicy"})

    stateful_set = RequiredObject("StatefulSet")
    service = RequiredObject("Service")
    headless_service = RequiredObject("Service-headless")
    aliases = NamedObjects("Service-alias")
    backup = OptionalObject("CronJob")
    disruption_budget = OptionalObject("PodDisruptionBudget")
    network_policy = OptionalObject("NetworkPolicy")
    service_monitor = OptionalObject("ServiceMonitor")
    kms_secrets = NamedObjects("KMSSecret")

    _peers: Mapping[str, NetworkPolicyPeer] = MappingProxyType({})
    """The pods of those who use a reference, each once."""

    @property
    def endpoints(self) -> Endpoints:
        """The URLs under which the engine is reached; the primary port speaks what the connection URL says."""
        self._tell_address()
        found, engine = super().endpoints, self.resource.engine
        primary = engine.ports[0].name
        url = f"{engine.scheme}:{found.ports[primary].partition(':')[2]}"
        return Endpoints(MappingProxyType({**found.ports, primary: url}), found.hosts)

    @property
    def connection_url(self) -> str:
        """The URL of the datastore, without user and password: a value, or part of one, for another construct."""
        declared: Any = self._declared
        self._tell_address()
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

    def _compile(self, resource: Resource) -> Compilation:
        self._declared = resource
        peers = tuple(peer for _, peer in sorted(self._peers.items()))
        return compile_resource(_admitting(resource, peers), self._around.platform)

    def _peers_of(self, client: Compilation) -> tuple[NetworkPolicyPeer, ...]:
        """Return the pods of *client* as the network policy here names them; none where there is no policy."""
        policy: NetworkPolicy | None = self._declared.spec.network_policy
        if policy is None or policy.enabled is False:
            return ()
        owner, place = client.owner, None
        if owner.namespace != self._namespace:
            if owner.namespace is None:
                message = f"required: {self._declared} lets its clients in by namespace"
                raise SpecError([Finding(message, "metadata.namespace")])
            place = LabelSelector(match_labels={_NAMESPACE: owner.namespace})
        pods = [dict(owner.selector)]
        if any(child.id == "CronJob" for child in client.children):
            pods.append(backup_selector(owner.name))
        return tuple(
            NetworkPolicyPeer(pod_selector=LabelSelector(match_labels=labels), namespace_selector=place)
            for labels in pods
        )

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

    def _tell_address(self) -> None:
        """Note that the address is known outside: whoever writes it into a spec connects to the datastore."""
        if self._namespace:
            host = host_name(self._declared.metadata.name, self._namespace, self._around.platform)
            known_hosts(self._around.root)[host] = self

    def _admit(self, peers: tuple[NetworkPolicyPeer, ...]) -> None:
        """Let *peers* in."""
        if peers:
            self._peers = {**self._peers, **{str(peer): peer for peer in peers}}
            self._outdated()


def _admitting(resource: Resource, peers: tuple[NetworkPolicyPeer, ...]) -> Resource:
    """Return *resource* with *peers* added to its network policy."""
    if not peers:
        return resource
    policy = resource.spec.network_policy
    policy = policy.model_copy(update={"allow_from": (*policy.allow_from, *peers)})
    return resource.model_copy(update={"spec": resource.spec.model_copy(update={"network_policy": policy})})
