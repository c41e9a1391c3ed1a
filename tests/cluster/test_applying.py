"""A server takes what every golden case compiles to, without a warning, and has nothing to do when it gets it again."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.cluster.client import path_of
from tests.cluster.server import ControlPlane
from tests.cluster.sets import apart, make_namespaces, unfit
from tests.golden.cases import VALID, Case

pytestmark = [pytest.mark.slow, pytest.mark.cluster]

_EXPECTED = (
    # epoch 2025, and ingressClassStyle: annotation
    re.compile(r'annotation "kubernetes\.io/ingress\.class" is deprecated'),
    # what clusters before Kubernetes 1.34 take alone
    re.compile(r'trafficDistribution: "PreferClose" is deprecated'),
    # what only a user can write
    re.compile(r"deprecated in v1\.\d+"),
    re.compile(r"has no sources provided"),
    re.compile(r"fractional byte value"),
    re.compile(r"duplicate port name"),
)
"""Warnings that a set may give; the documentation tells of them."""


@pytest.mark.parametrize("case", VALID, ids=lambda case: case.name)
def test_every_golden_output_is_taken_and_applied_again_is_no_change(control_plane: ControlPlane, case: Case) -> None:
    if reason := unfit(case, control_plane):
        pytest.skip(reason)
    client = control_plane.client
    children = apart((child for each in case.compilations() for child in each.manifests), case.name)
    make_namespaces(client, children)
    for child in children:
        first = client.apply(child)
        assert not first.message
        assert not [text for text in first.warnings if not any(known.search(text) for known in _EXPECTED)]
        if child["kind"] == "PersistentVolumeClaim":
            first = client.apply(child)  # a server writes a new claim once more, as it is
        again = client.apply(child)
        assert _state(again.body) == _state(first.body)


def _state(stored: dict[str, Any]) -> tuple[str, int | None]:
    metadata = stored["metadata"]
    return metadata["resourceVersion"], metadata.get("generation")


@pytest.mark.skipif(not shutil.which("kubectl"), reason="no kubectl on PATH")
def test_client_side_apply_writes_nothing_again(control_plane: ControlPlane, tmp_path: Path) -> None:
    cases = [case for case in VALID if not unfit(case, control_plane)][::8]  # of all, it would take minutes
    children = [
        child
        for case in cases
        for child in apart(
            (child for each in case.compilations() for child in each.manifests), f"{case.name}-by-client"
        )
    ]
    client = control_plane.client
    make_namespaces(client, children)
    everything = tmp_path / "everything.json"
    everything.write_text(json.dumps({"apiVersion": "v1", "kind": "List", "items": children}))
    command = ["kubectl", "apply", "--kubeconfig", str(control_plane.kubeconfig), "--filename", str(everything)]
    states = []
    for _ in range(2):
        ran = subprocess.run(command, check=False, capture_output=True, text=True)
        assert ran.returncode == 0, ran.stderr
        states.append({path_of(child): _state(client.get(child).body) for child in children})
    assert states[0] == states[1]
