"""A program of resources renders what the resources compile to, whatever they are."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from hanzo_constructs.importing.python import program_text
from hanzo_constructs.importing.python.layout import Call, Exploded, Named, laid_out
from hanzo_constructs.importing.python.literals import block_literal, is_block, literal
from hanzo_constructs.importing.python.names import Names, constant_name, identifier
from hanzo_constructs.importing.python.short import short_spec
from hanzo_constructs.kube.yaml import load_all
from hanzo_constructs.platform import Platform
from tests.importing.programs import rendered, same_documents
from tests.properties.parts import Data
from tests.properties.resources import SHAPES, SUBJECTS, resources
from tests.properties.rich import NEWEST
from tests.properties.test_any_set import outcome, sets

QUIET = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]
IDS = ["-".join(filter(None, each)) for each in SUBJECTS]


def formatted(program: str) -> str:
    """Return *program* as ruff formats it without any settings."""
    command = [sys.executable, "-m", "ruff", "format", "--isolated", "--quiet", "-"]
    return subprocess.run(command, input=program, capture_output=True, text=True, check=True).stdout


@pytest.mark.thorough
@pytest.mark.parametrize("kind", SHAPES)
@settings(max_examples=2, suppress_health_check=QUIET, phases=[Phase.generate])
@given(data=st.data())
def test_any_resource(kind: str, data: st.DataObject) -> None:
    same_documents([data.draw(resources(kind))], NEWEST)


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "engine"), SUBJECTS, ids=IDS)
@settings(max_examples=100, suppress_health_check=QUIET, derandomize=False)
@given(data=st.data())
def test_any_resource_in_a_longer_search(kind: str, engine: str | None, data: st.DataObject) -> None:
    program = same_documents([data.draw(resources(kind, engine))], NEWEST)
    assert formatted(program) == program


@pytest.mark.slow
@settings(max_examples=100, suppress_health_check=QUIET, derandomize=False)
@given(sets())
def test_any_set_in_a_longer_search(documents: list[Data]) -> None:
    found = outcome(documents)
    assume(not found.contradictions and not found.errors)
    assume(not [each for each in found.children.values() if isinstance(each, str)])
    same_documents(documents, NEWEST)


@given(st.text())
def test_a_literal_is_its_text(text: str) -> None:
    assert ast.literal_eval(literal(text)) == text
    if is_block(text):
        assert ast.literal_eval(block_literal(text)) == text


HOSTILE = [
    '"',
    "'",
    "\\",
    '"""\n"""\n\n',
    "\\\n\\\n\\",
    "{x}",
    "\n\n\n",
    "a\u2028b",
    "\x01\r",
    "');import os;('",
    "é\n" * 4,
]


def test_no_text_breaks_out(tmp_path: Path) -> None:
    for number, text in enumerate(HOSTILE):
        spec: Data = {"image": {"repository": "a/b", "tag": "1"}, "env": [{"name": "X", "value": text}], "args": [text]}
        if text.isprintable():
            spec["configs"] = [{"name": "c", "mountPath": "/c", "files": {"f": text}}]
        document = {"apiVersion": "hanzo.ai/v1", "kind": "Service", "metadata": {"name": "class"}, "spec": spec}
        (tmp_path / f"{number}.py").write_text(same_documents([document], Platform()))
    command = [sys.executable, "-m", "ruff", "format", "--isolated", "--check", str(tmp_path)]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout


@pytest.mark.parametrize(
    "field", ["name", "namespace", "kind", "apiVersion"], ids=lambda field: f"hostile {field}"
)  # fmt: skip
def test_no_name_of_an_object_breaks_out(field: str) -> None:
    hostile = '"""\n__import__("os").abort()\n\\'
    found: dict[str, Any] = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "a", "namespace": "b"}}
    (found["metadata"] if field in found["metadata"] else found)[field] = hostile
    tree = ast.parse(program_text((), [found], Platform()))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    assert not [call for call in calls if "import" in ast.unparse(call.func) or "abort" in ast.unparse(call.func)]


def test_a_program_is_the_golden_one(request: pytest.FixtureRequest) -> None:
    folder = Path(__file__).parent / "golden"
    documents = [each.data for each in load_all((folder / "fleet.yaml").read_text())]
    own = [each for each in documents if not each["apiVersion"].startswith("hanzo.ai/")]
    ours = [each for each in documents if each not in own]
    program = program_text(ours, own, Platform())
    if request.config.getoption("--update-golden"):
        (folder / "fleet.txt").write_text(program)
    assert program == (folder / "fleet.txt").read_text()
    assert formatted(program) == program
    same_documents(ours, Platform())


@pytest.mark.node
def test_objects_stand_beside_as_they_are() -> None:
    folder = Path(__file__).parent / "golden"
    written = [each.data for each in load_all(rendered((folder / "fleet.txt").read_text(), Platform()))]
    own = [each.data for each in load_all((folder / "fleet.yaml").read_text())]
    for each in own:
        if not each["apiVersion"].startswith("hanzo.ai/"):
            assert each in written


def test_the_least_that_is_written() -> None:
    assert [*laid_out(Call("f", ()))] == ["f()"]
    assert [*laid_out(Exploded())] == ["{}"]
    assert [*laid_out([1.5, True, None, {}, []])] == ["[1.5, True, None, {}, []]"]
    assert [*laid_out(Call("f", (Named("a", Exploded(b=["x"])),)))] == [
        "f(",
        "    a={",
        '        "b": ["x"],',
        "    },",
        ")",
    ]
    assert [*laid_out(["x" * 50, "é"])] == ["[", f'    "{"x" * 50}",', '    "é",', "]"]


def test_names() -> None:
    assert identifier("orders-db") == "orders_db"
    assert identifier("3d.example") == "n3d_example"
    assert identifier("class") == "class_"
    assert identifier("---") == "unnamed"
    assert constant_name("import") == "IMPORT"
    names = Names(["a"])
    assert [names.new("a"), names.new("a"), names.new("b")] == ["a_2", "a_3", "b"]


@pytest.mark.parametrize(
    ("field", "long", "short"),
    [
        ("image", {"repository": "a/b", "tag": "1"}, "a/b:1"),
        ("image", {"repository": "a/b", "pullPolicy": "Always"}, {"repository": "a/b", "pullPolicy": "Always"}),
        ("env", [{"name": "A", "value": "1"}], {"A": "1"}),
        ("env", [{"name": "A"}], [{"name": "A"}]),
        ("env", [{"name": "A", "value": "1"}, {"name": "A", "value": "2"}], None),
        # a mapping has no order of its own, and would put the second in front
        ("env", [{"name": "A", "value": "$(B)"}, {"name": "B", "value": "2"}], None),
        ("ports", [{"name": "http", "containerPort": 80}], {"http": 80}),
        (
            "ports",
            [{"name": "http", "containerPort": 80, "protocol": "UDP"}],
            {"http": {"containerPort": 80, "protocol": "UDP"}},
        ),
        ("ports", [], []),
        ("sidecars", [{"name": "a", "env": [{"name": "B", "value": ""}]}], [{"name": "a", "env": {"B": ""}}]),
    ],
)
def test_short_forms_where_they_mean_the_same(field: str, long: Any, short: Any) -> None:
    assert short_spec({field: long}) == {field: long if short is None else short}
