"""What a resource costs does not grow with the set that it is in. Calls are counted, because no time is like another."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from benchmarks.mixed import mixed_resource
from hanzo_constructs import (
    BaseConstruct,
    DatastoreConstruct,
    GatewayConstruct,
    HanzoApp,
    HanzoChart,
    Platform,
    ServiceConstruct,
)
from hanzo_constructs.compiler import compile_resource
from hanzo_constructs.compiler.links import links_of
from hanzo_constructs.kube.yaml import dump_all
from hanzo_constructs.spec.kinds import parse
from hanzo_constructs.spec.resource import EPOCH_ANNOTATION
from hanzo_constructs.verify import prove

Fleet = list[dict[str, Any]]

CONSTRUCTS: dict[str, Any] = {
    each.kind: each for each in (ServiceConstruct, DatastoreConstruct, BaseConstruct, GatewayConstruct)
}
PLATFORM = Platform(namespace="shop")


def application(number: int, front: str = "edge") -> dict[str, Any]:
    spec = {
        "image": {"repository": "ghcr.io/hanzoai/app", "tag": "v1.0.0"},
        "storage": {"size": "1Gi"},
        "gateway": {"route": f"/v1/app-{number}", "gatewayName": front},
    }
    return {"apiVersion": "hanzo.ai/v1", "kind": "Base", "metadata": {"name": f"app-{number}"}, "spec": spec}


def gateway(name: str = "edge", routes: int = 1) -> dict[str, Any]:
    spec = {
        "imageBuild": "hanzo",
        "image": {"repository": "ghcr.io/hanzoai/gateway", "tag": "v1.0.0"},
        "routes": [{"prefix": f"/v0/{number}", "backend": "api:80", "methods": ["GET"]} for number in range(routes)],
    }
    # the epoch in which a route is one endpoint for each method, so that hundreds fit into a configuration
    metadata = {"name": name, "annotations": {EPOCH_ANNOTATION: "2025"}}
    return {"apiVersion": "hanzo.ai/v1", "kind": "Gateway", "metadata": metadata, "spec": spec}


FLEETS: dict[str, Callable[[int], Fleet]] = {
    "mixed": lambda size: [mixed_resource(number) for number in range(size)],
    "applications behind one gateway": lambda size: [gateway(), *map(application, range(size))],
    "applications before their gateway": lambda size: [*map(application, range(size)), gateway()],
    "applications and routes of the gateway's own": lambda size: [
        gateway(routes=size),
        *map(application, range(size)),
    ],
    "gateways": lambda size: [
        each for number in range(size) for each in (application(number, f"edge-{number}"), gateway(f"edge-{number}"))
    ],
}


def compiled(fleet: Fleet, _: Path) -> None:
    """Do what the command line does with *fleet*."""
    declared = [parse(each, PLATFORM) for each in fleet]
    links, contradictions = links_of(declared, PLATFORM)
    compilations = [compile_resource(each, PLATFORM, links=links) for each in declared]
    assert [*contradictions, *(found for found in prove(compilations).findings if found.severity == "error")] == []
    dump_all(child.manifest for compilation in compilations for child in compilation.children)


def built(fleet: Fleet, folder: Path) -> None:
    """Write *fleet* as a cdk8s app."""
    app = HanzoApp(platform=PLATFORM, outdir=folder)
    chart = HanzoChart(app, "fleet")
    for each in fleet:
        annotations = each["metadata"].get("annotations", {})
        CONSTRUCTS[each["kind"]](chart, each["metadata"]["name"], each["spec"], annotations=annotations)
    app.synth()


def calls(run: Callable[[Fleet, Path], None], fleet: Fleet, folder: Path) -> int:
    """Return how often anything is called while *fleet* is done; each step of a generator counts."""
    count = 0

    def note(_: object, event: str, __: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        run(fleet, folder)
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize("run", [compiled, built])
@pytest.mark.parametrize("fleet", FLEETS)
def test_the_next_fifty_cost_what_the_last_fifty_did(
    run: Callable[[Fleet, Path], None], fleet: str, tmp_path: Path
) -> None:
    fleets = [FLEETS[fleet](size) for size in (50, 100, 150)]
    run(fleets[-1], tmp_path)  # what is remembered of earlier runs is remembered by all
    # a folder each: what is written is compared with what stands there
    small, middle, large = (calls(run, each, tmp_path / str(len(each))) for each in fleets)
    assert large - middle == pytest.approx(middle - small, rel=0.05)
