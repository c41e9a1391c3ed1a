"""The whole platform: `cdk8s synth` (or `make synth`) writes one file for each chart to dist/."""

from __future__ import annotations

from hanzo_constructs import HanzoApp, Platform, main

from .ai import AiChart
from .commerce import CommerceChart
from .edge import EdgeChart
from .identity import IdentityChart
from .operations import OperationsChart
from .web import WebChart

__all__ = ["NAMESPACE", "PLATFORM", "build"]

NAMESPACE = "hanzo"
PLATFORM = Platform(kubernetes="1.30", ingress_namespace="traefik", monitoring_namespace="monitoring")


def build(app: HanzoApp) -> None:
    """Declare every chart, those that others need first."""
    IdentityChart(app, "identity", namespace=NAMESPACE)
    ai = AiChart(app, "ai", namespace=NAMESPACE)
    commerce = CommerceChart(app, "commerce", search=ai.search, namespace=NAMESPACE)
    EdgeChart(app, "edge", llm=ai.llm, billing=commerce.billing, namespace=NAMESPACE)
    WebChart(app, "web", namespace=NAMESPACE)
    OperationsChart(app, "operations", namespace=NAMESPACE)


if __name__ == "__main__":
    main(build, platform=PLATFORM)
