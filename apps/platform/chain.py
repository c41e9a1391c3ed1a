"""What is known about the chain."""

from __future__ import annotations

from constructs import Construct

from hanzo_constructs import ExplorerConstruct, HanzoChart, IndexerConstruct

from .data import DataChart
from .parts import http_probes, resources

__all__ = ["ChainChart"]


class ChainChart(HanzoChart):
    """An indexer, and the explorer that shows what it found."""

    def __init__(
        self,
        scope: Construct,
        id: str,  # noqa: A002 - the name cdk8s uses
        *,
        data: DataChart,
        namespace: str,
    ) -> None:
        """Declare both; the indexer writes to the database of *data*."""
        super().__init__(scope, id, namespace=namespace)
        org = {"hanzo.ai/org": "chain"}
        self.indexer = IndexerConstruct(
            self,
            "indexer",
            {
                "image": "ghcr.io/hanzoai/indexer:v0.5.1",
                "partOf": "chain",
                "ports": [{"name": "http", "containerPort": 4040, "servicePort": 80}],
                "env": {
                    "RPC_URL": "https://api.hanzo.network/ext/bc/C/rpc",
                    "DATABASE_URL": data.sql.connection_url + "/indexer",
                    "PGPASSWORD": data.sql.secret_ref("POSTGRES_PASSWORD"),
                },
                "resources": resources("500m", "1Gi"),
                **http_probes(start_seconds=300),
                # Two of it would write every block twice.
                "strategy": "Recreate",
                "networkPolicy": {},
            },
            labels=org,
        )
        self.explorer = ExplorerConstruct(
            self,
            "explorer",
            {
                "image": "ghcr.io/hanzoai/explorer:v1.3.0",
                "partOf": "chain",
                "component": "web",
                "replicas": 2,
                "ports": {"http": 3000},
                "connections": [
                    {"kind": "Indexer", "name": "indexer", "env": {"INDEXER_URL": "url"}},
                    {"kind": "KV", "name": "kv", "namespace": data.namespace, "env": {"CACHE_URL": "url"}},
                ],
                "resources": resources("100m", "256Mi"),
                **http_probes("/"),
                # One certificate for everything below this domain.
                "ingress": {"hosts": ["explorer.hanzo.network"], "tlsSecretName": "hanzo-network-tls"},
                "pdb": {},
                # Dashboards and alerts know the container by the name that it had first.
                "adopt": {"container": "web"},
            },
            labels=org,
        )
