"""Where everything is kept: databases, cache, objects, messages."""

from __future__ import annotations

from constructs import Construct

from hanzo_constructs import (
    DatastoreConstruct,
    DatastoreDict,
    DocDBConstruct,
    HanzoChart,
    KVConstruct,
    S3Construct,
    SQLConstruct,
    StatefulConstruct,
    StatefulDict,
)
from hanzo_constructs.spec.dicts import ContainerDict

from .parts import kms, resources

__all__ = ["DataChart"]

_LABELS = {"hanzo.ai/org": "data"}


class DataChart(HanzoChart):
    """The datastores; who uses a reference to one is let in by its network policy."""

    def __init__(self, scope: Construct, id: str, *, namespace: str) -> None:  # noqa: A002 - the name cdk8s uses
        """Declare the datastores."""
        super().__init__(scope, id, namespace=namespace)
        self.sql = _sql(self)
        self.kv = _kv(self)
        self.docdb = _docdb(self)
        self.s3 = _s3(self)
        self.analytics = _analytics(self)
        self.nats = _nats(self)
        self.events = _events(self)


def _sql(chart: HanzoChart) -> SQLConstruct:
    exporter: ContainerDict = {
        "name": "exporter",
        "image": "ghcr.io/hanzoai/sql-exporter:v0.15.0",
        "env": [{"name": "DATA_SOURCE_URI", "value": "127.0.0.1:5432/postgres?sslmode=disable"}],
        "envFrom": [{"secretRef": {"name": "sql-exporter"}}],
        "resources": resources("20m", "64Mi"),
    }
    spec: DatastoreDict = {
        "image": "ghcr.io/hanzoai/sql:16.4",
        "partOf": "data",
        "storage": {"size": "200Gi", "storageClassName": "do-block-storage-retain"},
        "resources": resources("2", "8Gi"),
        "credentialsSecret": "sql-secrets",
        "kmsSecrets": [*kms("sql"), *kms("sql", "/exporter", into="sql-exporter")],
        # Parallel queries exchange rows in shared memory, of which a container has 64 MiB by default.
        "volumes": [{"name": "shm", "emptyDir": {"medium": "Memory", "sizeLimit": "1Gi"}}],
        "volumeMounts": [{"name": "shm", "mountPath": "/dev/shm"}],  # noqa: S108 - a path in the container
        "backup": {
            "schedule": "15 2 * * *",
            "timeZone": "America/New_York",
            "retentionDays": 35,
            # pg_dumpall of the server's own version; dump and compressed copy are too large for the disk of a node.
            "image": f"ghcr.io/hanzoai/sql-backup:v16.4.0@sha256:{'5d' * 32}",
            "resources": resources("1", "512Mi", memory_limit="2Gi"),
            "volume": {"size": "250Gi", "storageClassName": "do-block-storage"},
        },
        # What the database was called before; scripts of the finance team still say so.
        "serviceAliases": ["postgres"],
        "ports": [{"name": "metrics", "containerPort": 9187}],
        "sidecars": [exporter],
        "serviceMonitor": {"metricsPort": "metrics"},
        "networkPolicy": {"allowIntraNamespace": False},
    }
    return SQLConstruct(chart, "sql", spec, labels=_LABELS)


def _kv(chart: HanzoChart) -> KVConstruct:
    spec: DatastoreDict = {
        "image": "ghcr.io/hanzoai/kv:8.0.1",
        "partOf": "data",
        "component": "cache",
        "storage": {"size": "10Gi", "retentionPolicy": "Delete"},
        # A cache without a password: its network policy lets in nobody but its clients.
        "insecure": True,
        "resources": resources("250m", "2Gi"),
        "command": ["valkey-server"],
        "args": ["--dir", "/data", "--maxmemory", "1536mb", "--maxmemory-policy", "allkeys-lru"],
        "networkPolicy": {"allowIntraNamespace": False},
        "annotations": {"cluster-autoscaler.kubernetes.io/safe-to-evict": "true"},
    }
    return KVConstruct(chart, "kv", spec, labels=_LABELS)


def _docdb(chart: HanzoChart) -> DocDBConstruct:
    spec: DatastoreDict = {
        "image": "mongo:8.0.12",
        "imagePullSecrets": [{"name": "ghcr"}],
        "partOf": "data",
        "storage": {"size": "100Gi"},
        "resources": resources("1", "4Gi"),
        "credentialsSecret": "docdb-secrets",
        "kmsSecrets": kms("docdb"),
        "fsGroup": 999,
        "backup": {"schedule": "45 2 * * *", "volume": {"size": "100Gi"}},
        "networkPolicy": {"allowIntraNamespace": False},
        "labels": {"compliance.hanzo.ai/scope": "personal-data"},
        "containerSecurityContext": {"runAsUser": 999, "capabilities": {"drop": ["ALL"]}},
    }
    return DocDBConstruct(chart, "docdb", spec, labels=_LABELS)


def _s3(chart: HanzoChart) -> S3Construct:
    """Return the store that the backups of the others go to; its own go to another region."""
    spec: DatastoreDict = {
        "image": "ghcr.io/hanzoai/s3:v2026.10.2",
        "engine": {"generation": "s3-2026-03", "dataPath": "/data"},
        "partOf": "data",
        "storage": {"size": "2Ti"},
        "resources": resources("500m", "2Gi"),
        "env": {"S3_REGION": "nyc3"},
        "credentialsSecret": "s3-secrets",
        "kmsSecrets": [
            *kms("s3"),
            *kms("s3", "/backup", into="backup-s3"),
            *kms("s3", "/offsite", into="offsite-s3"),
        ],
        "serviceAccountName": "s3",
        "priorityClassName": "business-critical",
        "backup": {
            "schedule": "0 5 * * 0",
            "s3Endpoint": "https://ams3.digitaloceanspaces.com",
            "s3Bucket": "hanzo-offsite",
            "s3CredentialsSecret": "offsite-s3",
        },
        # Open to the namespace: the backup jobs of the others write to it.
        "networkPolicy": {},
    }
    return S3Construct(chart, "s3", spec, labels=_LABELS)


def _events(chart: HanzoChart) -> StatefulConstruct:
    """Return the log of events, which no engine of ours is."""
    spec: StatefulDict = {
        "image": "docker.io/redpandadata/redpanda:v25.2.4",
        "partOf": "data",
        "replicas": 3,
        "ports": [{"name": "kafka", "containerPort": 9092}, {"name": "rpc", "containerPort": 33145}],
        # Clients ask here for the brokers, and then talk to each of them.
        "services": [{"name": "events-bootstrap", "ports": ["kafka"]}],
        "service": {"annotations": {"hanzo.ai/owner": "data"}},
        # A broker is ready when it has found the others.
        "podManagementPolicy": "Parallel",
        "storage": {
            "size": "200Gi",
            "mountPath": "/var/lib/redpanda/data",
            "storageClassName": "fast",
            "accessModes": ["ReadWriteOncePod"],
            "retentionPolicy": "Retain",
        },
        # What is old moves to a slower disk.
        "disks": [{"name": "tiered", "size": "1Ti", "mountPath": "/var/lib/redpanda/tiered"}],
        "fsGroup": 101,
        "resources": resources("1", "4Gi"),
        "pdb": {"maxUnavailable": 1},
        "rollout": {"minReadySeconds": 60},
        "networkPolicy": {},
    }
    return StatefulConstruct(chart, "events", spec, labels=_LABELS)


def _analytics(chart: HanzoChart) -> DatastoreConstruct:
    spec: DatastoreDict = {
        "type": "clickhouse",
        "image": "ghcr.io/hanzoai/datastore:v24.8.4",
        "partOf": "data",
        "storage": {"size": "500Gi"},
        "resources": resources("2", "8Gi", memory_limit="16Gi"),
        "credentialsSecret": "analytics-secrets",
        "kmsSecrets": kms("analytics"),
        "backup": {"schedule": "30 3 * * *", "retentionDays": 14},
        "networkPolicy": {"allowIntraNamespace": False},
    }
    return DatastoreConstruct(chart, "analytics", spec, labels=_LABELS)


def _nats(chart: HanzoChart) -> DatastoreConstruct:
    spec: DatastoreDict = {
        "type": "nats",
        "image": "nats:2.10.22",
        "partOf": "data",
        "component": "broker",
        # One server: several are a cluster only with routes between them.
        "replicas": 1,
        "storage": {"size": "20Gi"},
        "resources": resources("250m", "512Mi"),
        "envFrom": [{"configMapRef": {"name": "nats-limits", "optional": True}}],
        "pdb": {"maxUnavailable": 1},
        "securityContext": {"runAsUser": 1000, "runAsGroup": 1000, "fsGroup": 1000},
        # Clients are told to go before the server stops, one after the other.
        "lifecycle": {"preStop": {"exec": {"command": ["nats-server", "--signal", "ldm=/var/run/nats/nats.pid"]}}},
        "terminationGracePeriodSeconds": 60,
        "rollout": {"minReadySeconds": 30},
        "networkPolicy": {"allowIntraNamespace": False},
        # It was a release of a chart, whose StatefulSet and disk stay.
        "adopt": {
            "selector": {"app.kubernetes.io/name": "nats", "app.kubernetes.io/instance": "broker"},
            "name": "broker-nats",
            "serviceName": "broker-nats-headless",
            "podManagementPolicy": "Parallel",
            "claimName": "broker-nats-js",
            "claimLabels": {},
            "withoutStorageClass": True,
            "names": {"Service": "broker-nats", "PodDisruptionBudget": "broker-nats"},
        },
    }
    return DatastoreConstruct(chart, "nats", spec, labels=_LABELS)
