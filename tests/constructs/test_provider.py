"""Node starts when something needs it, and with the import of cdk8s where that cannot be arranged."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.node

PROGRAM = """
from hanzo_constructs import HanzoApp, HanzoChart, ServiceConstruct
import jsii

def started():
    return getattr(jsii.kernel.provider, "is_started", True)

app = HanzoApp()
service = ServiceConstruct(HanzoChart(app, "shop"), "api", {"image": "ghcr.io/hanzoai/api:v1"})
before = app.synth_yaml()
states = [started()]
import cdk8s_plus_27
states += [started()]
assert service.deployment.name == "api"
states += [started()]
assert app.synth_yaml() == before
print(*states)
"""


@pytest.mark.parametrize(
    ("preamble", "states"),
    [
        ("", "False False True"),
        ("import cdk8s", "True True True"),
        # A jsii that is built differently.
        ("import sys; sys.modules['hanzo_constructs.constructs.node.provider'] = None", "True True True"),
    ],
    ids=["by itself", "after cdk8s", "with another jsii"],
)
def test_node_starts_when_it_is_needed_or_before(tmp_path: Path, preamble: str, states: str) -> None:
    choose = "from hanzo_constructs.constructs.node.binary import choose_node; choose_node()\n"
    program = (choose if "cdk8s" in preamble else "") + preamble + PROGRAM
    run = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (run.stdout, run.stderr) == (states + "\n", "")
