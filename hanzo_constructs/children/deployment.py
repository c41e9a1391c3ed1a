"""Deployment: the pods of a stateless workload."""

from __future__ import annotations

from typing import Any

from ..kube.manifest import Manifest, manifest, present
from ..kube.owner import Owner
from .origin import Origin, Origins

__all__ = ["ORIGINS", "deployment"]

ORIGINS: Origins = {
    "spec.replicas": Origin("spec.replicas"),
    "spec.revisionHistoryLimit": Origin(rule="revision_history"),
    "spec.minReadySeconds": Origin(why="a pod that dies within 10 seconds of being ready never replaces an old one"),
    "spec.selector": Origin("metadata.name"),
    "spec.strategy.type": Origin("spec.strategy"),
    "spec.strategy.rollingUpdate": Origin(why="one new pod before an old one goes, so that capacity never falls"),
}


def deployment(
    owner: Owner, template: dict[str, Any], *, replicas: int | None, strategy: str, revision_history: int | None
) -> Manifest:
    """Run *template*; *replicas* is None where an autoscaler owns the count."""
    # one new pod before an old one goes: capacity never falls below the replica count
    rolling = {"maxSurge": 1, "maxUnavailable": 0} if strategy == "RollingUpdate" else None
    return manifest(
        "apps/v1",
        "Deployment",
        owner,
        spec=present(
            {
                "replicas": replicas,
                "revisionHistoryLimit": revision_history,
                "minReadySeconds": 10,
                "selector": {"matchLabels": dict(owner.selector)},
                "strategy": present({"type": strategy, "rollingUpdate": rolling}),
                "template": template,
            }
        ),
    )
