"""Our constructs in a cdk8s app, one for each service."""

from __future__ import annotations

import sys

from benchmarks.fleet import resource
from hanzo_constructs import HanzoApp, HanzoChart, ServiceConstruct

count, per_chart = int(sys.argv[1]), int(sys.argv[2])
app = HanzoApp()
charts = [
    HanzoChart(app, f"fleet-{number}", namespace="shop") for number in range((count + per_chart - 1) // per_chart)
]
for index in range(count):
    declared = resource(index)
    ServiceConstruct(charts[index // per_chart], declared["metadata"]["name"], declared["spec"])
app.synth()
