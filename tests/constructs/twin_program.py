"""A program of everything that the twin answers, with values that JavaScript orders or writes in ways of its own.

    python -m tests.constructs.twin_program SEED

Node answers, and each answer is compared with that of the twin. Prints how many there were, and the differences.
"""

from __future__ import annotations

import json
import random
import sys
from typing import Any

KEYS = ["b", "a", "10", "9", "01", "é", "\uffff", "\U0001f600", "A", "_", "a/b", "a~b", "a.b", "4294967295", "-1"]
SCALARS: list[Any] = [0, -1, 2**53, 1.0, -0.0, 0.1, 1e-7, 1.5, -2.0, True, False, "", "x", "1", "é\U0001f600", "null"]


def value(chance: random.Random, depth: int = 3) -> Any:
    choice = chance.random() if depth else 1
    if choice < 0.3:
        return {key: value(chance, depth - 1) for key in chance.sample(KEYS, chance.randrange(5))}
    if choice < 0.5:
        return [value(chance, depth - 1) for _ in range(chance.randrange(4))]
    return chance.choice(SCALARS)


def pointers(document: Any, at: str = "") -> list[str]:
    """Return pointers to everything in *document* but itself."""
    items = (
        document.items() if isinstance(document, dict) else enumerate(document) if isinstance(document, list) else ()
    )
    found = []
    for key, item in items:
        step = f"{at}/{str(key).replace('~', '~0').replace('/', '~1')}"
        found += [step, *pointers(item, step)]
    return found


def build(chance: random.Random) -> None:
    from cdk8s import ApiObject, ApiObjectMetadata, JsonPatch
    from constructs import Construct

    from hanzo_constructs import HanzoApp, HanzoChart, ServiceConstruct

    app = HanzoApp()
    labels = dict.fromkeys(chance.sample(["a", "b", "10", "team"], 2), "x")
    charts = [HanzoChart(app, "one", namespace="shop", labels=labels), HanzoChart(app, "two")]
    for number in range(30):
        chart = chance.choice(charts)
        if chance.random() < 0.2:
            service = ServiceConstruct(
                chart, f"service-{number}", {"image": "ghcr.io/hanzoai/api:v1", "ports": {"http": 80}}
            )
            service.deployment.add_json_patch(
                JsonPatch.add("/spec/template/metadata/annotations", {"10": "x", "9": "y"})
            )
            assert ApiObject.of(service) is service.deployment
            continue
        scope = Construct(chart, f"scope-{number}") if chance.random() < 0.3 else chart
        more: dict[str, Any] = {
            "namespace": "other",
            "labels": {"a": "mine", "z": "1"},
            "annotations": {"10": "x", "b": "y"},
        }
        metadata = ApiObjectMetadata(
            name=f"object-{number}", **{key: more[key] for key in chance.sample(sorted(more), chance.randrange(4))}
        )
        each = ApiObject(scope, f"object-{number}", api_version="example.com/v1", kind="Thing", metadata=metadata)
        each.add_json_patch(JsonPatch.add("/spec", value(chance)), JsonPatch.add("/10", value(chance)))
        for _ in range(chance.randrange(6)):
            places = [place for place in pointers(each.to_json()) if place.startswith("/spec/")]
            if not places:
                break
            place, patched = chance.choice(places), value(chance)
            makers = (JsonPatch.add(place, patched), JsonPatch.replace(place, patched), JsonPatch.remove(place))
            each.add_json_patch(chance.choice(makers))
        if chance.random() < 0.3:
            each.metadata.add_label("10", "ten")
            each.metadata.add_annotation("note", "é")
        assert (each.name, each.kind, each.api_version) == (f"object-{number}", "Thing", "example.com/v1")
        assert each.chart is chart
        assert each.node.id == f"object-{number}"
        assert scope.node.find_child(each.node.id) is each
        each.metadata.get_label("a")
        each.to_json()
        assert each.node.path.startswith(chart.node.id)
    app.synth_yaml()
    charts[0].to_json()


if __name__ == "__main__":
    from tests.constructs import checked_provider

    checked_provider.watch()
    build(random.Random(int(sys.argv[1])))  # noqa: S311 - a test
    sys.stdout.write(json.dumps([checked_provider.answered, checked_provider.unforeseen, checked_provider.differences]))
