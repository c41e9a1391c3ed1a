"""Outline in two environments: `python -m apps.outline.main` writes a file for each."""

from hanzo_constructs import HanzoApp, HanzoChart, Platform, main

from .environment import ENVIRONMENTS
from .objects import declare_objects
from .parts import declare

PLATFORM = Platform(
    kubernetes="1.32",
    ingress_class_name="traefik",
    ingress_namespace="traefik",
    storage_class_name="gp3",
)


def build(app: HanzoApp) -> None:
    """Declare the wiki once for each environment."""
    for environment in ENVIRONMENTS:
        namespace = f"wiki-{environment.name}"
        chart = HanzoChart(app, environment.name, namespace=namespace, platform=PLATFORM)
        declare_objects(chart, namespace)
        declare(chart, environment)


if __name__ == "__main__":
    main(build)
