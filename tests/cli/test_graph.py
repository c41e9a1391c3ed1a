"""`hzc show --graph` draws who is reached from outside, and who connects to whom."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.cli.conftest import Run
from tests.cli.inputs import DOUBTFUL, WRONG, service

OBJECTS = """\
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: own, namespace: shop}
spec:
  tls: [{hosts: [own.example.com]}]
  rules:
  - host: own.example.com
    http: {paths: [{path: /api, pathType: Prefix, backend: {service: {name: api, port: {number: 8080}}}}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: probe, namespace: shop}
spec:
  selector: {matchLabels: {app: probe}}
  template:
    metadata: {labels: {app: probe}}
    spec:
      containers: [{name: probe, image: "ghcr.io/acme/probe:v1", env: [{name: TARGET, value: "http://api:8080"}]}]
"""
DATABASE = """\
apiVersion: hanzo.ai/v1
kind: SQL
metadata: {name: orders-db, namespace: shop}
spec: {storage: {size: 2Gi}, credentialsSecret: orders-db}
"""
URL = "postgresql://postgres:${secret/POSTGRES_PASSWORD}@${host}:${port}/postgres"


@pytest.fixture
def fleet(here: Path) -> Path:
    """Three resources and two objects of the user's own."""
    ports = "{http: 8080}"
    documents = [
        service("web", ports=ports, ingress="{hosts: [shop.example.com]}", env="{API_URL: 'http://api:8080'}"),
        service("api", ports=ports, connections=f"[{{kind: SQL, name: orders-db, env: {{URL: '{URL}'}}}}]"),
        DATABASE,
        OBJECTS,
    ]
    (here / "fleet.yaml").write_text("---\n".join(documents))
    return here / "fleet.yaml"


@pytest.mark.usefixtures("fleet")
def test_mermaid(hzc: Run) -> None:
    ran = hzc("show", "fleet.yaml", "--graph")
    assert ran.status == 0
    assert ran.stdout == (
        "flowchart LR\n"
        '  n0(["own.example.com"])\n'
        '  n1(["shop.example.com"])\n'
        '  subgraph s0["shop"]\n'
        '    n2["api<br/><small>Service</small>"]\n'
        '    n3["orders-db<br/><small>SQL</small>"]\n'
        '    n4["probe<br/><small>Deployment</small>"]\n'
        '    n5["web<br/><small>Service</small>"]\n'
        "  end\n"
        '  n4 -->|"8080/TCP"| n2\n'
        '  n2 -->|"5432/TCP"| n3\n'
        '  n5 -->|"8080/TCP"| n2\n'
        '  n0 -->|"/api"| n2\n'
        "  n1 --> n5\n"
    )


@pytest.mark.usefixtures("fleet")
def test_one_resource_and_what_stands_around_it(hzc: Run) -> None:
    ran = hzc("show", "fleet.yaml:web", "--graph", "--format", "dot")
    assert ran.status == 0
    assert ran.stdout == (
        "digraph fleet {\n"
        "  rankdir=LR;\n"
        '  node [shape=box, style=rounded, fontname="Helvetica"];\n'
        '  edge [fontname="Helvetica", fontsize=10];\n'
        '  "outside shop.example.com" [label="shop.example.com", shape=ellipse];\n'
        "  subgraph cluster_0 {\n"
        '    label="shop";\n'
        '    "Service shop/api" [label="api\\nService"];\n'
        '    "Service shop/web" [label="web\\nService"];\n'
        "  }\n"
        '  "Service shop/web" -> "Service shop/api" [label="8080/TCP"];\n'
        '  "outside shop.example.com" -> "Service shop/web";\n'
        "}\n"
    )


@pytest.mark.usefixtures("fleet")
def test_svg(hzc: Run) -> None:
    ran = hzc("show", "fleet.yaml", "--graph", "--format", "svg")
    drawing = ET.fromstring(ran.stdout)  # noqa: S314 - our own
    groups = [each.get("class") for each in drawing.iter("{http://www.w3.org/2000/svg}g")]
    assert groups == ["outside", "outside", "resource", "store", "resource", "resource"]


def test_several_files(hzc: Run, here: Path) -> None:
    (here / "a.yaml").write_text(service("a"))
    (here / "b.yaml").write_text(service("b"))
    ran = hzc("show", "a.yaml", "b.yaml")
    assert ran.stdout.endswith("2 resources, 2 children: 2 Deployment\n")
    assert hzc("show", "a.yaml", "b.yaml", "--graph").stdout.count("<small>Service</small>") == 2


@pytest.mark.usefixtures("fleet")
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["fleet.yaml", "--format", "svg"], "--format says what --graph writes; add --graph"),
        (["fleet.yaml", "--graph", "--why"], "--why adds to the list, and --graph draws a picture"),
        (["fleet.yaml:webb", "--graph"], "fleet.yaml holds no resource webb, did you mean web?"),
        (["fleet.yaml:web", "fleet.yaml"], "fleet.yaml:web: NAME chooses among the resources of one FILE, got 2"),
        (["fleet.yaml", "--graph", "--format", "png"], "'png' is not one of 'mermaid', 'dot', 'svg'"),
    ],
)
def test_what_is_refused(hzc: Run, arguments: list[str], message: str) -> None:
    ran = hzc("show", *arguments)
    assert (ran.status, ran.stdout) == (2, "")
    assert message in ran.stderr


def test_nothing_is_drawn_of_what_is_wrong(hzc: Run, here: Path) -> None:
    (here / "all.yaml").write_text(f"{WRONG}---\n{DOUBTFUL}")
    ran = hzc("show", "all.yaml", "--graph")
    assert (ran.status, ran.stdout) == (2, "")
    assert ran.stderr.endswith("1 error, 1 warning\n")
