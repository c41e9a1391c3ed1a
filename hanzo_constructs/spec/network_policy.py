"""Who may connect to a workload, and whom its pods may connect to."""

from collections.abc import Iterable
from typing import Annotated, Literal

from pydantic import Field

from ..kube.core import LabelSelector
from ..kube.core.deferred import IPBlock, NetworkPolicyEgressRule
from ..kube.fields import wire_name
from ..kube.model import CheckedModel, Items, Problem
from ..kube.published import UNIQUE_ITEMS, UNSTORED
from .peers import egress_problems, peer_problems
from .repeats import repeats

__all__ = ["NetworkPolicy", "NetworkPolicyPeer"]

_MOST = 256
"""Rules that an API server can still check at a price that has a bound."""
_NOBODY = "must have podSelector, namespaceSelector or ipBlock; for traffic from anywhere write allowIngress: true"


class NetworkPolicyPeer(CheckedModel):
    """Pods, or addresses outside the cluster, that may connect."""

    pod_selector: LabelSelector | None = None
    """Labels of the pods; without namespaceSelector, pods of the resource's own namespace."""
    namespace_selector: LabelSelector | None = None
    """Labels of the namespaces; without podSelector, all pods in them."""
    ip_block: IPBlock | None = None
    """Addresses outside the cluster, in place of pods."""

    def problems(self) -> Iterable[Problem]:
        """Refuse the empty peer, and selectors and ranges that no cluster takes."""
        return peer_problems(self, (), nobody=_NOBODY)


class NetworkPolicy(CheckedModel):
    """Who may connect to the declared ports, and whom the pods may connect to; everybody else is kept out."""

    enabled: bool | None = None
    """Deprecated: a block that is written is on; false means the same as leaving it out."""
    allow_from: Annotated[Items[NetworkPolicyPeer], Field(max_length=_MOST)] = ()
    """Pods and addresses that may connect, beside those that the other fields let in."""
    allow_ingress: Annotated[bool, UNSTORED] = False
    """Whether everybody may connect, from inside and outside the cluster."""
    allow_intra_namespace: Annotated[bool, UNSTORED] = True
    """Whether every pod of the namespace may connect."""
    egress: Annotated[Items[NetworkPolicyEgressRule], Field(max_length=_MOST)] | None = None
    """Whom the pods may connect to, beside DNS and the resources of the set that they are declared to need; an empty
    list: to nobody else. Left out, to everybody."""
    policy_types: Annotated[Items[Literal["Ingress", "Egress"]], UNIQUE_ITEMS] = ()
    """What is restricted; left out, Ingress, and Egress where egress is written."""

    @property
    def restricts_ingress(self) -> bool:
        """Whether it says who may connect to the pods."""
        return not self.policy_types or "Ingress" in self.policy_types

    @property
    def restricts_egress(self) -> bool:
        """Whether it says whom the pods may connect to."""
        return self.egress is not None or "Egress" in self.policy_types

    def problems(self) -> Iterable[Problem]:
        """Refuse rules that no cluster takes, and those for what is not restricted."""
        if self.egress is None and not self.policy_types:
            return
        for index, earlier in repeats(self.policy_types):
            message = f"{self.policy_types[index]} is used twice"
            yield Problem(("policyTypes", index), message, related=("policyTypes", earlier))
        ingress = {"allow_from", "allow_ingress", "allow_intra_namespace"} & self.model_fields_set
        for name in sorted(ingress) if not self.restricts_ingress else ():
            yield Problem((wire_name(name),), "has no effect because policyTypes leaves Ingress out")
        if self.egress is not None:
            if self.policy_types and "Egress" not in self.policy_types:
                yield Problem(("egress",), "has no effect because policyTypes leaves Egress out")
            yield from egress_problems(self.egress, ("egress",))
