"""The service; its secret and its route are kinds of other operators, imported with types."""

from cdk8s import ApiObjectMetadata

from hanzo_constructs import HanzoChart, ServiceConstruct
from imports.io.external_secrets import (
    ExternalSecret,
    ExternalSecretSpec,
    ExternalSecretSpecData,
    ExternalSecretSpecDataRemoteRef,
    ExternalSecretSpecSecretStoreRef,
    ExternalSecretSpecSecretStoreRefKind,
    ExternalSecretSpecTarget,
)
from imports.io.k8s.networking.gateway import (
    HttpRoute,
    HttpRouteSpec,
    HttpRouteSpecParentRefs,
    HttpRouteSpecRules,
    HttpRouteSpecRulesBackendRefs,
    HttpRouteSpecRulesMatches,
    HttpRouteSpecRulesMatchesHeaders,
)

__all__ = ["declare"]

_DATABASE = "invoices-database"


def declare(chart: HanzoChart) -> None:
    """Declare a service whose password for the database is kept in a vault, for the tenants that try it."""
    ExternalSecret(
        chart,
        "database",
        metadata=ApiObjectMetadata(name=_DATABASE),
        spec=ExternalSecretSpec(
            refresh_interval="1h0m0s",
            secret_store_ref=ExternalSecretSpecSecretStoreRef(
                name="vault", kind=ExternalSecretSpecSecretStoreRefKind.CLUSTER_SECRET_STORE
            ),
            target=ExternalSecretSpecTarget(name=_DATABASE),
            data=[
                ExternalSecretSpecData(
                    secret_key="password",  # noqa: S106 - the name of a key
                    remote_ref=ExternalSecretSpecDataRemoteRef(key="invoices/database", property="password"),
                )
            ],
        ),
    )
    ServiceConstruct(
        chart,
        "invoices",
        {
            "image": "ghcr.io/hanzoai/invoices:v1.9.0",
            "replicas": 2,
            "ports": [{"name": "http", "containerPort": 8080, "servicePort": 80}],
            "env": [
                {
                    "name": "DATABASE_PASSWORD",
                    "valueFrom": {"secretKeyRef": {"name": _DATABASE, "key": "password"}},
                }
            ],
            "resources": {"requests": {"cpu": "100m", "memory": "128Mi"}, "limits": {"memory": "256Mi"}},
            "readinessProbe": {"path": "/healthz", "port": "http"},
        },
    )
    header = HttpRouteSpecRulesMatchesHeaders(name="X-Tenant", value="trial")
    HttpRoute(
        chart,
        "trial",
        metadata=ApiObjectMetadata(name="invoices-trial"),
        spec=HttpRouteSpec(
            parent_refs=[HttpRouteSpecParentRefs(name="edge", namespace="traefik")],
            hostnames=["invoices.hanzo.ai"],
            rules=[
                HttpRouteSpecRules(
                    # Only an HTTPRoute of one's own tells requests apart by a header.
                    matches=[HttpRouteSpecRulesMatches(headers=[header])],
                    backend_refs=[HttpRouteSpecRulesBackendRefs(name="invoices", port=80)],
                )
            ],
        ),
    )
