"""What the company watches itself with."""

from __future__ import annotations

from pathlib import Path

from constructs import Construct

from hanzo_constructs import HanzoChart, ServiceConstruct

from .data import DataChart
from .parts import http_probes, resources

__all__ = ["OperationsChart"]


class OperationsChart(HanzoChart):
    """Analytics, and one service that came from the old operator."""

    def __init__(
        self,
        scope: Construct,
        id: str,  # noqa: A002 - the name cdk8s uses
        *,
        data: DataChart,
        namespace: str,
    ) -> None:
        """Declare the services; events are counted in *data*."""
        super().__init__(scope, id, namespace=namespace)
        self.insights = ServiceConstruct(
            self,
            "insights",
            {
                "image": "ghcr.io/hanzoai/insights:v1.43.0",
                "partOf": "operations",
                "ports": [
                    {"name": "http", "containerPort": 8000, "servicePort": 80},
                    {"name": "statsd", "containerPort": 8125, "protocol": "UDP"},
                    {"name": "internal", "containerPort": 8001},
                ],
                "env": {
                    "CLICKHOUSE_URL": data.analytics.connection_url,
                    "CLICKHOUSE_PASSWORD": data.analytics.secret_ref("CLICKHOUSE_PASSWORD"),
                },
                "resources": resources("500m", "1Gi", memory_limit="2Gi"),
                **http_probes("/_health", start_seconds=180),
                "ingress": {"hosts": ["insights.hanzo.ai"]},
                "autoscaling": {"minReplicas": 2, "maxReplicas": 8},
                "pdb": {},
                "networkPolicy": {},
                "serviceMonitor": {
                    "metricsPort": "internal",
                    "metricsPath": "/_metrics",
                    "interval": "1m",
                    "fallbackScrapeProtocol": "PrometheusText0.0.4",
                },
            },
            labels={"hanzo.ai/org": "operations"},
            # Its image starts as root and steps down by itself.
            annotations={"hanzo.ai/pod-security": "baseline"},
        )
        # Taken over from the old operator as it is; moving to the current epoch is a pull request of its own.
        self.mailer = ServiceConstruct.from_resource(self, "mailer", Path(__file__).with_name("mailer.yaml"))
