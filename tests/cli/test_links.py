"""`hzc` joins applications to their gateway across files, in whatever order they are named."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import Mock

import pytest

from hanzo_constructs.cli import parts
from hanzo_constructs.compiler import policies
from hanzo_constructs.compiler.resource_ties import ties_of
from hanzo_constructs.kube.yaml import load_all
from hanzo_constructs.spec.kinds import parse
from tests.cli.conftest import Run

GATEWAY = """\
apiVersion: hanzo.ai/v1
kind: Gateway
metadata: {name: gateway, namespace: hanzo}
spec:
  imageBuild: hanzo
  image: {repository: ghcr.io/hanzoai/gateway, tag: v2.1.0}
"""
BASE = """\
apiVersion: hanzo.ai/v1
kind: Base
metadata: {name: notes, namespace: hanzo}
spec:
  image: {repository: ghcr.io/hanzoai/notes, tag: v1.0.0}
  storage: {size: 10Gi}
  gateway: {route: /v1/notes}
"""


def config(text: str) -> str:
    """Return the routes of the gateway in the manifests *text*."""
    (found,) = (each.data["data"]["routes.json"] for each in load_all(text.encode()) if "data" in each.data)
    assert isinstance(found, str)
    return found


@pytest.mark.parametrize("order", [["base.yaml", "gateway.yaml"], ["gateway.yaml", "base.yaml"], ["."]])
def test_a_gateway_has_the_routes_of_other_files(hzc: Run, here: Path, order: list[str]) -> None:
    (here / "base.yaml").write_text(BASE)
    (here / "gateway.yaml").write_text(GATEWAY)
    ran = hzc("compile", *order)
    assert (ran.status, ran.stderr) == (0, "")
    assert "notes.hanzo.svc.cluster.local" in config(ran.stdout)


def test_an_application_whose_gateway_is_elsewhere_gets_a_warning(hzc: Run) -> None:
    ran = hzc("compile", "-", stdin=BASE)
    assert ran.status == 0
    assert ran.stderr == (
        "warning: <stdin>:7: Base hanzo/notes: spec.gateway: the Gateway hanzo/gateway is none of the resources compiled "
        "here; the route waits in the ConfigMap notes-gateway-route for the gateway to pick it up\n"
    )


def test_a_gateway_that_is_wrong_is_not_missing(hzc: Run) -> None:
    ran = hzc("compile", "-", stdin=BASE + "---\n" + GATEWAY + "  replica: 3\n")
    assert ran.status == 2
    assert ran.stderr == (
        "error: <stdin>:15: Gateway hanzo/gateway: spec.replica: unknown field, did you mean replicas?\n"
        "1 error, 0 warnings; nothing written\n"
    )


def test_two_applications_with_one_prefix_stop_the_run(hzc: Run, here: Path) -> None:
    (here / "a.yaml").write_text(BASE)
    (here / "b.yaml").write_text(BASE.replace("name: notes", "name: other") + "---\n" + GATEWAY)
    ran = hzc("compile", "a.yaml", "b.yaml")
    assert (ran.status, ran.stdout) == (2, "")
    assert ran.stderr == (
        "error: b.yaml:7: Base hanzo/other: spec.gateway.route: /v1/notes is routed twice in Gateway hanzo/gateway "
        "(also by Base hanzo/notes); give each its own\n"
        "1 error, 0 warnings; nothing written\n"
    )


def test_what_is_shown_alone_knows_the_others_of_its_file(hzc: Run, here: Path) -> None:
    (here / "all.yaml").write_text(BASE + "---\n" + GATEWAY)
    ran = hzc("show", "all.yaml:Base/notes")
    assert (ran.status, ran.stderr) == (0, "")
    assert "gateway-route" not in ran.stdout


def test_a_resource_that_is_wrong_is_reported_once(hzc: Run) -> None:
    ran = hzc("validate", "-", stdin=BASE.replace("10Gi", "0") + "---\n" + GATEWAY)
    assert ran.status == 2
    assert ran.stderr == "error: <stdin>:6: Base hanzo/notes: spec.storage.size: must be more than 0, got 0\n"


def test_each_resource_is_parsed_and_asked_what_it_needs_once(
    hzc: Run, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Gathering the links of a set costs half of what compiling it does, where either is done twice."""
    (here / "base.yaml").write_text(f"{BASE}  networkPolicy: {{}}\n")
    (here / "gateway.yaml").write_text(f"{GATEWAY}  networkPolicy: {{}}\n")
    parsed, asked, again = Mock(wraps=parse), Mock(wraps=ties_of), Mock(wraps=ties_of)
    monkeypatch.setattr(parts, "parse", parsed)
    monkeypatch.setattr(parts, "ties_of", asked)
    monkeypatch.setattr(policies, "ties_of", again)
    assert hzc("compile", ".", "-o", "-").status == 0
    assert [mock.call_count for mock in (parsed, asked, again)] == [2, 2, 0]
