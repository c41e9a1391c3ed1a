"""What stands between the internet and everything else."""

from __future__ import annotations

from typing import NamedTuple

from constructs import Construct

from hanzo_constructs import GatewayConstruct, HanzoChart, IAMConstruct, LLMConstruct, ServiceConstruct

from .data import DataChart
from .parts import http_probes, resources

__all__ = ["Backends", "EdgeChart"]


class Backends(NamedTuple):
    """What the gateway routes to, beside the applications that name it themselves."""

    llm: LLMConstruct
    billing: ServiceConstruct
    search: ServiceConstruct


class EdgeChart(HanzoChart):
    """The API gateway, and the webhooks of others."""

    def __init__(
        self,
        scope: Construct,
        id: str,  # noqa: A002 - the name cdk8s uses
        *,
        data: DataChart,
        iam: IAMConstruct,
        backends: Backends,
        namespace: str,
    ) -> None:
        """Declare the gateway to *backends*, whose users *iam* knows; hooks are told to the broker of *data*."""
        super().__init__(scope, id, namespace=namespace)
        org = {"hanzo.ai/org": "edge"}
        models = backends.llm.endpoints.ports["http"]
        self.gateway = GatewayConstruct(
            self,
            "gateway",
            {
                "image": "ghcr.io/hanzoai/gateway:v2.14.1",
                "priorityClassName": "business-critical",
                "imagePullSecrets": [{"name": "ghcr"}],
                "serviceAccountName": "gateway",
                "partOf": "edge",
                "component": "gateway",
                "replicas": 6,
                "pdb": {},
                "networkPolicy": {},
                # Only this build finds the writer of an application; it answers the origins of hanzo.ai by itself.
                "imageBuild": "hanzo",
                "env": {
                    "KRAKEND_LOG_LEVEL": "WARNING",
                    "AUTH_ISSUER": iam.endpoints.hosts["hanzo.id"],
                    "AUTH_JWKS_URL": iam.endpoints.ports["http"] + "/.well-known/jwks",
                },
                "routes": [
                    {
                        "prefix": "/v1/chat/completions",
                        "backend": models,
                        "methods": ["POST"],
                        "timeout": "10m",
                        "rateLimit": "customer",
                        "authPolicy": "customer",
                    },
                    {"prefix": "/v1/models", "backend": models},
                    {
                        "prefix": "/v1/billing",
                        "backend": backends.billing.endpoints.ports["http"],
                        "methods": ["GET"],
                        "stripPrefix": True,
                        "rateLimit": "customer",
                        "authPolicy": "customer",
                    },
                ],
                "rateLimits": [
                    {"name": "customer", "maxRate": 2000, "clientMaxRate": 50},
                    {"name": "search", "maxRate": 6000, "every": "1m"},
                ],
                "authPolicies": [
                    {
                        "name": "customer",
                        "type": "jwt",
                        "iamEndpoint": iam.endpoints.hosts["hanzo.id"],
                        # Keys are fetched within the cluster, where no load balancer can be in the way.
                        "jwksUrl": iam.endpoints.ports["http"] + "/.well-known/jwks",
                    },
                ],
                "timeout": "30s",
                "resources": resources("500m", "512Mi", memory_limit="1Gi"),
                "ingress": {
                    "hosts": ["api.hanzo.ai"],
                    "annotations": {
                        "traefik.ingress.kubernetes.io/router.middlewares": "hanzo-ratelimit@kubernetescrd"
                    },
                },
                "serviceMonitor": {"interval": "15s"},
                "rollout": {
                    "maxSurge": 2,
                    "maxUnavailable": 0,
                    "minReadySeconds": 30,
                    "progressDeadlineSeconds": 300,
                    "revisionHistoryLimit": 10,
                },
                "securityContext": {"runAsUser": 1000},
                "fsGroup": 1000,
                "containerSecurityContext": {"readOnlyRootFilesystem": True},
                # Load balancers outside the cluster need longer to forget a pod than those inside.
                "lifecycle": {"preStop": {"sleep": {"seconds": 15}}},
                "terminationGracePeriodSeconds": 60,
                "labels": {"compliance.hanzo.ai/scope": "pci"},
                "annotations": {"cluster-autoscaler.kubernetes.io/safe-to-evict": "true"},
            },
            labels=org,
        )
        self.gateway.add_route(
            "/v1/search",
            backends.search,
            methods=["GET", "POST"],
            strip_prefix=True,
            rate_limit="search",
            auth_policy="customer",
        )
        # What pages of other origins may use: KrakenD as its makers build it, which answers browsers as it is told.
        self.pages = GatewayConstruct(
            self,
            "pages",
            {
                "partOf": "edge",
                "component": "gateway",
                "pdb": {},
                "networkPolicy": {},
                "routes": [{"prefix": "/v1/search", "backend": backends.search.endpoints.ports["http"]}],
                "cors": {
                    "allowOrigins": ["https://hanzo.ai", "https://*.hanzo.ai"],
                    "allowMethods": ["GET", "POST"],
                    "allowHeaders": ["Authorization", "Content-Type"],
                    "exposeHeaders": ["X-Request-Id"],
                    "allowCredentials": True,
                    "maxAge": "1h",
                },
                "resources": resources("100m", "128Mi"),
                "ingress": {"hosts": ["pages.hanzo.ai"]},
                "serviceMonitor": {},
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
                "env": {"QUEUE_URL": data.nats.connection_url, "PUBLIC_URL": "https://hooks.hanzo.ai"},
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
                # Others call it from anywhere, through a load balancer that keeps their addresses.
                "networkPolicy": {"allowIngress": True},
            },
            labels=org,
        )
