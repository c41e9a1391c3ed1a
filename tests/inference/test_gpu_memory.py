"""Sizes on the box find the devices that are sold under them, and none of the next smaller size.

What devices report was read off public node dumps and `nvidia-smi`. Whether a pod may run on a node is judged by an
evaluator of node affinity of its own, after the rules of the scheduler (`nodeaffinity.RequiredNodeAffinity`).
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

import pytest

from hanzo_constructs.kube.quantity import quantity_value
from hanzo_constructs.platform import Platform
from tests.inference.models import compiled, of_kind

DEVICES = {
    "T4, old driver": (15109, "16Gi"),
    "T4": (15360, "16Gi"),
    "V100-16": (16160, "16Gi"),
    "A10, old driver": (22731, "24Gi"),
    "A10G": (23028, "24Gi"),
    "L4": (23034, "24Gi"),
    "RTX 4090": (24564, "24Gi"),
    "V100-32": (32510, "32Gi"),
    "A100-40, old": (39538, "40Gi"),
    "A100-40, older": (40536, "40Gi"),
    "A100-40": (40960, "40Gi"),
    "A40": (45634, "48Gi"),
    "L40S": (46068, "48Gi"),
    "A100-80, PCIe": (79251, "80Gi"),
    "A100-80, other driver": (81251, "80Gi"),
    "A100-80": (81920, "80Gi"),
    "H100": (81559, "80Gi"),
    "H100 NVL": (95830, "94Gi"),
    "H200": (143771, "141Gi"),
    "B200": (183359, "192Gi"),
}
"""What a device reports in MiB, and what is printed on it."""
SIZES = sorted({size for _, size in DEVICES.values()}, key=quantity_value)


def matches_term(term: dict[str, Any], labels: dict[str, str]) -> bool:
    """Tell whether *labels* meet all requirements of a node selector term; an empty term matches nothing."""
    requirements = term.get("matchExpressions") or []
    return bool(requirements) and all(_meets(each, labels) for each in requirements)


def _meets(requirement: dict[str, Any], labels: dict[str, str]) -> bool:
    value = labels.get(requirement["key"])
    match requirement["operator"]:
        case "In":
            return value in requirement["values"]
        case "Exists":
            return value is not None
        case "Gt":  # a label that is absent, or no integer, matches nothing
            (bound,) = requirement["values"]
            return value is not None and re.fullmatch(r"-?\d+", value) is not None and int(value) > int(bound)
    raise AssertionError(requirement)


def may_run(pod: dict[str, Any], labels: dict[str, str]) -> bool:
    """Tell whether *pod* may run on a node with *labels*: one of the required terms matches."""
    nodes = pod.get("affinity", {}).get("nodeAffinity", {})
    required = nodes.get("requiredDuringSchedulingIgnoredDuringExecution")
    return required is None or any(matches_term(term, labels) for term in required["nodeSelectorTerms"])


def pod(size: str | None, **spec: Any) -> dict[str, Any]:
    resources = {"resources": {"gpuMemory": size}} if size else {}
    found: dict[str, Any] = of_kind("Deployment", **resources, **spec)["spec"]["template"]["spec"]
    return found


def node(reported: int, **labels: str) -> dict[str, str]:
    return {"nvidia.com/gpu.memory": str(reported), **labels}


@pytest.mark.parametrize("size", SIZES)
def test_a_size_finds_its_devices_and_larger_ones(size: str) -> None:
    found = {device for device, (reported, _) in DEVICES.items() if may_run(pod(size), node(reported))}
    assert found == {
        device for device, (_, printed) in DEVICES.items() if quantity_value(printed) >= quantity_value(size)
    }


@pytest.mark.parametrize(("size", "found"), [("81559Mi", {"H100", "A100-80"}), ("23034Mi", {"L4", "RTX 4090"})])
def test_an_amount_in_mebibytes_is_taken_literally(size: str, found: set[str]) -> None:
    same = [
        name
        for name, (_, printed) in DEVICES.items()
        if abs(quantity_value(printed) / quantity_value(size) - 1) < Fraction(1, 10)
    ]
    assert {name for name in same if may_run(pod(size), node(DEVICES[name][0]))} == found


def test_a_node_that_does_not_say_has_none() -> None:
    assert not may_run(pod("16Gi"), {})
    assert may_run(pod(None), {})


def test_what_the_user_asks_of_nodes_is_asked_too() -> None:
    term = {"matchExpressions": [{"key": "zone", "operator": "In", "values": ["a"]}]}
    other = {"matchExpressions": [{"key": "spot", "operator": "Exists"}]}
    affinity = {
        "nodeAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": {"nodeSelectorTerms": [term, other]}}
    }
    asked = pod("80Gi", affinity=affinity)
    places = [node(81559, zone="a"), node(81559, spot=""), node(81559), node(46068, zone="a"), node(46068, spot="")]
    assert [may_run(asked, labels) for labels in places] == [True, True, False, False, False]


@pytest.mark.parametrize("size", SIZES)
def test_a_claim_finds_the_devices_that_a_label_finds(size: str) -> None:
    platform = Platform(namespace="ml", kubernetes="1.34", gpu_allocation="dra")
    compilation = compiled(platform, resources={"gpuMemory": size})
    (template,) = (each for each in compilation.manifests if each["kind"] == "ResourceClaimTemplate")
    (request,) = template["spec"]["spec"]["devices"]["requests"]
    (selector,) = request["exactly"]["selectors"]
    expression = selector["cel"]["expression"]
    found = re.fullmatch(
        r"device\.capacity\['gpu\.nvidia\.com'\]\.memory\.compareTo\(quantity\('(\d+Mi)'\)\) >= 0", expression
    )
    assert found
    for device, (reported, _) in DEVICES.items():
        is_claimed = quantity_value(f"{reported}Mi") >= quantity_value(found[1])
        assert is_claimed == may_run(pod(size), node(reported)), device


def test_another_amount_is_another_template() -> None:
    platform = Platform(namespace="ml", kubernetes="1.34", gpu_allocation="dra")
    specs: list[dict[str, Any]] = [
        {},
        {"gpu": 2},
        {"resources": {"gpuMemory": "80Gi"}},
        {"resources": {"gpuMemory": "48Gi"}},
    ]
    templates = {}
    for spec in specs:
        manifests = compiled(platform, **spec).manifests
        (template,) = (each for each in manifests if each["kind"] == "ResourceClaimTemplate")
        (deployment,) = (each for each in manifests if each["kind"] == "Deployment")
        (claim,) = deployment["spec"]["template"]["spec"]["resourceClaims"]
        assert claim["resourceClaimTemplateName"] == template["metadata"]["name"]
        templates[template["metadata"]["name"]] = template["spec"]
    assert len(templates) == len(specs)
