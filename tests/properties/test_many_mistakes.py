"""What a thousand mistakes cost, and how long the text about them is, grows with their number and not with its square."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import pytest

from hanzo_constructs.compiler import compile_resource
from hanzo_constructs.errors import InputError
from hanzo_constructs.spec.kinds import parse
from hanzo_constructs.verify import prove

Spec = dict[str, Any]

IMAGE = {"repository": "ghcr.io/hanzoai/api", "tag": "v1.0.0"}


def ports(number: int) -> list[Spec]:
    return [{"name": f"p{each}", "containerPort": each + 1} for each in range(number)]


def volumes(number: int) -> list[Spec]:
    return [{"name": f"v{each}", "emptyDir": {}} for each in range(number)]


def mounts(number: int, name: str) -> list[Spec]:
    return [{"name": f"{name}{each}", "mountPath": f"/x{each}"} for each in range(number)]


def path_rules(number: int, port: Callable[[int], Any]) -> Spec:
    return {"hosts": ["shop.example.com"], "pathRules": [{"path": f"/{i}", "port": port(i)} for i in range(number)]}


def sidecars(number: int) -> list[Spec]:
    return [
        {
            "name": f"s{each}",
            "image": "ghcr.io/hanzoai/proxy:v1",
            "ports": [{"containerPort": each + 1}],
            "livenessProbe": {"tcpSocket": {"port": f"x{each}"}},
            "volumeMounts": [{"name": f"x{each}", "mountPath": "/x"}],
        }
        for each in range(number)
    ]


SPECS: dict[str, Callable[[int], tuple[str, Spec]]] = {
    "ports": lambda n: ("Service", {"image": IMAGE, "ports": ports(n), "networkPolicy": {}}),
    "ports with one name": lambda n: ("Service", {"image": IMAGE, "ports": [{"name": "a", "containerPort": 80}] * n}),
    "paths to ports": lambda n: (
        "Service",
        {"image": IMAGE, "ports": ports(n), "ingress": path_rules(n, lambda each: f"p{each}")},
    ),
    "paths to unknown ports": lambda n: (
        "Service",
        {"image": IMAGE, "ports": ports(n), "ingress": path_rules(n, lambda each: f"x{each}")},
    ),
    "mounts": lambda n: ("Service", {"image": IMAGE, "volumes": volumes(n), "volumeMounts": mounts(n, "v")}),
    "mounts of unknown volumes": lambda n: (
        "Service",
        {"image": IMAGE, "volumes": volumes(n), "volumeMounts": mounts(n, "x")},
    ),
    "sidecars with unknown volumes and ports": lambda n: (
        "Service",
        {"image": IMAGE, "volumes": volumes(n), "sidecars": sidecars(n)},
    ),
    "unknown fields": lambda n: ("Service", {"image": IMAGE, **{f"field{each}": 1 for each in range(n)}}),
    "variables with one name": lambda n: ("Service", {"image": IMAGE, "env": [{"name": "A", "value": "b"}] * n}),
    "aliases with one name": lambda n: ("KV", {"storage": {"size": "1Gi"}, "serviceAliases": ["cache"] * n}),
    "routes with unknown limits": lambda n: (
        "Gateway",
        {
            "image": IMAGE,
            "rateLimits": [{"name": f"r{each}", "maxRate": 1} for each in range(n)],
            "routes": [{"prefix": f"/{each}", "backend": "api:80", "rateLimit": f"x-{each}"} for each in range(n)],
        },
    ),
}


def told(kind: str, spec: Spec) -> str:
    """Return all that is said of a resource of *kind*."""
    metadata = {"name": "api", "namespace": "shop"}
    document = {"apiVersion": "hanzo.ai/v1", "kind": kind, "metadata": metadata, "spec": spec}
    try:
        compilation = compile_resource(parse(document))
        proof = prove([compilation])
    except InputError as error:
        return str(error)
    return "\n".join(map(str, (*compilation.warnings, *proof.findings)))


def lines(run: Callable[[], object]) -> int:
    """Return how many lines of Python run: unlike calls, they count the steps of loops, and unlike time they are exact."""
    count = 0

    def note(*_: Any) -> Any:
        nonlocal count
        count += 1
        return note

    before = sys.gettrace()
    sys.settrace(note)
    try:
        run()
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize("what", SPECS)
def test_twice_as_many_cost_twice_as_much(what: str) -> None:
    few, many = (SPECS[what](number) for number in (300, 600))
    told(*many)  # what is remembered of earlier runs is remembered by both
    assert len(told(*many)) < 2.2 * len(told(*few)) + 1000
    assert lines(lambda: told(*many)) < 2.2 * lines(lambda: told(*few))


def test_a_message_names_ten_and_counts_the_others() -> None:
    _, spec = SPECS["mounts of unknown volumes"](2000)
    first, *_ = told("Service", spec).splitlines()
    names = "v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, ... and 1,990 more"
    assert first.endswith(f'spec.volumeMounts[0].name: "x0" is not a volume, declared are {names}')
    assert len(told("Service", spec)) < 500_000
