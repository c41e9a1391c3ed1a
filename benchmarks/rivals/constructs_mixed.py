"""Our constructs in a cdk8s app, one for each resource of the mixed fleet."""

from __future__ import annotations

import sys

from benchmarks.mixed import mixed_resource
from hanzo_constructs import (
    BaseConstruct,
    DatastoreConstruct,
    GatewayConstruct,
    HanzoApp,
    HanzoChart,
    ServiceConstruct,
)

CONSTRUCTS = {
    construct.kind: construct for construct in (ServiceConstruct, DatastoreConstruct, BaseConstruct, GatewayConstruct)
}

count, per_chart = int(sys.argv[1]), int(sys.argv[2])
app = HanzoApp()
charts = [
    HanzoChart(app, f"fleet-{number}", namespace="shop") for number in range((count + per_chart - 1) // per_chart)
]
for index in range(count):
    declared = mixed_resource(index)
    construct = CONSTRUCTS[declared["kind"]]
    construct(charts[index // per_chart], declared["metadata"]["name"], declared["spec"])
app.synth()
