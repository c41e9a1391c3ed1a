"""What is sold, and what is owed."""

from __future__ import annotations

from constructs import Construct

from hanzo_constructs import HanzoChart, ServiceConstruct

from .data import DataChart
from .parts import http_probes, kms, resources

__all__ = ["CommerceChart"]


class CommerceChart(HanzoChart):
    """Shop, billing, invoices."""

    def __init__(
        self,
        scope: Construct,
        id: str,  # noqa: A002 - the name cdk8s uses
        *,
        data: DataChart,
        search: ServiceConstruct,
        namespace: str,
    ) -> None:
        """Declare the services; they keep what they know in *data*, and the shop asks *search*."""
        super().__init__(scope, id, namespace=namespace)
        org = {"hanzo.ai/org": "commerce"}
        self.commerce = ServiceConstruct(
            self,
            "commerce",
            {
                "image": "ghcr.io/hanzoai/commerce:v3.2.0",
                "partOf": "commerce",
                "component": "api",
                "ports": [
                    {"name": "http", "containerPort": 8001, "servicePort": 80},
                    {"name": "metrics", "containerPort": 9102},
                ],
                "env": {
                    "DATABASE_URL": data.sql.connection_url + "/commerce",
                    "PGPASSWORD": data.sql.secret_ref("POSTGRES_PASSWORD"),
                    "CACHE_URL": data.kv.connection_url + "/2",
                    "SEARCH_URL": search.endpoints.ports["http"],
                },
                "envFrom": [{"secretRef": {"name": "commerce-secrets"}}],
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
                "env": {
                    "DATABASE_URL": data.sql.connection_url + "/billing",
                    "PGPASSWORD": data.sql.secret_ref("POSTGRES_PASSWORD"),
                },
                "envFrom": [{"prefix": "BILLING_", "secretRef": {"name": "billing-secrets"}}],
                "kmsSecrets": [
                    {
                        "hostApi": "https://kms.pci.hanzo.ai/api",
                        "projectSlug": "billing",
                        "envSlug": "prod",
                        "secretsPath": "/ledger",
                        "credentialsRef": {"name": "kms-machine-identity", "namespace": "pci"},
                        "resyncInterval": 300,
                        "managedSecretName": "billing-secrets",
                    }
                ],
                "resources": resources("250m", "512Mi"),
                **http_probes("/healthz"),
                "pdb": {"minAvailable": 2},
                "networkPolicy": {
                    "allowIntraNamespace": False,
                    "allowFrom": [
                        {"podSelector": {"matchLabels": {"app.kubernetes.io/name": name}}}
                        for name in ("commerce", "gateway", "invoices")
                    ],
                },
                "labels": {"compliance.hanzo.ai/scope": "pci"},
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
                "env": {
                    "BILLING_URL": self.billing.endpoints.ports["http"],
                    "QUEUE_URL": data.nats.connection_url,
                    "FILES_URL": data.s3.connection_url + "/invoices",
                    "FOOTER": "Hanzo Industries\n---\nDanke, 谢谢, merci\n",
                },
                "resources": resources("100m", "256Mi"),
                # Two of it would send an invoice twice.
                "strategy": "Recreate",
            },
            labels=org,
        )
