"""A service beside objects of cdk8s-plus: `python -m apps.reports.main` writes them to dist/."""

from hanzo_constructs import HanzoApp, HanzoChart, main

# After hanzo_constructs, which finds a Node that will do: cdk8s-plus takes whatever is there.
from .chart import declare


def build(app: HanzoApp) -> None:
    """Declare the chart."""
    declare(HanzoChart(app, "reports", namespace="hanzo"))


if __name__ == "__main__":
    main(build)
