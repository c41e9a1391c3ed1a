"""All objects that install the operator in a cluster. Its own workload is compiled from a Service, as any other is."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from ..compiler import compile_resource
from ..kube.kinds import api_version, apply_rank
from ..kube.manifest import Manifest
from ..kube.yaml import dump
from ..platform import Platform
from ..schema.crd import custom_resource_definition
from ..schema.policies import SINCE, deprecation_policy
from ..spec.kinds import KINDS, kind_named, parse
from .permissions import rules

__all__ = ["HEALTH_PORT", "METRICS_PORT", "NAME", "operator_manifests"]

NAME = "hanzo-operator"
HEALTH_PORT, METRICS_PORT = 8080, 9090
_SETTINGS = "/etc/hanzo"
_REPLICAS = 2
"""One works, and one stands by."""


def operator_manifests(
    platform: Platform, namespace: str, image: str, namespaces: Collection[str] = ()
) -> list[Manifest]:
    """Return every object, in apply order: the operator runs in *namespace* from *image*.

    It looks after the whole cluster, or after *namespaces* alone; then it gets a role in each of these, and none beyond.
    """
    found = [
        _namespace(namespace),
        *(custom_resource_definition(kind, platform) for kind in KINDS.values()),
        *(deprecation_policy(platform) if platform.kubernetes_minor >= SINCE else ()),
        _peering_definition(namespaced=bool(namespaces)),
        *_roles(platform, namespace, namespaces),
        *_workload(platform, namespace, image, namespaces),
    ]
    return sorted(found, key=lambda each: apply_rank(each["kind"]))


def _namespace(name: str) -> Manifest:
    levels = {f"pod-security.kubernetes.io/{mode}": "restricted" for mode in ("enforce", "audit", "warn")}
    return {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name, "labels": levels}}


def _peering_definition(*, namespaced: bool) -> Manifest:
    """Return the kind in whose objects kopf notes which operators are alive: https://docs.kopf.dev/en/stable/peering/."""
    kind = "KopfPeering" if namespaced else "ClusterKopfPeering"
    open_object = {"type": "object", "x-kubernetes-preserve-unknown-fields": True}
    schema = {"type": "object", "properties": {"status": open_object}}
    version = {"name": "v1", "served": True, "storage": True, "schema": {"openAPIV3Schema": schema}}
    plural = f"{kind.lower()}s"
    return {
        "apiVersion": api_version("CustomResourceDefinition"),
        "kind": "CustomResourceDefinition",
        "metadata": {"name": f"{plural}.kopf.dev"},
        "spec": {
            "group": "kopf.dev",
            "scope": "Namespaced" if namespaced else "Cluster",
            "names": {"kind": kind, "plural": plural, "singular": kind.lower()},
            "versions": [version],
        },
    }


def _roles(platform: Platform, namespace: str, namespaces: Collection[str]) -> Iterator[Manifest]:
    subject = {"kind": "ServiceAccount", "name": NAME, "namespace": namespace}
    for place in namespaces or ("",):
        prefix = "" if place else "Cluster"
        metadata = {"name": NAME, **({"namespace": place} if place else {})}
        granted = rules(platform, namespaced=bool(place))
        yield {"apiVersion": api_version("Role"), "kind": f"{prefix}Role", "metadata": metadata, "rules": granted}
        yield {
            "apiVersion": api_version("RoleBinding"),
            "kind": f"{prefix}RoleBinding",
            "metadata": metadata,
            "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": f"{prefix}Role", "name": NAME},
            "subjects": [subject],
        }


def _workload(platform: Platform, namespace: str, image: str, namespaces: Collection[str]) -> list[Manifest]:
    own = Platform(kubernetes=platform.kubernetes, api_group=platform.api_group, cluster_domain=platform.cluster_domain)
    document = {
        "apiVersion": kind_named("Service").api_version(own),
        "kind": "Service",
        "metadata": {"name": NAME, "namespace": namespace},
        "spec": _spec(platform, image, namespaces),
    }
    return compile_resource(parse(document, own), own).manifests


def _spec(platform: Platform, image: str, namespaces: Collection[str]) -> dict[str, Any]:
    scope = [each for name in namespaces for each in ("--namespace", name)] or ["--all-namespaces"]
    said = platform.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    scrapers = {"matchLabels": {"kubernetes.io/metadata.name": platform.monitoring_namespace}}
    health = {"path": "/healthz", "port": "health"}
    return {
        "image": image,
        "args": ["operator", "run", *scope, "--platform", f"{_SETTINGS}/hanzo.yaml"],
        "replicas": _REPLICAS,
        "ports": [
            {"name": "health", "containerPort": HEALTH_PORT},
            {"name": "metrics", "containerPort": METRICS_PORT},
        ],
        "livenessProbe": {**health, "initialDelaySeconds": 20, "failureThreshold": 6},
        "readinessProbe": health,
        "resources": {"requests": {"cpu": "100m", "memory": "192Mi"}, "limits": {"memory": "512Mi"}},
        "serviceAccount": {"automountToken": True},
        "configs": [{"name": "settings", "mountPath": _SETTINGS, "files": {"hanzo.yaml": dump(said or {})}}],
        "pdb": {"minAvailable": 1},
        "networkPolicy": {"allowFrom": [{"namespaceSelector": scrapers}]},
    }
