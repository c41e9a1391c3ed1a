"""The service, and what stands beside it: a role, a claim and an autoscaler of cdk8s-plus."""

import cdk8s_plus_27 as kplus
from cdk8s import ApiObjectMetadata, Size

from hanzo_constructs import HanzoChart, ServiceConstruct

__all__ = ["declare"]


def declare(chart: HanzoChart) -> None:
    """Declare a service that reads the report definitions of its namespace and keeps what it has drawn."""
    account = kplus.ServiceAccount(chart, "account", metadata=ApiObjectMetadata(name="reports"))
    reader = kplus.Role(chart, "reader", metadata=ApiObjectMetadata(name="report-reader"))
    reader.allow_read(kplus.ApiResource.CONFIG_MAPS)  # type: ignore[arg-type]  # its interface is declared too narrow
    reader.bind(account)
    drawn = kplus.PersistentVolumeClaim(
        chart,
        "drawn",
        metadata=ApiObjectMetadata(name="drawn-reports"),
        # Several pods write to it.
        access_modes=[kplus.PersistentVolumeAccessMode.READ_WRITE_MANY],
        storage=Size.gibibytes(50),
        storage_class_name="shared",
    )
    reports = ServiceConstruct(
        chart,
        "reports",
        {
            "image": "ghcr.io/hanzoai/reports:v2.4.0",
            "serviceAccountName": account,
            # The claim can be shared, so that a new pod may start before an old one stops.
            "strategy": "RollingUpdate",
            "ports": [{"name": "http", "containerPort": 8080, "servicePort": 80}],
            "volumes": [{"name": "drawn", "persistentVolumeClaim": {"claimName": drawn}}],
            "volumeMounts": [{"name": "drawn", "mountPath": "/var/lib/reports"}],
            "fsGroup": 1000,
            "resources": {"requests": {"cpu": "250m", "memory": "512Mi"}, "limits": {"memory": "1Gi"}},
        },
    )
    kplus.HorizontalPodAutoscaler(
        chart,
        "scaler",
        metadata=ApiObjectMetadata(name="reports"),
        target=reports,
        min_replicas=2,
        max_replicas=6,
        metrics=[kplus.Metric.resource_memory(kplus.MetricTarget.average_utilization(75))],
    )
