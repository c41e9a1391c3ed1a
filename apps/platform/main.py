"""The whole platform: `cdk8s synth` (or `make synth`) writes one file for each chart to dist/ beside this one."""

from __future__ import annotations

from hanzo_constructs import HanzoApp, Platform, main
from hanzo_constructs.platform import GatewayParent, SecretStore

from .ai import AiChart
from .applications import ApplicationsChart
from .chain import ChainChart
from .checkout import CheckoutChart
from .commerce import CommerceChart
from .data import DataChart
from .edge import Backends, EdgeChart
from .identity import IdentityChart
from .operations import OperationsChart
from .web import WebChart

__all__ = ["NAMESPACE", "PLATFORM", "build"]

NAMESPACE = "hanzo"
PLATFORM = Platform(
    kubernetes="1.30",
    ingress_namespace="traefik",
    ingress_class_style="annotation",  # this Traefik loses TLS when the field is set
    monitoring_namespace="monitoring",
    gateway=GatewayParent(name="models", namespace="traefik"),  # beside the ingresses, for what is shared by weight
    backup_image="ghcr.io/hanzoai/backup:v1.4.0",
    secret_store=SecretStore(name="vault"),
    # The object store of the data chart, whose own backup goes to another region.
    backup_s3_endpoint=f"http://s3.{NAMESPACE}.svc.cluster.local:9000",
    backup_s3_bucket="backups",
    backup_s3_credentials_secret="backup-s3",  # noqa: S106 - the name of a Secret
)


def build(app: HanzoApp) -> None:
    """Declare every chart, those that others need first; only routes of applications find their gateway in any order."""
    data = DataChart(app, "data", namespace=NAMESPACE)
    identity = IdentityChart(app, "identity", data=data, namespace=NAMESPACE)
    ai = AiChart(app, "ai", data=data, namespace=NAMESPACE)
    commerce = CommerceChart(app, "commerce", data=data, search=ai.search, namespace=NAMESPACE)
    CheckoutChart(app, "checkout", data=data, namespace=NAMESPACE)
    ApplicationsChart(app, "applications", data=data, namespace=NAMESPACE)
    chain = ChainChart(app, "chain", data=data, namespace=NAMESPACE)
    edge = EdgeChart(
        app,
        "edge",
        data=data,
        iam=identity.iam,
        backends=Backends(ai.llm, commerce.billing, ai.search),
        namespace=NAMESPACE,
    )
    WebChart(app, "web", watched=[edge.gateway, identity.iam, ai.chat, chain.explorer], namespace=NAMESPACE)
    OperationsChart(app, "operations", data=data, namespace=NAMESPACE)


if __name__ == "__main__":
    main(build, platform=PLATFORM)
