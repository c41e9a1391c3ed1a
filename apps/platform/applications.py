"""Applications with a database in every replica, reached through the API gateway."""

from __future__ import annotations

from constructs import Construct

from hanzo_constructs import BaseConstruct, HanzoChart

from .data import DataChart
from .parts import kms, resources

__all__ = ["ApplicationsChart"]

_NOTES = """\
CREATE TABLE notes (id TEXT PRIMARY KEY, owner TEXT NOT NULL, body TEXT NOT NULL, written INTEGER NOT NULL);
CREATE INDEX notes_by_owner ON notes (owner, written);
"""


class ApplicationsChart(HanzoChart):
    """Notes and contacts; their routes are part of the gateway, which another chart declares."""

    def __init__(
        self,
        scope: Construct,
        id: str,  # noqa: A002 - the name cdk8s uses
        *,
        data: DataChart,
        namespace: str,
    ) -> None:
        """Declare the applications; both tell the broker of *data* what has changed."""
        super().__init__(scope, id, namespace=namespace)
        org = {"hanzo.ai/org": "applications"}
        self.notes = BaseConstruct(
            self,
            "notes",
            {
                "image": "ghcr.io/hanzoai/notes:v1.6.0",
                "partOf": "applications",
                "schema": _NOTES,
                "storage": {"size": "10Gi"},
                "resources": resources("100m", "256Mi"),
                "env": {"EVENTS_URL": data.nats.connection_url},
                "gateway": {"route": "/v1/notes", "authPolicy": "customer", "rateLimit": "customer", "timeout": "2m"},
                "iamApp": "notes",
                "networkPolicy": {},
                "serviceMonitor": {},
            },
            labels=org,
        )
        self.contacts = BaseConstruct(
            self,
            "contacts",
            {
                "image": "ghcr.io/hanzoai/contacts:v0.9.2",
                "imagePullSecrets": [{"name": "ghcr"}],
                "partOf": "applications",
                "component": "crm",
                "replicas": 5,
                "port": 8095,
                "consensus": "pubsub",
                "schema": "contacts-schema-v3",
                "storage": {"size": "40Gi", "storageClassName": "do-block-storage-retain"},
                "resources": resources("250m", "512Mi"),
                "env": {"EVENTS_URL": data.nats.connection_url, "FILES_URL": data.s3.connection_url + "/contacts"},
                "envFrom": [{"secretRef": {"name": "contacts-secrets"}}],
                "kmsSecrets": kms("contacts"),
                "gateway": {
                    "route": "/v1/contacts",
                    "gatewayName": "gateway",
                    "gatewayNamespace": namespace,
                    "leaderPollInterval": "500ms",
                    "readYourWritesTTL": "10s",
                },
                "iamApp": "contacts",
                "serviceAccountName": "contacts",
                "priorityClassName": "business-critical",
                # Two of five may go, but a drain takes one at a time: a follower needs minutes to catch up.
                "pdb": {"maxUnavailable": 1},
                "fsGroup": 1000,
                "securityContext": {"runAsUser": 1000},
                "containerSecurityContext": {"readOnlyRootFilesystem": True},
                "lifecycle": {"preStop": {"httpGet": {"path": "/v1/drain", "port": "http"}}},
                "terminationGracePeriodSeconds": 180,
                # A new version is first tried on the two replicas that come last.
                "rollout": {"partition": 3, "minReadySeconds": 60},
                "networkPolicy": {},
                "serviceMonitor": {"interval": "1m"},
                "labels": {"compliance.hanzo.ai/scope": "personal-data"},
                "annotations": {"cluster-autoscaler.kubernetes.io/safe-to-evict": "false"},
            },
            labels=org,
        )
