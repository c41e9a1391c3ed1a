"""One service: `python -m apps.example.main` writes its Deployment and its Service to dist/."""

from hanzo_constructs import HanzoApp, HanzoChart, ServiceConstruct, main


def build(app: HanzoApp) -> None:
    """Declare the service."""
    chart = HanzoChart(app, "example", namespace="hanzo")
    ServiceConstruct(
        chart,
        "example",
        {
            "image": "ghcr.io/hanzoai/example:v1.2.3",
            "replicas": 2,
            "ports": [{"name": "http", "containerPort": 8080, "servicePort": 80}],
            "env": {"LOG_LEVEL": "info"},
            "resources": {"requests": {"cpu": "100m", "memory": "128Mi"}, "limits": {"cpu": 1, "memory": "512Mi"}},
        },
    )


if __name__ == "__main__":
    main(build)
