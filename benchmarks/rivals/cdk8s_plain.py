"""cdk8s in Python, plain ApiObjects: the bodies are given as patches, as Python's ApiObject takes none."""

from __future__ import annotations

import sys

from cdk8s import ApiObject, ApiObjectMetadata, App, Chart, JsonPatch

from benchmarks.reference import objects

count, per_chart = int(sys.argv[1]), int(sys.argv[2])
app = App()
charts = [Chart(app, f"fleet-{number}", namespace="shop") for number in range((count + per_chart - 1) // per_chart)]
for index in range(count):
    for manifest in objects(index):
        metadata = manifest["metadata"]
        child = ApiObject(
            charts[index // per_chart],
            f"{metadata['name']}-{manifest['kind']}",
            api_version=manifest["apiVersion"],
            kind=manifest["kind"],
            metadata=ApiObjectMetadata(
                name=metadata["name"], labels=metadata["labels"], annotations=metadata.get("annotations")
            ),
        )
        child.add_json_patch(JsonPatch.add("/spec", manifest["spec"]))
app.synth()
