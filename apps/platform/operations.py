"""What the company watches itself with."""

from __future__ import annotations

from pathlib import Path

from constructs import Construct

from hanzo_constructs import HanzoChart, ServiceConstruct, TaskConstruct, TaskDict
from hanzo_constructs.spec.dicts import VolumeMountDict

from .data import DataChart
from .parts import http_probes, kms, resources

__all__ = ["OperationsChart"]

INSIGHTS = "ghcr.io/hanzoai/insights:v1.43.0"


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
                "image": INSIGHTS,
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
        # One Job for each release: its name has the version, and a day after it ended it goes by itself.
        self.migration = TaskConstruct(
            self,
            "insights-migrate-v1-43-0",
            {
                "image": INSIGHTS,
                "partOf": "operations",
                "component": "migration",
                "command": ["/app/manage"],
                "args": ["migrate"],
                "env": {"CLICKHOUSE_URL": data.analytics.connection_url},
                "resources": resources("100m", "256Mi"),
                "backoffLimit": 2,
                "activeDeadlineSeconds": 1800,
                "ttlSecondsAfterFinished": 86_400,
                "restartPolicy": "OnFailure",
            },
            labels={"hanzo.ai/org": "operations"},
        )
        self.usage = TaskConstruct(self, "usage", _usage(), labels={"hanzo.ai/org": "operations"})
        # Taken over from the old operator as it is; moving to the current epoch is a pull request of its own.
        self.mailer = ServiceConstruct.from_resource(self, "mailer", Path(__file__).with_name("mailer.yaml"))


def _usage() -> TaskDict:
    """Count what each customer used last month, in parts of the alphabet; a part that was interrupted is counted anew."""
    work: VolumeMountDict = {"name": "work", "mountPath": "/work"}
    return {
        "image": "ghcr.io/hanzoai/usage:v0.9.2",
        "partOf": "operations",
        "component": "usage",
        "args": ["--month", "last"],
        "schedule": "30 4 1 * *",
        "timeZone": "Etc/UTC",
        "concurrencyPolicy": "Forbid",
        "startingDeadlineSeconds": 6 * 3600,
        "suspend": False,
        "successfulJobsHistoryLimit": 12,
        "failedJobsHistoryLimit": 3,
        "completionMode": "Indexed",
        "completions": 26,
        "parallelism": 4,
        "podFailurePolicy": {
            "rules": [
                # a month without data stays one
                {"action": "FailJob", "onExitCodes": {"containerName": "usage", "operator": "In", "values": [3]}},
                {"action": "Ignore", "onPodConditions": [{"type": "DisruptionTarget", "status": "True"}]},
            ]
        },
        "kmsSecrets": kms("usage"),
        "envFrom": [{"secretRef": {"name": "usage-secrets"}}],
        "volumes": [{"name": "work", "emptyDir": {"sizeLimit": "2Gi"}}],
        "volumeMounts": [work],
        "resources": resources("500m", "1Gi"),
        "initContainers": [
            {
                "name": "prices",
                "image": "ghcr.io/hanzoai/prices:v3.1.0",
                "volumeMounts": [work],
                "resources": resources("50m", "64Mi"),
            }
        ],
        "sidecars": [
            {"name": "proxy", "image": "ghcr.io/hanzoai/egress-proxy:v2.4.1", "resources": resources("50m", "64Mi")}
        ],
        "imagePullSecrets": [{"name": "ghcr"}],
        "serviceAccountName": "usage",
        "priorityClassName": "batch",
        "labels": {"team": "finance"},
        "annotations": {"cluster-autoscaler.kubernetes.io/safe-to-evict": "true"},
        "securityContext": {"runAsUser": 10_001},
        "containerSecurityContext": {"readOnlyRootFilesystem": True},
        "fsGroup": 10_001,
        "terminationGracePeriodSeconds": 60,
        "lifecycle": {"postStart": {"exec": {"command": ["/app/warm-up"]}}},
    }
