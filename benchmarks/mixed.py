"""The mixed fleet: of ten resources seven are a Service, two a Datastore, and one a Base or a Gateway.

Like the plain fleet a pure function of the index. Fifty resources are a neighbourhood: one Gateway with a route to a
Service, four Base applications behind it, all six engines among its ten Datastores. Routes lead nowhere else: a larger
fleet has more gateways and no larger ones, so that what a resource costs can be compared between sizes.
"""

from __future__ import annotations

from typing import Any

from benchmarks.fleet import LEVELS, NAMESPACE, TEAMS, resource

NEIGHBOURHOOD = 50
ENGINES = (
    *("postgresql", "valkey", "clickhouse", "valkey", "minio"),
    *("postgresql", "docdb", "valkey", "minio", "nats"),
)
"""Of the ten Datastores of a neighbourhood."""
IMAGES: dict[str, dict[str, Any]] = {
    "postgresql": {"image": {"repository": "ghcr.io/hanzoai/sql", "tag": "v16.1.3"}},
    "valkey": {
        "image": {"repository": "ghcr.io/hanzoai/kv", "tag": "v8.1.3"},
        "args": ["--requirepass", "$(VALKEY_PASSWORD)"],
    },
    "clickhouse": {"image": {"repository": "ghcr.io/hanzoai/datastore", "tag": "26.2.3.2"}},
    "docdb": {"image": {"repository": "mongo", "tag": "8.0.4"}},
    "minio": {
        "image": {"repository": "ghcr.io/hanzoai/s3", "tag": "v2026.3.1"},
        "engine": {"generation": "s3-2026-03"},
    },
    "nats": {"args": ["--jetstream", "--store_dir", "/data/nats", "--http_port", "8222", "--config", "/etc/nats.conf"]},
}
"""Images of the engines, which come pinned here, and what makes them ask for a password: a careful owner gets no
warning."""


def mixed_resource(index: int) -> dict[str, Any]:
    """Return resource number *index* as its owner writes it down."""
    ten, place = divmod(index, 10)
    if place < 7:
        return resource(ten * 7 + place)
    if place < 9:
        return _datastore(ten * 2 + place - 7)
    if index % NEIGHBOURHOOD == 9:
        return _gateway(index // NEIGHBOURHOOD)
    return _base(ten, index // NEIGHBOURHOOD)


def _declared(kind: str, name: str, spec: dict[str, Any]) -> dict[str, Any]:
    metadata = {"name": name, "namespace": NAMESPACE}
    return {"apiVersion": "hanzo.ai/v1", "kind": kind, "metadata": metadata, "spec": spec}


def _resources(number: int) -> dict[str, Any]:
    memory = f"{256 * (1 + number % 4)}Mi"
    return {"requests": {"cpu": f"{250 + 50 * (number % 5)}m", "memory": memory}, "limits": {"memory": "2Gi"}}


def _datastore(number: int) -> dict[str, Any]:
    name, team, engine = f"store-{number:04d}", TEAMS[number % 5], ENGINES[number % len(ENGINES)]
    backup = {
        "schedule": f"{number % 60} {number % 24} * * *",
        "s3Endpoint": "https://s3.example.com",
        "s3Bucket": f"dumps-{team}",
        "s3CredentialsSecret": "s3-credentials",
        "retentionDays": 7 + number % 30,
        "image": {"repository": "ghcr.io/acme/backup", "tag": "v1.0.0"},
        "volume": {"size": "100Gi"},
    }
    return _declared(
        "Datastore",
        name,
        {
            "type": engine,
            **IMAGES.get(engine, {}),
            "partOf": "shop",
            "labels": {"team": team},
            "storage": {"size": f"{10 * (1 + number % 8)}Gi"},
            "resources": _resources(number),
            "env": [{"name": "LOG_LEVEL", "value": LEVELS[number % 3]}, {"name": "TRACING", "value": "on"}],
            "credentialsSecret": f"{name}-credentials",
            # The image of NATS has no tool for it: a backup there takes an image of the platform's own.
            **({} if engine == "nats" else {"backup": backup}),
            "networkPolicy": {"allowFrom": [{"podSelector": {"matchLabels": {"team": team}}}]},
        },
    )


def _base(number: int, neighbourhood: int) -> dict[str, Any]:
    name, team = f"app-{number:04d}", TEAMS[number % 5]
    return _declared(
        "Base",
        name,
        {
            "image": {"repository": f"ghcr.io/hanzoai/{name}", "tag": f"v2.{number % 9}.0"},
            "partOf": "shop",
            "labels": {"team": team},
            "replicas": 3 + 2 * (number % 2),
            "storage": {"size": f"{5 * (1 + number % 4)}Gi"},
            "schema": "CREATE TABLE items (id INTEGER PRIMARY KEY, name TEXT NOT NULL);\n",
            "resources": _resources(number),
            "env": [{"name": "LOG_LEVEL", "value": LEVELS[number % 3]}],
            "gateway": {"route": f"/v1/{name}", "gatewayName": _gateway_name(neighbourhood)},
            "iamApp": name,
            "networkPolicy": {"allowFrom": [{"podSelector": {"matchLabels": {"team": team}}}]},
        },
    )


def _gateway_name(number: int) -> str:
    return f"edge-{number:04d}"


def _gateway(number: int) -> dict[str, Any]:
    name, service = _gateway_name(number), resource(number * NEIGHBOURHOOD * 7 // 10)["metadata"]["name"]
    return _declared(
        "Gateway",
        name,
        {
            "imageBuild": "hanzo",
            "image": {"repository": "ghcr.io/hanzoai/gateway", "tag": "v2.14.1"},
            "env": [
                {"name": "AUTH_ISSUER", "value": "https://id.example.com"},
                {"name": "AUTH_JWKS_URL", "value": "https://id.example.com/keys.json"},
            ],
            "partOf": "shop",
            "routes": [
                {
                    "prefix": f"/v1/{service}",
                    "backend": f"{service}.{NAMESPACE}.svc:80",
                    "methods": ["GET", "POST"],
                    "rateLimit": "standard",
                    "authPolicy": "iam",
                }
            ],
            "rateLimits": [{"name": "standard", "maxRate": 500 + 100 * (number % 5), "every": "1m"}],
            "authPolicies": [
                {
                    "name": "iam",
                    "type": "jwt",
                    "iamEndpoint": "https://id.example.com",
                    "jwksUrl": "https://id.example.com/keys.json",
                }
            ],
            "ingress": {"hosts": [f"{name}.example.com"]},
            "resources": _resources(number),
        },
    )
