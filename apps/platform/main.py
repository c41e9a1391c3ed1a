"""The whole platform: `cdk8s synth` (or `make synth`) writes one file for each chart to dist/."""

from hanzo_constructs import HanzoApp, Platform, main

from .ai import AiChart
from .commerce import CommerceChart
from .edge import EdgeChart
from .identity import IdentityChart
from .operations import OperationsChart
from .web import WebChart

PLATFORM = Platform(
    namespace="hanzo",
    kubernetes="1.30",
    ingress_namespace="traefik",
    monitoring_namespace="monitoring",
)


def build(app: HanzoApp) -> None:
    """Declare every chart, those that others need first."""
    IdentityChart(app, "identity")
    EdgeChart(app, "edge")
    AiChart(app, "ai")
    CommerceChart(app, "commerce")
    WebChart(app, "web")
    OperationsChart(app, "operations")


if __name__ == "__main__":
    main(build, platform=PLATFORM)
