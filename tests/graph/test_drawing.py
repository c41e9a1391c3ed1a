"""Pictures: where nodes stand, and that no name breaks the text of a picture."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanzo_constructs.compiler.dependencies import Dependency
from hanzo_constructs.compiler.exposures import Exposure
from hanzo_constructs.graph.dot import dot
from hanzo_constructs.graph.layout import laid_out
from hanzo_constructs.graph.mermaid import mermaid
from hanzo_constructs.graph.picture import Edge, Node, Picture, around, picture_of
from hanzo_constructs.graph.svg import svg

ROOT = Path(__file__).parents[2]
MERMAID = ROOT / ".build" / "mermaid" / "node_modules" / "mermaid"
SVG = "{http://www.w3.org/2000/svg}"

ODD = ('a"b', "c]--x", "end", "d\\", "&lt;", "e<script>", "f#1;", "g\nh", "\x00i", "j|k", "l`m", "ü%%", "graph")
ODD_PICTURE = Picture(
    tuple(Node(f"Service x/{name}", "Service", "end", name) for name in ODD),
    tuple(Edge(f"Service x/{one}", f"Service x/{other}", (one,)) for one, other in pairwise(ODD)),
)


@st.composite
def pictures(draw: st.DrawFn) -> Picture:
    number = draw(st.integers(1, 9))
    ends = st.integers(0, number - 1)
    pairs = draw(st.sets(st.tuples(ends, ends), max_size=16))
    nodes = tuple(Node(f"Service {index}", "Service", "", str(index)) for index in range(number))
    edges = (Edge(nodes[one].key, nodes[other].key, ()) for one, other in sorted(pairs) if one != other)
    return Picture(nodes, (*edges,))


@given(pictures())
def test_nodes_stand_apart_and_lines_end_at_them(picture: Picture) -> None:
    layout = laid_out(picture)
    assert layout.nodes.keys() == {node.key for node in picture.nodes}
    places = sorted(layout.nodes.values())
    for one, other in pairwise(places):
        assert one.column != other.column or other.row - one.row > 0.999
    for place in places:
        assert 0 <= place.column < layout.columns
        assert 0 <= place.row <= layout.rows - 1 + 1e-9
    assert layout.lines.keys() == {*picture.edges}
    for edge, way in layout.lines.items():
        assert (way[0], way[-1]) == (layout.nodes[edge.start], layout.nodes[edge.end])
        assert {abs(one.column - other.column) for one, other in pairwise(way)} == {1}


@given(pictures())
def test_lines_that_close_no_circle_lead_to_the_right(picture: Picture) -> None:
    forward = tuple(edge for edge in picture.edges if int(edge.start.split()[1]) < int(edge.end.split()[1]))
    layout = laid_out(picture._replace(edges=forward))
    assert all(way[0].column < way[-1].column for way in layout.lines.values())


def test_a_chain_is_level_and_a_fork_is_even() -> None:
    nodes = tuple(Node(key, "Service", "", key) for key in "abcd")
    chain = laid_out(Picture(nodes, (Edge("a", "b", ()), Edge("b", "c", ()), Edge("c", "d", ()))))
    assert [tuple(place) for place in chain.nodes.values()] == [(0, 0), (1, 0), (2, 0), (3, 0)]
    fork = laid_out(Picture(nodes[:3], (Edge("a", "b", ()), Edge("a", "c", ()))))
    assert [tuple(fork.nodes[key]) for key in "abc"] == [(0, 0.5), (1, 0), (1, 1)]


def test_odd_names_do_not_break_a_picture() -> None:
    drawing = ET.fromstring(svg(ODD_PICTURE))  # noqa: S314 - our own
    names = [text.text for text in drawing.iter(f"{SVG}text") if text.get("class") != "kind"]
    assert names == [*(re.sub("[\x00\n]", "\ufffd", name) for name in ODD)]
    text = mermaid(ODD_PICTURE)
    assert 'n0["a#34;b<br/>' in text
    assert not re.search(r"script>|`|%%|\bx\b--", text)
    strings = re.findall(r'label="((?:[^"\\]|\\.)*)"', dot(ODD_PICTURE))
    assert len(strings) == 1 + len(ODD) + len(ODD_PICTURE.edges)
    assert r"d\\" in strings


def test_an_empty_picture() -> None:
    nothing = Picture((), ())
    assert (mermaid(nothing), dot(nothing).count("\n")) == ("flowchart LR\n", 5)
    assert ET.fromstring(svg(nothing)).tag == f"{SVG}svg"  # noqa: S314 - our own


def test_hosts_stand_for_the_ingress_controller() -> None:
    links = [
        Dependency("the ingress controller", "Service shop/web", ("8080/TCP",), ("spec.ingress",)),
        Dependency("Prometheus", "Service shop/web", ("9090/TCP",), ("spec.serviceMonitor",)),
        Dependency("Deployment shop/own", "Service shop/web", ("8080/TCP",), ("spec",)),
    ]
    ways = [
        Exposure("shop.example.com", path, "Ingress shop/web", ("shop", "web"), "80", is_encrypted=True)
        for path in ("/", "/b", "/a")
    ]
    ways.append(Exposure("LoadBalancer", "", "Service shop/web-tcp", ("shop", "web"), "22", is_encrypted=False))
    ways.append(Exposure("nobody.example.com", "/", "Ingress shop/x", ("shop", "x"), "80", is_encrypted=True))
    picture = picture_of(["Service shop/web", "Service shop/alone"], links, ways, {("shop", "web"): "Service shop/web"})
    assert [node.key for node in picture.nodes] == [
        "outside LoadBalancer shop/web-tcp:22",
        "outside shop.example.com",
        "Service shop/alone",
        "Deployment shop/own",
        "Service shop/web",
    ]
    assert [(edge.start, edge.labels) for edge in picture.edges] == [
        ("Deployment shop/own", ("8080/TCP",)),
        ("outside LoadBalancer shop/web-tcp:22", ()),
        ("outside shop.example.com", ("/a", "/b")),
    ]
    assert [node.name for node in around(picture, ["Service shop/alone"]).nodes] == ["alone"]
    assert len(around(picture, ["Service shop/web"]).nodes) == 4


@pytest.mark.slow
def test_mermaid_itself_reads_it() -> None:
    if not MERMAID.exists():
        pytest.skip("no mermaid: npm install --prefix .build/mermaid mermaid@11 jsdom@26")  # 164 MB for one test
    program = (
        "const {JSDOM}=require('jsdom');const d=new JSDOM('');globalThis.window=d.window;globalThis.document=d.window.document;"
        "import('mermaid').then(async m=>{const t=require('fs').readFileSync(0,'utf8');await m.default.parse(t);"
        "const g=await m.default.mermaidAPI.getDiagramFromText(t);"
        "const b=g.db.getData();console.log(JSON.stringify([b.nodes.filter(n=>!n.isGroup).length,b.edges.length]))})"
    )
    command = ["node", "-e", program]
    ran = subprocess.run(
        command, input=mermaid(ODD_PICTURE), capture_output=True, text=True, check=True, cwd=MERMAID.parents[1]
    )
    assert json.loads(ran.stdout) == [len(ODD), len(ODD) - 1]


@pytest.mark.slow
def test_graphviz_itself_reads_it() -> None:
    if not (program := shutil.which("dot")):
        pytest.skip("no dot on PATH, such as that of Debian's graphviz")  # no set-up brings the program
    ran = subprocess.run([program, "-Tplain"], input=dot(ODD_PICTURE), capture_output=True, text=True, check=True)
    assert ran.stdout.count("\nnode ") == len(ODD)
    assert ran.stdout.count("\nedge ") == len(ODD) - 1
