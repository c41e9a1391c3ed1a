"""What stands between the internet and everything else."""

from __future__ import annotations

from cdk8s_plus_27 import ConfigMap
from cdk8s import ApiObjectMetadata
from constructs import Construct

from hanzo_constructs import HanzoChart, ServiceConstruct

from .parts import http_probes, kms, resources

__all__ = ["EdgeChart"]

_ROUTES = """\
version: 3
port: 8080
endpoints:
- endpoint: /v1/chat/completions
  method: POST
  backend:
  - host: ["http://llm"]
- endpoint: /v1/models
  backend:
  - host: ["http://llm"]
- endpoint: /v1/billing/{path}
  backend:
  - host: ["http://billing"]
"""


class EdgeChart(HanzoChart):
    """The API gateway's front, rate limiting, and the webhooks of others."""

    def __init__(self, scope: Construct, id: str) -> None:  # noqa: A002 - the name cdk8s uses
        """Declare the services."""
        super().__init__(scope, id)
        routes = ConfigMap(self, "gateway-routes", metadata=ApiObjectMetadata(name="gateway-routes"), data={"routes.yaml": _ROUTES})
        self.gateway = ServiceConstruct(
            self,
            "gateway",
            {
                "image": "ghcr.io/hanzoai/gateway:v2.14.1",
                "partOf": "edge",
                "component": "gateway",
                "ports": [
                    {"name": "http", "containerPort": 8080, "servicePort": 80},
                    {"name": "metrics", "containerPort": 9091},
                ],
                "env": {"GATEWAY_CONFIG": "/etc/gateway/routes.yaml", "GATEWAY_LOG": "info"},
                "envFrom": [{"secretRef": {"name": "gateway-secrets"}}],
                "kmsSecrets": kms("gateway"),
                "volumes": [{"name": "routes", "configMap": {"name": routes.name}}],
                "volumeMounts": [{"name": "routes", "mountPath": "/etc/gateway", "readOnly": True}],
                "resources": resources("500m", "512Mi", memory_limit="1Gi"),
                **http_probes("/__health"),
                "ingress": {
                    "hosts": ["api.hanzo.ai"],
                    "annotations": {"traefik.ingress.kubernetes.io/router.middlewares": "hanzo-ratelimit@kubernetescrd"},
                },
                "autoscaling": {"minReplicas": 3, "maxReplicas": 20, "targetCpuUtilization": 60, "targetMemoryUtilization": 80},
                "pdb": {"maxUnavailable": "25%"},
                "networkPolicy": {"allowIngress": True},
                "serviceMonitor": {"interval": "15s"},
            },
            labels={"hanzo.ai/org": "edge"},
        )
        self.webhooks = ServiceConstruct(
            self,
            "webhooks",
            {
                "image": "ghcr.io/hanzoai/webhooks:v0.7.3",
                "partOf": "edge",
                "replicas": 2,
                "ports": {"http": 8081},
                "env": {"QUEUE_URL": "nats://nats:4222", "PUBLIC_URL": "https://hooks.hanzo.ai"},
                "resources": resources("50m", "128Mi"),
                **http_probes(),
                "ingress": {
                    "hosts": ["hooks.hanzo.ai"],
                    "pathRules": [
                        {"path": "/stripe", "pathType": "Exact", "port": "http"},
                        {"path": "/github", "pathType": "Exact", "port": "http"},
                    ],
                },
                "pdb": {},
            },
            labels={"hanzo.ai/org": "edge"},
        )
