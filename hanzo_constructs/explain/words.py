"""Why constants of children are what they are: the words that stand beside the literals, by place."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

from ..children import (
    cilium_network_policy,
    cluster_service,
    deployment,
    external_secret,
    headless_service,
    horizontal_pod_autoscaler,
    http_route,
    ingress,
    network_policy,
    pod,
    service_monitor,
    stateful_set,
)
from ..compiler.kind import kind_compiler
from ..kube.fields import Path, field_path, parsed_path
from ..kube.kinds import KINDS
from ..spec.kinds import kind_named

__all__ = ["OF_CHILDREN", "Words", "words_at", "words_of"]

Words = dict[str | int | None, Any]
"""Why something is so, as a tree along the paths in a child; `"*"` is any index, and None leads to the words."""

_ANY_INDEX = 99_999


def _tree(*tables: Mapping[str, str]) -> Words:
    tree: Words = {}
    for table in tables:
        for place, why in table.items():
            node = tree
            for step in parsed_path(place.replace("[*]", f"[{_ANY_INDEX}]")):
                node = node.setdefault("*" if step == _ANY_INDEX else step, {})
            node[None] = why
    return tree


OF_CHILDREN: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "CiliumNetworkPolicy": cilium_network_policy.WHY,
        "Deployment": deployment.WHY,
        "ExternalSecret": external_secret.WHY,
        "HTTPRoute": http_route.WHY,
        "HorizontalPodAutoscaler": horizontal_pod_autoscaler.WHY,
        "Ingress": ingress.WHY,
        "NetworkPolicy": network_policy.WHY,
        "Service": {**cluster_service.WHY, **headless_service.WHY},
        "ServiceMonitor": service_monitor.WHY,
        "StatefulSet": stateful_set.WHY,
    }
)
"""By the kind of the child: what its builder writes whatever the resource says."""


@cache
def words_of(kind: str, child_kind: str) -> Words:
    """Return the words for the constants in children of *child_kind* of resources of *kind*."""
    own = kind_compiler(kind_named(kind)).why
    template = field_path(KINDS[child_kind].template or ()) if child_kind in KINDS else ""
    in_pod = {f"{template}.{place}": why for place, why in pod.WHY.items()} if template else {}
    return _tree(in_pod, OF_CHILDREN.get(child_kind, {}), own.get(child_kind, {}))


def words_at(path: Path, words: Words) -> str:
    """Return the words for the value at *path*: those of the smallest part around it; empty where there are none."""
    found, nodes = "", [words]
    for step in path:
        ways = (step, "*") if isinstance(step, int) else (step,)
        nodes = [node[way] for node in nodes for way in ways if way in node]
        found = next((node[None] for node in nodes if None in node), found)
    return found
