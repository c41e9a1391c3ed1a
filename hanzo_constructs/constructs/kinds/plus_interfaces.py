"""Constructs as cdk8s-plus sees them: something whose pods can be selected, and which an autoscaler can scale.

The methods are those of the interfaces `IPodSelector`, `INetworkPolicyPeer` and `IScalable`, which every version of
cdk8s-plus declares for itself. A construct has those of the versions that are imported when JavaScript first sees it.
"""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any, ClassVar

from typing_extensions import TypeVar

from ...errors import Finding, SpecError
from ...kube.manifest import Manifest
from ...kube.quantity import quantity_value
from ...spec.resource import Resource
from ..node.cdk import JsonPatch, Size
from .plus import plus_modules
from .resource import ResourceConstruct

__all__ = ["PodConstruct", "ScalableConstruct"]

R = TypeVar("R", bound=Resource)
S = TypeVar("S", default=Any)


class PodConstruct(ResourceConstruct[R, S]):
    """A resource that runs pods: an `IPodSelector` and an `INetworkPolicyPeer` of cdk8s-plus."""

    _plus_interfaces: ClassVar[tuple[str, ...]] = ("IPodSelector", "INetworkPolicyPeer")

    def to_pod_selector_config(self) -> Any:
        """Return the selector of the pods; called by cdk8s-plus."""
        plus, pods = plus_modules()[-1], self._packed.pods[0]
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

    def _create_node(self) -> None:
        """Tell jsii which interfaces the class has, then create the construct."""
        known = list(getattr(type(self), "__jsii_ifaces__", []))
        wanted = (getattr(plus, name, None) for plus in plus_modules() for name in self._plus_interfaces)
        if new := [interface for interface in wanted if interface and interface not in known]:
            type(self).__jsii_ifaces__ = [*known, *new]
        super()._create_node()


class ScalableConstruct(PodConstruct[R, S]):
    """A resource with replicas: an `IScalable` of cdk8s-plus, too."""

    _plus_interfaces = (*PodConstruct._plus_interfaces, "IScalable")
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


def _running(pod: Manifest) -> list[Manifest]:
    """Return the containers of *pod* that an autoscaler measures: all that go on running."""
    inits = [each for each in pod.get("initContainers", ()) if each.get("restartPolicy") == "Always"]
    return [*pod["containers"], *inits]


def _container(plus: Any, container: Manifest) -> Any:
    """Return *container* with its requests and limits, which an autoscaler measures use against."""
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
