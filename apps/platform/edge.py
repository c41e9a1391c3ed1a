"""What stands between the internet and everything else."""

from __future__ import annotations

import json

from cdk8s import ApiObjectMetadata
from cdk8s_plus_27 import ConfigMap
from constructs import Construct

from hanzo_constructs import HanzoChart, ServiceConstruct

from .parts import checksum, http_probes, kms, resources

__all__ = ["EdgeChart"]


class EdgeChart(HanzoChart):
    """The API gateway's front, and the webhooks of others."""

    def __init__(
        self,
        scope: Construct,
        id: str,  # noqa: A002 - the name cdk8s uses
        *,
        llm: ServiceConstruct,
        billing: ServiceConstruct,
        namespace: str,
    ) -> None:
        """Declare the services; the gateway routes to *llm* and *billing*."""
        super().__init__(scope, id, namespace=namespace)
        org = {"hanzo.ai/org": "edge"}
        routes = _routes(llm.endpoints.ports["http"], billing.endpoints.ports["http"])
        # The restart comes from the checksum: an object with a hash in its name would leave old ones behind.
        config = ConfigMap(
            self,
            "gateway-routes",
            metadata=ApiObjectMetadata(name="gateway-routes", labels={"app.kubernetes.io/part-of": "edge", **org}),
            data={"routes.json": routes},
        )
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
                "env": {"GATEWAY_CONFIG": "/etc/gateway/routes.json", "GATEWAY_LOG": "info"},
                "envFrom": [{"secretRef": {"name": "gateway-secrets"}}],
                "kmsSecrets": kms("gateway"),
                "volumes": [{"name": "routes", "configMap": {"name": config}}],
                "volumeMounts": [{"name": "routes", "mountPath": "/etc/gateway", "readOnly": True}],
                "annotations": {"checksum/routes": checksum(routes)},
                "resources": resources("500m", "512Mi", memory_limit="1Gi"),
                **http_probes("/__health"),
                "ingress": {
                    "hosts": ["api.hanzo.ai"],
                    "annotations": {
                        "traefik.ingress.kubernetes.io/router.middlewares": "hanzo-ratelimit@kubernetescrd"
                    },
                },
                "autoscaling": {
                    "minReplicas": 3,
                    "maxReplicas": 20,
                    "targetCpuUtilization": 60,
                    "targetMemoryUtilization": 80,
                },
                "pdb": {"maxUnavailable": "25%"},
                "networkPolicy": {"allowIngress": True},
                "serviceMonitor": {"interval": "15s"},
            },
            labels=org,
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
            labels=org,
        )


def _routes(llm: str, billing: str) -> str:
    """Return the gateway's configuration: public paths, and the URLs that answer them."""
    routes = (
        ("/v1/chat/completions", "POST", llm),
        ("/v1/models", "GET", llm),
        ("/v1/billing/{path}", "GET", billing),
    )
    endpoints = [{"endpoint": path, "method": method, "backend": [{"host": [url]}]} for path, method, url in routes]
    return json.dumps({"version": 3, "port": 8080, "endpoints": endpoints}, indent=2) + "\n"
