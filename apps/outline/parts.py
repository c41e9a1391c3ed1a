"""The wiki and what it keeps its pages in."""

from typing import Any

from hanzo_constructs import HanzoChart, KVConstruct, ServiceConstruct, SQLConstruct, TaskConstruct
from hanzo_constructs.spec.dicts import NetworkPolicyDict

from .environment import Environment

__all__ = ["declare"]

IMAGE = "docker.getoutline.com/outlinewiki/outline:0.87.4"
NODE = 1001
"""User and group of the image."""
POLICY: NetworkPolicyDict = {"allowIntraNamespace": False}


def declare(chart: HanzoChart, environment: Environment) -> None:
    """Declare the database, the cache, the wiki and its nightly work."""
    database = SQLConstruct(
        chart,
        "outline-db",
        {
            "storage": {"size": environment.disk},
            "credentialsSecret": "outline-db",
            "env": {"POSTGRES_DB": "outline", "POSTGRES_USER": "outline"},
            "networkPolicy": POLICY,
            "nodeSelector": {"pool": environment.pool},
        },
    )
    cache = KVConstruct(
        chart,
        "outline-cache",
        {
            "storage": {"size": "1Gi"},
            "credentialsSecret": "outline-cache",
            "args": ["--requirepass", "$(VALKEY_PASSWORD)"],
            "networkPolicy": POLICY,
        },
    )
    env: dict[str, Any] = {
        "DATABASE_URL": database.url(
            user="outline", password=database.secret_ref("POSTGRES_PASSWORD"), database="outline"
        ),
        "REDIS_URL": cache.url(password=cache.secret_ref("VALKEY_PASSWORD")),
        "URL": f"https://{environment.host}",
        "PORT": "3000",
        "PGSSLMODE": "disable",
        "FILE_STORAGE": "local",
    }
    ServiceConstruct(
        chart,
        "outline",
        {
            "image": IMAGE,
            "partOf": "wiki",
            "ports": {"http": {"containerPort": 3000, "servicePort": 80}},
            "env": env,
            "envFrom": [{"secretRef": {"name": "outline"}}],
            "initContainers": [
                {"name": "migrate", "image": IMAGE, "command": ["yarn", "db:migrate"], "env": env},
            ],
            "containerSecurityContext": {"runAsUser": NODE, "runAsGroup": NODE},
            "securityContext": {"fsGroup": NODE, "fsGroupChangePolicy": "OnRootMismatch"},
            "persistence": [
                {
                    "name": "uploads",
                    "size": "50Gi",
                    "storageClassName": "efs",
                    "accessModes": ["ReadWriteMany"],
                    "mountPath": "/var/lib/outline/data",
                }
            ],
            "configs": [
                {
                    "name": "branding",
                    "files": {"theme.json": '{"primary": "#0d47a1"}\n'},
                    "mountPath": "/etc/outline",
                }
            ],
            "serviceAccount": {
                "annotations": {"eks.amazonaws.com/role-arn": f"arn:aws:iam::0:role/wiki-{environment.name}"}
            },
            "readinessProbe": {
                "path": "/_health",
                "port": "http",
                "httpHeaders": [{"name": "X-Forwarded-Proto", "value": "https"}],
            },
            "startupProbe": {"tcpSocket": {"port": "http"}, "failureThreshold": 30},
            "resources": {"requests": {"cpu": "250m", "memory": "768Mi"}, "limits": {"memory": "1Gi"}},
            "autoscaling": {
                "minReplicas": 2,
                "maxReplicas": environment.max_replicas,
                "behavior": {"scaleDown": {"stabilizationWindowSeconds": 600}},
            },
            "pdb": {},
            "ingress": {"hosts": [environment.host]},
            "networkPolicy": {
                "allowIntraNamespace": False,
                "egress": [{"to": [{"ipBlock": {"cidr": "0.0.0.0/0"}}], "ports": [{"port": 443, "protocol": "TCP"}]}],
            },
            "nodeSelector": {"pool": environment.pool},
            "tolerations": [{"key": "pool", "value": environment.pool, "effect": "NoSchedule"}],
            "priorityClassName": "internal-tools",
            "hostAliases": [{"ip": "10.0.0.7", "hostnames": ["legacy-sso.example.com"]}],
            "terminationGracePeriodSeconds": 60,
            "overlay": {"Deployment": {"metadata": {"annotations": {"reloader.stakater.com/auto": "true"}}}},
        },
    )
    TaskConstruct(
        chart,
        "outline-cron",
        {
            "image": "docker.io/curlimages/curl:8.15.0",
            "schedule": "15 2 * * *",
            "partOf": "wiki",
            "env": {"TOKEN": {"secretKeyRef": {"name": "outline", "key": "UTILS_SECRET"}}},
            "args": ["--fail", "--silent", "http://outline/api/cron.daily?token=$(TOKEN)"],
            "resources": {"requests": {"cpu": "10m", "memory": "32Mi"}},
        },
    )
