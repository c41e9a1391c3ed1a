"""What people see in a browser."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from cdk8s import ApiObjectMetadata
from cdk8s_plus_27 import ConfigMap
from constructs import Construct

from hanzo_constructs import HanzoChart, ResourceConstruct, ServiceConstruct

from .parts import checksum, http_probes, resources

__all__ = ["WebChart"]


class WebChart(HanzoChart):
    """Console, documentation, status page, marketing site."""

    def __init__(
        self,
        scope: Construct,
        id: str,  # noqa: A002 - the name cdk8s uses
        *,
        watched: Sequence[ResourceConstruct[Any]],
        namespace: str,
    ) -> None:
        """Declare the services; the status page shows how the hosts of *watched* are."""
        super().__init__(scope, id, namespace=namespace)
        org = {"hanzo.ai/org": "web"}
        self.console = ServiceConstruct(
            self,
            "console",
            {
                "image": "ghcr.io/hanzoai/console:v3.88.0",
                "imagePullSecrets": [{"name": "ghcr"}],
                "partOf": "web",
                "ports": [{"name": "http", "containerPort": 3000, "servicePort": 80}],
                "env": {"API_URL": "https://api.hanzo.ai", "IAM_URL": "https://iam.hanzo.ai"},
                "resources": resources("200m", "512Mi"),
                **http_probes("/api/public/health"),
                "ingress": {"hosts": ["console.hanzo.ai"]},
                "autoscaling": {"minReplicas": 2, "maxReplicas": 6},
                "pdb": {},
                "overlay": {
                    "Deployment": {
                        "metadata": {"annotations": {"reloader.stakater.com/auto": "true"}},
                        "spec": {
                            "template": {
                                "spec": {
                                    "containers": [
                                        {"name": "console", "terminationMessagePolicy": "FallbackToLogsOnError"}
                                    ]
                                }
                            }
                        },
                    }
                },
            },
            labels=org,
        )
        for name, image, hosts in (
            ("docs", "ghcr.io/hanzoai/docs:v2026.11.1", ["docs.hanzo.ai"]),
            ("site", "ghcr.io/hanzoai/hanzo.ai:v2026.11.4", ["hanzo.ai", "www.hanzo.ai"]),
        ):
            ServiceConstruct(
                self,
                name,
                {
                    "image": image,
                    "partOf": "web",
                    "replicas": 2,
                    "ports": {"http": 8080},
                    "resources": resources("20m", "64Mi"),
                    "ingress": {"hosts": hosts},
                    "pdb": {},
                },
                labels=org,
            )
        checks = _checks([*watched, self.console])
        # The restart comes from the checksum: an object with a hash in its name would leave old ones behind.
        config = ConfigMap(
            self,
            "status-checks",
            metadata=ApiObjectMetadata(name="status-checks", labels={"app.kubernetes.io/part-of": "web", **org}),
            data={"config.yaml": checks},
        )
        self.status = ServiceConstruct(
            self,
            "status",
            {
                "image": "ghcr.io/hanzoai/status:v5.12.0",
                "partOf": "web",
                "ports": [{"name": "http", "containerPort": 8080, "servicePort": 80}],
                "volumes": [
                    {
                        "name": "config",
                        "configMap": {
                            "name": config,
                            "items": [{"key": "config.yaml", "path": "config.yaml"}],
                        },
                    }
                ],
                "volumeMounts": [{"name": "config", "mountPath": "/config", "readOnly": True}],
                # What cannot see the world has nothing to tell about it.
                "startupProbe": {
                    "path": "/",
                    "port": 443,
                    "host": "example.com",
                    "scheme": "HTTPS",
                    "httpHeaders": [{"name": "Accept", "value": "text/html"}],
                },
                "readinessProbe": {"port": "http"},
                # What the cluster says of itself is not to be believed here: names are resolved outside.
                "dnsPolicy": "None",
                "dnsConfig": {"nameservers": ["9.9.9.9", "1.1.1.1"], "options": [{"name": "ndots", "value": "1"}]},
                "hostAliases": [{"ip": "10.114.0.9", "hostnames": ["search.internal.hanzo.ai"]}],
                "annotations": {"checksum/checks": checksum(checks)},
                "resources": resources("50m", "128Mi"),
                # Its certificate must not depend on the HTTP that it watches.
                "ingress": {"hosts": ["status.hanzo.ai"], "clusterIssuer": "letsencrypt-dns"},
            },
            labels=org,
        )


def _checks(watched: Sequence[ResourceConstruct[Any]]) -> str:
    """Return what the status page asks every minute; JSON is YAML."""
    endpoints = [
        {"name": host, "url": url, "interval": "60s", "conditions": ["[STATUS] < 500"]}
        for construct in watched
        for host, url in construct.endpoints.hosts.items()
    ]
    return json.dumps({"endpoints": endpoints}, indent=2) + "\n"
