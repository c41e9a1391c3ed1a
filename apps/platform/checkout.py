"""The checkout: two workloads that are declared by what they depend on, and nothing else."""

from __future__ import annotations

from constructs import Construct

from hanzo_constructs import HanzoChart, LatticeServiceConstruct, LatticeServiceDict
from hanzo_constructs.spec.dicts import RequirementsDict

from .data import DataChart

__all__ = ["CheckoutChart"]

_ORG = {"hanzo.ai/org": "commerce"}


class CheckoutChart(HanzoChart):
    """Carts, and the orders that become of them."""

    def __init__(
        self,
        scope: Construct,
        id: str,  # noqa: A002 - the name cdk8s uses
        *,
        data: DataChart,
        namespace: str,
    ) -> None:
        """Declare both; orders are kept in *data*."""
        super().__init__(scope, id, namespace=namespace)
        self.checkout = LatticeServiceConstruct(self, "checkout", _checkout(), labels=_ORG)
        self.orders = LatticeServiceConstruct(self, "orders", _orders(data.sql.resource.name), labels=_ORG)


def _amounts(cpu: str, memory: str) -> RequirementsDict:
    """Ask for what is the most at the same time, so that nobody is slowed down or stopped for others."""
    return {"requests": {"cpu": cpu, "memory": memory}, "limits": {"cpu": cpu, "memory": memory}}


def _checkout() -> LatticeServiceDict:
    return {
        "replicas": 2,
        "partOf": "commerce",
        "workload": {
            "containers": {
                "main": {
                    "image": f"ghcr.io/hanzoai/checkout:v2.1.0@sha256:{'5e' * 32}",
                    "variables": {"ORDERS_URL": "${resources.orders.url}", "STRIPE_KEY": "${secret.stripe.key}"},
                    "resources": _amounts("250m", "256Mi"),
                }
            },
            "resources": {
                # each says of the other who calls whom: orders tells when something was sent
                "orders": {"type": "service", "direction": "both"},
                "stripe": {"type": "secret", "id": "commerce/stripe", "params": {"keys": ["key"]}},
            },
        },
        "autoscaling": {"max": 8},
        "deploy": {"strategy": "rolling"},
        "ingress": {"hosts": ["checkout.hanzo.ai"]},
    }


def _orders(database: str) -> LatticeServiceDict:
    return {
        "replicas": 2,
        "partOf": "commerce",
        "workload": {
            "containers": {
                "main": {
                    "image": f"ghcr.io/hanzoai/orders:v1.8.3@sha256:{'0d' * 32}",
                    "variables": {
                        "CHECKOUT_URL": "${resources.checkout.url}",
                        "DATABASE_URL": f"postgresql://orders:${{secret.database.password}}@${{resources.{database}.host}}/orders",
                    },
                    "resources": _amounts("500m", "512Mi"),
                }
            },
            "resources": {
                "checkout": {"type": "service", "direction": "both"},
                database: {"type": "service", "direction": "outbound"},
                "database": {"type": "secret", "id": "commerce/orders", "params": {"keys": ["password"]}},
            },
        },
    }
