"""Compiled sets in namespaces of their own, so that one server holds the sets of many tests."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping
from typing import Any
from zlib import crc32

from hanzo_constructs import SpecError, compile_resource, parse
from tests.cluster.client import Client
from tests.cluster.server import ControlPlane
from tests.golden.cases import Case

__all__ = ["apart", "apply_all", "in_epoch", "make_namespaces", "settled", "unfit"]

Manifest = dict[str, Any]

_CHOSEN_BY_SERVER = {
    "batch.kubernetes.io/controller-uid",
    "clusterIP",
    "clusterIPs",
    "controller-uid",
    "healthCheckNodePort",
    "nodePort",
}

_NODE_PORTS: dict[tuple[str, int], int] = {}
"""The port of the nodes that a set has in place of its own: a cluster has each of them once."""
_FIRST_NODE_PORT = 31000

_OTHER_NODE_PORTS = {"service/service-open-and-shut"}
"""Cases with ports of nodes outside the usual range, which is a warning."""


def apart(manifests: Iterable[Mapping[str, Any]], suffix: str, *, default: str = "set") -> list[Manifest]:
    """Return a copy of *manifests* whose namespaces are called otherwise; *default* is that of those without.

    Ports of nodes are others too, and the same for the same *suffix*.
    """
    copies = [copy.deepcopy(dict(manifest)) for manifest in manifests]
    for manifest in copies:
        metadata = manifest["metadata"]
        metadata["namespace"] = f"{metadata.get('namespace', default)[:40]}-{crc32(suffix.encode()):08x}"
        for port in manifest["spec"].get("ports", ()) if manifest["kind"] == "Service" else ():
            if number := port.get("nodePort"):
                port["nodePort"] = _NODE_PORTS.setdefault((suffix, number), _FIRST_NODE_PORT + len(_NODE_PORTS))
    return copies


def make_namespaces(client: Client, manifests: Iterable[Manifest], labels: Mapping[str, str] | None = None) -> None:
    """Make the namespaces of *manifests* that are not there, with *labels*."""
    for namespace in sorted({manifest["metadata"]["namespace"] for manifest in manifests}):
        metadata = {"name": namespace, "labels": dict(labels or {})}
        answer = client.apply({"apiVersion": "v1", "kind": "Namespace", "metadata": metadata})
        assert not answer.message, answer.message


def apply_all(client: Client, manifests: Iterable[Manifest], *, manager: str = "kubectl") -> list[Manifest]:
    """Apply *manifests* one after the other, and return what is stored then."""
    answers = [client.apply(manifest, manager=manager) for manifest in manifests]
    assert not [answer.message for answer in answers if answer.message]
    return [answer.body for answer in answers]


def unfit(case: Case, server: ControlPlane) -> str | None:
    """Say why *case* is not for *server*: it is for newer ones, or for such with more switched on."""
    if int(case.platform.kubernetes.partition(".")[2]) > server.minor:
        return f"for Kubernetes {case.platform.kubernetes}; this server is 1.{server.minor}"
    if case.name in _OTHER_NODE_PORTS:
        return "for servers with another --service-node-port-range"
    return "for servers with feature gates on" if case.platform.feature_gates else None


def in_epoch(case: Case, epoch: str) -> list[Manifest] | None:
    """Return the children of all resources of *case* in another epoch, or None where that refuses one."""
    children: list[Manifest] = []
    links, _ = case.links
    for document in case.documents:
        metadata = document["metadata"]
        metadata["annotations"] = {**(metadata.get("annotations") or {}), "hanzo.ai/epoch": epoch}
        try:
            children += compile_resource(parse(document, case.platform), case.platform, links=links).manifests
        except SpecError:
            return None
    return children


def settled(stored: Manifest) -> Manifest:
    """Return what of *stored* is the same whenever and wherever it is applied."""
    metadata = {key: stored["metadata"].get(key) for key in ("name", "labels", "annotations", "ownerReferences")}
    content = {key: value for key, value in stored.items() if key not in {"metadata", "status"}}
    settled: Manifest = _without_choices({"metadata": metadata, **content})
    return settled


def _without_choices(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_choices(item) for key, item in value.items() if key not in _CHOSEN_BY_SERVER}
    return [_without_choices(item) for item in value] if isinstance(value, list) else value
