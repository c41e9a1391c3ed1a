"""What is sold, and what is owed."""

from __future__ import annotations

from constructs import Construct

from hanzo_constructs import HanzoChart, ServiceConstruct

from .parts import http_probes, kms, resources, secret

__all__ = ["CommerceChart"]


class CommerceChart(HanzoChart):
    """Shop, billing, payments, invoices."""

    def __init__(self, scope: Construct, id: str) -> None:  # noqa: A002 - the name cdk8s uses
        """Declare the services."""
        super().__init__(scope, id)
        org = {"hanzo.ai/org": "commerce"}
        self.commerce = ServiceConstruct(
            self,
            "commerce",
            {
                "image": "ghcr.io/hanzoai/commerce:v3.2.0",
                "partOf": "commerce",
                "component": "api",
                "ports": [{"name": "http", "containerPort": 8001, "servicePort": 80}, {"name": "metrics", "containerPort": 9102}],
                "env": {"DATABASE_URL": secret("commerce-secrets", "DATABASE_URL"), "SEARCH_URL": "http://search:7700"},
                "kmsSecrets": kms("commerce"),
                "resources": resources("250m", "512Mi"),
                **http_probes("/healthz"),
                "ingress": {"hosts": ["commerce.hanzo.ai"]},
                "autoscaling": {"minReplicas": 2, "maxReplicas": 10},
                "pdb": {},
                "networkPolicy": {},
                "serviceMonitor": {},
            },
            labels=org,
        )
        self.billing = ServiceConstruct(
            self,
            "billing",
            {
                "image": "ghcr.io/hanzoai/billing@sha256:0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0",
                "partOf": "commerce",
                "component": "billing",
                "replicas": 3,
                "ports": [{"name": "http", "containerPort": 8002, "servicePort": 80}],
                "envFrom": [{"prefix": "BILLING_", "secretRef": {"name": "billing-secrets"}}],
                "kmsSecrets": kms("billing", "/ledger"),
                "resources": resources("250m", "512Mi"),
                **http_probes("/healthz"),
                "pdb": {"minAvailable": 2},
                "networkPolicy": {
                    "allowIntraNamespace": False,
                    "allowFrom": [
                        {"podSelector": {"matchLabels": {"app.kubernetes.io/name": "commerce"}}},
                        {"podSelector": {"matchLabels": {"app.kubernetes.io/name": "gateway"}}},
                    ],
                },
                "annotations": {"cluster-autoscaler.kubernetes.io/safe-to-evict": "false"},
            },
            labels={**org, "hanzo.ai/resource": "ledger"},
        )
        self.invoices = ServiceConstruct(
            self,
            "invoices",
            {
                "image": "ghcr.io/hanzoai/invoices:v0.4.9",
                "partOf": "commerce",
                "component": "worker",
                "replicas": 1,
                "env": {"BILLING_URL": "http://billing", "FOOTER": "Hanzo Industries\n---\nDanke, 谢谢, merci\n"},
                "resources": resources("100m", "256Mi"),
                "strategy": "Recreate",
            },
            labels=org,
        )
