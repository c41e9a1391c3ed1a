"""The shop in two environments, in Python: `python -m apps.shop.main` writes a file for each."""

from dataclasses import dataclass
from typing import Any

from cdk8s import ApiObject, JsonPatch

from hanzo_constructs import HanzoApp, HanzoChart, Platform, ServiceConstruct, SQLConstruct, TaskConstruct, main

IMAGE = "ghcr.io/acme/shop:v3.1.0"
PASSWORD = {
    "secretStoreRef": {"kind": "ClusterSecretStore", "name": "vault"},
    "target": {"name": "shop-db"},
    "data": [{"secretKey": "POSTGRES_PASSWORD", "remoteRef": {"key": "shop/db", "property": "password"}}],
}

AGAIN = {
    "argocd.argoproj.io/hook": "Sync",
    "argocd.argoproj.io/hook-delete-policy": "BeforeHookCreation",
    "kustomize.toolkit.fluxcd.io/force": "enabled",
}


@dataclass(frozen=True)
class Environment:
    """What differs between environments."""

    name: str
    namespace: str
    host: str
    issuer: str

    @property
    def platform(self) -> Platform:
        """What the cluster decides."""
        return Platform(
            cluster_issuer=self.issuer,
            ingress_class_name="traefik",
            ingress_namespace="traefik",
            storage_class_name="gp3",
        )


ENVIRONMENTS = (
    Environment("staging", "shop-staging", "shop.staging.example.com", "letsencrypt-staging"),
    Environment("production", "shop", "shop.example.com", "letsencrypt-prod"),
)


def declare(chart: HanzoChart, host: str) -> None:
    """Declare the shop once."""
    password = ApiObject(
        chart, "password", api_version="external-secrets.io/v1", kind="ExternalSecret", metadata={"name": "shop-db"}
    )
    password.add_json_patch(JsonPatch.add("/spec", PASSWORD))
    database = SQLConstruct(
        chart,
        "shop-db",
        {
            "image": "ghcr.io/hanzoai/sql:16.4",
            "storage": {"size": "20Gi"},
            "credentialsSecret": "shop-db",
            "env": {"POSTGRES_DB": "shop"},
            "networkPolicy": {"allowIntraNamespace": False},
        },
    )
    password_ref = database.secret_ref("POSTGRES_PASSWORD")
    env: dict[str, Any] = {"DATABASE_URL": database.url(user="postgres", password=password_ref, database="shop")}
    TaskConstruct(
        chart,
        "shop-migrate",
        {
            "image": IMAGE,
            "command": ["shop", "migrate"],
            "env": env,
            "resources": {"requests": {"cpu": "100m", "memory": "128Mi"}},
            "overlay": {"Job": {"metadata": {"annotations": AGAIN}}},
        },
    )
    ServiceConstruct(
        chart,
        "shop",
        {
            "image": IMAGE,
            "ports": {"http": 8080, "metrics": 9090},
            "env": {**env, "LOG_LEVEL": "info"},
            "configs": [{"name": "settings", "mountPath": "/etc/shop", "files": {"features.yaml": "checkout: v2\n"}}],
            "ingress": {"hosts": [host]},
            "readinessProbe": {"path": "/ready", "port": "http"},
            "livenessProbe": {"path": "/live", "port": "http", "periodSeconds": 30},
            "resources": {"requests": {"cpu": "250m", "memory": "256Mi"}, "limits": {"memory": "512Mi"}},
            "autoscaling": {"minReplicas": 2, "maxReplicas": 10},
            "pdb": {},
            "networkPolicy": {},
            "serviceMonitor": {"labels": {"release": "prometheus"}},
            "overlay": {"Deployment": {"metadata": {"annotations": {"argocd.argoproj.io/sync-wave": "1"}}}},
        },
    )


def build(app: HanzoApp) -> None:
    """Declare the shop in every environment."""
    for environment in ENVIRONMENTS:
        chart = HanzoChart(app, environment.name, namespace=environment.namespace, platform=environment.platform)
        declare(chart, environment.host)


if __name__ == "__main__":
    main(build)
