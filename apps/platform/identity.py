"""Who somebody is, and the secrets everybody else starts with."""

from __future__ import annotations

from constructs import Construct

from hanzo_constructs import HanzoChart, IAMConstruct, KMSConstruct, ServiceConstruct

from .data import DataChart
from .parts import http_probes, kms, resources, secret

__all__ = ["IdentityChart"]


class IdentityChart(HanzoChart):
    """Identity and access management, its login front end, key management."""

    def __init__(
        self,
        scope: Construct,
        id: str,  # noqa: A002 - the name cdk8s uses
        *,
        data: DataChart,
        namespace: str,
    ) -> None:
        """Declare the services; accounts are in the database of *data*."""
        super().__init__(scope, id, namespace=namespace)
        self.iam = IAMConstruct(
            self,
            "iam",
            {
                "image": "ghcr.io/hanzoai/iam:v2.14.0",
                "partOf": "identity",
                "component": "api",
                "ports": [
                    {"name": "http", "containerPort": 8000, "servicePort": 80},
                    {"name": "metrics", "containerPort": 9090},
                ],
                "env": {
                    "IAM_ORIGIN": "https://hanzo.id",
                    "DATABASE_URL": data.sql.connection_url + "/iam",
                    "PGPASSWORD": data.sql.secret_ref("POSTGRES_PASSWORD"),
                    "SESSIONS_URL": data.kv.connection_url + "/1",
                    "JWT_SIGNING_KEY": secret("iam-secrets", "JWT_SIGNING_KEY"),
                },
                "kmsSecrets": kms("iam"),
                "resources": resources("250m", "512Mi"),
                **http_probes("/api/health"),
                "ingress": {"hosts": ["iam.hanzo.ai", "hanzo.id"]},
                "autoscaling": {"minReplicas": 3, "maxReplicas": 10, "targetCpuUtilization": 70},
                "pdb": {"maxUnavailable": 1},
                "networkPolicy": {},
                "serviceMonitor": {},
                "serviceAccountName": "iam",
                # Who cannot log in cannot do anything: others give way.
                "priorityClassName": "business-critical",
            },
            labels={"hanzo.ai/org": "identity"},
        )
        self.login = ServiceConstruct(
            self,
            "login",
            {
                "image": "ghcr.io/hanzoai/id:v1.8.2",
                "partOf": "identity",
                "component": "web",
                "replicas": 2,
                "ports": {"http": 3000},
                "env": {
                    "NEXT_PUBLIC_IAM_URL": "https://iam.hanzo.ai",
                    "IAM_INTERNAL_URL": self.iam.endpoints.ports["http"],
                },
                "resources": resources("100m", "256Mi"),
                **http_probes("/"),
                "ingress": {
                    "hosts": ["login.hanzo.ai"],
                    "pathRules": [{"path": "/api", "port": 80, "serviceName": "iam"}],
                },
                "pdb": {},
            },
            labels={"hanzo.ai/org": "identity"},
        )
        self.kms = KMSConstruct(
            self,
            "kms",
            {
                # To have the image is not enough to run it: the registry is asked each time.
                "image": {"repository": "ghcr.io/hanzoai/kms", "tag": "v0.96.1", "pullPolicy": "Always"},
                "partOf": "identity",
                "component": "secrets",
                "replicas": 2,
                "ports": {"http": 8080},
                "envFrom": [{"secretRef": {"name": "kms-bootstrap"}}],
                "env": {"SITE_URL": "https://kms.hanzo.ai", "TELEMETRY_ENABLED": "false"},
                "volumes": [{"name": "root-key", "secret": {"secretName": "kms-root-key", "defaultMode": 0o400}}],
                "volumeMounts": [{"name": "root-key", "mountPath": "/etc/kms", "readOnly": True}],
                "resources": resources("250m", "512Mi", memory_limit="1Gi"),
                **http_probes("/api/status"),
                "ingress": {"hosts": ["kms.hanzo.ai"]},
                "pdb": {"minAvailable": "50%"},
                "networkPolicy": {
                    "allowIntraNamespace": False,
                    "allowFrom": [{"namespaceSelector": {"matchLabels": {"hanzo.ai/kms-client": "true"}}}],
                },
                "fsGroup": 1001,
            },
            labels={"hanzo.ai/org": "security"},
        )
