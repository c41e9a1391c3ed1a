"""A service beside typed imports: `python -m apps.invoices.main` writes its chart to dist/."""

from hanzo_constructs import HanzoApp, HanzoChart, main

# After hanzo_constructs, which finds a Node that will do: what is imported takes whatever is there.
from .chart import declare


def build(app: HanzoApp) -> None:
    """Declare the chart."""
    declare(HanzoChart(app, "invoices", namespace="hanzo"))


if __name__ == "__main__":
    main(build)
