"""Why constants of children are what they are: the words that stand beside the literals, by place."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from types import MappingProxyType
from typing import Any

from ..children import pod
from ..compiler.kind import kind_compiler
from ..kube.fields import Path, field_path, parsed_path
from ..kube.kinds import KINDS
from ..spec.kinds import kind_named

__all__ = ["CHILDREN_WITH_WORDS", "Words", "words_at", "words_of", "words_of_child"]

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


CHILDREN_WITH_WORDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "CiliumNetworkPolicy": ("cilium_network_policy",),
        "Deployment": ("deployment",),
        "ExternalSecret": ("external_secret",),
        "HTTPRoute": ("http_route",),
        "HorizontalPodAutoscaler": ("horizontal_pod_autoscaler",),
        "Ingress": ("ingress",),
        "NetworkPolicy": ("network_policy",),
        "Service": ("cluster_service", "headless_service"),
        "ServiceMonitor": ("service_monitor",),
        "StatefulSet": ("stateful_set",),
    }
)
"""The modules with words, by the kind of the child; a resource has few of them."""


def words_of_child(kind: str) -> dict[str, str]:
    """Return words for what the builder of children of *kind* writes whatever the resource says."""
    modules = (import_module(f"...children.{name}", __name__) for name in CHILDREN_WITH_WORDS.get(kind, ()))
    return {place: why for module in modules for place, why in module.WHY.items()}


@cache
def words_of(kind: str, child_kind: str) -> Words:
    """Return the words for the constants in children of *child_kind* of resources of *kind*."""
    own = kind_compiler(kind_named(kind)).why
    template = field_path(KINDS[child_kind].template or ()) if child_kind in KINDS else ""
    in_pod = {f"{template}.{place}": why for place, why in pod.WHY.items()} if template else {}
    return _tree(in_pod, words_of_child(child_kind), own.get(child_kind, {}))


def words_at(path: Path, words: Words) -> str:
    """Return the words for the value at *path*: those of the smallest part around it; empty where there are none."""
    found, nodes = "", [words]
    for step in path:
        ways = (step, "*") if isinstance(step, int) else (step,)
        nodes = [node[way] for node in nodes for way in ways if way in node]
        found = next((node[None] for node in nodes if None in node), found)
    return found
