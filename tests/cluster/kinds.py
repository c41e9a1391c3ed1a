"""Kinds that Kubernetes does not have, with the least definition: every field is taken."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.cluster.client import Client, plural_of
from tests.cluster.server import until

__all__ = ["define", "definition"]


def define(client: Client, kinds: Mapping[str, str]) -> None:
    """Define *kinds* (by apiVersion), and wait until objects of them are taken."""
    for version, kind in kinds.items():
        assert not client.create(definition(version, kind)).message
    probes = [
        {"apiVersion": version, "kind": kind, "metadata": {"name": "probe", "namespace": "default"}}
        for version, kind in kinds.items()
    ]
    until(lambda: all(client.apply(probe, dry_run=True).status == 201 for probe in probes))


def definition(api_version: str, kind: str) -> dict[str, Any]:
    """Return the definition of a kind."""
    group, version = api_version.split("/")
    plural = plural_of(kind)
    schema = {"type": "object", "x-kubernetes-preserve-unknown-fields": True}
    return {
        "apiVersion": "apiextensions.k8s.io/v1",
        "kind": "CustomResourceDefinition",
        "metadata": {
            "name": f"{plural}.{group}",
            "annotations": {"api-approved.kubernetes.io": "unapproved, for tests"},
        },
        "spec": {
            "group": group,
            "scope": "Namespaced",
            "names": {"kind": kind, "plural": plural, "singular": kind.lower()},
            "versions": [{"name": version, "served": True, "storage": True, "schema": {"openAPIV3Schema": schema}}],
        },
    }
