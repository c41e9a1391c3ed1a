"""Node sleeps until something needs it, and runs from the start where that cannot be arranged."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.node

PROGRAM = """
from hanzo_constructs import HanzoApp, HanzoChart, ServiceConstruct
import jsii

def asleep():
    return getattr(jsii.kernel.provider, "is_asleep", False)

app = HanzoApp()
service = ServiceConstruct(HanzoChart(app, "shop"), "api", {"image": "ghcr.io/hanzoai/api:v1"})
before = app.synth_yaml()
states = [asleep()]
import cdk8s_plus_27
states += [asleep()]
assert service.deployment.name == "api"
states += [asleep()]
assert app.synth_yaml() == before
print(*states)
"""


@pytest.mark.parametrize(
    ("preamble", "states"),
    [
        ("", "True True False"),
        ("import cdk8s", "False False False"),
        # A jsii that is built differently.
        ("import sys; sys.modules['hanzo_constructs.constructs.sleeping'] = None", "False False False"),
    ],
    ids=["by itself", "after cdk8s", "with another jsii"],
)
def test_node_starts_when_it_is_needed_or_before(tmp_path: Path, preamble: str, states: str) -> None:
    choose = "from hanzo_constructs.constructs.node import choose_node; choose_node()\n"
    program = (choose if "cdk8s" in preamble else "") + preamble + PROGRAM
    run = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (run.stdout, run.stderr) == (states + "\n", "")
