"""Helm: the template engine of its Go SDK, by way of PyPI's helm-python-sdk; one chart renders the whole fleet.

Arguments: the number of services, the folder of the chart, and optionally a values.yaml for Helm's own reader;
without it the values come from memory.
"""

from __future__ import annotations

import sys
from pathlib import Path

import helm_python

from benchmarks.fleet import facts

count, folder, *values_file = sys.argv[1:]
if values_file:
    values = helm_python.values_from_yaml(Path(values_file[0]).read_text())
else:
    values = {"services": [facts(index) for index in range(int(count))]}
with helm_python.Chart.load(folder) as chart:
    for manifest in chart.render(values, name="fleet", namespace="shop").values():
        sys.stdout.write(manifest)
