"""What a construct is to cdk8s-plus: something whose pods can be selected, and which an autoscaler can scale.

The methods are those of the interfaces `IPodSelector`, `INetworkPolicyPeer` and `IScalable`, which every version of
cdk8s-plus declares for itself. A construct has those of the versions that are imported when it appears in the tree.
"""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from ..errors import Finding, SpecError
from ..kube.quantity import quantity_value
from ..spec.resource import Resource
from .cdk import JsonPatch, Size
from .plus import plus_modules

if TYPE_CHECKING:
    from ..kube.manifest import Manifest
    from .construct import ResourceConstruct as Base
else:
    Base = Generic

__all__ = ["PodRole", "ScalingRole", "take_roles"]

R = TypeVar("R", bound=Resource)


class PodRole(Base[R]):
    """Something that runs pods: an `IPodSelector` and an `INetworkPolicyPeer` of cdk8s-plus."""

    def to_pod_selector_config(self) -> Any:
        """Return the selector of the pods; called by cdk8s-plus."""
        plus, pods = plus_modules()[-1], self._kept.pods[0]
        namespace = pods.owner.namespace
        namespaces = plus.NamespaceSelectorConfig(names=[namespace]) if namespace else None
        selector = plus.LabelSelector.of(labels=dict(pods.selector))
        return plus.PodSelectorConfig(label_selector=selector, namespaces=namespaces)

    def to_network_policy_peer_config(self) -> Any:
        """Return the pods as a peer of a network policy; called by cdk8s-plus."""
        return plus_modules()[-1].NetworkPolicyPeerConfig(pod_selector=self.to_pod_selector_config())

    def to_pod_selector(self) -> Any:
        """Return what selects the pods; called by cdk8s-plus."""
        return self


class ScalingRole(PodRole[R]):
    """Something with replicas: an `IScalable` of cdk8s-plus."""

    _has_autoscaler: bool | None = None
    _scaling_target: Any = None

    @property
    def has_autoscaler(self) -> bool:
        """Whether an autoscaler owns the number of replicas."""
        if self._has_autoscaler is None:
            return "HorizontalPodAutoscaler" in self._manifests
        return self._has_autoscaler

    @has_autoscaler.setter
    def has_autoscaler(self, value: bool) -> None:
        self._has_autoscaler = value

    def mark_has_autoscaler(self) -> None:
        """Leave the number of replicas to an autoscaler made by hand; called by cdk8s-plus."""
        spec = self.resource.spec
        if self.has_autoscaler:
            raise SpecError([self._problem("an autoscaler scales it already", "spec.autoscaling")])
        if "replicas" in spec.model_fields_set and self.compilation.rules.epoch.contradictions == "error":
            raise SpecError([self._problem("has no effect beside an autoscaler; leave it out", "spec.replicas")])
        workload = self.children.get(self.main_child)
        if workload is None:
            raise SpecError([self._problem("an operator owns the replicas; use spec.autoscaling", "spec.autoscaling")])
        self._has_autoscaler = True
        if "replicas" in self._manifests[self.main_child]["spec"]:
            workload.add_json_patch(JsonPatch.remove("/spec/replicas"))

    def to_scaling_target(self) -> Any:
        """Return what an autoscaler has to know; called by cdk8s-plus."""
        if self._scaling_target is None:
            plus, workload = plus_modules()[-1], self._manifests[self.main_child]
            self._scaling_target = plus.ScalingTarget(
                api_version=workload["apiVersion"],
                kind=workload["kind"],
                name=workload["metadata"]["name"],
                containers=[_container(plus, each) for each in _running(workload["spec"]["template"]["spec"])],
            )
        return self._scaling_target

    def _problem(self, message: str, path: str) -> Finding:
        return Finding(message, path, str(self.resource), self._where)


def take_roles(kind: type) -> None:
    """Tell jsii which interfaces of the imported versions of cdk8s-plus the constructs of *kind* have."""
    names = ["IPodSelector", "INetworkPolicyPeer"] if issubclass(kind, PodRole) else []
    names += ["IScalable"] if issubclass(kind, ScalingRole) else []
    known = list(getattr(kind, "__jsii_ifaces__", []))
    wanted = [interface for plus in plus_modules() for name in names if (interface := getattr(plus, name, None))]
    if new := [interface for interface in wanted if interface not in known]:
        kind.__jsii_ifaces__ = [*known, *new]  # type: ignore[attr-defined]


def _running(pod: Manifest) -> list[Manifest]:
    """Return the containers of *pod* that an autoscaler measures: all that go on running."""
    inits = [each for each in pod.get("initContainers", ()) if each.get("restartPolicy") == "Always"]
    return [*pod["containers"], *inits]


def _container(plus: Any, container: Manifest) -> Any:
    """Return *container* as far as an autoscaler cares: whether there are requests and limits to measure use against."""
    amounts = container.get("resources", {})
    cpu = {field: plus.Cpu.millis(_whole(amount["cpu"], 1000)) for field, amount in _given(amounts, "cpu")}
    memory = {
        field: Size.kibibytes(_whole(amount["memory"], Fraction(1, 1024)))
        for field, amount in _given(amounts, "memory")
    }
    resources = plus.ContainerResources(
        cpu=plus.CpuResources(**cpu) if cpu else None, memory=plus.MemoryResources(**memory) if memory else None
    )
    return plus.Container(name=container["name"], image=container["image"], resources=resources)


def _given(amounts: Manifest, resource: str) -> list[tuple[str, Any]]:
    fields = (("request", "requests"), ("limit", "limits"))
    return [(field, amounts[name]) for field, name in fields if resource in amounts.get(name, {})]


def _whole(amount: str, units: int | Fraction) -> int:
    return math.ceil(quantity_value(amount) * units)
